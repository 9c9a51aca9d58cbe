use super::Site;
use axum::http::{Method, StatusCode};

const IMMUTABLE: &str = "public, max-age=31536000, immutable";

#[tokio::test]
async fn built_files_are_kept_for_ever() {
    let site = Site::new().await;
    for (file, kind) in [
        ("worker.HASH.js", "text/javascript"),
        ("worker.HASH.wasm", "application/wasm"),
        ("worker.HASH.css", "text/css"),
    ] {
        let answer = site.get(&format!("/pkg/{file}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{file}");
        assert_eq!(answer.header("cache-control"), IMMUTABLE, "{file}");
        assert!(answer.header("content-type").starts_with(kind), "{file}: {}", answer.header("content-type"));
    }
}

#[tokio::test]
async fn the_smallest_encoding_that_the_browser_reads_is_sent() {
    let site = Site::new().await;
    for (accepts, encoding, body) in
        [("gzip, deflate, br", "br", "brotli"), ("gzip", "gzip", "gzip"), ("identity", "", "export default 1;")]
    {
        let answer = site.ask(Method::GET, "/pkg/worker.HASH.js", &[("accept-encoding", accepts)], "").await;
        assert_eq!((answer.header("content-encoding"), answer.text().as_str()), (encoding, body), "{accepts}");
        assert!(answer.header("content-type").starts_with("text/javascript"), "{accepts}");
        assert!(answer.header("vary").to_lowercase().contains("accept-encoding"), "{accepts}");
    }
}

#[tokio::test]
async fn what_is_missing_may_come_tomorrow() {
    let site = Site::new().await;
    for path in ["/pkg/worker.OLD.js", "/pkg/", "/pkg/../secret.txt", "/pkg/%2e%2e/secret.txt", "/pkg//etc/passwd"] {
        let answer = site.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("cache-control"), "no-store", "{path}");
        assert!(!answer.text().contains("outside"), "{path}");
    }
}

#[tokio::test]
async fn pages_are_compressed() {
    let site = Site::new().await;
    let plain = site.get("/own/long").await;
    assert_eq!(plain.header("content-encoding"), "");
    for encoding in ["br", "gzip"] {
        let answer = site.ask(Method::GET, "/own/long", &[("accept-encoding", encoding)], "").await;
        assert_eq!(answer.header("content-encoding"), encoding);
        assert!(answer.body.len() * 10 < plain.body.len(), "{encoding}: {} bytes", answer.body.len());
    }
}

#[tokio::test]
async fn live_streams_and_small_answers_are_left_as_they_are() {
    let site = Site::new().await;
    for path in ["/own/events", "/healthz"] {
        let answer = site.ask(Method::GET, path, &[("accept-encoding", "br, gzip")], "").await;
        assert_eq!(answer.header("content-encoding"), "", "{path}");
    }
}

#[tokio::test]
async fn small_files_have_their_kinds() {
    let site = Site::new().await;
    let icon = site.get("/favicon.svg").await;
    assert_eq!(icon.header("content-type"), "image/svg+xml");
    assert!(icon.text().starts_with("<svg"));
    let robots = site.get("/robots.txt").await;
    assert!(robots.header("content-type").starts_with("text/plain"));
    assert!(robots.text().contains("Disallow: /console"));
}

#[tokio::test]
async fn where_to_tell_of_a_hole_is_said_if_the_installation_says_it() {
    let site = Site::new().await;
    assert_eq!(site.get("/.well-known/security.txt").await.status, StatusCode::NOT_FOUND);
}
