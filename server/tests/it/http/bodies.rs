use super::Site;
use app::i18n::*;
use axum::{
    body::{Body, Bytes},
    http::{Method, Request, StatusCode},
};
use futures::stream;
use server::middleware::body::{CALL_BYTES, FORM_BYTES};
use std::{convert::Infallible, time::Duration};

const TEN_MB: usize = 10 * 1024 * 1024;

/// A body whose length is not told in advance.
fn unannounced(bytes: usize) -> Body {
    let chunks = (0..bytes / 8192).map(|_| Ok::<_, Infallible>(Bytes::from(vec![b'x'; 8192])));
    Body::from_stream(stream::iter(chunks))
}

#[tokio::test]
async fn ten_megabytes_are_refused_in_words() {
    let site = Site::new().await;
    for body in [Body::from(vec![b'x'; TEN_MB]), unannounced(TEN_MB)] {
        let request = Request::post("/own/length").header("accept-language", "vi").body(body).expect("a request");
        let answer = site.send(request).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.text().contains(td_string!(Locale::vi, shell.error_too_large_title)), "{}", answer.text());
    }
}

#[tokio::test]
async fn ten_megabytes_to_a_call_are_refused_in_json() {
    let site = Site::new().await;
    let request = Request::post("/api/v1/responses").header("content-type", "application/json");
    let answer = site.send(request.body(unannounced(TEN_MB)).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.text(), "\"malformed\"");
}

#[tokio::test]
async fn the_limits_are_exact() {
    let site = Site::new().await;
    let most = "x".repeat(FORM_BYTES);
    let answer = site.ask(Method::POST, "/own/length", &[], &most).await;
    assert_eq!((answer.status, answer.text()), (StatusCode::OK, FORM_BYTES.to_string()));
    let answer = site.ask(Method::POST, "/own/length", &[], &format!("{most}x")).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    // A call may be longer than a form, and is read to its end: what is wrong with it is that it is no JSON.
    let answer = site.call("/api/v1/test-refusal", &"x".repeat(CALL_BYTES)).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let answer = site.call("/api/v1/test-refusal", &"x".repeat(CALL_BYTES + 1)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn a_body_that_does_not_come_ends_the_wait() {
    let site = Site::with(|options| options.body_limit = Duration::from_millis(50)).await;
    let never = Body::from_stream(stream::pending::<Result<Bytes, Infallible>>());
    let answer = site.send(Request::post("/own/length").body(never).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::REQUEST_TIMEOUT);
    assert!(answer.header("content-type").starts_with("text/html"));
}

#[tokio::test]
async fn a_body_that_breaks_off_is_malformed() {
    let site = Site::new().await;
    let broken = stream::iter([Ok(Bytes::from_static(b"a=1")), Err(std::io::Error::other("gone"))]);
    let answer = site.send(Request::post("/own/length").body(Body::from_stream(broken)).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn an_answer_that_takes_too_long_is_given_up() {
    let site = Site::with(|options| options.head_limit = Duration::from_millis(50)).await;
    let answer = site.get("/own/slow").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.text().contains(td_string!(Locale::ja, shell.error_internal_title)), "{}", answer.text());
}
