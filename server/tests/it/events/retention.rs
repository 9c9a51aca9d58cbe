//! When a guest's name is deleted, it is nowhere any more, and the numbers stay.

use super::mails::{all_mails, colours, make, now, register, typed};
use crate::support::TestApp;
use app::{
    events::{
        server::{
            entities::{call, mail::State as Sending, mailing::MailKind, registration},
            link::Link,
            mails::{self, Mailing},
            planning::EventPlan,
            retention, seats,
        },
        standing::State,
    },
    server::Context,
};
use sea_orm::{ConnectionTrait as _, EntityTrait, Statement};
use std::collections::BTreeMap;

const DAY_MS: i64 = 24 * 3_600_000;

/// All text of all tables.
async fn everything(ctx: &Context) -> String {
    let mut all = String::new();
    for table in server::database::tables() {
        let sql = format!("SELECT * FROM {}", table.name());
        let rows = ctx.read().query_all_raw(Statement::from_string(ctx.db().backend(), sql)).await.unwrap();
        for row in rows {
            for column in row.column_names() {
                if let Ok(Some(text)) = row.try_get::<Option<String>>("", &column) {
                    all.push_str(&text);
                    all.push('\n');
                }
            }
        }
    }
    all
}

/// How many registrations are in which state, place and kind.
async fn numbers(ctx: &Context) -> BTreeMap<String, usize> {
    let mut numbers = BTreeMap::new();
    for row in registration::Entity::find().all(ctx.read()).await.unwrap() {
        *numbers.entry(format!("{:?} {:?} {:?}", row.state, row.place_id, row.kind)).or_default() += 1;
    }
    numbers
}

#[tokio::test]
async fn names_are_gone_when_their_time_is_over_and_numbers_stay() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let plan = EventPlan { keep_days: 10, ..colours("colours", Some(3)) };
    let event = make(ctx, &plan, State::Open).await;
    let longer = EventPlan { keep_days: 11, number: None, ..colours("longer", Some(3)) };
    let longer = make(ctx, &longer, State::Open).await;
    let mut ids = Vec::new();
    for number in 0..4 {
        let address = if number == 3 { String::new() } else { format!("crimson{number}@example.org") };
        let guest = typed(&format!("Crimson {number}"), &format!("03-5555-000{number}"), &address);
        ids.push(register(ctx, &event, &guest, "ja").await);
    }
    register(ctx, &longer, &typed("Azure 1", "03-7777-0001", "azure@example.org"), "en").await;
    let told = &now(ctx, &event.id).await;
    ctx.write(|tx| async move {
        mails::send(ctx, &tx, told, Mailing { kind: MailKind::Changed, organizer: None, words: None }).await.map(drop)
    })
    .await
    .unwrap();
    let before = numbers(ctx).await;
    let calls = call::Entity::find().all(ctx.read()).await.unwrap().len();
    let kept = retention::kept(ctx).await.unwrap();
    let of_event = kept.events.iter().find(|kept| kept.event.id == event.id).unwrap();
    assert_eq!((of_event.names, of_event.addresses > 0), (4, true));
    assert_eq!(of_event.until, Some("2026-12-23".parse().unwrap()));

    // 2026-12-22, noon: the day before the tenth day after.
    ctx.clock().advance(30 * DAY_MS);
    assert_eq!(retention::anonymise_due(ctx).await.unwrap(), 0, "the last day");
    assert!(everything(ctx).await.contains("Crimson"));
    ctx.clock().advance(12 * 3_600_000);
    assert_eq!(retention::anonymise_due(ctx).await.unwrap(), 1, "midnight in Tokyo");
    assert_eq!(retention::anonymise_due(ctx).await.unwrap(), 0, "once");

    let left = everything(ctx).await;
    for word in ["Crimson", "crimson", "03-5555", "035555000"] {
        assert!(!left.contains(word), "{word} is left");
    }
    assert!(left.contains("Azure") && left.contains("event.anonymised"));
    assert_eq!(numbers(ctx).await, before);
    assert_eq!(call::Entity::find().all(ctx.read()).await.unwrap().len(), calls);
    let after = now(ctx, &event.id).await;
    assert_eq!(after.anonymised_on, Some("2026-12-23".parse().unwrap()));
    assert_eq!(after.seats().0, 3);
    let waiting = all_mails(ctx).await.into_iter().filter(|mail| mail.event_id.as_ref() == Some(&event.id));
    assert!(waiting.into_iter().all(|mail| mail.state == Sending::Dropped && mail.recipient.is_none()));
    for id in &ids {
        let row = registration::Entity::find_by_id(id.clone()).one(ctx.read()).await.unwrap().unwrap();
        let link = Link::of_key(ctx.keys(), &row.link_key).unwrap().reveal();
        let (_, own) = seats::find_own(ctx, &link).await.unwrap();
        assert!(own.guest.is_none(), "the link leads to nobody");
    }
    let kept = retention::kept(ctx).await.unwrap();
    let of_event = kept.events.iter().find(|kept| kept.event.id == event.id).unwrap();
    assert_eq!((of_event.names, of_event.addresses), (0, 0));
}

#[tokio::test]
async fn nobody_is_mailed_whose_name_was_deleted() {
    let app = TestApp::new().await;
    let ctx = &app.ctx;
    let event = make(ctx, &colours("colours", Some(3)), State::Open).await;
    let id = register(ctx, &event, &typed("Crimson 1", "", "crimson@example.org"), "ja").await;
    let claimed = mails::sending::claim(ctx, 1).await.unwrap();
    seats::delete_data(ctx, &id, seats::Ended::Guest, None).await.unwrap();
    mails::sending::failed(ctx, &claimed[0].id, mails::sending::Fault::Deferred).await.unwrap();
    ctx.clock().advance(DAY_MS);
    assert!(mails::sending::claim(ctx, 1).await.unwrap().is_empty(), "what was dropped stays dropped");
    assert!(!everything(ctx).await.to_lowercase().contains("crimson"));
}
