//! Signing in with a code: right, wrong, used, too late, guessed.

use super::{
    browser::{Browser, OTHER_PASSPHRASE, PASSPHRASE, joined},
    phone::{half_in, set_up, type_code},
};
use crate::support::TestApp;
use app::{auth::Role, server::entities::audit_entry};
use axum::http::{StatusCode, header};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

const ME: &str = "hanako@example.org";
const MINUTE_MS: i64 = 60_000;

#[tokio::test]
async fn the_code_leads_to_the_page_that_was_asked_for() {
    let app = TestApp::new().await;
    let (phone, _) = set_up(&app, &mut joined(&app, ME, Role::Assistant).await).await;
    let mut browser = Browser::new(&app);
    assert_eq!(browser.get("/console/sign-in/code").await.location(), "/console", "the passphrase comes first");
    let fields = [("email", ME), ("passphrase", PASSPHRASE), ("to", "/console/account?done=x&y=1")];
    let first = browser.post("/console/sign-in", &fields).await;
    assert_eq!(first.status, StatusCode::SEE_OTHER);
    assert_eq!(first.location(), "/console/sign-in/code?to=/console/account%3Fdone%3Dx%26y%3D1");
    assert!(first.set_cookie("session").is_none() && first.set_cookie("device").is_none());
    let half = first.set_cookie("half-open").unwrap();
    assert!(half.ends_with("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax"), "{half}");
    assert!(!browser.is_in().await, "half open is no session");
    let page = browser.get(first.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("name=\"to\" value=\"/console/account?done=x&amp;y=1\""), "{}", page.body);
    assert!(!page.body.contains("<script") && page.headers[header::CACHE_CONTROL] == "no-store");

    for (code, said) in [("", "Type the six digits from the app"), (&phone.wrong(&app), "This code is not right")] {
        let wrong = type_code(&mut browser, code).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.body.contains(said) && wrong.body.contains("href=\"#code\""), "{}", wrong.body);
        assert!(wrong.set_cookies().is_empty());
    }
    let code = phone.next(&app);
    let fields = [("code", code.as_str()), ("to", "/console/account?done=x&y=1")];
    let answer = browser.post("/console/sign-in/code", &fields).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/console/account?done=x&y=1"));
    assert!(browser.is_in().await && browser.organizer().await.is_proven());
    assert!(!browser.cookies.contains_key("half-open") && browser.cookies.contains_key("device"));
    let evil = [("code", phone.next(&app)), ("to", "//evil.example".to_owned())];
    let evil: Vec<_> = evil.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let mut other = half_in(&app, ME).await;
    assert_eq!(other.post("/console/sign-in/code", &evil).await.location(), "/console");
}

#[tokio::test]
async fn no_code_works_twice() {
    let app = TestApp::new().await;
    let (phone, codes) = set_up(&app, &mut joined(&app, ME, Role::Assistant).await).await;
    let confirming = phone.code(&app);
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    assert_eq!(type_code(&mut half_in(&app, ME).await, &confirming).await.status, refused, "it turned the factor on");
    let code = phone.next(&app);
    assert_eq!(type_code(&mut half_in(&app, ME).await, &code).await.status, StatusCode::SEE_OTHER);
    assert_eq!(type_code(&mut half_in(&app, ME).await, &code).await.status, refused);
    // A step early is forgiven; what was before it is over then.
    let early = phone.code_at(&app, 1);
    assert_eq!(type_code(&mut half_in(&app, ME).await, &early).await.status, StatusCode::SEE_OTHER);
    app.ctx.clock().advance(30_000);
    assert_eq!(type_code(&mut half_in(&app, ME).await, &early).await.status, refused);

    let recovery = codes[9].to_lowercase().replace('-', "　");
    let mut browser = half_in(&app, ME).await;
    assert_eq!(type_code(&mut browser, &recovery).await.status, StatusCode::SEE_OTHER);
    assert!(browser.organizer().await.is_proven());
    assert!(browser.get("/console/account").await.body.contains("Recovery codes left: 9."));
    assert_eq!(type_code(&mut half_in(&app, ME).await, &recovery).await.status, refused);
    let of = |action: &'static str| {
        audit_entry::Entity::find().filter(audit_entry::Column::Action.eq(action)).count(app.ctx.read())
    };
    assert_eq!(of("second_factor.code_used").await.unwrap(), 1);
    assert_eq!(of("second_factor.refused").await.unwrap(), 4);
}

#[tokio::test]
async fn two_who_type_the_same_code_at_once_are_one() {
    let app = TestApp::new().await;
    let (phone, codes) = set_up(&app, &mut joined(&app, ME, Role::Assistant).await).await;
    for code in [phone.next(&app), codes[0].clone()] {
        let (mut one, mut two) = (half_in(&app, ME).await, half_in(&app, ME).await);
        let (one, two) = tokio::join!(type_code(&mut one, &code), type_code(&mut two, &code));
        let mut both = [one.status, two.status];
        both.sort();
        assert_eq!(both, [StatusCode::SEE_OTHER, StatusCode::UNPROCESSABLE_ENTITY]);
    }
}

#[tokio::test]
async fn half_open_ends_after_ten_minutes_and_with_the_passphrase() {
    let app = TestApp::new().await;
    let mut owner = joined(&app, ME, Role::Coordinator).await;
    let (phone, _) = set_up(&app, &mut owner).await;
    let late = "/console/sign-in?done=late&to=/console";
    let mut slow = half_in(&app, ME).await;
    app.ctx.clock().advance(10 * MINUTE_MS);
    let answer = type_code(&mut slow, &phone.code(&app)).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, late));
    assert!(!slow.cookies.contains_key("half-open"));
    assert!(slow.get(late).await.body.contains("The code did not come in time."));

    let mut forger = half_in(&app, ME).await;
    let sealed = forger.cookies["half-open"].clone();
    for forged in [sealed[1..].to_owned(), "A".repeat(60), String::new(), "x".repeat(100_000)] {
        forger.cookies.insert("half-open".to_owned(), forged);
        assert_eq!(type_code(&mut forger, &phone.code(&app)).await.location(), late);
    }

    let mut overtaken = half_in(&app, ME).await;
    let change =
        [("passphrase", PASSPHRASE), ("new_passphrase", OTHER_PASSPHRASE), ("new_passphrase_again", OTHER_PASSPHRASE)];
    assert_eq!(owner.post("/console/account", &change).await.status, StatusCode::SEE_OTHER);
    assert_eq!(type_code(&mut overtaken, &phone.next(&app)).await.location(), late);
    assert!(!overtaken.is_in().await);
}

#[tokio::test]
async fn guessing_codes_is_slowed_and_the_owners_browser_still_enters() {
    let app = TestApp::new().await;
    let mut known = joined(&app, ME, Role::Assistant).await;
    let (phone, _) = set_up(&app, &mut known).await;
    known.post("/console/sign-out", &[]).await;
    let mut tries = 0;
    let seconds: i64 = loop {
        // The passphrase once more, as whoever knows it would: it clears nothing.
        let mut thief = half_in(&app, ME).await;
        let answer = type_code(&mut thief, &phone.wrong(&app)).await;
        if answer.status == StatusCode::TOO_MANY_REQUESTS {
            let right = type_code(&mut thief, &phone.code_at(&app, 1)).await;
            assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "even the right code waits");
            break answer.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        }
        tries += 1;
        assert!(tries < 40, "forty guesses in a row");
    };
    assert!((3..=8).contains(&tries) && seconds >= 1, "{tries} {seconds}");
    assert_eq!(known.sign_in(ME, PASSPHRASE).await.location(), "/console/sign-in/code");
    assert_eq!(type_code(&mut known, &phone.next(&app)).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_has_none_signs_in_as_before() {
    let app = TestApp::new().await;
    joined(&app, ME, Role::Assistant).await;
    let mut browser = Browser::new(&app);
    let answer = browser.sign_in(ME, PASSPHRASE).await;
    assert_eq!(answer.location(), "/console");
    assert!(answer.set_cookie("half-open").is_none());
    assert!(browser.is_in().await && !browser.organizer().await.is_proven());
    let nobody = type_code(&mut Browser::new(&app), "123456").await;
    assert_eq!(nobody.location(), "/console/sign-in?done=late&to=/console");
}
