use super::{PANIC, Site};
use app::{
    i18n::*,
    ui::{
        Reader,
        reader::{LOCALES, lang, tag},
    },
};
use axum::http::{Method, StatusCode};

#[tokio::test]
async fn what_is_not_there_is_said_in_the_persons_language() {
    let site = Site::new().await;
    for locale in LOCALES {
        let answer = site.get(&format!("/{}/nowhere", tag(locale))).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.header("content-type").starts_with("text/html"), "{}", tag(locale));
        let page = answer.text();
        let title = Reader::new(locale).rich(td_string!(locale, shell.error_not_found_title));
        assert!(page.contains(&title), "{}: {page}", tag(locale));
        assert!(page.contains(&format!("lang=\"{}\"", lang(locale))), "{}", tag(locale));
        assert!(!page.contains("<script"), "{}", tag(locale));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn an_address_without_a_language_follows_cookie_then_browser_then_japanese() {
    let site = Site::new().await;
    let title = |locale| Reader::new(locale).rich(td_string!(locale, shell.error_not_found_title));
    for (headers, locale) in [
        (&[][..], Locale::ja),
        (&[("accept-language", "vi-VN,vi;q=0.9,en;q=0.5")][..], Locale::vi),
        (&[("accept-language", "vi"), ("cookie", "reading=en")][..], Locale::en),
        (&[("accept-language", "xx"), ("cookie", "reading=xx.f0")][..], Locale::ja),
    ] {
        let answer = site.ask(Method::GET, "/nowhere", headers, "").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.text().contains(&title(locale)), "{headers:?}");
    }
}

#[tokio::test]
async fn a_wrong_method_is_405_and_names_the_right_ones() {
    let site = Site::new().await;
    let answer = site.get("/own/form").await;
    assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(answer.header("allow"), "POST");
    assert!(answer.text().contains(td_string!(Locale::ja, shell.error_method_title)));
}

#[tokio::test]
async fn a_panic_is_a_page_without_its_message() {
    let site = Site::new().await;
    let answer = site.ask(Method::GET, "/own/panic", &[("accept-language", "en")], "").await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    let page = answer.text();
    assert!(page.contains(td_string!(Locale::en, shell.error_internal_title)), "{page}");
    assert!(!page.contains(PANIC) && !page.contains("boss") && !page.contains(".rs"), "{page}");
    // The next one is answered: the process goes on.
    assert_eq!(site.get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_frameworks_own_words_do_not_repeat_what_was_typed() {
    let site = Site::new().await;
    let form = [("content-type", "application/x-www-form-urlencoded"), ("accept-language", "en")];
    let answer = site.ask(Method::POST, "/own/form", &form, "age=secretword").await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains(td_string!(Locale::en, shell.error_malformed_title)), "{page}");
    assert!(!page.contains("secretword") && !page.contains("deserialize"), "{page}");
}

#[tokio::test]
async fn an_organizers_error_stands_in_the_consoles_frame() {
    let site = Site::new().await;
    let answer = site.ask(Method::GET, "/console/nowhere", &[("cookie", "reading=en")], "").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.text().contains("href=\"/console\""), "{}", answer.text());
}

#[tokio::test]
async fn a_missing_file_is_no_page() {
    let site = Site::new().await;
    let answer = site.get("/pkg/worker.OLD.js").await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert!(answer.body.is_empty(), "{}", answer.text());
}
