//! Errors get their words here, once: a page in the person's language, or JSON for a program.
//!
//! Below this layer an error is a status with an empty body, at most with an `AppError` in the extensions. Answers of
//! the framework's own (a field that cannot be read, a method that is not there) come as plain text that repeats
//! parts of the request; they are replaced as well.

use app::{
    error::AppError,
    server::{Context, error::internal, error_page::error_page, request::reader_of},
};
use axum::{
    Json,
    body::HttpBody as _,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// The layer.
pub async fn error_pages(State(ctx): State<Context>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_call = path == "/api" || path.starts_with("/api/");
    // Built files are asked for by pages, not by people.
    let wants_words = !path.starts_with("/pkg/");
    let reader = reader_of(path, request.headers());
    let is_console = path == "/console" || path.starts_with("/console/");

    let mut response = next.run(request).await;
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || !is_wordless(&response) {
        return response;
    }
    if !wants_words {
        return (status, keep(response.headers())).into_response();
    }
    let error = response.extensions_mut().remove::<AppError>().unwrap_or_else(|| error_of(status));
    let kept = keep(response.headers());
    if is_call {
        return (status, kept, Json(error)).into_response();
    }
    let mut page = error_page(&ctx, reader, status, &error, is_console);
    page.headers_mut().extend(kept);
    page
}

/// Whether the answer says nothing a person could read: empty, or the framework's plain text.
fn is_wordless(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    response.body().is_end_stream() || kind.is_empty() || kind.starts_with("text/plain")
}

/// The error behind a bare status.
fn error_of(status: StatusCode) -> AppError {
    match status {
        StatusCode::NOT_FOUND => AppError::NotFound,
        StatusCode::UNAUTHORIZED => AppError::SignInRequired,
        StatusCode::FORBIDDEN => AppError::Forbidden,
        StatusCode::CONFLICT => AppError::Conflict,
        StatusCode::GONE => AppError::Expired,
        StatusCode::TOO_MANY_REQUESTS => AppError::TooManyRequests { retry_after: 60 },
        StatusCode::SERVICE_UNAVAILABLE => internal("no answer in time"),
        status if status.is_server_error() => internal("a bare status"),
        _ => AppError::Malformed,
    }
}

/// What the answer said beside its body and stays true.
fn keep(headers: &HeaderMap) -> HeaderMap {
    const KEPT: [header::HeaderName; 5] =
        [header::ALLOW, header::RETRY_AFTER, header::CONNECTION, header::SET_COOKIE, header::WWW_AUTHENTICATE];
    let mut kept = HeaderMap::new();
    for name in KEPT {
        for value in headers.get_all(&name) {
            kept.append(name.clone(), value.clone());
        }
    }
    kept
}
