//! Sessions: cookies, both expiries, signing out here and everywhere.

use super::browser::{Browser, PASSPHRASE, joined};
use crate::support::TestApp;
use app::auth::{
    Role,
    server::{
        entities::{invitation, session},
        service,
    },
};
use axum::http::StatusCode;
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

const HOUR_MS: i64 = 60 * 60 * 1_000;

#[tokio::test]
async fn cookie_is_bound_to_the_host_on_https() {
    let app = TestApp::with_base_url("https://entaku.example").await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    let mut browser = Browser::new(&app);
    let answer = browser.sign_in("hanako@example.org", PASSPHRASE).await;
    let session = answer.set_cookie("__Host-session").unwrap();
    let (value, attributes) = session.split_once(';').unwrap();
    assert_eq!(value.len(), "__Host-session=".len() + 43);
    assert_eq!(attributes, " Path=/; HttpOnly; SameSite=Lax; Secure");
    let device = answer.set_cookie("__Host-device").unwrap();
    assert!(device.ends_with("; Path=/; Max-Age=15552000; HttpOnly; SameSite=Lax; Secure"), "{device}");
    assert!(answer.set_cookie("session").is_none());
    assert!(browser.is_in().await);
    // The plain name is not looked at: another port or a subdomain could have set it.
    let token = browser.cookies.remove("__Host-session").unwrap();
    browser.cookies.insert("session".to_owned(), token);
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn cookie_works_on_a_laptop_over_http() {
    let app = TestApp::with_base_url("http://127.0.0.1:3000").await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    let answer = Browser::new(&app).sign_in("hanako@example.org", PASSPHRASE).await;
    let session = answer.set_cookie("session").unwrap();
    assert!(session.ends_with("; Path=/; HttpOnly; SameSite=Lax"), "{session}");
}

#[tokio::test]
async fn idle_session_ends_after_eight_hours() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, "hanako@example.org", Role::Assistant).await;
    for _ in 0..5 {
        app.ctx.clock().advance(8 * HOUR_MS - 1_000);
        assert!(browser.is_in().await, "each request begins the hours anew");
    }
    app.ctx.clock().advance(8 * HOUR_MS);
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn busy_session_ends_after_seven_days() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, "hanako@example.org", Role::Assistant).await;
    for _ in 0..27 {
        app.ctx.clock().advance(6 * HOUR_MS);
        assert!(browser.is_in().await);
    }
    app.ctx.clock().advance(6 * HOUR_MS);
    assert!(!browser.is_in().await, "168 hours are over");
}

#[tokio::test]
async fn reading_pages_rarely_writes() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, "hanako@example.org", Role::Assistant).await;
    app.ctx.clock().advance(4 * 60 * 1_000);
    assert!(browser.is_in().await);
    // Seen four minutes in, but not noted: the hours count from the sign-in.
    app.ctx.clock().advance(8 * HOUR_MS - 4 * 60 * 1_000);
    assert!(!browser.is_in().await);
}

#[tokio::test]
async fn signing_out_ends_this_session_only() {
    let app = TestApp::new().await;
    let mut laptop = joined(&app, "hanako@example.org", Role::Assistant).await;
    let mut phone = Browser::new(&app);
    phone.sign_in("hanako@example.org", PASSPHRASE).await;
    let stolen = phone.clone();
    let answer = phone.post("/console/sign-out", &[]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/console/sign-in?done=out"));
    assert!(!phone.cookies.contains_key("session"), "the cookie is taken back");
    assert!(phone.cookies.contains_key("device"), "the browser is still known");
    assert!(!stolen.clone().is_in().await, "a copy of the cookie is worth nothing");
    assert!(laptop.is_in().await);
    assert!(phone.get("/console/sign-in?done=out").await.body.contains("You are signed out."));
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_of_ones_own() {
    let app = TestApp::new().await;
    let mut other = joined(&app, "other@example.org", Role::Assistant).await;
    let mut laptop = joined(&app, "hanako@example.org", Role::Assistant).await;
    let mut phone = Browser::new(&app);
    phone.sign_in("hanako@example.org", PASSPHRASE).await;
    assert_eq!(service::count_sessions(&app.ctx, &laptop.organizer().await).await.unwrap(), 2);
    let answer = laptop.post("/console/account/sign-out-everywhere", &[]).await;
    assert_eq!(answer.location(), "/console/sign-in?done=everywhere");
    assert!(!laptop.is_in().await && !phone.is_in().await);
    assert!(other.is_in().await);
}

#[tokio::test]
async fn signing_in_again_replaces_the_session() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, "hanako@example.org", Role::Assistant).await;
    let before = browser.clone();
    browser.sign_in("hanako@example.org", PASSPHRASE).await;
    assert!(browser.is_in().await);
    assert!(!before.clone().is_in().await, "the old token is dead");
    assert_eq!(service::count_sessions(&app.ctx, &browser.organizer().await).await.unwrap(), 1);
}

#[tokio::test]
async fn forged_cookies_open_nothing() {
    let app = TestApp::new().await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    for forged in ["", "x", &"A".repeat(43), &"A".repeat(100_000), "%00", "'; DROP TABLE sessions --"] {
        let mut browser = Browser::new(&app);
        browser.cookies.insert("session".to_owned(), forged.to_owned());
        assert!(!browser.is_in().await);
    }
}

#[tokio::test]
async fn what_has_ended_is_swept_away() {
    let app = TestApp::new().await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    let counts = async || {
        let read = app.ctx.read();
        (session::Entity::find().count(read).await.unwrap(), invitation::Entity::find().count(read).await.unwrap())
    };
    service::forget_ended(&app.ctx).await.unwrap();
    assert_eq!(counts().await, (1, 1), "what counts stays");
    app.ctx.clock().advance(8 * HOUR_MS);
    service::forget_ended(&app.ctx).await.unwrap();
    assert_eq!(counts().await, (0, 1));
    app.ctx.clock().advance(7 * 24 * HOUR_MS);
    service::forget_ended(&app.ctx).await.unwrap();
    assert_eq!(counts().await, (0, 0));
}
