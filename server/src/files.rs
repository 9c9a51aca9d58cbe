//! What is no page: the built files under `/pkg`, the few small files browsers and robots ask for, and the answer to
//! whoever asks for something that is not there.

use app::{error::AppError, server::Context};
use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use std::path::Path;
use tower_http::services::ServeDir;

/// The mark: a ring of seats around an open circle, one of them filled.
const ICON: &str = include_str!("../../style/assets/favicon.svg");

/// The same on paper, for the home screen of a phone; the last one may be cut to a circle.
const ICON_192: &[u8] = include_bytes!("../../style/assets/icon-192.png");
const ICON_512: &[u8] = include_bytes!("../../style/assets/icon-512.png");
const ICON_MASKABLE_512: &[u8] = include_bytes!("../../style/assets/icon-maskable-512.png");

/// A build's file never changes under its name, which holds the hash of its bytes.
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// The files. `site` holds `pkg/`, with a `.br` and a `.gz` beside each file.
pub fn router(site: &Path) -> Router<Context> {
    let built = ServeDir::new(site).append_index_html_on_directories(false).precompressed_br().precompressed_gzip();
    Router::new()
        .route_service("/pkg/{*file}", built)
        .layer(from_fn(immutable))
        .route("/favicon.svg", get(icon))
        .route("/icon-192.png", get(async || png(ICON_192)))
        .route("/icon-512.png", get(async || png(ICON_512)))
        .route("/icon-maskable-512.png", get(async || png(ICON_MASKABLE_512)))
        .route("/favicon.ico", get(async || StatusCode::NO_CONTENT))
        .route("/robots.txt", get(robots))
        .route("/.well-known/security.txt", get(security))
}

/// Only what is there may be kept for ever: a file that is missing now may come with the next build.
async fn immutable(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if response.status().is_success() || response.status() == StatusCode::NOT_MODIFIED {
        response.headers_mut().insert(header::CACHE_CONTROL, FOR_EVER);
    }
    response
}

async fn icon() -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("image/svg+xml")), (header::CACHE_CONTROL, A_DAY)], ICON)
}

fn png(bytes: &'static [u8]) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("image/png")), (header::CACHE_CONTROL, A_DAY)], bytes)
}

/// Search engines are welcome on the pages for everybody; those of somebody's own say `noindex` themselves.
async fn robots() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, A_DAY)], "User-agent: *\nDisallow: /console\nDisallow: /api/\n")
}

/// Where to tell of a hole (RFC 9116), if the installation says how to reach it. The file has to name a day on which it
/// ends; one year from today is always true as long as the site is kept.
async fn security(State(ctx): State<Context>) -> Result<Response, AppError> {
    const YEAR_MS: i64 = 365 * 24 * 60 * 60 * 1000;
    let contact = ctx.site().contact.as_deref().and_then(address).ok_or(AppError::NotFound)?;
    let until = ctx.clock().day_of(ctx.clock().now_ms().saturating_add(YEAR_MS));
    let text = format!(
        "Contact: {contact}\nExpires: {until}T00:00:00Z\nPreferred-Languages: ja, en\nCanonical: {}/.well-known/security.txt\n",
        ctx.site().base_url
    );
    Ok(([(header::CACHE_CONTROL, A_DAY)], text).into_response())
}

/// The setting `contact` as the address that the file needs: a mail address, or a link as it stands.
fn address(contact: &str) -> Option<String> {
    let is_one_word = !contact.contains(char::is_whitespace);
    if is_one_word && ["https://", "mailto:", "tel:"].iter().any(|scheme| contact.starts_with(scheme)) {
        Some(contact.to_owned())
    } else if is_one_word && contact.contains('@') {
        Some(format!("mailto:{contact}"))
    } else {
        None
    }
}

/// No route fits.
pub async fn not_found() -> AppError {
    AppError::NotFound
}

/// A route fits, but not with this method; the router itself adds `Allow`.
pub async fn method_not_allowed() -> StatusCode {
    StatusCode::METHOD_NOT_ALLOWED
}
