//! The pages of `app/src/home` and the frame around every page, asked through the router.

mod frame;
mod gallery;
mod pages;
mod reading;
mod rights;

use crate::support::TestApp;
use axum::{
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use tower::ServiceExt as _;

/// The languages as they stand in addresses.
const TAGS: [&str; 5] = ["ja", "ja-easy", "vi", "zh-Hans", "en"];
/// The pages that exist in each of them.
const PATHS: [&str; 6] = ["", "/voice", "/voice/rights", "/voice/rights/pay", "/privacy", "/accessibility"];

/// A whole answer.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    html: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    /// What stands between the beginning of `<main>` and its end.
    fn main(&self) -> &str {
        let (_, rest) = self.html.split_once("<main").expect("a main part");
        rest.split_once("</main>").expect("an end").0
    }
}

async fn send(app: &TestApp, request: Request<Body>) -> Answer {
    let response = app.router().oneshot(request).await.expect("never fails");
    let (parts, body) = response.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.expect("a whole body");
    Answer { status: parts.status, headers: parts.headers, html: String::from_utf8(body.to_vec()).expect("UTF-8") }
}

async fn get(app: &TestApp, path: &str, headers: &[(header::HeaderName, &str)]) -> Answer {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(name, *value);
    }
    send(app, request.body(Body::empty()).expect("a request")).await
}

/// A page that has to be there.
async fn page(app: &TestApp, path: &str) -> Answer {
    let answer = get(app, path, &[]).await;
    assert_eq!(answer.status, StatusCode::OK, "{path}");
    answer
}
