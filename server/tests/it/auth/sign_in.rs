//! Signing in: right, wrong, unknown; the way back; the form again.

use super::browser::{Browser, OTHER_PASSPHRASE, PASSPHRASE, joined};
use crate::support::TestApp;
use app::auth::{Role, server::service};
use axum::http::{Method, StatusCode, header};
use std::time::{Duration, Instant};

#[tokio::test]
async fn right_passphrase_leads_to_the_page_that_was_asked_for() {
    let app = TestApp::new().await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    let mut browser = Browser::new(&app);
    let first = browser.get("/console/account?done=x&y=1").await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    assert_eq!(first.location(), "/console/sign-in?to=/console/account%3Fdone%3Dx%26y%3D1");
    let form = browser.get(first.location()).await;
    assert!(form.body.contains("name=\"to\" value=\"/console/account?done=x&amp;y=1\""), "{}", form.body);
    let fields = [("email", " Hanako@Example.org "), ("passphrase", PASSPHRASE), ("to", "/console/account?done=x&y=1")];
    let answer = browser.post("/console/sign-in", &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/console/account?done=x&y=1"));
    assert!(browser.is_in().await);
    assert_eq!(browser.get("/console/sign-in").await.location(), "/console", "who is in needs no form");
}

#[tokio::test]
async fn wrong_and_unknown_are_answered_alike() {
    let app = TestApp::new().await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    let wrong = Browser::new(&app).sign_in("hanako@example.org", "eight green umbrellas").await;
    let unknown = Browser::new(&app).sign_in("taro@example.org", "eight green umbrellas").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.replace("hanako@", "taro@"), unknown.body);
    assert!(wrong.body.contains("The e-mail address or the passphrase is not right."));
    assert!(wrong.body.contains("value=\"hanako@example.org\""), "the address is kept");
    assert!(!wrong.body.contains("umbrellas"), "the passphrase came back");
    assert!(wrong.set_cookies().is_empty() && unknown.set_cookies().is_empty());
}

#[tokio::test]
async fn unknown_address_costs_the_same_work() {
    let app = TestApp::new().await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    let shortest = async |email: &str| {
        let mut browser = Browser::new(&app);
        let mut best = Duration::MAX;
        for _ in 0..3 {
            let start = Instant::now();
            browser.sign_in(email, "eight green umbrellas").await;
            best = best.min(start.elapsed());
        }
        best
    };
    let (known, unknown) = (shortest("hanako@example.org").await, shortest("taro@example.org").await);
    let impossible = shortest("no address").await;
    // Without the hash of nobody's passphrase an answer would come in a twentieth of the time. Closer than this the
    // clock of a busy machine cannot tell.
    for other in [unknown, impossible] {
        assert!(other * 6 > known, "{known:?} against {other:?}");
    }
}

#[tokio::test]
async fn empty_and_half_forms_are_drawn_again() {
    let app = TestApp::new().await;
    let mut browser = Browser::new(&app);
    let empty = browser.post("/console/sign-in", &[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Enter your e-mail address.") && empty.body.contains("Enter your passphrase."));
    assert!(empty.body.contains("href=\"#email\"") && empty.body.contains("id=\"email\""));
    let half = browser.post("/console/sign-in", &[("email", "\"><script>")]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!half.body.contains("<script"), "typed text is escaped");
    let long = browser.sign_in("hanako@example.org", &"x".repeat(5_000)).await;
    assert_eq!(long.status, StatusCode::UNPROCESSABLE_ENTITY);
    let json = [(header::CONTENT_TYPE, "application/json")];
    let other = browser.send(Method::POST, "/console/sign-in", "{}".into(), &json).await;
    assert_eq!(other.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn the_way_back_is_never_another_site() {
    let app = TestApp::new().await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    for evil in
        ["//evil.example", "https://evil.example/", "/\\evil.example", "/console.evil.example", "/vi", "\r\nx: y"]
    {
        let mut browser = Browser::new(&app);
        let fields = [("email", "hanako@example.org"), ("passphrase", PASSPHRASE), ("to", evil)];
        let answer = browser.post("/console/sign-in", &fields).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/console"), "{evil:?}");
    }
    let mut browser = joined(&app, "taro@example.org", Role::Assistant).await;
    assert_eq!(browser.get("/console/sign-in?to=//evil.example").await.location(), "/console");
}

#[tokio::test]
async fn disabled_organizers_are_out_at_once_and_stay_out() {
    let app = TestApp::new().await;
    let boss = joined(&app, "boss@example.org", Role::Coordinator).await.organizer().await;
    let mut gone = joined(&app, "gone@example.org", Role::Assistant).await;
    let id = gone.organizer().await.id().clone();
    service::disable(&app.ctx, &boss, &id).await.unwrap();
    assert!(!gone.is_in().await);
    let answer = gone.sign_in("gone@example.org", PASSPHRASE).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.body.contains("is not right"), "that somebody is disabled is nobody's business");
}

#[tokio::test]
async fn passphrase_is_changed_by_who_knows_it() {
    let app = TestApp::new().await;
    let mut laptop = joined(&app, "hanako@example.org", Role::Assistant).await;
    let mut phone = Browser::new(&app);
    phone.sign_in("hanako@example.org", PASSPHRASE).await;
    let change = |present: &'static str| {
        [("passphrase", present), ("new_passphrase", OTHER_PASSPHRASE), ("new_passphrase_again", OTHER_PASSPHRASE)]
    };
    let wrong = laptop.post("/console/account", &change("not mine at all")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("The present passphrase is not right."));
    assert!(phone.is_in().await);
    let done = laptop.post("/console/account", &change(PASSPHRASE)).await;
    assert_eq!(done.location(), "/console/account?done=passphrase");
    assert!(laptop.get(done.location()).await.body.contains("The passphrase is changed."));
    assert!(laptop.is_in().await && !phone.is_in().await);
    assert_eq!(phone.sign_in("hanako@example.org", PASSPHRASE).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(phone.sign_in("hanako@example.org", OTHER_PASSPHRASE).await.status, StatusCode::SEE_OTHER);
}
