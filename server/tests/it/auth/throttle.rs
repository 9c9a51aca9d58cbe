//! Guessing is slowed; nobody is locked out.

use super::browser::{Browser, PASSPHRASE, joined};
use crate::support::TestApp;
use app::auth::Role;
use axum::http::{StatusCode, header};

/// Guesses until the answer is 429; how many were let through.
async fn attack(app: &TestApp, email: &str) -> u32 {
    for tries in 0..40 {
        let answer = Browser::new(app).sign_in(email, "wrong wrong wrong").await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            return tries;
        }
    }
    panic!("forty guesses in a row");
}

#[tokio::test]
async fn guessing_is_slowed_and_the_owners_browser_still_enters() {
    let app = TestApp::new().await;
    let mut known = joined(&app, "hanako@example.org", Role::Assistant).await;
    known.post("/console/sign-out", &[]).await;
    let tries = attack(&app, "hanako@example.org").await;
    assert!((3..=8).contains(&tries), "{tries}");

    let mut unknown = Browser::new(&app);
    let slowed = unknown.sign_in("hanako@example.org", PASSPHRASE).await;
    assert_eq!(slowed.status, StatusCode::TOO_MANY_REQUESTS, "even the right passphrase waits");
    let seconds: i64 = slowed.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=60).contains(&seconds));
    assert!(slowed.body.contains(&format!("Please wait {seconds} seconds")));
    assert!(slowed.body.contains("value=\"hanako@example.org\"") && !slowed.body.contains("umbrellas"));

    let entered = known.sign_in("hanako@example.org", PASSPHRASE).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "the owner's own browser was kept out");

    app.ctx.clock().advance(seconds * 1_000);
    assert_eq!(unknown.sign_in("hanako@example.org", PASSPHRASE).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn addresses_nobody_has_are_slowed_alike() {
    let app = TestApp::new().await;
    let known = attack(&app, "nobody@example.org").await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    assert_eq!(attack(&app, "hanako@example.org").await, known);
}

#[tokio::test]
async fn a_device_cookie_counts_for_its_own_account_only() {
    let app = TestApp::new().await;
    let mut mallory = joined(&app, "mallory@example.org", Role::Assistant).await;
    joined(&app, "hanako@example.org", Role::Assistant).await;
    attack(&app, "hanako@example.org").await;
    mallory.post("/console/sign-out", &[]).await;
    let answer = mallory.sign_in("hanako@example.org", PASSPHRASE).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "somebody else's device opened a door");
    let mut forger = Browser::new(&app);
    forger.cookies.insert("device".to_owned(), "A".repeat(64));
    assert_eq!(forger.sign_in("hanako@example.org", PASSPHRASE).await.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn colleagues_share_a_laptop() {
    let app = TestApp::new().await;
    let emails = ["a@example.org", "b@example.org", "c@example.org", "d@example.org"];
    let mut laptop = Browser::new(&app);
    for email in emails {
        joined(&app, email, Role::Assistant).await;
        laptop.sign_in(email, PASSPHRASE).await;
        laptop.sign_in(email, PASSPHRASE).await;
        laptop.post("/console/sign-out", &[]).await;
    }
    for email in emails {
        app.ctx.clock().advance(60 * 60 * 1_000);
        attack(&app, email).await;
        assert_eq!(laptop.sign_in(email, PASSPHRASE).await.status, StatusCode::SEE_OTHER, "{email}");
    }
    assert!(laptop.cookies["device"].len() <= 4 * 65);
}

#[tokio::test]
async fn who_found_an_open_laptop_guesses_slowly_too() {
    let app = TestApp::new().await;
    let mut laptop = joined(&app, "hanako@example.org", Role::Assistant).await;
    let fields = [
        ("passphrase", "wrong wrong wrong"),
        ("new_passphrase", "mine from now on"),
        ("new_passphrase_again", "mine from now on"),
    ];
    let mut tries = 0;
    loop {
        let answer = laptop.post("/console/account", &fields).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            assert!(answer.headers.contains_key(header::RETRY_AFTER));
            break;
        }
        tries += 1;
        assert!(tries < 40);
    }
    assert!((3..=8).contains(&tries), "{tries}");
    let mut owner = Browser::new(&app);
    assert_eq!(owner.sign_in("hanako@example.org", PASSPHRASE).await.status, StatusCode::SEE_OTHER);
}
