//! An invitation's link: once, for seven days, the newest only.

use super::browser::{Browser, OTHER_PASSPHRASE, PASSPHRASE, joined};
use crate::support::TestApp;
use app::{
    auth::{Role, server::service},
    error::AppError,
};
use axum::http::StatusCode;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

async fn link(app: &TestApp, email: &str) -> String {
    service::invite(&app.ctx, email, Role::Assistant, None).await.unwrap()
}

#[tokio::test]
async fn link_is_good_once() {
    let app = TestApp::new().await;
    let link = link(&app, "hanako@example.org").await;
    assert!(link.starts_with("/console/join/"));
    let mut browser = Browser::new(&app);
    let form = browser.get(&link).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.body.contains("hanako@example.org"));
    assert_eq!(browser.join(&link, "Hanako", PASSPHRASE).await.status, StatusCode::SEE_OTHER);
    assert!(browser.is_in().await);

    let mut other = Browser::new(&app);
    assert_eq!(other.get(&link).await.status, StatusCode::GONE);
    assert_eq!(other.join(&link, "Mallory", OTHER_PASSPHRASE).await.status, StatusCode::GONE);
    assert!(other.cookies.is_empty());
    assert_eq!(other.sign_in("hanako@example.org", OTHER_PASSPHRASE).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn dead_links_look_the_same_whatever_the_reason() {
    let app = TestApp::new().await;
    let used = link(&app, "a@example.org").await;
    Browser::new(&app).join(&used, "A", PASSPHRASE).await;
    let replaced = link(&app, "b@example.org").await;
    let newest = link(&app, "b@example.org").await;
    let expired = link(&app, "c@example.org").await;
    app.ctx.clock().advance(7 * DAY_MS - 1_000);
    assert_eq!(Browser::new(&app).get(&expired).await.status, StatusCode::OK, "good until the last second");
    assert_eq!(Browser::new(&app).get(&newest).await.status, StatusCode::OK);
    app.ctx.clock().advance(1_000);
    let forged = format!("/console/join/{}", "A".repeat(43));

    let mut pages = Vec::new();
    for dead in [&used, &replaced, &expired, &forged, &"/console/join/x".to_owned()] {
        let answer = Browser::new(&app).get(dead).await;
        assert_eq!(answer.status, StatusCode::GONE, "{dead}");
        assert!(answer.body.contains("This link cannot be used"));
        pages.push(answer.body);
        let posted = Browser::new(&app).join(dead, "Mallory", OTHER_PASSPHRASE).await;
        assert_eq!(posted.status, StatusCode::GONE);
        assert!(posted.set_cookies().is_empty());
    }
    assert!(pages.iter().all(|page| *page == pages[0]), "the page tells why the link is dead");
    let mut vietnamese = Browser::new(&app);
    vietnamese.language = "vi";
    let vietnamese = vietnamese.get(&forged).await;
    assert!(vietnamese.body.contains("Không dùng được đường liên kết này"));
}

#[tokio::test]
async fn two_who_use_a_link_at_once_make_one_organizer() {
    let app = TestApp::new().await;
    let link = link(&app, "hanako@example.org").await;
    let (mut one, mut two) = (Browser::new(&app), Browser::new(&app));
    let (a, b) = tokio::join!(one.join(&link, "One", PASSPHRASE), two.join(&link, "Two", OTHER_PASSPHRASE));
    let mut statuses = [a.status.as_u16(), b.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
}

#[tokio::test]
async fn form_is_drawn_again_with_the_name_and_without_the_passphrase() {
    let app = TestApp::new().await;
    let link = link(&app, "hanako@example.org").await;
    let mut browser = Browser::new(&app);
    for (new, again, words) in [
        ("", "", "Enter your passphrase."),
        ("short-xyzzy", "short-xyzzy", "Use 12 characters or more."),
        ("password 1234", "password 1234", "used very often"),
        ("Hanako@example.org", "Hanako@example.org", "other than your name or e-mail address"),
        ("seven green umbrellas", "seven green umbrella", "not the same"),
    ] {
        let fields = [("name", "Hanako <b>"), ("new_passphrase", new), ("new_passphrase_again", again)];
        let answer = browser.post(&link, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
        assert!(answer.body.contains(words), "{words}");
        assert!(answer.body.contains("value=\"Hanako &lt;b&gt;\""), "the name is kept, escaped");
        assert!(answer.body.contains("<title>Error:"));
        assert!(new.is_empty() || !answer.body.contains(&format!("value=\"{new}\"")), "a passphrase came back");
    }
    let half = browser.post(&link, &[]).await;
    assert_eq!(half.status, StatusCode::UNPROCESSABLE_ENTITY, "half a form is a form");
    assert_eq!(browser.join(&link, "Hanako", PASSPHRASE).await.status, StatusCode::SEE_OTHER, "the link still holds");
}

#[tokio::test]
async fn who_has_joined_sets_a_new_passphrase_and_all_sessions_end() {
    let app = TestApp::new().await;
    let mut laptop = joined(&app, "hanako@example.org", Role::Coordinator).await;
    let link = link(&app, "HANAKO@example.org").await;
    let mut phone = Browser::new(&app);
    let form = phone.get(&link).await;
    assert!(form.body.contains("Set a new passphrase") && !form.body.contains("name=\"name\""));
    assert_eq!(phone.join(&link, "", OTHER_PASSPHRASE).await.status, StatusCode::SEE_OTHER);
    assert!(phone.is_in().await);
    assert!(!laptop.is_in().await);
    assert_eq!(phone.organizer().await.role(), Role::Coordinator, "an invitation takes no role away");
    assert_eq!(phone.organizer().await.name(), "Hanako");
    let mut browser = Browser::new(&app);
    assert_eq!(browser.sign_in("hanako@example.org", PASSPHRASE).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(browser.sign_in("hanako@example.org", OTHER_PASSPHRASE).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn who_was_disabled_comes_back_in_the_role_of_the_invitation() {
    let app = TestApp::new().await;
    let boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let gone = joined(&app, "gone@example.org", Role::Coordinator).await;
    let id = gone.organizer().await.id().clone();
    service::disable(&app.ctx, &boss.organizer().await, &id).await.unwrap();
    let link = link(&app, "gone@example.org").await;
    let mut back = Browser::new(&app);
    back.join(&link, "", OTHER_PASSPHRASE).await;
    assert_eq!(back.organizer().await.role(), Role::Assistant);
    assert_eq!(back.organizer().await.id(), &id);
}

#[tokio::test]
async fn only_coordinators_invite_and_only_mail_addresses() {
    let app = TestApp::new().await;
    let assistant = joined(&app, "assistant@example.org", Role::Assistant).await.organizer().await;
    let refused = service::invite(&app.ctx, "x@example.org", Role::Assistant, Some(&assistant)).await;
    assert_eq!(refused, Err(AppError::Forbidden));
    let wrong = service::invite(&app.ctx, "no address", Role::Assistant, None).await;
    assert!(matches!(wrong, Err(AppError::Invalid(_))));
}

#[tokio::test]
async fn links_of_somebody_disabled_end_with_them() {
    let app = TestApp::new().await;
    let boss = joined(&app, "boss@example.org", Role::Coordinator).await.organizer().await;
    let other = joined(&app, "other@example.org", Role::Coordinator).await.organizer().await;
    let given = service::invite(&app.ctx, "friend@example.org", Role::Coordinator, Some(&other)).await.unwrap();
    let own = link(&app, "other@example.org").await;
    service::disable(&app.ctx, &boss, other.id()).await.unwrap();
    assert_eq!(Browser::new(&app).get(&given).await.status, StatusCode::GONE);
    assert_eq!(Browser::new(&app).get(&own).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn first_organizer_is_told_from_later_ones() {
    let app = TestApp::new().await;
    assert!(!service::has_organizers(&app.ctx).await.unwrap());
    joined(&app, "boss@example.org", Role::Coordinator).await;
    assert!(service::has_organizers(&app.ctx).await.unwrap());
}
