//! No console page without an organizer; no coordinator's page for an assistant.

use super::browser::{Browser, joined};
use crate::support::TestApp;
use app::{
    auth::Role,
    error::AppError,
    routes::{Access, TABLE},
};
use axum::http::{Method, StatusCode, header};

/// A row's path with something in the place of its parameters.
fn filled(path: &str) -> String {
    path.split('/').map(|part| if part.starts_with('{') { "x" } else { part }).collect::<Vec<_>>().join("/")
}

#[tokio::test]
async fn every_console_page_asks_for_a_session() {
    let app = TestApp::new().await;
    let mut pages = 0;
    for route in TABLE.iter().filter(|route| route.path.starts_with("/console")) {
        if ["/console/sign-in", "/console/sign-in/code", "/console/join/{token}"].contains(&route.path) {
            assert_eq!(route.access, Access::Public);
            continue;
        }
        // A phone at a desk shows a secret of its own (tests `events/desk`).
        if route.path.starts_with("/console/desk/") {
            assert_eq!(route.access, Access::Public);
            continue;
        }
        assert_eq!(route.access, Access::Organizer, "{}", route.path);
        let path = filled(route.path);
        let page = Browser::new(&app).get(&path).await;
        if page.status != StatusCode::METHOD_NOT_ALLOWED {
            assert_eq!(page.status, StatusCode::SEE_OTHER, "GET {path}");
            assert_eq!(page.location(), format!("/console/sign-in?to={path}"));
            pages += 1;
        }
        let posted = Browser::new(&app).post(&path, &[("email", "x@example.org"), ("role", "coordinator")]).await;
        if posted.status != StatusCode::METHOD_NOT_ALLOWED {
            assert_eq!(posted.status, StatusCode::UNAUTHORIZED, "POST {path}");
            assert!(posted.set_cookies().is_empty());
        }
    }
    assert!(pages >= 4, "{pages}");
}

#[tokio::test]
async fn a_stream_is_told_401_and_not_led_to_a_form() {
    let app = TestApp::new().await;
    let accept = [(header::ACCEPT, "text/event-stream")];
    let answer = Browser::new(&app).send(Method::GET, "/console", "".into(), &accept).await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn assistants_see_no_coordinators_page() {
    let app = TestApp::new().await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    for path in ["/console/organizers", "/console/audit"] {
        assert_eq!(assistant.get(path).await.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(boss.get(path).await.status, StatusCode::OK, "{path}");
    }
    let invitation = [("email", "x@example.org"), ("role", "coordinator")];
    assert_eq!(assistant.post("/console/organizers", &invitation).await.status, StatusCode::FORBIDDEN);
    let path = format!("/console/organizers/{}/disable", boss.organizer().await.id());
    assert_eq!(assistant.post(&path, &[]).await.status, StatusCode::FORBIDDEN);
    let page = assistant.get("/console").await.body;
    assert!(!page.contains("/console/audit") && !page.contains("/console/organizers"), "a door that stays shut");
    assert!(boss.get("/console").await.body.contains("href=\"/console/audit\""));
}

#[tokio::test]
async fn sensitive_answers_are_for_coordinators() {
    let app = TestApp::new().await;
    let assistant = joined(&app, "assistant@example.org", Role::Assistant).await.organizer().await;
    let boss = joined(&app, "boss@example.org", Role::Coordinator).await.organizer().await;
    assert_eq!(assistant.sensitive_reader().err(), Some(AppError::Forbidden));
    assert_eq!(boss.sensitive_reader().unwrap().actor(), boss.id());
}
