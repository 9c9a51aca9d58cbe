//! Setting a second factor up, its recovery codes, turning it off, and a colleague who takes it away.

use super::{
    browser::{Browser, OTHER_PASSPHRASE, PASSPHRASE, joined},
    phone::{PAGE, Phone, add, between, codes, half_in, set_up, type_code},
};
use crate::support::TestApp;
use app::{
    auth::{
        Role,
        server::{
            entities::{recovery_code, second_factor},
            service::second_factors,
        },
    },
    error::AppError,
};
use axum::http::{StatusCode, header};
use sea_orm::EntityTrait as _;

const ME: &str = "hanako@example.org";
const OFF: [(&str, &str); 2] = [("act", "remove"), ("passphrase", PASSPHRASE)];

/// Presses a button of the page about a second factor that is on.
async fn press(browser: &mut Browser, act: &str, passphrase: &str, code: &str) -> super::browser::Answer {
    browser.post(PAGE, &[("act", act), ("passphrase", passphrase), ("code", code)]).await
}

#[tokio::test]
async fn it_is_set_up_by_who_knows_the_passphrase_and_shows_a_code() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, ME, Role::Assistant).await;
    assert!(browser.get("/console/account").await.body.contains(&format!("href=\"{PAGE}\"")));
    assert!(!browser.organizer().await.is_proven());
    let page = browser.get(PAGE).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    assert!(page.body.contains("class=\"c-qr\""), "a square");
    assert!(!page.body.contains("<script") && !page.body.contains(" style="));
    let phone = Phone::typed(&page.body);
    let offer = between(&page.body, "name=\"offer\" value=\"", "\"").to_owned();
    assert_ne!(Phone::typed(&browser.get(PAGE).await.body).0, phone.0, "each page offers another secret");

    let right = phone.code(&app);
    for (passphrase, code, said) in [
        ("", right.as_str(), "Enter your passphrase."),
        ("wrong wrong wrong", &right, "The present passphrase is not right."),
        (PASSPHRASE, "", "Type the six digits that the app shows."),
        (PASSPHRASE, "ABCDE-FGHJK", "Type the six digits that the app shows."),
        (PASSPHRASE, &phone.wrong(&app), "These are not the right digits."),
    ] {
        let answer = add(&mut browser, &offer, passphrase, code).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
        assert_eq!(Phone::typed(&answer.body).0, phone.0, "what was scanned stays");
        assert!(!answer.body.contains(PASSPHRASE));
    }
    assert!(second_factor::Entity::find().all(app.ctx.read()).await.unwrap().is_empty());

    // As a Japanese keyboard writes it.
    let wide: String = right
        .chars()
        .map(|digit| char::from_u32(u32::from(digit) - u32::from('0') + u32::from('０')).unwrap())
        .collect();
    let answer = add(&mut browser, &offer, PASSPHRASE, &format!("{}　{}", &wide[..9], &wide[9..])).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    assert_eq!(codes(&answer.body).len(), 10);
    assert!(browser.organizer().await.is_proven(), "it was just shown");
    let page = browser.get(PAGE).await.body;
    assert!(page.contains("Recovery codes left: 10."));
    assert!(!page.contains("id=\"secret\"") && !page.contains("id=\"codes\""), "shown once");
    let again = add(&mut browser, &offer, PASSPHRASE, &phone.next(&app)).await;
    assert_eq!((again.status, again.location()), (StatusCode::SEE_OTHER, PAGE), "there is one already");
}

#[tokio::test]
async fn an_offer_is_good_for_one_session_and_an_hour() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, ME, Role::Assistant).await;
    let mut other = joined(&app, "taro@example.org", Role::Assistant).await;
    let page = browser.get(PAGE).await.body;
    let (phone, offer) = (Phone::typed(&page), between(&page, "name=\"offer\" value=\"", "\"").to_owned());
    let forged = offer.replace(&offer[40..44], "AAAA");
    for (is_mine, offer) in [(false, offer.as_str()), (true, &forged), (true, "")] {
        let who = if is_mine { &mut browser } else { &mut other };
        let answer = add(who, offer, PASSPHRASE, &phone.code(&app)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("This page was open for too long."));
        assert_ne!(Phone::typed(&answer.body).0, phone.0);
    }
    app.ctx.clock().advance(60 * 60 * 1_000);
    let answer = add(&mut browser, &offer, PASSPHRASE, &phone.code(&app)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(second_factor::Entity::find().all(app.ctx.read()).await.unwrap().is_empty());
}

#[tokio::test]
async fn turning_it_off_takes_passphrase_and_code() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, ME, Role::Assistant).await;
    let (phone, codes) = set_up(&app, &mut browser).await;
    let used = phone.code(&app);
    let next = phone.next(&app);
    for (passphrase, code, said) in [
        ("", next.as_str(), "Enter your passphrase."),
        ("wrong wrong wrong", &next, "The present passphrase is not right."),
        (PASSPHRASE, "", "Type the six digits from the app, or a recovery code"),
        (PASSPHRASE, &used, "it was used before"),
        (PASSPHRASE, "ABCDE-FGHJK", "it was used before"),
    ] {
        let answer = press(&mut browser, "remove", passphrase, code).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(answer.body.contains(said), "{said}: {}", answer.body);
    }
    assert!(browser.organizer().await.is_proven());
    let off = press(&mut browser, "remove", PASSPHRASE, &codes[3]).await;
    assert_eq!((off.status, off.location()), (StatusCode::SEE_OTHER, "/console/account?done=second-factor"));
    assert!(browser.get(off.location()).await.body.contains("The second factor is off."));
    assert!(!browser.organizer().await.is_proven());
    assert!(recovery_code::Entity::find().all(app.ctx.read()).await.unwrap().is_empty());
    assert_eq!(Browser::new(&app).sign_in(ME, PASSPHRASE).await.location(), "/console");
    let gone = browser.post(PAGE, &OFF).await;
    assert_eq!((gone.status, gone.location()), (StatusCode::SEE_OTHER, PAGE));
    assert_eq!(browser.post(PAGE, &[("act", "x")]).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn new_recovery_codes_take_the_place_of_all_earlier_ones() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, ME, Role::Assistant).await;
    let (phone, old) = set_up(&app, &mut browser).await;
    let answer = press(&mut browser, "codes", PASSPHRASE, &phone.next(&app)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let new = codes(&answer.body);
    assert!(new.len() == 10 && new.iter().all(|code| !old.contains(code)));
    let mut half = half_in(&app, ME).await;
    assert_eq!(type_code(&mut half, &old[0]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(type_code(&mut half, &new[0]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_recovery_code_of_somebody_else_is_none() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, ME, Role::Assistant).await;
    let mut other = joined(&app, "taro@example.org", Role::Assistant).await;
    set_up(&app, &mut browser).await;
    let (_, codes) = set_up(&app, &mut other).await;
    let mut half = half_in(&app, ME).await;
    assert_eq!(type_code(&mut half, &codes[0]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut half = half_in(&app, "taro@example.org").await;
    assert_eq!(type_code(&mut half, &codes[0]).await.status, StatusCode::SEE_OTHER, "it was not used up");
}

#[tokio::test]
async fn coordinators_take_it_away_from_colleagues_only() {
    let app = TestApp::new().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let mut lost = joined(&app, ME, Role::Assistant).await;
    let path = |id: &str| format!("/console/organizers/{id}/second-factor");
    let (me, them) = (boss.organizer().await.id().to_string(), lost.organizer().await.id().to_string());
    assert!(!boss.get("/console/organizers").await.body.contains(&path(&them)), "there is nothing to take");
    assert_eq!(boss.post(&path(&them), &[]).await.status, StatusCode::NOT_FOUND);
    set_up(&app, &mut lost).await;
    set_up(&app, &mut boss).await;
    let list = boss.get("/console/organizers").await.body;
    assert!(list.contains(&path(&them)) && !list.contains(&path(&me)));
    assert_eq!(lost.post(&path(&me), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(boss.post(&path(&me), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(boss.post(&path("nobody"), &[]).await.status, StatusCode::NOT_FOUND);
    let half = half_in(&app, ME).await;
    let done = boss.post(&path(&them), &[]).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, "/console/organizers?done=second-factor"));
    assert!(boss.get(done.location()).await.body.contains("The second factor is taken away."));
    assert!(!lost.is_in().await, "the phone may hold a session");
    let late = type_code(&mut half.clone(), "123456").await;
    assert_eq!(late.location(), "/console/sign-in?done=late&to=/console");
    assert_eq!(lost.sign_in(ME, PASSPHRASE).await.location(), "/console");
    assert!(!lost.organizer().await.is_proven());

    // The last coordinator asks whoever looks after the server.
    let unknown = second_factors::take_away_by_email(&app.ctx, "nobody@example.org").await;
    assert_eq!(unknown, Err(AppError::NotFound));
    second_factors::take_away_by_email(&app.ctx, " Boss@example.org").await.unwrap();
    assert_eq!(second_factors::take_away_by_email(&app.ctx, "boss@example.org").await, Err(AppError::NotFound));
    assert_eq!(boss.sign_in("boss@example.org", PASSPHRASE).await.location(), "/console");
}

#[tokio::test]
async fn every_act_about_it_is_in_the_audit_log() {
    let app = TestApp::new().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let mut other = joined(&app, ME, Role::Assistant).await;
    let (phone, codes) = set_up(&app, &mut boss).await;
    press(&mut boss, "codes", PASSPHRASE, &codes[0]).await;
    let mut half = half_in(&app, "boss@example.org").await;
    type_code(&mut half, &phone.wrong(&app)).await;
    press(&mut boss, "remove", PASSPHRASE, &phone.next(&app)).await;
    set_up(&app, &mut other).await;
    let them = other.organizer().await.id().to_string();
    boss.post(&format!("/console/organizers/{them}/second-factor"), &[]).await;
    let page = boss.get("/console/audit").await.body;
    for (words, times) in [
        ("Turned on the second factor", 2),
        ("Used a recovery code", 1),
        ("Made new recovery codes", 1),
        ("Typed a wrong code while signing in", 1),
        ("Turned off the second factor", 1),
        ("Took away somebody’s second factor", 1),
    ] {
        assert_eq!(page.matches(&format!(">{words}<")).count(), times, "{words}");
    }
    assert!(!page.contains("<code>"), "an act without words");
    for secret in codes.iter().chain([&phone.0.groups()]) {
        assert!(!page.contains(secret.as_str()));
    }
}

#[tokio::test]
async fn a_link_for_a_new_passphrase_takes_no_second_factor_away() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, ME, Role::Assistant).await;
    let (phone, _) = set_up(&app, &mut browser).await;
    let link = app::auth::server::service::invite(&app.ctx, ME, Role::Assistant, None).await.unwrap();
    let mut thief = Browser::new(&app);
    let answer = thief.join(&link, "", OTHER_PASSPHRASE).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/console/sign-in/code"));
    assert!(!thief.is_in().await && answer.set_cookie("session").is_none());
    assert!(!browser.is_in().await, "all sessions end with the passphrase");
    assert_eq!(type_code(&mut thief, &phone.next(&app)).await.location(), "/console");
    assert!(thief.organizer().await.is_proven());
}
