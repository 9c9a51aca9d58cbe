use super::{PANIC, Site};
use app::error::AppError;
use axum::http::{Method, StatusCode};
use leptos::{prelude::*, server_fn::codec::Json};
use std::collections::BTreeSet;

/// All calls that a browser may make. Pages that were opened weeks ago still make them: a path is added here, never
/// changed or taken away.
const PATHS: [&str; 30] = [
    "/api/v1/end-desk",
    "/api/v1/operations",
    "/api/v1/responses",
    "/api/v1/roll",
    "/api/v1/voices",
    "/api/v1/voices/add",
    "/api/v1/voices/agree",
    "/api/v1/voices/answer-challenge",
    "/api/v1/voices/approve",
    "/api/v1/voices/assign",
    "/api/v1/voices/change-receipt",
    "/api/v1/voices/delete",
    "/api/v1/voices/desk",
    "/api/v1/voices/door",
    "/api/v1/voices/enrol",
    "/api/v1/voices/give-key",
    "/api/v1/voices/keep",
    "/api/v1/voices/late",
    "/api/v1/voices/letters",
    "/api/v1/voices/list",
    "/api/v1/voices/note",
    "/api/v1/voices/open",
    "/api/v1/voices/order",
    "/api/v1/voices/pass-on",
    "/api/v1/voices/propose",
    "/api/v1/voices/publish",
    "/api/v1/voices/refuse",
    "/api/v1/voices/reply",
    "/api/v1/voices/sort",
    "/api/v1/voices/withdraw",
];
/// Those that need be told nothing: whatever object comes, they ask who calls.
const UNTOLD: [&str; 3] = ["/api/v1/voices/desk", "/api/v1/voices/door", "/api/v1/voices/list"];

/// Calls that no real site has.
#[server(prefix = "/api/v1", endpoint = "test-refusal", input = Json, output = Json)]
pub async fn test_refusal(kind: String) -> Result<String, AppError> {
    match kind.as_str() {
        "not_found" => Err(AppError::NotFound),
        "conflict" => Err(AppError::Conflict),
        "sign_in" => Err(AppError::SignInRequired),
        "too_many" => Err(AppError::TooManyRequests { retry_after: 7 }),
        "panic" => panic!("{PANIC}"),
        _ => Ok(kind),
    }
}

const OWN: &str = "/api/v1/test-refusal";

#[test]
fn the_list_of_calls_is_complete() {
    let known: BTreeSet<_> =
        server_fn::axum::server_fn_paths().map(|(path, _)| path).filter(|path| *path != OWN).collect();
    assert_eq!(known, BTreeSet::from(PATHS));
}

#[tokio::test]
async fn a_call_is_answered_in_json() {
    let site = Site::new().await;
    let answer = site.call(OWN, r#"{"kind":"fine"}"#).await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, "\"fine\""));
    assert_eq!(answer.header("content-type"), "application/json");
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_status_says_what_the_body_says() {
    let site = Site::new().await;
    for (kind, status, body) in [
        ("not_found", StatusCode::NOT_FOUND, "\"not_found\""),
        ("conflict", StatusCode::CONFLICT, "\"conflict\""),
        ("sign_in", StatusCode::UNAUTHORIZED, "\"sign_in_required\""),
        ("too_many", StatusCode::TOO_MANY_REQUESTS, r#"{"too_many_requests":{"retry_after":7}}"#),
    ] {
        let answer = site.call(OWN, &format!(r#"{{"kind":"{kind}"}}"#)).await;
        assert_eq!((answer.status, answer.text().as_str()), (status, body), "{kind}");
        assert_eq!(answer.header("content-type"), "application/json", "{kind}");
        assert_eq!(answer.header("serverfnerror"), "", "{kind}");
    }
    let answer = site.call(OWN, r#"{"kind":"too_many"}"#).await;
    assert_eq!(answer.header("retry-after"), "7");
}

#[tokio::test]
async fn a_browser_that_accepts_html_is_not_sent_away() {
    let site = Site::new().await;
    let headers = [
        ("content-type", "application/json; charset=utf-8"),
        ("accept", "text/html,application/xhtml+xml,*/*;q=0.8"),
        ("referer", "http://entaku.test/ja"),
    ];
    for (body, status) in [(r#"{"kind":"fine"}"#, StatusCode::OK), (r#"{"kind":"conflict"}"#, StatusCode::CONFLICT)] {
        let answer = site.ask(Method::POST, OWN, &headers, body).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.header("location"), "");
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

#[tokio::test]
async fn unknown_calls_say_that_the_page_is_outdated() {
    let site = Site::new().await;
    for path in ["/api", "/api/v0/responses", "/api/v1/nothing", "/api/v1/responses/x"] {
        for method in [Method::GET, Method::POST] {
            let answer = site.ask(method.clone(), path, &[("content-type", "application/json")], "{}").await;
            assert_eq!((answer.status, answer.text().as_str()), (StatusCode::GONE, "\"outdated\""), "{method} {path}");
            assert_eq!(answer.header("content-type"), "application/json", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn reading_what_must_be_posted_is_a_wrong_method() {
    let site = Site::new().await;
    for path in PATHS {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
        assert_eq!(answer.header("allow"), "POST", "{path}");
        assert_eq!(answer.header("content-type"), "application/json", "{path}");
    }
}

#[tokio::test]
async fn what_cannot_be_read_is_malformed() {
    let site = Site::new().await;
    let nested = "[".repeat(20_000);
    for path in PATHS.into_iter().chain([OWN]) {
        for body in ["", "{", r#"{"kind":"#, "null", "[]", "{}", r#"{"kind":7}"#, "\u{0}", &nested] {
            let answer = site.call(path, body).await;
            if UNTOLD.contains(&path) && matches!(body, "null" | "[]" | "{}" | r#"{"kind":7}"#) {
                assert!(matches!(answer.status.as_u16(), 400 | 401 | 403), "{path} {body}");
                continue;
            }
            assert_eq!(
                (answer.status, answer.text().as_str()),
                (StatusCode::BAD_REQUEST, "\"malformed\""),
                "{path} {body:.20}"
            );
        }
        for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/jsonx", ""]
        {
            let answer = site.ask(Method::POST, path, &[("content-type", kind)], r#"{"kind":"fine"}"#).await;
            assert_eq!(
                (answer.status, answer.text().as_str()),
                (StatusCode::BAD_REQUEST, "\"malformed\""),
                "{path} {kind}"
            );
        }
    }
}

#[tokio::test]
async fn a_call_that_panics_is_an_internal_error() {
    let site = Site::new().await;
    let answer = site.call(OWN, r#"{"kind":"panic"}"#).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let error: AppError = serde_json::from_slice(&answer.body).expect("an error of ours");
    assert!(matches!(error, AppError::Internal { reference } if reference.len() == 8));
}
