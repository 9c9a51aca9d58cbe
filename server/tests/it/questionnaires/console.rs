//! The organizers' screens: counts that move, opening and closing, what was kept aside, what the columns mean.

use super::sample::{choice, id, seeded, sending, yes};
use crate::{auth::browser::joined, support::TestApp};
use app::{
    auth::Role,
    questionnaires::{server::arrival, types::Outcome},
    server::entities::audit_entry,
};
use axum::{
    body::{Body, BodyDataStream},
    http::{Request, StatusCode, header},
};
use futures::StreamExt as _;
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use std::time::Duration;
use tokio::time::timeout;
use tower::ServiceExt as _;

const LIST: &str = "/console/questionnaires";
const OVERVIEW: &str = "/console/questionnaires/working-in-japan";

/// Reads a stream until its text satisfies a condition; gives what was read.
async fn read_until(stream: &mut BodyDataStream, holds: impl Fn(&str) -> bool) -> String {
    let mut text = String::new();
    let reading = async {
        while !holds(&text) {
            let Some(bytes) = stream.next().await else { return };
            text.push_str(std::str::from_utf8(&bytes.unwrap()).unwrap());
        }
    };
    let _ = timeout(Duration::from_secs(10), reading).await;
    assert!(holds(&text), "{text:?}");
    text
}

async fn listen(app: &TestApp, cookies: &str) -> axum::response::Response {
    let request = Request::get("/console/live")
        .header(header::ACCEPT, "text/event-stream")
        .header(header::COOKIE, cookies)
        .body(Body::empty())
        .unwrap();
    app.router().oneshot(request).await.unwrap()
}

#[tokio::test]
async fn counts_move_while_somebody_listens_and_streams_end_with_the_process() {
    let (app, hash) = seeded().await;
    let assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let mut streams = Vec::new();
    for _ in 0..2 {
        let response = listen(&app, &assistant.cookie_header()).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
        streams.push(response.into_body().into_data_stream());
    }
    for stream in &mut streams {
        let first = read_until(stream, |text| text.ends_with("\n\n") && text.contains("event")).await;
        assert!(first.starts_with("retry: "), "{first}");
        assert!(first.contains("event: count\ndata: {\"slug\":\"working-in-japan\",\"count\":0}\n\n"), "{first}");
    }
    for number in 1..=5 {
        arrival::arrive(&app.ctx, yes(&hash, number)).await.unwrap();
    }
    for stream in &mut streams {
        let moved = read_until(stream, |text| text.contains("\"count\":5}")).await;
        assert!(moved.matches("event: count").count() <= 4, "five arrivals at once are a few events: {moved}");
    }
    app.ctx.bus().close();
    for mut stream in streams {
        let rest = timeout(Duration::from_secs(5), async { while stream.next().await.is_some() {} }).await;
        assert!(rest.is_ok(), "the stream goes on");
    }
}

#[tokio::test]
async fn stream_is_for_organizers() {
    let (app, _) = seeded().await;
    assert_eq!(listen(&app, "").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn list_and_overview_show_counts_in_every_language() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    for number in 0..3 {
        arrival::arrive(&app.ctx, yes(&hash, number)).await.unwrap();
    }
    arrival::arrive(&app.ctx, sending("working-in-japan", &"ab".repeat(32), 9, [("a", choice("b"))])).await.unwrap();
    arrival::arrive(&app.ctx, sending("no-such-place", &"ab".repeat(32), 8, [("a", choice("b"))])).await.unwrap();
    for language in ["ja", "ja-easy", "en", "zh-Hans", "vi"] {
        assistant.cookies.insert("reading".to_owned(), language.to_owned());
        let list = assistant.get(LIST).await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(list.body.contains("<leptos-island") && list.body.contains("type=\"module\""), "{}", list.body);
        assert!(list.body.contains("answers-count__number\">3<"), "{}", list.body);
        assert!(list.body.contains("/console/questionnaires/no-such-place/quarantine"));
        let overview = assistant.get(OVERVIEW).await;
        assert_eq!(overview.status, StatusCode::OK);
        assert!(overview.body.contains("answers-count__number\">3<") && overview.body.contains("Tiếng Việt"));
        assert!(overview.body.contains(&format!("href=\"/{language}/questionnaires/working-in-japan\"")));
        for rest in ["/answers", "/codebook", "/quarantine"] {
            let page = assistant.get(&format!("{OVERVIEW}{rest}")).await;
            assert_eq!(page.status, StatusCode::OK, "{rest}");
            assert_eq!(page.body.matches("<h1").count(), 1, "{rest}");
            assert!(!page.body.contains("<script") && !page.body.contains(" style="), "{rest}");
        }
        assert!(assistant.get("/console").await.body.contains(OVERVIEW));
    }
    for unknown in [
        "/console/questionnaires/none",
        "/console/questionnaires/none/answers",
        "/console/questionnaires/none/codebook",
    ] {
        assert_eq!(assistant.get(unknown).await.status, StatusCode::NOT_FOUND, "{unknown}");
    }
}

#[tokio::test]
async fn closing_and_opening_are_noted_once_and_decide_what_is_counted() {
    let (app, hash) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let path = format!("{OVERVIEW}/state");
    for _ in 0..2 {
        let answer = assistant.post(&path, &[("state", "closed")]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, OVERVIEW));
    }
    assert_eq!(arrival::arrive(&app.ctx, yes(&hash, 1)).await.unwrap().outcome, Outcome::KeptAside);
    assert!(assistant.get(OVERVIEW).await.body.contains("Open the questionnaire"));
    assistant.post(&path, &[("state", "open")]).await;
    assert_eq!(arrival::arrive(&app.ctx, yes(&hash, 2)).await.unwrap().outcome, Outcome::Stored);
    assert_eq!(assistant.post(&path, &[("state", "ajar")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(
        assistant.post("/console/questionnaires/none/state", &[("state", "open")]).await.status,
        StatusCode::NOT_FOUND
    );
    let noted = audit_entry::Entity::find()
        .filter(audit_entry::Column::Subject.eq("working-in-japan"))
        .filter(audit_entry::Column::OrganizerId.is_not_null())
        .all(app.ctx.read())
        .await
        .unwrap();
    let mut actions: Vec<_> = noted.iter().map(|entry| entry.action.as_str()).collect();
    actions.sort_unstable();
    assert_eq!(actions, ["questionnaire.closed", "questionnaire.opened"]);
}

#[tokio::test]
async fn what_was_kept_aside_is_listed_for_all_and_read_by_coordinators_with_a_reason() {
    let (app, _) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let strange = sending("working-in-japan", &"ab".repeat(32), 7, [("a", super::sample::text("<b>Sếp đánh tôi</b>"))]);
    arrival::arrive(&app.ctx, strange).await.unwrap();
    let list = assistant.get(&format!("{OVERVIEW}/quarantine")).await;
    assert!(list.body.contains("This edition was never published here") && !list.body.contains("Sếp"));
    let row = super::sample::kept_aside(&app).await.remove(0).id;
    let path = format!("{OVERVIEW}/quarantine/{row}");
    assert!(list.body.contains(&path));

    let item = assistant.get(&path).await;
    assert!(item.status == StatusCode::OK && !item.body.contains("Sếp") && !item.body.contains("name=\"reason\""));
    assert_eq!(assistant.post(&path, &[("reason", "I would like to know")]).await.status, StatusCode::FORBIDDEN);

    assert!(!boss.get(&path).await.body.contains("Sếp"));
    let refused = boss.post(&path, &[("reason", "x")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!refused.body.contains("Sếp"));
    let read = boss.post(&path, &[("reason", "which edition is this?")]).await;
    assert!(read.body.contains("&lt;b&gt;Sếp đánh tôi&lt;/b&gt;"), "{}", read.body);
    let noted = audit_entry::Entity::find()
        .filter(audit_entry::Column::Action.eq("quarantine.read"))
        .all(app.ctx.read())
        .await
        .unwrap();
    assert_eq!(
        (noted.len(), noted[0].subject.as_str(), noted[0].detail.as_str()),
        (1, row.as_str(), "which edition is this?")
    );
    assert_eq!(boss.get(&format!("{OVERVIEW}/quarantine/{}", id(1))).await.status, StatusCode::NOT_FOUND);
    assert_eq!(boss.get("/console/questionnaires/other/quarantine").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn codebook_names_every_column_of_the_file() {
    let (app, _) = seeded().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let page = assistant.get(&format!("{OVERVIEW}/codebook")).await.body;
    let csv = assistant.get(&format!("{OVERVIEW}/answers.csv")).await.body;
    let head = csv.trim_start_matches('\u{feff}').lines().next().unwrap();
    assert!(head.contains("deductions/rent"));
    for column in head.split(',').chain(["treatment/sexual", "message"]) {
        assert!(page.contains(&format!("<code>{column}</code>")), "{column}");
    }
}
