//! The demonstration content: what stands there after `entaku seed`, and what seeding again leaves alone.

use crate::support::{NOW_MS, TODAY, TestApp};
use app::{
    events::{
        details::HostRole,
        server::{
            catalogue::{self, Event},
            entities::{call, guest, mail, mailing, registration},
            planning::{self, Fault},
            seats::{self, State as Seat},
            seed,
        },
        standing::{Standing, State},
    },
    ids::EventId,
    server::Context,
};
use form::Day;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use std::{collections::BTreeSet, time::Instant};

const DAY_MS: i64 = 86_400_000;

async fn seeded() -> TestApp {
    let app = TestApp::new().await;
    seed::seed(&app.ctx).await.unwrap();
    app
}

async fn find(ctx: &Context, slug: &str) -> Event {
    catalogue::find(ctx, slug).await.unwrap_or_else(|error| panic!("{slug}: {error}"))
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// All events as they can be compared.
async fn all(ctx: &Context) -> Vec<String> {
    catalogue::list_any(ctx).await.unwrap().iter().map(|event| format!("{event:?}")).collect()
}

async fn registrations(ctx: &Context, event: &EventId) -> Vec<registration::Model> {
    let of_event = registration::Entity::find().filter(registration::Column::EventId.eq(event.clone()));
    of_event.all(ctx.read()).await.unwrap()
}

#[tokio::test]
async fn the_rehearsal_has_its_guests_and_nobody_is_written_to() {
    let begun = Instant::now();
    let app = seeded().await;
    // A machine that does other things too is given more than the two seconds that it takes alone.
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
    let event = find(&app.ctx, "rehearsal-today").await;
    assert_eq!((event.held_on, event.standing), (day(TODAY), Standing::Open));
    assert!(event.details.is_demonstration && event.series.is_none() && event.number.is_none());
    let [tokyo, osaka] = &event.places[..] else { panic!("two places") };
    assert_eq!((tokyo.name.get("en"), osaka.name.get("en")), ("Tokyo", "Osaka"));
    assert_eq!((tokyo.taken.capacity, osaka.taken.capacity), (Some(80), Some(60)));
    assert_eq!((tokyo.taken.registered, osaka.taken.registered), (70, 50));
    for place in &event.places {
        assert!(place.is_fixed());
        assert!(place.address.as_ref().unwrap().get("en").contains("demonstration"));
        assert_eq!((place.taken.waiting, place.taken.offered), (0, 0));
    }
    assert!(!event.is_over(NOW_MS + 11 * 3_600_000), "until late in the evening");

    let rows = registrations(&app.ctx, &event.id).await;
    assert_eq!(rows.len(), 120);
    assert!(rows.iter().all(|row| row.state == Seat::Registered && row.repeat_of.is_none()));
    let languages: BTreeSet<&str> = rows.iter().map(|row| row.language.as_str()).collect();
    assert_eq!(languages, BTreeSet::from(["ja", "ja-easy", "en", "zh-Hans", "vi"]));
    let guests = guest::Entity::find().all(app.ctx.read()).await.unwrap();
    assert_eq!(guests.len(), 120);
    assert_eq!(guests.iter().filter(|guest| guest.email.is_some()).count(), 40);
    assert!(guests.iter().any(|guest| guest.name == "青 2" && guest.reading.as_deref() == Some("あお に")));
    assert!(guests.iter().any(|guest| guest.name == "Red 1" && guest.organisation == "Red Works"));
    assert!(guests.iter().all(|guest| guest.phone.starts_with("03-0000-00") && guest.phone.len() == 12));
    let own = seats::find(&app.ctx, &event, &rows[0].id).await.unwrap();
    assert_eq!(seats::find_own(&app.ctx, &own.link.reveal()).await.unwrap().1.row.id, rows[0].id, "their link opens");

    assert_eq!(mail::Entity::find().count(app.ctx.read()).await.unwrap(), 0);
    assert_eq!(mailing::Entity::find().count(app.ctx.read()).await.unwrap(), 0);
    assert_eq!(call::Entity::find().count(app.ctx.read()).await.unwrap(), 0);
}

#[tokio::test]
async fn next_month_is_announced_without_a_place() {
    let app = seeded().await;
    let event = find(&app.ctx, "round-table-next").await;
    assert_eq!(event.standing, Standing::Announced);
    assert!(event.standing.takes_interest());
    assert_eq!((event.series.as_ref().unwrap().slug.as_str(), event.number), ("round-table", Some(3)));
    let ahead = event.held_on.unix_days() - day(TODAY).unix_days();
    assert!((28..=33).contains(&ahead), "{ahead}");
    assert!((event.held_on.unix_days() + 3).rem_euclid(7) < 5, "a weekday");
    assert_eq!((event.begins, event.ends, event.places.len()), (None, None, 2));
    assert!(event.places.iter().all(|place| !place.is_fixed()));
    let series = catalogue::find_series(&app.ctx, "round-table").await.unwrap();
    assert_eq!(catalogue::next_of(&app.ctx, &series.id).await.unwrap().unwrap().slug, "round-table-next");
}

#[tokio::test]
async fn what_was_held_stands_as_held() {
    let app = seeded().await;
    for (slug, held_on, series, number, places) in [
        ("round-table-1", "2018-10-10", Some("round-table"), Some(1), 2),
        ("round-table-2", "2018-11-06", Some("round-table"), Some(2), 2),
        ("seminar-2018-4", "2018-07-27", Some("seminar-2018"), Some(4), 0),
        ("seminar-2018-5", "2018-09-27", Some("seminar-2018"), Some(5), 0),
        ("seminar-2018-6", "2018-10-15", Some("seminar-2018"), Some(6), 0),
        ("seminar-abroad-7", "2018-08-22", Some("seminar-abroad"), Some(7), 1),
        ("webinar-2018-11", "2018-11-15", None, None, 1),
    ] {
        let event = find(&app.ctx, slug).await;
        assert_eq!((event.held_on, event.standing, event.state), (day(held_on), Standing::Held, State::Closed));
        assert_eq!((event.series.as_ref().map(|series| series.slug.as_str()), event.number), (series, number));
        assert_eq!((event.places.len(), event.seats().0), (places, 0), "{slug}");
        assert!(event.details.is_demonstration && event.is_over(NOW_MS), "{slug}");
        assert!(event.details.hosts.iter().any(|host| host.role != HostRole::Supporter && !host.receives.is_empty()));
    }
    let abroad = find(&app.ctx, "seminar-abroad-7").await;
    assert_eq!((abroad.utc_offset_minutes, abroad.details.programme.len()), (420, 6));
    let named = |name: &str| {
        let speakers = abroad.details.programme.iter().flat_map(|item| &item.speakers);
        speakers.filter(|speaker| speaker.name == name).count()
    };
    assert_eq!((named("Masaki Wada"), named("Minoru Ogasawara")), (2, 1));
    let roles: Vec<HostRole> = abroad.details.hosts.iter().map(|host| host.role).collect();
    assert_eq!(roles, [HostRole::Host, HostRole::Host, HostRole::CoHost]);
    let webinar = find(&app.ctx, "webinar-2018-11").await;
    assert_eq!(webinar.ends_ms() - webinar.begins_ms(), 90 * 60_000);
    assert_eq!(webinar.register_until, Some(day("2018-11-12")));
    assert_eq!(webinar.details.languages, ["ja", "en"]);
    assert_eq!(catalogue::list_series(&app.ctx).await.unwrap().len(), 3);
    assert_eq!(catalogue::list_any(&app.ctx).await.unwrap().len(), 9);
}

#[tokio::test]
async fn seeding_again_changes_nothing() {
    let app = seeded().await;
    let before = all(&app.ctx).await;
    app.ctx.clock().advance(60_000);
    seed::seed(&app.ctx).await.unwrap();
    assert_eq!(all(&app.ctx).await, before);
    assert_eq!(guest::Entity::find().count(app.ctx.read()).await.unwrap(), 120);
}

#[tokio::test]
async fn seeding_again_takes_nothing_back() {
    let app = seeded().await;
    let first = find(&app.ctx, "rehearsal-today").await;
    let gone = registrations(&app.ctx, &first.id).await.swap_remove(0);
    seats::cancel(&app.ctx, &gone.id, seats::Ended::Guest, None).await.unwrap();
    // An organizer makes a fourth round table by hand.
    let series = catalogue::find_series(&app.ctx, "round-table").await.unwrap();
    let plan = planning::copy(&app.ctx, &find(&app.ctx, "round-table-next").await).await.unwrap();
    assert_eq!((plan.number, plan.series.as_ref()), (Some(4), Some(&series.id)));
    planning::create(&app.ctx, None, &plan, State::Draft).await.unwrap().unwrap();
    let again = planning::create(&app.ctx, None, &plan, State::Draft).await.unwrap();
    assert_eq!(again.unwrap_err(), [Fault::SlugTaken]);
    let before = all(&app.ctx).await;
    seed::seed(&app.ctx).await.unwrap();
    assert_eq!(all(&app.ctx).await, before);
    assert_eq!(find(&app.ctx, "rehearsal-today").await.seats().0, 119);
}

#[tokio::test]
async fn the_day_after_there_is_a_new_rehearsal() {
    let app = seeded().await;
    let (first, announced) = (find(&app.ctx, "rehearsal-today").await, find(&app.ctx, "round-table-next").await);
    app.ctx.clock().advance(DAY_MS);
    seed::seed(&app.ctx).await.unwrap();
    let old = find(&app.ctx, &format!("rehearsal-{TODAY}")).await;
    assert_eq!((&old.id, old.standing, old.seats().0), (&first.id, Standing::Held, 120));
    let new = find(&app.ctx, "rehearsal-today").await;
    assert_eq!((new.held_on, new.standing, new.seats()), (day("2026-11-23"), Standing::Open, (120, Some(140))));
    assert_eq!(find(&app.ctx, "round-table-next").await.id, announced.id, "it still lies ahead");
    assert_eq!(mail::Entity::find().count(app.ctx.read()).await.unwrap(), 0);
}

#[tokio::test]
async fn when_the_next_round_table_was_held_another_is_announced() {
    let app = seeded().await;
    let announced = find(&app.ctx, "round-table-next").await;
    let ahead = announced.held_on.unix_days() - day(TODAY).unix_days();
    app.ctx.clock().advance(ahead * DAY_MS);
    seed::seed(&app.ctx).await.unwrap();
    assert_eq!(find(&app.ctx, "round-table-next").await.id, announced.id, "on its day it is still the next");
    app.ctx.clock().advance(DAY_MS);
    seed::seed(&app.ctx).await.unwrap();
    let old = find(&app.ctx, &format!("round-table-{}", announced.held_on)).await;
    assert_eq!((&old.id, old.number, old.standing), (&announced.id, Some(3), Standing::Held));
    let new = find(&app.ctx, "round-table-next").await;
    assert_eq!((new.number, new.standing), (Some(4), Standing::Announced));
    assert!(new.held_on > old.held_on);
}
