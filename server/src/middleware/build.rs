//! Says on every answer of the questionnaires and desks which build made it. By that a phone tells our answers, errors too, from
//! what a hotel or a proxy says in our place, and by its value whether a page fits what the phone has kept.

use app::{server::assets::Assets, ui::reader::locale_of};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue},
    middleware::Next,
    response::Response,
};

/// The header.
pub const BUILD: HeaderName = HeaderName::from_static("entaku-build");

/// The build that is running.
#[derive(Clone, Debug)]
pub struct Build(HeaderValue);

impl Build {
    /// The build that these files belong to.
    #[must_use]
    pub fn of(assets: &Assets) -> Self {
        // Hex digits; should they ever be none, the header is there all the same and fits nothing.
        Self(HeaderValue::from_str(assets.build()).unwrap_or(HeaderValue::from_static("unknown")))
    }
}

/// The layer.
pub async fn build(State(Build(build)): State<Build>, request: Request, next: Next) -> Response {
    let is_told = is_told(request.uri().path());
    let mut response = next.run(request).await;
    if is_told {
        response.headers_mut().insert(BUILD, build);
    }
    response
}

/// Whether a path is of the questionnaires' or desks' pages or calls, whether there is something or not. Nothing else
/// is told: no other page has a service worker.
fn is_told(path: &str) -> bool {
    let mut parts = path.split('/').skip(1);
    match (parts.next(), parts.next(), parts.next()) {
        (Some("api"), Some("v1"), Some(_)) => true,
        (Some(language), Some("questionnaires"), Some(_)) => locale_of(language).is_some(),
        (Some("console"), Some("desk"), Some(_)) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_with_a_service_worker_are_told() {
        for path in [
            "/vi/questionnaires/work",
            "/ja-easy/questionnaires/work/questions/pay",
            "/en/questionnaires/",
            "/api/v1/x",
            "/console/desk/vi/open/x",
        ] {
            assert!(is_told(path), "{path}");
        }
        for path in [
            "",
            "/",
            "/vi",
            "/vi/voice",
            "/vi/voice/questionnaires/x",
            "/vi/questionnaires",
            "/xx/questionnaires/work",
            "/console/questionnaires/work",
            "/questionnaires/work",
            "/q/work",
            "/api/v1",
            "/api/v2/x",
            "/pkg/x.js",
            "/definitions/x",
            "/exit",
            "*",
        ] {
            assert!(!is_told(path), "{path}");
        }
    }
}
