//! The days on which a questionnaire is open: what its page says, what is counted, and the form that sets them.

use super::{
    sample::{SLUG, deeds, kept_aside, seeded, stored, yes},
    way::{START, answered},
};
use crate::{
    auth::browser::{Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    questionnaires::{
        server::{
            arrival, catalogue,
            entities::quarantined_response::Reason,
            schedule::{self, Days},
        },
        types::Outcome,
    },
};
use axum::http::StatusCode;
use form::Day;

const PAGE: &str = "/console/questionnaires/working-in-japan/schedule";
const DAY_MS: i64 = 86_400_000;

fn day(text: &str) -> Option<Day> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

/// Sets the days as an organizer does.
async fn set(app: &TestApp, opens_on: &str, closes_on: &str) {
    let organizer =
        joined(app, &format!("{opens_on}-{closes_on}@example.org"), Role::Assistant).await.organizer().await;
    let days = Days::new(day(opens_on), day(closes_on)).unwrap();
    schedule::set_days(&app.ctx, &organizer, SLUG, days).await.unwrap();
}

#[tokio::test]
async fn answers_count_from_the_first_day_to_the_last() {
    let (app, hash) = seeded().await;
    set(&app, "2026-11-23", "2026-11-24").await;
    let mut outcomes = Vec::new();
    for number in 0..4 {
        outcomes.push(arrival::arrive(&app.ctx, yes(&hash, number)).await.unwrap().outcome);
        app.ctx.clock().advance(DAY_MS);
    }
    assert_eq!(outcomes, [Outcome::KeptAside, Outcome::Stored, Outcome::Stored, Outcome::KeptAside]);
    let aside = kept_aside(&app).await;
    assert!(aside.len() == 2 && aside.iter().all(|row| row.reason == Reason::Closed));
    assert_eq!(stored(&app).await.len(), 2);
    // The same word for the same bytes, whatever day it is.
    let again = arrival::arrive(&app.ctx, yes(&hash, 1)).await.unwrap();
    assert_eq!(again.outcome, Outcome::Stored);
}

#[tokio::test]
async fn the_start_page_says_from_when_and_until_when_in_every_language() {
    let (app, _) = seeded().await;
    let written = [
        ("en", "25 November 2026", "20 November 2026"),
        ("ja", "2026年11月25日", "2026年11月20日"),
        ("ja-easy", "<rt>にじゅうごにち</rt>", "<rt>はつか</rt>"),
        ("zh-Hans", "2026年11月25日", "2026年11月20日"),
        ("vi", "ngày 25 tháng 11 năm 2026", "ngày 20 tháng 11 năm 2026"),
    ];
    let mut browser = Browser::new(&app);
    for (opens_on, closes_on, is_open) in
        [("2026-11-25", "", false), ("", "2026-11-20", false), ("", "2026-11-25", true)]
    {
        set(&app, opens_on, closes_on).await;
        for (language, later, earlier) in written {
            let path = format!("/{language}/questionnaires/{SLUG}");
            let page = browser.get(&path).await;
            let words = if closes_on == "2026-11-20" { earlier } else { later };
            assert!(page.status == StatusCode::OK && page.body.contains(words), "{language} {opens_on} {closes_on}");
            assert_eq!(page.body.contains(&format!("id=\"begin\" action=\"{path}\"")), is_open, "{language}");
            let begun = Browser::new(&app).post(&path, &[("phone", "own")]).await;
            assert_eq!(begun.location() != path, is_open, "nobody begins when it is closed");
            let home = browser.get(&format!("/{language}")).await;
            assert_eq!(home.body.contains(&path), is_open, "the home page leads to what is open");
        }
    }
}

#[tokio::test]
async fn who_began_in_time_and_sends_late_loses_nothing() {
    let (app, _) = seeded().await;
    let (mut browser, id) = answered(&app).await;
    set(&app, "", "2026-11-21").await;
    let sent = browser.post(&format!("{START}/check"), &[("instance", &id), ("go", "send")]).await;
    assert_eq!(sent.location(), format!("{START}/sent"));
    let page = browser.get(&format!("{START}/sent")).await;
    assert!(page.body.contains("c-panel__code"), "there is a code all the same");
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (0, 1));
}

#[tokio::test]
async fn the_form_sets_the_days_and_the_list_tells_them() {
    let (app, _) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let names = ["opens-year", "opens-month", "opens-day", "closes-year", "closes-month", "closes-day"];
    let fields = |values: [&'static str; 6]| -> Vec<(&str, &str)> { names.into_iter().zip(values).collect() };
    let saved = format!("{PAGE}?done=saved");
    for _ in 0..2 {
        let done = assistant.post(PAGE, &fields(["2026", "11", "22", "2026", "12", "31"])).await;
        assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, saved.as_str()));
    }
    let page = assistant.get(&saved).await.body;
    assert!(page.contains("The days are saved.") && page.contains("value=\"31\""));
    for path in ["/console/questionnaires", "/console/questionnaires/working-in-japan"] {
        assert!(assistant.get(path).await.body.contains("Open through 31 December 2026"), "{path}");
    }

    for (values, words) in [
        (["2026", "12", "2", "2026", "12", "1"], "The last day is before the first day."),
        (["2026", "11", "31", "", "", ""], "This date does not exist. Please check it again."),
        (["", "", "", "2026", "12", ""], "Fill in every part of the date."),
        (["2026", "12", "one", "", "", ""], "This date does not exist. Please check it again."),
    ] {
        let refused = assistant.post(PAGE, &fields(values)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{values:?}");
        assert!(refused.body.contains(words) && refused.body.contains("id=\"errors\""), "{values:?}");
        for typed in values.iter().filter(|typed| !typed.is_empty()) {
            assert!(refused.body.contains(&format!("value=\"{typed}\"")), "{values:?} lost {typed}");
        }
    }
    let days = catalogue::find_by_slug(&app.ctx, SLUG).await.unwrap().schedule.days;
    assert_eq!((days.opens_on(), days.closes_on()), (day("2026-11-22"), day("2026-12-31")));

    assistant.post(PAGE, &fields(["2026", "12", "1", "", "", ""])).await;
    assert!(assistant.get("/console/questionnaires").await.body.contains("Opens on 1 December 2026"));
    assistant.post(PAGE, &fields(["", "", "", "2026", "11", "21"])).await;
    assert!(assistant.get("/console/questionnaires").await.body.contains("Closed after 21 November 2026"));
    // The switch goes before the days.
    assistant.post("/console/questionnaires/working-in-japan/state", &[("state", "closed")]).await;
    assistant.post(PAGE, &fields([""; 6])).await;
    let page = assistant.get(PAGE).await.body;
    assert!(page.contains(">Closed<") && page.contains("It is closed by hand now."), "{page}");
    let details: Vec<_> =
        deeds(&app).await.into_iter().filter(|deed| deed.0 == "questionnaire.scheduled").map(|deed| deed.2).collect();
    assert_eq!(details.len(), 4, "saving the same again is no deed: {details:?}");
    for detail in ["2026-11-22/2026-12-31", "2026-12-01/", "/2026-11-21", "/"] {
        assert!(details.contains(&detail.to_owned()), "{details:?}");
    }
}

#[tokio::test]
async fn the_page_is_drawn_in_every_language() {
    let (app, _) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    for language in ["ja", "ja-easy", "en", "zh-Hans", "vi"] {
        assistant.cookies.insert("reading".to_owned(), language.to_owned());
        let page = assistant.get(PAGE).await;
        assert!(page.status == StatusCode::OK && page.body.contains("name=\"closes-day\""), "{language}");
        assert!(!page.body.contains("<script") && !page.body.contains(" style="));
    }
    assert_eq!(assistant.get("/console/questionnaires/none/schedule").await.status, StatusCode::NOT_FOUND);
    let nowhere = assistant.post("/console/questionnaires/none/schedule", &[("opens-year", "")]).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}
