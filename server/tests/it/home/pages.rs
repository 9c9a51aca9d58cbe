use super::{PATHS, TAGS, get, page};
use crate::support::TestApp;
use axum::http::{StatusCode, header};

#[tokio::test]
async fn the_list_of_languages_suggests_and_never_redirects() {
    let app = TestApp::new().await;
    let wishes = [(header::ACCEPT_LANGUAGE, "vi-VN,vi;q=0.9"), (header::COOKIE, "reading=zh-Hans")];
    let answer = get(&app, "/", &wishes).await;
    assert_eq!(answer.status, StatusCode::OK);
    for (tag, lang, name) in [
        ("ja", "ja", "日本語"),
        ("ja-easy", "ja", "やさしい日本語"),
        ("vi", "vi", "Tiếng Việt"),
        ("zh-Hans", "zh-Hans", "简体中文"),
        ("en", "en", "English"),
    ] {
        let link =
            answer.main().split("<a ").find(|link| link.contains(&format!("href=\"/{tag}\"")) && link.contains(name));
        let link = link.unwrap_or_else(|| panic!("{name} is no link to its page"));
        assert!(link.contains(&format!("lang=\"{lang}\"")), "{link}");
    }
    assert!(answer.main().contains("Tiếp tục bằng tiếng Việt"), "the browser's wish is a line on top");
    assert!(answer.html.contains("<html lang=\"zh-Hans\""), "the person's own choice decides on the rest");
    assert!(answer.header("vary").contains("accept-language"));
    assert!(answer.header("link").contains("hreflang=\"x-default\""));
}

#[tokio::test]
async fn without_a_wish_nothing_is_suggested() {
    let app = TestApp::new().await;
    assert!(!page(&app, "/").await.main().contains("home-choose__suggestion"));
}

#[tokio::test]
async fn a_home_page_begins_with_the_two_doors() {
    let app = TestApp::new().await;
    // While no questionnaire is open, nothing leads to one.
    assert!(!page(&app, "/vi").await.main().contains("/questionnaires/"));
    app::questionnaires::server::seed::seed(&app.ctx).await.unwrap();
    for tag in TAGS {
        let answer = page(&app, &format!("/{tag}")).await;
        let links: Vec<_> = answer.main().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let doors = [format!("/{tag}/questionnaires/working-in-japan"), format!("/{tag}/voice")];
        assert_eq!(links[..2], doors, "{tag}");
    }
}

#[tokio::test]
async fn an_unknown_language_is_not_found() {
    let app = TestApp::new().await;
    for path in ["/xx", "/xx/voice", "/vi/nowhere"] {
        assert_eq!(get(&app, path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn readings_are_left_out_by_the_server_when_switched_off() {
    let app = TestApp::new().await;
    for path in PATHS {
        let path = format!("/ja-easy{path}");
        assert!(page(&app, &path).await.main().contains("<rt>"), "{path}");
        let off = get(&app, &path, &[(header::COOKIE, "reading=ja-easy.f0")]).await;
        assert!(!off.html.contains("<rt>") && !off.html.contains("has-ruby"), "{path}");
    }
}

#[tokio::test]
async fn privacy_names_every_cookie() {
    let app = TestApp::new().await;
    for tag in TAGS {
        let answer = page(&app, &format!("/{tag}/privacy")).await;
        for cookie in ["reading", "draft", "session", "device"] {
            assert!(answer.main().contains(&format!(">{cookie}</dt>")), "{cookie} in {tag}");
        }
    }
}
