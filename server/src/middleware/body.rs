//! Reads what is sent, whole, before anybody looks at it. But for one page that takes a file, bodies are forms and
//! short JSON, and one layer that refuses the long and the slow ones spares every handler to think of it.

use app::{
    error::AppError,
    events::console::{edit, import},
    questionnaires::console::take_in,
};
use axum::{
    body::{Body, Bytes, HttpBody as _},
    extract::{Request, State},
    http::{HeaderValue, Request as HttpRequest, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use futures::StreamExt as _;
use std::time::Duration;

/// Bytes of a form.
pub const FORM_BYTES: usize = 64 * 1024;
/// Bytes of a letter without script: each sign of a long one takes nine, and one that is too long comes back in its form.
pub const LETTER_BYTES: usize = 512 * 1024;
/// Bytes of a call.
pub const CALL_BYTES: usize = 128 * 1024;
/// Bytes of what a desk sends at once: five hundred operations, and names beside them.
pub const BATCH_BYTES: usize = 1024 * 1024;
/// Bytes of what organizers take in: a file with the unsent answers of a phone, and what stands beside it.
pub const TAKEN_IN_BYTES: usize = 4 * 1024 * 1024;
/// Bytes of the plan of an event: texts in five languages, of which each sign may take nine.
pub const PLAN_BYTES: usize = 2 * 1024 * 1024;
/// Bytes of a list of guests that organizers paste: twenty thousand rows.
pub const LIST_BYTES: usize = 8 * 1024 * 1024;
/// Bytes beyond the limit that are read and thrown away, so that the sender is listening again when the refusal
/// comes: who is cut off in the middle of sending sees a broken connection and no reason.
const PATIENCE_BYTES: usize = 32 * 1024 * 1024;

/// The layer; the state is how long a body may take to arrive.
pub async fn read(State(limit): State<Duration>, request: Request, next: Next) -> Response {
    if request.body().is_end_stream() {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let most = match parts.uri.path() {
        take_in::PATH => TAKEN_IN_BYTES,
        path if import::is_path(path) => LIST_BYTES,
        path if edit::is_path(path) => PLAN_BYTES,
        path if ["/voice/write", "/voice/letters"].iter().any(|form| path.ends_with(form)) => LETTER_BYTES,
        "/api/v1/operations" => BATCH_BYTES,
        path if path.starts_with("/api/") => CALL_BYTES,
        _ => FORM_BYTES,
    };
    match tokio::time::timeout(limit, collect(body, most)).await {
        Ok(Ok(bytes)) => next.run(HttpRequest::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(Refused::TooLong)) => (StatusCode::PAYLOAD_TOO_LARGE, [(header::CONNECTION, CLOSE)]).into_response(),
        Ok(Err(Refused::Broken)) => AppError::Malformed.into_response(),
        Err(_) => (StatusCode::REQUEST_TIMEOUT, [(header::CONNECTION, CLOSE)]).into_response(),
    }
}

const CLOSE: HeaderValue = HeaderValue::from_static("close");

enum Refused {
    TooLong,
    Broken,
}

async fn collect(body: Body, most: usize) -> Result<Bytes, Refused> {
    let told = body.size_hint().lower();
    let mut kept = Vec::with_capacity(usize::try_from(told).unwrap_or(most).min(most));
    let mut length = 0_usize;
    let mut stream = body.into_data_stream();
    while let Some(chunk) = stream.next().await {
        let chunk = chunk.map_err(|_| Refused::Broken)?;
        length = length.saturating_add(chunk.len());
        if length <= most {
            kept.extend_from_slice(&chunk);
        } else if length > PATIENCE_BYTES {
            break;
        }
    }
    if length > most { Err(Refused::TooLong) } else { Ok(kept.into()) }
}
