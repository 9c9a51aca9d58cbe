use super::{Answer, send};
use crate::support::TestApp;
use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};

const BASE: &str = "http://127.0.0.1:3000";

async fn post(app: &TestApp, path: &str, base: &str, referer: Option<&str>, body: &str) -> Answer {
    let mut request = Request::post(path)
        .header(header::HOST, base.split("//").nth(1).expect("a host"))
        .header(header::ORIGIN, base)
        .header(header::COOKIE, "reading=ja-easy.j1")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    if let Some(referer) = referer {
        request = request.header(header::REFERER, referer);
    }
    send(app, request.body(Body::from(body.to_owned())).expect("a request")).await
}

#[tokio::test]
async fn a_switch_is_remembered_for_a_year_and_leads_back() {
    let app = TestApp::new().await;
    let answer = post(&app, "/ja-easy/reading", BASE, None, "furigana=off&back=%2Fja-easy%2Fprivacy").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.header("location"), "/ja-easy/privacy");
    let cookie = answer.header("set-cookie");
    assert!(cookie.starts_with("reading=ja-easy.f0.j1; "), "what was not switched stays: {cookie}");
    for attribute in ["Path=/", "Max-Age=31536000", "SameSite=Lax"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "a laptop's http address would never see it again: {cookie}");
}

#[tokio::test]
async fn over_https_the_cookie_is_secure() {
    let app = TestApp::with_base_url("https://entaku.test").await;
    let answer = post(&app, "/vi/reading", "https://entaku.test", None, "japanese=on&back=%2Fvi").await;
    assert!(answer.header("set-cookie").contains("; Secure"), "{}", answer.header("set-cookie"));
}

#[tokio::test]
async fn a_page_without_language_in_its_address_comes_again() {
    let app = TestApp::new().await;
    let answer = post(&app, "/vi/reading", BASE, Some("http://127.0.0.1:3000/console/audit?page=2"), "").await;
    assert_eq!(answer.header("location"), "/console/audit?page=2");
    assert!(answer.header("set-cookie").starts_with("reading=vi.j1; "));
}

#[tokio::test]
async fn nobody_is_led_to_another_site() {
    let app = TestApp::new().await;
    for back in ["https%3A%2F%2Fevil.test", "%2F%2Fevil.test", "%2F%5Cevil.test", "%2Fvi%0D%0Ax", ""] {
        let answer = post(&app, "/vi/reading", BASE, None, &format!("furigana=on&back={back}")).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{back}");
        assert_eq!(answer.header("location"), "/vi", "{back}");
    }
    let answer = post(&app, "/vi/reading", BASE, Some("http://127.0.0.1:3000.evil.test/x"), "").await;
    assert_eq!(answer.header("location"), "/vi", "a host that begins like ours");
}

#[tokio::test]
async fn an_unknown_language_is_remembered_by_nobody() {
    let app = TestApp::new().await;
    let answer = post(&app, "/xx/reading", BASE, None, "furigana=on").await;
    assert_eq!((answer.status, answer.header("set-cookie")), (StatusCode::NOT_FOUND, ""));
}
