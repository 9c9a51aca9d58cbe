use super::{PATHS, TAGS, get, page};
use crate::support::TestApp;
use axum::http::header;

#[tokio::test]
async fn every_page_stands_without_script_and_inline_style() {
    let app = TestApp::new().await;
    for tag in TAGS {
        for path in PATHS {
            let path = format!("/{tag}{path}");
            let html = page(&app, &path).await.html;
            for never in [" style=", "<script", "<style", "javascript:", "//fonts", "onclick"] {
                assert!(!html.contains(never), "{never} in {path}");
            }
        }
    }
}

#[tokio::test]
async fn every_page_has_numbers_to_call() {
    let app = TestApp::new().await;
    let own = [("ja", "0120811610"), ("vi", "0120531406"), ("zh-Hans", "0120531402"), ("en", "0120531401")];
    for (tag, number) in own {
        for path in PATHS {
            let html = page(&app, &format!("/{tag}{path}")).await.html;
            for number in ["110", "119", number] {
                assert!(html.contains(&format!("href=\"tel:{number}\"")), "{number} on /{tag}{path}");
            }
        }
    }
}

#[tokio::test]
async fn a_page_lists_its_translations_once_each() {
    let app = TestApp::new().await;
    for tag in TAGS {
        let html = page(&app, &format!("/{tag}/privacy")).await.html;
        let head = html.split("</head>").next().expect("a head");
        assert!(head.contains(&format!("rel=\"canonical\" href=\"http://127.0.0.1:3000/{tag}/privacy\"")), "{tag}");
        for (lang, address) in [("ja", "ja"), ("en", "en"), ("vi", "vi"), ("zh-Hans", "zh-Hans")] {
            let alternate = format!("hreflang=\"{lang}\" href=\"http://127.0.0.1:3000/{address}/privacy\"");
            assert_eq!(head.matches(&alternate).count(), 1, "{alternate} in {tag}");
        }
        assert_eq!(head.matches("hreflang=\"ja\"").count(), 1, "easy Japanese is no second \"ja\"");
        let feed = format!("href=\"/{tag}/events/feed.xml\"");
        assert!(head.contains("type=\"application/atom+xml\"") && head.contains(&feed), "feed readers find {tag}");
    }
}

#[tokio::test]
async fn the_switcher_stays_on_the_page_and_marks_the_language() {
    let app = TestApp::new().await;
    let html = page(&app, "/vi/privacy").await.html;
    for tag in TAGS {
        let link = html
            .split("<a ")
            .find(|link| link.contains("c-languages__entry") && link.contains(&format!("href=\"/{tag}/privacy\"")));
        let link = link.unwrap_or_else(|| panic!("no link to {tag}"));
        assert_eq!(link.contains("aria-current=\"true\""), tag == "vi", "{tag}");
    }
    assert!(html.contains(">Language<") || html.contains("Language</span>"), "the label is English everywhere");
}

#[tokio::test]
async fn the_way_out_stands_where_one_may_not_be_seen_reading() {
    let app = TestApp::new().await;
    for tag in TAGS {
        let voice = page(&app, &format!("/{tag}/voice")).await;
        assert_eq!(voice.html.matches("action=\"/exit\"").count(), 1, "{tag}");
        assert_eq!(voice.html.matches("form=\"exit\"").count(), 1, "its twin for the keyboard, {tag}");
        assert_eq!(voice.header("cache-control"), "no-store", "{tag}");
        assert!(!page(&app, &format!("/{tag}/privacy")).await.html.contains("action=\"/exit\""), "{tag}");
    }
}

#[tokio::test]
async fn an_error_page_leads_home_in_every_language_and_is_not_listed() {
    let app = TestApp::new().await;
    let html = get(&app, "/vi/nowhere", &[(header::ACCEPT_LANGUAGE, "en")]).await.html;
    assert!(html.contains("<html lang=\"vi\""));
    for tag in TAGS {
        assert!(html.contains(&format!("href=\"/{tag}\"")), "{tag}");
    }
}
