//! One line per request of an organizer, and one per request that the server failed: which route, how it ended, how
//! long it took. Never the address asked for (it holds tokens), nor who asked, with what, or what they sent.
//!
//! What workers and visitors do well is not logged at all: lines with a time would tell the minute at which an answer
//! came, which nothing else here tells either.

use app::routes::{Access, TABLE};
use axum::{
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
};
use std::time::Instant;

/// The layer.
pub async fn log(request: Request, next: Next) -> Response {
    let start = Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or(Known::NONE, |path| Known::of(path.as_str()));
    let response = next.run(request).await;
    let status = response.status();
    if status.is_server_error() || route.is_logged {
        let ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(target: "entaku::request", route = route.pattern, status = status.as_u16(), ms);
    }
    response
}

/// A route of the table; the pattern is the table's own, so that nothing of the request is held while it is answered.
#[derive(Clone, Copy)]
struct Known {
    pattern: &'static str,
    is_logged: bool,
}

impl Known {
    /// No page: health, files, calls, or nothing at all.
    const NONE: Self = Self { pattern: "-", is_logged: false };

    fn of(pattern: &str) -> Self {
        TABLE
            .iter()
            .find(|row| row.path == pattern)
            .map_or(Self::NONE, |row| Self { pattern: row.path, is_logged: row.access == Access::Organizer })
    }
}
