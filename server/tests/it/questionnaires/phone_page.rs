//! The page on what a phone keeps, without its island: what it explains, and what browsers need to put the
//! questionnaire on a home screen.

use super::sample::{SLUG, seeded};
use crate::{
    auth::browser::{Answer, Browser},
    support::TestApp,
};
use app::questionnaires::phone_beginning::PhoneBeginning;
use axum::http::{StatusCode, header};
use serde_json::Value;
use std::{collections::BTreeMap, fs, path::Path};

const LANGUAGES: [(&str, &str); 5] =
    [("ja", "ja"), ("ja-easy", "ja"), ("en", "en"), ("zh-Hans", "zh-Hans"), ("vi", "vi")];

/// Icons by address: width and height, and the bytes they may have.
const ICONS: [(&str, u32); 3] = [("/icon-192.png", 192), ("/icon-512.png", 512), ("/icon-maskable-512.png", 512)];
const MOST_BYTES: usize = 12 * 1024;

fn start(language: &str) -> String {
    format!("/{language}/questionnaires/{SLUG}")
}

async fn get(app: &TestApp, path: &str) -> Answer {
    Browser::new(app).get(path).await
}

/// The words of a namespace in a language, as HTML.
fn words(language: &str, namespace: &str) -> BTreeMap<String, String> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../locales/{language}/{namespace}.json"));
    let words: BTreeMap<String, String> = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    words.into_iter().map(|(key, text)| (key, form::html::rich(&text, true))).collect()
}

fn main_of(page: &Answer) -> &str {
    page.body.split_once("<main").unwrap().1.split_once("</main>").unwrap().0
}

#[tokio::test]
async fn everything_is_explained_without_script_in_every_language() {
    let (app, _) = seeded().await;
    for (language, _) in LANGUAGES {
        let page = get(&app, &format!("{}/phone", start(language))).await;
        assert_eq!(page.status, StatusCode::OK, "{language}");
        let (main, words, others) = (main_of(&page), words(language, "phone"), words(language, "offline"));
        let explained = |key: &str| {
            ["title", "intro", "asleep", "what_", "browser_", "home_"].iter().any(|part| key.starts_with(part))
        };
        let keys: Vec<_> = words.keys().filter(|key| explained(key)).collect();
        assert!(keys.len() > 15, "{keys:?}");
        for key in keys {
            assert!(main.contains(&words[key]), "{language} lacks {key}");
        }
        // It quotes what one chooses on the first page.
        for key in ["what_draft", "what_code"] {
            assert!(words[key].contains(&others["phone_own"]), "{language} {key}");
        }
        // Sections that other pages lead to, and the address for another browser.
        for id in ["what", "browser", "home"] {
            assert_eq!(main.matches(&format!("id=\"{id}\"")).count(), 1, "{language} {id}");
        }
        assert!(main.contains(&format!(">http://127.0.0.1:3000{}<", start(language))), "{language}");
        // What only a program can do is not offered before there is one.
        assert!(!main.contains("<button") && !main.contains("<form"), "{language}");
        assert!(page.body.contains("action=\"/exit\""), "{language}: the way out");
    }
}

#[tokio::test]
async fn who_asks_makes_no_difference_and_nothing_is_remembered() {
    let (app, _) = seeded().await;
    let path = format!("{}/phone", start("vi"));
    let stranger = get(&app, &path).await;
    let mut browser = Browser::new(&app);
    browser.post(&start("vi"), &[("phone", "own")]).await;
    assert!(browser.cookies.contains_key("draft"));
    let page = browser.get(&path).await;
    assert_eq!(main_of(&stranger), main_of(&page));
    assert!(stranger.set_cookies().is_empty() && page.set_cookies().is_empty());
    for answer in [&stranger, &page] {
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.contains("manifest-src 'self'") && policy.contains("script-src 'self' 'nonce-"), "{policy}");
    }
}

#[tokio::test]
async fn island_is_told_the_key_of_receipts_and_its_words() {
    let (app, _) = seeded().await;
    for (language, _) in LANGUAGES {
        let page = get(&app, &format!("{}/phone", start(language))).await;
        assert!(page.body.contains("<leptos-island"), "{language}");
        let (_, rest) = page.body.split_once("data-beginning=\"").unwrap();
        let json = rest.split('"').next().unwrap();
        let json = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")]
            .into_iter()
            .fold(json.to_owned(), |json, (escaped, sign)| json.replace(escaped, sign));
        let beginning = PhoneBeginning::read(&json).unwrap();
        assert_eq!(beginning.slug, SLUG);
        // It speaks the language of the page.
        assert_eq!(beginning.words.get("nothing"), words(language, "phone")["nothing"], "{language}");
        let key: String = app.ctx.keys().receipt_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(beginning.receipt_key, key);
    }
}

#[tokio::test]
async fn home_screen_is_offered_on_this_page_alone() {
    let (app, _) = seeded().await;
    let mut browser = Browser::new(&app);
    for (language, _) in LANGUAGES {
        let start = start(language);
        let page = browser.get(&format!("{start}/phone")).await;
        let head = page.body.split("</head>").next().unwrap();
        let link = format!("<link rel=\"manifest\" href=\"{start}/app.webmanifest\"");
        assert_eq!(head.matches(&link).count(), 1, "{language}: {head}");
        assert_eq!(page.body.matches("rel=\"manifest\"").count(), 1, "{language}");
        browser.post(&start, &[("phone", "own")]).await;
        for path in
            [start.clone(), format!("{start}/questions/consent"), format!("{start}/delete"), format!("/{language}")]
        {
            let other = browser.get(&path).await;
            assert_eq!(other.status, StatusCode::OK, "{path}");
            assert!(!other.body.contains("manifest\"") && !other.body.contains("touch-icon"), "{path}");
        }
    }
}

#[tokio::test]
async fn manifest_opens_the_questionnaire_in_its_language() {
    let (app, _) = seeded().await;
    let mut names = Vec::new();
    for (language, lang) in LANGUAGES {
        let start = start(language);
        let answer = get(&app, &format!("{start}/app.webmanifest")).await;
        assert_eq!(answer.status, StatusCode::OK, "{language}");
        assert_eq!(answer.headers[header::CONTENT_TYPE], "application/manifest+json");
        assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(answer.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(answer.set_cookies().is_empty());
        let manifest: Value = serde_json::from_str(&answer.body).unwrap();
        let text = |name: &str| manifest[name].as_str().unwrap_or_default().to_owned();
        for name in ["id", "start_url", "scope"] {
            assert_eq!(text(name), start, "{language} {name}");
        }
        assert_eq!(
            (text("short_name"), text("display"), text("lang")),
            ("Entaku".into(), "standalone".into(), lang.into())
        );
        assert_eq!((text("background_color"), text("theme_color")), ("#fbf9f4".into(), "#fbf9f4".into()));
        // Readings are for pages; the name under an icon is plain.
        assert!(!text("name").is_empty() && !text("name").contains(['{', '|']), "{}", text("name"));
        names.push(text("name"));
        let icons = manifest["icons"].as_array().unwrap();
        assert_eq!(
            icons.iter().map(|icon| icon["purpose"].as_str().unwrap()).collect::<Vec<_>>(),
            ["any", "any", "maskable"]
        );
        for (icon, (path, size)) in icons.iter().zip(ICONS) {
            let told = (icon["src"].as_str(), icon["sizes"].as_str().map(str::to_owned), icon["type"].as_str());
            assert_eq!(told, (Some(path), Some(format!("{size}x{size}")), Some("image/png")));
        }
    }
    names.sort();
    names.dedup();
    assert!(names.len() >= 4, "{names:?}");
}

#[tokio::test]
async fn icons_are_small_pictures_of_their_size() {
    let (app, _) = seeded().await;
    for (path, size) in ICONS {
        let icon = get(&app, path).await;
        assert_eq!(icon.status, StatusCode::OK, "{path}");
        assert_eq!(icon.headers[header::CONTENT_TYPE], "image/png");
        assert_eq!(icon.headers[header::CACHE_CONTROL], "public, max-age=86400");
        assert_eq!(icon.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(icon.bytes.starts_with(b"\x89PNG\r\n\x1a\n"), "{path}");
        let number = |at: usize| u32::from_be_bytes(icon.bytes[at..at + 4].try_into().unwrap());
        assert_eq!((number(16), number(20)), (size, size), "{path}");
        assert!(icon.bytes.len() <= MOST_BYTES, "{path}: {} bytes", icon.bytes.len());
    }
}

#[tokio::test]
async fn what_nobody_published_has_neither_page_nor_manifest() {
    let (app, _) = seeded().await;
    for rest in ["phone", "app.webmanifest"] {
        for path in [format!("/vi/questionnaires/none/{rest}"), format!("/xx/questionnaires/{SLUG}/{rest}")] {
            assert_eq!(get(&app, &path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
    }
}
