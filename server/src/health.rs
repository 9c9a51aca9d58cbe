//! For whoever watches the process: is it alive, and can it answer?

use app::server::Context;
use axum::{Json, Router, extract::State, http::StatusCode, response::IntoResponse, routing::get};
use std::time::Duration;

/// A database that needs longer is as good as gone for the person who waits.
const PATIENCE: Duration = Duration::from_secs(3);

/// `/healthz` and `/readyz`.
pub fn router() -> Router<Context> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

/// The process runs; asks nothing of the database, so that a short trouble there does not get it restarted.
async fn alive() -> Json<serde_json::Value> {
    Json(serde_json::json!({ "alive": true }))
}

/// The database answers.
async fn ready(State(ctx): State<Context>) -> impl IntoResponse {
    let ready = matches!(tokio::time::timeout(PATIENCE, ctx.read().ping()).await, Ok(Ok(())));
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (status, Json(serde_json::json!({ "ready": ready })))
}
