//! Server functions under `/api/v1`, with the manners of an interface: JSON in, JSON out, a status that says what the
//! body says.
//!
//! The framework alone would send a browser that accepts HTML back to the page it came from, answer every error with
//! 500, and tell an unknown address in prose. Old pages call these addresses for weeks, so each answer is one they
//! can read.

use app::{error::AppError, server::Context};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::any,
};
use leptos::prelude::provide_context;
use server_fn::error::FromServerFnError as _;

/// Names the function that failed; leptos sets it on errors only.
const FAILED: &str = "serverfnerror";

/// Longer than any error.
const ERROR_BYTES: usize = 64 * 1024;

/// `/api/…`.
pub fn router() -> Router<Context> {
    Router::new()
        .route("/api/v1/{*function}", any(call))
        .route("/api/{*unknown}", any(outdated))
        .route("/api", any(outdated))
}

/// A page from before the last change of the interface, or after one that was taken back.
async fn outdated() -> AppError {
    AppError::Outdated
}

async fn call(State(ctx): State<Context>, mut request: Request) -> Response {
    let methods = methods_of(request.uri().path());
    if methods.is_empty() {
        return AppError::Outdated.into_response();
    }
    if !methods.contains(request.method()) {
        let allow = methods.iter().map(Method::as_str).collect::<Vec<_>>().join(", ");
        let allow = HeaderValue::from_str(&allow).unwrap_or(HeaderValue::from_static("POST"));
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, allow)]).into_response();
    }
    // Also keeps forms of other sites out: they cannot send this type.
    if request.method() != Method::GET && !is_json(&request) {
        return AppError::Malformed.into_response();
    }
    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    request.headers_mut().remove(header::REFERER);
    let provide = move || provide_context(ctx.clone());
    let response = leptos_axum::handle_server_fns_with_context(provide, request).await.into_response();
    if response.headers().contains_key(FAILED) { failed(response).await } else { response }
}

/// How a function may be called; empty if there is none at this path.
fn methods_of(path: &str) -> Vec<Method> {
    server_fn::axum::server_fn_paths().filter(|(known, _)| *known == path).map(|(_, method)| method).collect()
}

fn is_json(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case("application/json")
}

/// The error that the body holds, as an ordinary error: the layer `error_pages` writes it out again with its status.
/// Cookies that the function set go along.
async fn failed(response: Response<Body>) -> Response {
    let (parts, body) = response.into_parts();
    let error = match to_bytes(body, ERROR_BYTES).await {
        Ok(body) => AppError::de(body),
        Err(_) => AppError::Transport,
    };
    let mut response = error.into_response();
    for cookie in parts.headers.get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}
