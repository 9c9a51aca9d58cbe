use super::Site;
use axum::http::StatusCode;

#[tokio::test]
async fn ready_as_long_as_the_database_answers() {
    let site = Site::new().await;
    let answer = site.get("/readyz").await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::OK, r#"{"ready":true}"#));

    site.app.ctx.db().close().await.expect("closed");
    let answer = site.get("/readyz").await;
    assert_eq!((answer.status, answer.text().as_str()), (StatusCode::SERVICE_UNAVAILABLE, r#"{"ready":false}"#));
    assert_eq!(answer.header("cache-control"), "no-store");
    // The process itself is well: restarting it would not bring the database back.
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
}
