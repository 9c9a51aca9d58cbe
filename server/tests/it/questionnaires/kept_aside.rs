//! What was kept aside is counted after all, once, or discarded with a reason.

use super::sample::{SLUG, SMALL, around, choice, deeds, id, kept_aside, marks, seeded, sending, stored, text, yes};
use crate::{
    auth::browser::{Browser, joined},
    support::{TODAY, TestApp},
};
use app::{
    auth::Role,
    questionnaires::{
        server::{
            arrival, publish, quarantine,
            results::{self, Marked},
            schedule::{self, Days},
        },
        types::{Outcome, Sending},
    },
};
use axum::http::StatusCode;
use form::Published;
use tokio::task::JoinSet;

const LIST: &str = "/console/questionnaires/working-in-japan/quarantine";
const DAY_MS: i64 = 86_400_000;

/// Keeps something aside; gives the address of its page.
async fn keep_aside(app: &TestApp, sending: Sending) -> String {
    let (slug, digest) = (sending.questionnaire.clone(), sending.digest.clone());
    match arrival::arrive(&app.ctx, sending).await {
        Ok(receipt) => assert_eq!(receipt.outcome, Outcome::KeptAside),
        Err(error) => assert_eq!(error, app::error::AppError::Conflict),
    }
    let row = kept_aside(app).await.into_iter().find(|row| row.digest == digest).unwrap();
    format!("/console/questionnaires/{slug}/quarantine/{}", row.id)
}

/// The questionnaire takes nothing from now on.
async fn close(app: &TestApp, organizer: &Browser) {
    let days = Days::new(None, "2026-11-21".parse().ok()).unwrap();
    schedule::set_days(&app.ctx, &organizer.organizer().await, SLUG, days).await.unwrap();
}

async fn accept(browser: &mut Browser, path: &str) -> (StatusCode, String) {
    let answer = browser.post(path, &[("act", "accept")]).await;
    (answer.status, if answer.body.is_empty() { answer.location().to_owned() } else { answer.body })
}

#[tokio::test]
async fn what_came_too_late_is_counted_once_as_an_answer_of_its_day() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    close(&app, &assistant).await;
    let late = yes(&hash, 1);
    let path = keep_aside(&app, late.clone()).await;
    assert!(assistant.get(&path).await.body.contains("Count this answer"));
    app.ctx.clock().advance(2 * DAY_MS);
    let mut assistant = joined(&app, "other@example.org", Role::Assistant).await;
    let done = accept(&mut assistant, &path).await;
    assert_eq!(done, (StatusCode::SEE_OTHER, format!("{LIST}?done=accepted")));
    assert!(assistant.get(&done.1).await.body.contains("The answer is counted."));
    let rows = stored(&app).await;
    assert_eq!((rows.len(), rows[0].payload.as_str()), (1, late.payload.as_str()));
    assert_eq!((rows[0].received_on.to_string().as_str(), rows[0].language.as_str()), (TODAY, "vi"));
    assert!(kept_aside(&app).await.is_empty());

    // Once more, by somebody whose page is old; and the phone that sends again is told that it is counted.
    assert_eq!(accept(&mut assistant, &path).await, (StatusCode::SEE_OTHER, format!("{LIST}?done=gone")));
    assert!(assistant.get(&format!("{LIST}?done=gone")).await.body.contains("no longer kept aside"));
    assert_eq!(arrival::arrive(&app.ctx, late).await.unwrap().outcome, Outcome::Stored);
    assert_eq!(stored(&app).await.len(), 1);
    let accepted: Vec<_> = deeds(&app).await.into_iter().filter(|deed| deed.0 == "quarantine.accepted").collect();
    let row = path.rsplit('/').next().unwrap();
    assert_eq!(accepted, [("quarantine.accepted".to_owned(), row.to_owned(), SLUG.to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_who_press_at_once_count_it_once() {
    let (app, hash) = seeded().await;
    let assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    close(&app, &assistant).await;
    let path = keep_aside(&app, yes(&hash, 1)).await;
    let mut presses = JoinSet::new();
    for _ in 0..6 {
        let (mut browser, path) = (assistant.clone(), path.clone());
        presses.spawn(async move { accept(&mut browser, &path).await.0 });
    }
    assert_eq!(presses.join_all().await, [StatusCode::SEE_OTHER; 6]);
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (1, 0));
    let accepted = deeds(&app).await.into_iter().filter(|deed| deed.0 == "quarantine.accepted").count();
    assert_eq!(accepted, 1);
}

#[tokio::test]
async fn published_numbers_do_not_change_and_who_sent_it_may_still_delete_it() {
    let (app, hash) = seeded().await;
    let boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    close(&app, &boss).await;
    let late = yes(&hash, 1);
    let code = arrival::arrive(&app.ctx, late.clone()).await.unwrap().code;
    let row = kept_aside(&app).await.remove(0).id;
    app.ctx.clock().advance(DAY_MS);
    let boss = joined(&app, "boss-2@example.org", Role::Coordinator).await.organizer().await;
    let marked = results::mark_published(&app.ctx, &boss, SLUG, TODAY.parse().unwrap()).await.unwrap();
    assert_eq!(marked, Marked::Done);
    let accepted = quarantine::accept(&app.ctx, &boss, SLUG, &row).await.unwrap();
    assert_eq!(accepted, quarantine::Accepted::Placed);
    assert_eq!(stored(&app).await[0].received_on.to_string(), "2026-11-23");
    let path = "/en/questionnaires/working-in-japan/delete";
    let gone = Browser::new(&app).post(path, &[("code", &code), ("go", "delete")]).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert_eq!((stored(&app).await.len(), marks(&app).await.len()), (0, 1));
}

#[tokio::test]
async fn what_cannot_be_counted_stays_and_the_page_says_why() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    arrival::arrive(&app.ctx, yes(&hash, 1)).await.unwrap();
    let other = sending(SLUG, &hash, 1, [("consent", choice("yes")), ("sector", choice("farming"))]);
    let unread = around(SLUG, &hash, &id(2), r#"{"format":7,"sealed":"AAAA"}"#.to_owned());
    let small = Published::from_json(SMALL.as_bytes()).unwrap().hash().to_owned();
    let fits = sending("small", &small, 3, [("job", choice("care"))]);
    let fits_not = sending("small", &small, 4, [("job", text("care"))]);
    let (fits, fits_not) = (keep_aside(&app, fits).await, keep_aside(&app, fits_not).await);
    for (path, words) in [
        (keep_aside(&app, other).await, "Answers with the same id are counted already."),
        (keep_aside(&app, unread).await, "This server still cannot read it."),
        (fits.clone(), "Its edition is still not published here."),
        (fits_not.clone(), "Its edition is still not published here."),
    ] {
        let (status, page) = accept(&mut assistant, &path).await;
        assert_eq!(status, StatusCode::CONFLICT);
        assert!(page.contains(words), "{words}");
    }
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (1, 4));

    publish::publish(&app.ctx, None, SMALL.as_bytes()).await.unwrap();
    assert_eq!(accept(&mut assistant, &fits).await.0, StatusCode::SEE_OTHER);
    let (status, page) = accept(&mut assistant, &fits_not).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("It does not fit the questions of its edition"));
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (2, 3));
}

#[tokio::test]
async fn two_versions_of_one_person_are_one_answer() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    close(&app, &assistant).await;
    let one = keep_aside(&app, yes(&hash, 1)).await;
    let other = sending(SLUG, &hash, 1, [("consent", choice("yes")), ("sector", choice("farming"))]);
    let other = keep_aside(&app, other).await;
    assert_eq!(accept(&mut assistant, &one).await.0, StatusCode::SEE_OTHER);
    assert_eq!(accept(&mut assistant, &other).await.0, StatusCode::CONFLICT);
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (1, 1));
}

#[tokio::test]
async fn discarding_takes_a_coordinator_and_a_reason() {
    let (app, _) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let path = keep_aside(&app, sending(SLUG, &"ab".repeat(32), 1, [("a", text("Sếp"))])).await;
    let page = assistant.get(&path).await.body;
    assert!(page.contains("value=\"accept\"") && !page.contains("value=\"discard\""));
    let discard = |reason: &'static str| [("act", "discard"), ("reason", reason)];
    assert_eq!(assistant.post(&path, &discard("sent twice by one person")).await.status, StatusCode::FORBIDDEN);
    let refused = boss.post(&path, &discard("spam")).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("href=\"#discard-reason\"") && refused.body.contains("value=\"spam\""));
    assert!(!refused.body.contains("Sếp"));
    assert_eq!(boss.post(&path, &[("act", "burn")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(kept_aside(&app).await.len(), 1);

    let done = boss.post(&path, &discard("sent twice by one person")).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, format!("{LIST}?done=discarded").as_str()));
    assert!(boss.get(done.location()).await.body.contains("The answer is discarded."));
    assert!(kept_aside(&app).await.is_empty() && stored(&app).await.is_empty());
    assert_eq!(boss.post(&path, &discard("sent twice by one person")).await.location(), format!("{LIST}?done=gone"));
    let row = path.rsplit('/').next().unwrap().to_owned();
    let discarded: Vec<_> = deeds(&app).await.into_iter().filter(|deed| deed.0 == "quarantine.discarded").collect();
    assert_eq!(discarded, [("quarantine.discarded".to_owned(), row, "sent twice by one person".to_owned())]);
    let audit = boss.get("/console/audit").await.body;
    assert!(audit.contains("Discarded an answer kept aside") && audit.contains("sent twice by one person"));
}
