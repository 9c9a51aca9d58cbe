//! Results are marked as published: forward only, over days, by a coordinator, once.

use super::sample::{SLUG, deeds, seeded};
use crate::{
    auth::browser::{Browser, joined},
    support::TestApp,
};
use app::{auth::Role, questionnaires::server::catalogue};
use axum::http::StatusCode;

const PAGE: &str = "/console/questionnaires/working-in-japan/results-through";

async fn mark(browser: &mut Browser, year: &str, month: &str, day: &str) -> (StatusCode, String) {
    let fields = [("through-year", year), ("through-month", month), ("through-day", day)];
    let answer = browser.post(PAGE, &fields).await;
    (answer.status, if answer.body.is_empty() { answer.location().to_owned() } else { answer.body })
}

async fn through(app: &TestApp) -> Option<String> {
    catalogue::find_by_slug(&app.ctx, SLUG).await.unwrap().results_through.map(|day| day.to_string())
}

#[tokio::test]
async fn the_day_moves_forward_only_and_is_over() {
    let (app, _) = seeded().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    assert!(boss.get(PAGE).await.body.contains("No results are marked as published yet."));
    let done = (StatusCode::SEE_OTHER, format!("{PAGE}?done=saved"));
    assert_eq!(mark(&mut boss, "2026", "11", "10").await, done);
    assert!(boss.get(&done.1).await.body.contains("Answers of these days can no longer be deleted."));
    assert!(boss.get(PAGE).await.body.contains("Results with answers through 10 November 2026 are published."));
    for (fields, words) in [
        (["2026", "11", "10"], "The day must be later than 10 November 2026."),
        (["2026", "11", "9"], "The day must be later than 10 November 2026."),
        // Today is not over, whatever the hour.
        (["2026", "11", "22"], "This day is not over yet."),
        (["2027", "1", "1"], "This day is not over yet."),
        (["2026", "2", "30"], "This date does not exist. Please check it again."),
        (["2026", "", "1"], "Fill in every part of the date."),
        (["", "", ""], "Fill in every part of the date."),
    ] {
        let (status, page) = mark(&mut boss, fields[0], fields[1], fields[2]).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(page.contains(words) && page.contains("id=\"errors\""), "{fields:?}");
        assert!(page.contains(&format!("value=\"{}\"", fields[2])), "what was typed stays");
    }
    assert_eq!(through(&app).await.as_deref(), Some("2026-11-10"));
    assert_eq!(mark(&mut boss, "２０２６", "11", "21").await, done);
    assert_eq!(through(&app).await.as_deref(), Some("2026-11-21"));
    let deed = |day: &str| ("results.published".to_owned(), SLUG.to_owned(), day.to_owned());
    let mut deeds = deeds(&app).await;
    deeds.sort();
    assert_eq!(deeds, [deed("2026-11-10"), deed("2026-11-21")]);
    let audit = boss.get("/console/audit").await.body;
    assert!(audit.contains("Marked results as published") && audit.contains("2026-11-21"));
}

#[tokio::test]
async fn assistants_read_it_and_coordinators_say_it() {
    let (app, _) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    for language in ["ja", "ja-easy", "en", "zh-Hans", "vi"] {
        assistant.cookies.insert("reading".to_owned(), language.to_owned());
        let page = assistant.get(PAGE).await;
        assert!(page.status == StatusCode::OK && !page.body.contains("name=\"through-day\""), "{language}");
        assert!(!page.body.contains("<script") && !page.body.contains(" style="));
    }
    assert_eq!(mark(&mut assistant, "2026", "11", "10").await.0, StatusCode::FORBIDDEN);
    assert_eq!(through(&app).await, None);
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let nowhere = boss.get("/console/questionnaires/none/results-through").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
