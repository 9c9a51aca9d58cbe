use super::get;
use crate::support::{NOW_MS, TestApp};
use app::server::{Context, Site, assets::Assets, clock::Clock};
use axum::http::StatusCode;
use server::router::{RouterOptions, router};
use tower::ServiceExt as _;

#[tokio::test]
async fn gallery_is_for_developers() {
    let app = TestApp::new().await;
    // A build for debugging shows it always.
    let expected = if cfg!(debug_assertions) { StatusCode::OK } else { StatusCode::NOT_FOUND };
    assert_eq!(get(&app, "/dev/ui", &[]).await.status, expected);
}

#[tokio::test]
async fn gallery_shows_every_part_in_every_language_and_escapes_what_is_typed() {
    let app = TestApp::new().await;
    let site = Site { base_url: "http://127.0.0.1:3000".to_owned(), dev: true, ..Site::default() };
    let ctx = Context::new(app.ctx.db().clone(), app.ctx.keys().clone(), Clock::fixed(NOW_MS), Assets::default(), site);
    let router = router(ctx, &RouterOptions::new(std::env::temp_dir()));
    for tag in super::TAGS {
        let request = axum::http::Request::get(format!("/dev/ui?lang={tag}&frame=console&japanese=on"));
        let request = request.body(axum::body::Body::empty()).expect("a request");
        let response = router.clone().oneshot(request).await.expect("never fails");
        assert_eq!(response.status(), StatusCode::OK, "{tag}");
        let body = axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let html = String::from_utf8(body.to_vec()).expect("UTF-8");
        for part in [
            "c-errors",
            "c-back",
            "c-progress",
            "c-choice",
            "c-field",
            "c-date",
            "c-button",
            "c-notice",
            "c-chip",
            "c-summary",
            "c-panel",
            "c-table",
            "c-pages",
            "c-beside",
        ] {
            assert!(html.contains(part), "{part} in {tag}");
        }
        assert!(!html.contains("<script") && !html.contains("<b>"), "typed text became markup in {tag}");
    }
}
