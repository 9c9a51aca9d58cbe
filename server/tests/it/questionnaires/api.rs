//! The addresses that old pages rely on.

use super::sample::{call_with, kept_aside, seeded, stored, yes};
use app::questionnaires::{
    api::PATHS,
    server::draft::Draft,
    types::{Outcome, Receipt},
};
use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, Request, StatusCode, header},
};
use tower::ServiceExt as _;

#[test]
fn paths_of_calls_never_move() {
    // Other tests of this binary register functions of their own.
    let ours = server_fn::axum::server_fn_paths().filter(|(path, _)| !path.starts_with("/api/v1/test-"));
    let mut known: Vec<_> = ours.map(|(path, method)| (path, method.to_string())).collect();
    known.sort_unstable();
    let others = [app::desk::api::PATHS, app::voices::api::PATHS, app::voices::door::PATHS].concat();
    let mut listed: Vec<_> = PATHS.iter().chain(&others).map(|path| (*path, "POST".to_owned())).collect();
    listed.sort_unstable();
    assert_eq!(known, listed);
    assert_eq!(PATHS, ["/api/v1/responses"]);
    assert_eq!(app::desk::api::PATHS, ["/api/v1/end-desk", "/api/v1/operations", "/api/v1/roll"]);
}

#[tokio::test]
async fn definition_is_served_as_its_bytes_for_ever() {
    let (app, hash) = seeded().await;
    let get = async |path: String| {
        let request = Request::get(path).body(Body::empty()).unwrap();
        let (parts, body) = app.router().oneshot(request).await.unwrap().into_parts();
        (parts.status, parts.headers, to_bytes(body, 1_000_000).await.unwrap())
    };
    let (status, headers, body) = get(format!("/definitions/{hash}")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(form::digest(&body), hash);
    assert_eq!(headers[header::CONTENT_TYPE], "application/json");
    assert_eq!(headers[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    for unknown in ["0".repeat(64), "x".to_owned(), hash.to_uppercase()] {
        let (status, headers, _) = get(format!("/definitions/{unknown}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{unknown}");
        let cache = headers.get(header::CACHE_CONTROL).map(|value| value.to_str().unwrap().to_owned());
        assert!(!cache.unwrap_or_default().contains("immutable"));
    }
}

#[tokio::test]
async fn sending_by_the_island_ends_the_draft_of_the_same_person() {
    let (app, hash) = seeded().await;
    let sending = yes(&hash, 1);
    let mut draft = Draft::begin("working-in-japan", &hash, "vi", None, None);
    let send = async |draft: &Draft| {
        let cookie = draft.keep(&app.ctx).unwrap();
        let pair = cookie.to_str().unwrap().split(';').next().unwrap().to_owned();
        call_with(app.router(), serde_json::to_vec(&sending).unwrap(), |request| {
            request.headers_mut().insert(header::COOKIE, HeaderValue::from_str(&pair).unwrap());
        })
        .await
    };
    let (status, headers, _) = send(&draft).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!headers.contains_key(header::SET_COOKIE), "somebody else's draft stays");

    draft.instance_id = sending.instance_id.clone();
    let (status, headers, body) = send(&draft).await;
    assert_eq!(status, StatusCode::OK);
    let receipt: Receipt = serde_json::from_value(body).unwrap();
    let mut cookies = axum::http::HeaderMap::new();
    let pair = headers[header::SET_COOKIE].to_str().unwrap().split(';').next().unwrap().to_owned();
    cookies.insert(header::COOKIE, HeaderValue::from_str(&pair).unwrap());
    let sent = Draft::of(&app.ctx, &cookies).unwrap();
    assert!(!sent.is_open() && sent.answers.is_empty());
    let sent = sent.sent.unwrap();
    assert_eq!((sent.code, sent.outcome), (receipt.code, Outcome::Stored));
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (1, 0));
}
