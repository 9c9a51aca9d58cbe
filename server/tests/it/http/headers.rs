use super::{PANIC, Site};
use axum::http::{Method, StatusCode};

/// Answers of every kind and who makes them.
async fn answers(site: &Site) -> Vec<(&'static str, super::Answer)> {
    let long = "x".repeat(200_000);
    vec![
        ("health", site.get("/healthz").await),
        ("file", site.get("/pkg/worker.HASH.js").await),
        ("missing file", site.get("/pkg/none.js").await),
        ("robots", site.get("/robots.txt").await),
        ("icon", site.get("/favicon.svg").await),
        ("not found", site.get("/vi/nowhere").await),
        ("method", site.ask(Method::DELETE, "/own/form", &[], "").await),
        ("panic", site.get("/own/panic").await),
        ("stream", site.get("/own/events").await),
        ("compressed", site.ask(Method::GET, "/own/long", &[("accept-encoding", "br")], "").await),
        ("another site", site.ask(Method::POST, "/own/form", &[("origin", "https://evil.test")], "a=1").await),
        ("too long", site.ask(Method::POST, "/own/form", &[], &long).await),
        ("unknown call", site.call("/api/v1/nothing", "{}").await),
    ]
}

#[tokio::test]
async fn every_answer_carries_the_strict_headers() {
    let site = Site::new().await;
    for (kind, answer) in answers(&site).await {
        let expect = |name: &str, value: &str| assert_eq!(answer.header(name), value, "{name} of {kind}");
        expect("x-content-type-options", "nosniff");
        expect("referrer-policy", "same-origin");
        expect("x-frame-options", "DENY");
        expect("cross-origin-opener-policy", "same-origin");
        expect("cross-origin-resource-policy", "same-origin");
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{kind}: {policy}");
        assert!(!policy.contains("unsafe-inline"), "{kind}: {policy}");
        assert!(answer.header("permissions-policy").contains("camera=()"), "{kind}");
        assert!(!answer.header("cache-control").is_empty(), "{kind}");
        assert_eq!(answer.header("server"), "", "{kind}");
        assert!(!answer.text().contains(PANIC), "{kind}");
    }
}

#[tokio::test]
async fn transport_security_is_asked_for_over_https_only() {
    let site = Site::new().await;
    assert_eq!(site.get("/healthz").await.header("strict-transport-security"), "");
    let policy = server::middleware::headers::Policy::of(&app::server::Site {
        base_url: "https://entaku.test".into(),
        ..Default::default()
    });
    let router = axum::Router::new()
        .route("/", axum::routing::get(async || StatusCode::OK))
        .layer(axum::middleware::from_fn_with_state(policy, server::middleware::headers::headers));
    let request = axum::http::Request::new(axum::body::Body::empty());
    let answer = tower::ServiceExt::oneshot(router, request).await.expect("an answer");
    assert!(answer.headers()["strict-transport-security"].to_str().expect("text").starts_with("max-age="));
}

#[tokio::test]
async fn a_page_keeps_its_own_policy() {
    let site = Site::new().await;
    let policy = site.get("/ja/nowhere").await.header("content-security-policy").to_owned();
    assert!(policy.contains("style-src 'self'") && policy.contains("script-src 'none'"), "{policy}");
}
