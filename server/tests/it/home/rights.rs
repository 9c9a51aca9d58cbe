//! The library of rights: readable by everybody, in every language, without a trace but its address.

use super::{Answer, TAGS, get, page};
use crate::{support::TestApp, voices::sample::Desk};
use app::home::rights::Topic;
use axum::http::StatusCode;

/// What a page may weigh before it is compressed.
const MOST_BYTES: usize = 60 * 1024;

/// The index and all topics, behind the language.
fn paths() -> Vec<String> {
    let topics = Topic::ALL.map(|topic| format!("/voice/rights/{}", topic.slug()));
    [vec!["/voice/rights".to_owned()], topics.to_vec()].concat()
}

/// Text as a page holds it, without readings and tags.
fn shown(html: &str) -> String {
    let without_readings: String = html
        .split("<rp>(</rp>")
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once("</ruby>").map_or(part, |(_, rest)| rest) })
        .collect();
    without_readings.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text)).collect()
}

fn title(answer: &Answer) -> &str {
    let (_, rest) = answer.html.split_once("<title>").expect("a title");
    rest.split_once("</title>").expect("its end").0
}

#[tokio::test]
async fn every_page_is_there_in_every_language_and_leaves_nothing() {
    let app = TestApp::new().await;
    for tag in TAGS {
        let mut titles = Vec::new();
        for rest in paths() {
            let path = format!("/{tag}{rest}");
            let answer = page(&app, &path).await;
            assert_eq!(answer.header("cache-control"), "no-store", "{path}");
            assert!(answer.header("content-security-policy").contains("script-src 'none'"), "{path}");
            assert!(answer.headers.get("set-cookie").is_none(), "{path}");
            for never in ["<script", " style=", "<style", "javascript:", "onclick"] {
                assert!(!answer.html.contains(never), "{never} in {path}");
            }
            let mut links = answer.main().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
            assert!(links.all(|link| !link.contains('?')), "a link with a query in {path}");
            assert_eq!(answer.html.matches("action=\"/exit\"").count(), 1, "{path}");
            assert!(answer.html.len() < MOST_BYTES, "{path}: {} bytes", answer.html.len());
            titles.push(title(&answer).to_owned());
        }
        titles.dedup();
        assert_eq!(titles.len(), 1, "a history tells which page was read: {titles:?}");
    }
}

#[tokio::test]
async fn every_page_says_where_it_stands_in_the_other_languages() {
    let app = TestApp::new().await;
    for rest in paths() {
        let html = page(&app, &format!("/ja-easy{rest}")).await.html;
        let head = html.split("</head>").next().expect("a head");
        assert!(head.contains(&format!("rel=\"canonical\" href=\"http://127.0.0.1:3000/ja-easy{rest}\"")), "{rest}");
        for tag in ["ja", "en", "vi", "zh-Hans"] {
            let alternate = format!("hreflang=\"{tag}\" href=\"http://127.0.0.1:3000/{tag}{rest}\"");
            assert_eq!(head.matches(&alternate).count(), 1, "{alternate}");
        }
    }
}

#[tokio::test]
async fn a_topic_names_its_laws_in_japanese_and_whom_to_call() {
    let app = TestApp::new().await;
    let own = [("ja", "0120811610"), ("ja-easy", "0120811610"), ("vi", "0120531406"), ("zh-Hans", "0120531402")];
    for (tag, number) in own.into_iter().chain([("en", "0120531401")]) {
        for topic in Topic::ALL {
            let answer = page(&app, &format!("/{tag}/voice/rights/{}", topic.slug())).await;
            let main = answer.main();
            for number in ["110", "119"] {
                assert!(answer.html.contains(&format!("href=\"tel:{number}\"")), "{topic:?} in {tag}");
            }
            assert!(main.contains(&format!("href=\"tel:{number}\"")), "{topic:?} in {tag}");
            assert!(main.contains(&format!("href=\"/{tag}/voice/rights\"")), "{topic:?} in {tag}");
            let cited: Vec<_> =
                main.split("lang=\"ja\"").skip(1).filter_map(|rest| rest.split("</span>").next()).collect();
            let laws = cited.iter().filter(|line| line.contains('第') || line.contains("要領")).count();
            assert!(laws >= 6, "{topic:?} in {tag} names {laws} laws: {cited:?}");
        }
    }
}

#[tokio::test]
async fn easy_japanese_has_a_reading_over_every_law() {
    let app = TestApp::new().await;
    for rest in paths() {
        let answer = page(&app, &format!("/ja-easy{rest}")).await;
        let bare: String = answer
            .main()
            .split("<ruby>")
            .enumerate()
            .map(|(at, part)| if at == 0 { part } else { part.split_once("</ruby>").map_or(part, |(_, rest)| rest) })
            .collect();
        let kanji: String = bare.chars().filter(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '々')).collect();
        assert!(kanji.is_empty(), "{kanji} in {rest}");
    }
}

#[tokio::test]
async fn every_word_of_the_library_stands_on_some_page() {
    let app = TestApp::new().await;
    for tag in TAGS {
        let file = format!("{}/../locales/{tag}/rights.json", env!("CARGO_MANIFEST_DIR"));
        let text = std::fs::read_to_string(&file).expect("words");
        let words: std::collections::BTreeMap<String, String> = serde_json::from_str(&text).expect("a table of words");
        let mut all = shown(&page(&app, &format!("/{tag}/voice")).await.html);
        for rest in paths() {
            all.push_str(&shown(&page(&app, &format!("/{tag}{rest}")).await.html));
        }
        for (key, word) in words.iter().filter(|(_, word)| !word.contains("{{")) {
            let word = shown(&form::html::rich(word, false));
            assert!(all.contains(&word), "{tag}: {key} is on no page");
        }
    }
}

#[tokio::test]
async fn an_unknown_topic_is_not_found() {
    let app = TestApp::new().await;
    for path in ["/vi/voice/rights/wages", "/vi/voice/rights/pay/more", "/xx/voice/rights", "/xx/voice/rights/pay"] {
        assert_eq!(get(&app, path, &[]).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let answer = get(&app, "/vi/voice/rights/wages", &[]).await;
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn the_index_offers_every_topic_and_the_lines_lead_to_it_also_while_the_desk_is_closed() {
    let closed = TestApp::new().await;
    let open = Desk::open().await;
    for tag in TAGS {
        let index = page(&closed, &format!("/{tag}/voice/rights")).await;
        let links: Vec<_> = index.main().split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let topics = Topic::ALL.map(|topic| format!("/{tag}/voice/rights/{}", topic.slug()));
        assert_eq!(links[..topics.len()], topics, "{tag}");
        let write = format!("href=\"/{tag}/voice/write\"");
        assert!(!index.main().contains(&write), "nobody reads there now, {tag}");
        assert!(page(&open.app, &format!("/{tag}/voice/rights")).await.main().contains(&write), "{tag}");
        assert!(page(&open.app, &format!("/{tag}/voice/rights/pay")).await.main().contains(&write), "{tag}");
        for (app, path) in [(&closed, "/voice"), (&open.app, "/voice"), (&closed, "/voice/write")] {
            let answer = page(app, &format!("/{tag}{path}")).await;
            assert!(answer.main().contains(&format!("href=\"/{tag}/voice/rights\"")), "{path} in {tag}");
        }
    }
}
