use super::{PANIC, Site};
use axum::http::{Method, StatusCode};
use std::{
    io::Write,
    sync::{Arc, Mutex},
};
use tracing_subscriber::fmt::MakeWriter;

/// The lines of the log, kept.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Lines {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().expect("lock")).into_owned()
    }

    /// Keeps what this thread logs until the guard is gone.
    fn keep(&self) -> tracing::subscriber::DefaultGuard {
        let subscriber =
            tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG).with_ansi(false).with_writer(self.clone());
        tracing::subscriber::set_default(subscriber.finish())
    }
}

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("lock").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Lines {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

const PERSONAL: [(&str, &str); 6] = [
    ("user-agent", "AgentOfSomebody/1.0"),
    ("x-forwarded-for", "203.0.113.7"),
    ("forwarded", "for=203.0.113.7"),
    ("referer", "http://entaku.test/vi/secretreferer"),
    ("cookie", "session=secretcookie; reading=vi"),
    ("accept-language", "vi-VN"),
];

#[tokio::test]
async fn nothing_personal_is_logged() {
    let site = Site::new().await;
    let lines = Lines::default();
    let guard = lines.keep();
    for path in [
        "/console?token=secretquery",
        "/console/join/secrettoken",
        "/vi/secretpath",
        "/vi/questionnaires/secretslug",
        "/own/panic?token=secretquery",
        "/healthz",
    ] {
        site.ask(Method::GET, path, &PERSONAL, "").await;
        let mut headers = PERSONAL.to_vec();
        headers.push(("content-type", "application/x-www-form-urlencoded"));
        site.ask(Method::POST, path, &headers, "voice=secretbody").await;
    }
    site.call("/api/v1/responses", r#"{"payload":"secretbody"}"#).await;
    site.call("/api/v1/test-refusal", r#"{"kind":"panic"}"#).await;
    drop(guard);
    let text = lines.text();
    for word in ["secret", "AgentOfSomebody", "203.0.113", PANIC, "boss", "vi-VN", "entaku.test"] {
        assert!(!text.contains(word), "{word} stands in the log:\n{text}");
    }
    assert!(text.contains("route="), "nothing was logged at all: the check itself is broken");
}

#[tokio::test]
async fn an_organizers_request_is_one_line() {
    let site = Site::new().await;
    let lines = Lines::default();
    let guard = lines.keep();
    let answer = site.get("/console").await;
    drop(guard);
    let text = lines.text();
    assert!(text.contains("route=\"/console\""), "{text}");
    assert!(text.contains(&format!("status={}", answer.status.as_u16())) && text.contains("ms="), "{text}");
}

#[tokio::test]
async fn no_line_tells_when_a_worker_was_there() {
    let site = Site::new().await;
    let lines = Lines::default();
    let guard = lines.keep();
    for route in app::routes::TABLE.iter().filter(|route| route.access != app::routes::Access::Organizer) {
        let path = route.path.replace("{lang}", "vi").replace(['{', '}'], "");
        for method in [Method::GET, Method::POST] {
            let answer = site.ask(method, &path, &[], "").await;
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        }
    }
    site.call("/api/v1/responses", "{}").await;
    drop(guard);
    assert!(!lines.text().contains("route="), "{}", lines.text());
}

#[tokio::test]
async fn what_the_server_failed_is_logged_with_its_reference() {
    let site = Site::new().await;
    let lines = Lines::default();
    let guard = lines.keep();
    let answer = site.ask(Method::GET, "/own/panic", &[("accept-language", "en")], "").await;
    drop(guard);
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let text = lines.text();
    let reference = text.split("reference=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a reference");
    assert!(answer.text().contains(reference), "the page does not show {reference}");
    assert!(text.contains("status=500"), "{text}");
}
