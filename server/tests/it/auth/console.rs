//! The console's own pages: frame, organizers, audit log, languages.

use super::browser::{Browser, PASSPHRASE, joined};
use crate::support::TestApp;
use app::auth::{Role, server::service};
use axum::http::{StatusCode, header};

/// The text between two others.
fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let start = text.find(before).unwrap_or_else(|| panic!("no {before} in {text}")) + before.len();
    let rest = &text[start..];
    &rest[..rest.find(after).unwrap()]
}

#[tokio::test]
async fn pages_are_drawn_whole_in_every_language_without_script() {
    let app = TestApp::new().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    for language in ["ja", "ja-easy", "en", "zh-Hans", "vi"] {
        boss.cookies.insert("reading".to_owned(), language.to_owned());
        for path in ["/console", "/console/account", "/console/organizers", "/console/audit"] {
            let page = boss.get(path).await;
            assert_eq!(page.status, StatusCode::OK, "{path}");
            assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
            assert_eq!(page.body.matches("<h1").count(), 1, "{path}");
            assert!(!page.body.contains("<script"), "{path} holds a script");
            assert!(!page.body.contains(" style="), "{path} holds a style");
            let current = format!("href=\"{path}\" aria-current=\"page\"");
            assert!(page.body.contains(&current), "{path}: {}", page.body);
            assert!(page.body.contains("action=\"/console/sign-out\""));
        }
    }
    assert!(boss.get("/console").await.body.contains("Hôm nay"));
}

#[tokio::test]
async fn coordinator_invites_and_is_shown_the_link_once() {
    let app = TestApp::with_base_url("https://entaku.example").await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let refused = boss.post("/console/organizers", &[("email", "no address"), ("role", "owner")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("value=\"no address\"") && refused.body.contains("Choose a role."));

    let answer = boss.post("/console/organizers", &[("email", "New@example.org"), ("role", "assistant")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    let path = between(&answer.body, "value=\"https://entaku.example", "\"").to_owned();
    let list = boss.get("/console/organizers").await.body;
    assert!(list.contains("new@example.org") && !list.contains(&path));
    let mut new = Browser::new(&app);
    assert_eq!(new.join(&path, "New <i>", PASSPHRASE).await.status, StatusCode::SEE_OTHER);
    assert_eq!(new.organizer().await.role(), Role::Assistant);
    let list = boss.get("/console/organizers").await.body;
    assert!(list.contains("New &lt;i&gt;"), "typed text is escaped");
}

#[tokio::test]
async fn coordinator_disables_others_but_not_themselves() {
    let app = TestApp::new().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let mut other = joined(&app, "other@example.org", Role::Coordinator).await;
    let path = |id: &str| format!("/console/organizers/{id}/disable");
    let (me, them) = (boss.organizer().await.id().to_string(), other.organizer().await.id().to_string());
    assert!(boss.get("/console/organizers").await.body.contains(&path(&them)));
    assert!(!boss.get("/console/organizers").await.body.contains(&path(&me)));
    assert_eq!(boss.post(&path(&me), &[]).await.status, StatusCode::CONFLICT);
    assert_eq!(boss.post(&path("nobody"), &[]).await.status, StatusCode::NOT_FOUND);
    let done = boss.post(&path(&them), &[]).await;
    assert_eq!(done.location(), "/console/organizers?done=disabled");
    assert!(!other.is_in().await);
    assert_eq!(boss.post(&path(&them), &[]).await.status, StatusCode::NOT_FOUND, "nobody is disabled twice");
    assert!(boss.is_in().await);
}

#[tokio::test]
async fn every_act_is_in_the_audit_log() {
    let app = TestApp::new().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let other = joined(&app, "other@example.org", Role::Assistant).await;
    boss.post("/console/organizers", &[("email", "third@example.org"), ("role", "assistant")]).await;
    boss.post(&format!("/console/organizers/{}/disable", other.organizer().await.id()), &[]).await;
    let change = [
        ("passphrase", PASSPHRASE),
        ("new_passphrase", "nine purple teapots"),
        ("new_passphrase_again", "nine purple teapots"),
    ];
    boss.post("/console/account", &change).await;
    boss.post("/console/sign-out", &[]).await;
    boss.sign_in("boss@example.org", "nine purple teapots").await;
    let page = boss.get("/console/audit").await.body;
    for (words, times) in [
        ("Invited an organiser", 3),
        ("Joined as an organiser", 2),
        ("Signed in", 3),
        ("Signed out", 1),
        ("Disabled an organiser", 1),
        ("Changed the passphrase", 1),
        ("Command line", 2),
    ] {
        assert_eq!(page.matches(&format!(">{words}<")).count(), times, "{words}");
    }
    assert!(page.contains("third@example.org"));
    assert!(!page.contains("<code>"), "an act without words");
    assert!(page.contains(">Assistant<") && !page.contains(">assistant<"), "a role is a word, not a key");
    let boss_id = boss.organizer().await.id().as_str().to_owned();
    assert!(!page.contains(&format!(">{boss_id}<")), "ids are shown as names");
    let own = boss.get(&format!("/console/audit?who={boss_id}")).await.body;
    assert!(own.contains(">Changed the passphrase<") && !own.contains(">Command line<"), "one person's deeds");
    let none = boss.get("/console/audit?subject=no-such-thing").await.body;
    assert!(none.contains("Nothing has been recorded") && none.contains("value=\"no-such-thing\""), "and none");
}

#[tokio::test]
async fn audit_log_has_pages() {
    let app = TestApp::new().await;
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    for number in 0..60 {
        let email = format!("p{number}@example.org");
        service::invite(&app.ctx, &email, Role::Assistant, None).await.unwrap();
        app.ctx.clock().advance(1_000);
    }
    let first = boss.get("/console/audit").await.body;
    let second = boss.get("/console/audit?page=2").await.body;
    assert!(first.contains("p59@example.org") && !first.contains("p5@example.org"), "newest first");
    assert!(second.contains("p5@example.org") && !second.contains("p59@example.org"));
    assert!(first.contains("href=\"?page=2\"") && second.contains("href=\"?page=1\""));
    assert_eq!(boss.get("/console/audit?page=3").await.status, StatusCode::NOT_FOUND);
    assert_eq!(boss.get("/console/audit?page=0").await.status, StatusCode::OK);
    assert_eq!(boss.get("/console/audit?page=%3Cx").await.status, StatusCode::OK);
}

#[tokio::test]
async fn language_of_the_console_is_chosen_by_a_button() {
    let app = TestApp::new().await;
    let mut browser = Browser::new(&app);
    let page = browser.get("/console/sign-in").await;
    assert!(page.body.contains("formaction=\"/vi/reading\""), "{}", page.body);
    let referer = format!("{}/console/sign-in", &app.ctx.site().base_url);
    let form = [(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), (header::REFERER, referer.as_str())];
    let answer = browser.send(axum::http::Method::POST, "/vi/reading", "".into(), &form).await;
    assert_eq!(answer.location(), "/console/sign-in");
    assert!(browser.get("/console/sign-in").await.body.contains("Đăng nhập"));
}
