//! Headers that every answer carries, whoever made it.

use app::server::Site;
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Two years. Not for subdomains: they may be somebody else's.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=63072000");

/// Set where the answer says nothing else. A page brings its own policy with the nonce of its script; whatever is no
/// page may load nothing, be it opened by itself.
const DEFAULTS: [(HeaderName, HeaderValue); 9] = [
    (
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    ),
    // What may be kept says so; the rest could be somebody's own.
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    // Not `no-referrer`: browsers then send `Origin: null`, and the form's own post would be refused.
    (header::REFERRER_POLICY, HeaderValue::from_static("same-origin")),
    (header::X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"),
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (HeaderName::from_static("x-permitted-cross-domain-policies"), HeaderValue::from_static("none")),
];

/// What depends on the site.
#[derive(Clone, Copy, Debug)]
pub struct Policy {
    https: bool,
}

impl Policy {
    /// The policy of a site.
    #[must_use]
    pub fn of(site: &Site) -> Self {
        Self { https: site.is_https() }
    }
}

/// The layer.
pub async fn headers(State(policy): State<Policy>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in DEFAULTS {
        headers.entry(name).or_insert(value);
    }
    // Over http it means nothing, and on a laptop it would lock the other servers on the same name out.
    if policy.https {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    response
}
