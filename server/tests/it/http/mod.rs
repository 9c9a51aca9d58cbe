//! What every request meets and every answer carries, driven through the router without a network; the process itself
//! in [`process`].

mod api;
mod bodies;
mod errors;
mod files;
mod headers;
mod health;
mod log;
mod origin;
pub mod process;
mod questionnaires_command;
mod strangers;

use crate::support::TestApp;
use app::server::Context;
use axum::{
    Router,
    body::Body,
    extract::Form,
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
    routing::{get, post},
};
use server::router::{RouterOptions, layered};
use std::{collections::HashMap, fs, path::Path};
use tempfile::TempDir;
use tower::ServiceExt as _;

/// A site with the real layers, the real addresses and a few of the tests' own.
struct Site {
    app: TestApp,
    router: Router,
    _files: TempDir,
}

/// A whole answer.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// What the panicking page says; it must never be seen.
const PANIC: &str = "the worker wrote: my boss hits me";

/// Pages that no real site has.
fn own_pages() -> Router<Context> {
    async fn panics() -> &'static str {
        panic!("{PANIC}")
    }
    async fn takes(Form(fields): Form<HashMap<String, u8>>) -> String {
        fields.len().to_string()
    }
    async fn long() -> Response {
        let body = "<p>Entaku means round table.</p>".repeat(200);
        Response::builder()
            .header(header::CONTENT_TYPE, "text/html; charset=utf-8")
            .body(Body::from(body))
            .expect("built")
    }
    async fn events() -> Response {
        let body = "data: changed\n\n".repeat(200);
        Response::builder().header(header::CONTENT_TYPE, "text/event-stream").body(Body::from(body)).expect("built")
    }
    async fn slow() -> &'static str {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
        ""
    }
    Router::new()
        .route("/own/slow", get(slow))
        .route("/own/panic", get(panics))
        .route("/own/form", post(takes))
        .route("/own/long", get(long))
        .route("/own/events", get(events))
        .route("/own/length", post(async |body: axum::body::Bytes| body.len().to_string()))
}

/// A folder as `make build` leaves it, with one script in two encodings.
fn built_files(folder: &Path) {
    let pkg = folder.join("pkg");
    fs::create_dir_all(&pkg).expect("folder");
    for (name, text) in [
        ("worker.HASH.js", "export default 1;"),
        ("worker.HASH.js.br", "brotli"),
        ("worker.HASH.js.gz", "gzip"),
        ("worker.HASH.wasm", "\0asm"),
        ("worker.HASH.css", "p{}"),
    ] {
        fs::write(pkg.join(name), text).expect("file");
    }
    fs::write(folder.join("secret.txt"), "outside of pkg").expect("file");
}

impl Site {
    async fn new() -> Self {
        Self::with(|_| {}).await
    }

    async fn with(change: impl FnOnce(&mut RouterOptions)) -> Self {
        let app = TestApp::new().await;
        let files = tempfile::tempdir().expect("folder");
        built_files(files.path());
        let mut options = RouterOptions::new(files.path().to_owned());
        change(&mut options);
        let router = layered(app.ctx.clone(), app::routes::router(&app.ctx).merge(own_pages()), &options);
        Self { app, router, _files: files }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.expect("never fails");
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.expect("a whole body").to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    async fn get(&self, path: &str) -> Answer {
        self.ask(Method::GET, path, &[], "").await
    }

    async fn ask(&self, method: Method, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header(header::HOST, "entaku.test");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body.to_owned())).expect("a request")).await
    }

    /// A call as the browser's program makes it.
    async fn call(&self, path: &str, body: &str) -> Answer {
        let headers = [("content-type", "application/json"), ("accept", "application/json")];
        self.ask(Method::POST, path, &headers, body).await
    }
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("text"))
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}
