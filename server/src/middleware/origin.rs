//! A form of another site must not act in the name of whoever is signed in here.
//!
//! Browsers say where a request comes from (`Sec-Fetch-Site`, `Origin`), and `tower-http` checks that. What it lets
//! through is a request that says neither; such browsers are rare but not gone, and [`without_header`] decides on
//! them.

use app::{error::AppError, server::Site};
use axum::{
    body::Body,
    extract::Request,
    http::{HeaderMap, Method, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use tower_http::csrf::{CsrfLayer, ProtectionError};

type Refuse = fn(ProtectionError) -> Response<Body>;

/// Refuses what another site sent. Behind a proxy the host may be another than people typed: the site's own address
/// is trusted beside it.
pub fn layer(site: &Site) -> CsrfLayer<Refuse> {
    let refuse: Refuse = |_| AppError::Forbidden.into_response();
    let layer = CsrfLayer::new();
    // The configuration has made sure that the address is an origin; should it ever not be one, the host still counts.
    layer.clone().add_trusted_origin(&site.base_url).unwrap_or(layer).with_rejection_response(refuse)
}

/// A request that changes something and says nothing of where it comes from may pass only if it carries nothing that
/// could be misused (no cookie), or if it tells our own page as the one before.
pub async fn without_header(request: Request, next: Next) -> Response {
    let headers = request.headers();
    let silent = !headers.contains_key(header::ORIGIN) && !headers.contains_key("sec-fetch-site");
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !safe && silent && headers.contains_key(header::COOKIE) && !from_our_page(request.uri(), headers) {
        return AppError::Forbidden.into_response();
    }
    next.run(request).await
}

/// Whether the page before has the host that was asked for.
fn from_our_page(uri: &Uri, headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &axum::http::HeaderValue| value.to_str().ok());
    let referer = text(header::REFERER).and_then(|value| value.parse::<Uri>().ok());
    let host = uri.authority().map(|authority| authority.as_str()).or_else(|| text(header::HOST));
    match (referer.as_ref().and_then(Uri::authority), host) {
        (Some(page), Some(host)) => page.as_str() == host,
        _ => false,
    }
}
