//! The last page, wherever it is: who helps, whatever was answered, and a way to the voice page over which nothing of
//! the person goes.

use super::sample::seeded;
use crate::{
    auth::browser::{Answer, Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    questionnaires::server::draft::IDLE_MS,
    ui::lines::{LINES, checked_on},
};
use axum::http::{StatusCode, header};

const SHARING: &str = "/console/questionnaires/working-in-japan/sharing";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A person on the page after sending, who came by a poster; gives the instance id too.
async fn sent(app: &TestApp, language: &str, answers: &[(&str, &str)]) -> (Browser, String, Answer) {
    let start = format!("/{language}/questionnaires/working-in-japan");
    let mut browser = Browser::new(app);
    browser.post(&start, &[("phone", "own"), ("via", "union-1")]).await;
    let page = browser.get(&format!("{start}/questions/consent")).await;
    let (_, rest) = page.body.split_once(r#"name="instance" value=""#).unwrap();
    let id = rest.split('"').next().unwrap().to_owned();
    for (name, answer) in answers {
        let fields = [("instance", id.as_str()), ("go", "next"), ("answer", answer)];
        let moved = browser.post(&format!("{start}/questions/{name}"), &fields).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{name}");
    }
    let done = browser.post(&format!("{start}/check"), &[("instance", &id), ("go", "send")]).await;
    let page = browser.get(done.location()).await;
    assert_eq!((done.status, page.status), (StatusCode::SEE_OTHER, StatusCode::OK));
    (browser, id, page)
}

async fn with_channel() -> TestApp {
    let (app, _) = seeded().await;
    let mut organizer = joined(&app, "assistant@example.org", Role::Assistant).await;
    organizer.post(SHARING, &[("name", "Poster"), ("code", "union-1")]).await;
    app
}

/// What stands in `<main>`.
fn main_of(page: &Answer) -> &str {
    page.body.split_once("<main").unwrap().1.split_once("</main>").unwrap().0
}

/// The part of the page that says who helps.
fn help_of(page: &Answer) -> &str {
    let main = main_of(page);
    let from = main.find("<p class=\"c-aid__own\">").expect("the own line");
    let to = main[from..].find("c-aid__voice").expect("the way to the voice page");
    &main[from..from + to]
}

/// All lines, the own one first, and the day they were checked.
fn has_lines(page: &Answer, own: &str) {
    let help = help_of(page);
    let places: Vec<_> = LINES.iter().map(|line| (help.find(line.number).expect(line.number), line.lang)).collect();
    assert_eq!(places.iter().min().unwrap().1, own, "the own language comes first");
    assert!(help.contains("2026"), "the day they were checked: {help}");
}

#[tokio::test]
async fn every_last_page_says_who_helps_in_the_own_language_first() {
    let app = with_channel().await;
    assert_eq!(checked_on().unwrap().year(), 2026);
    for (language, own) in [("vi", "vi"), ("ja-easy", "ja"), ("zh-Hans", "zh"), ("en", "en"), ("ja", "ja")] {
        let mut browser = Browser::new(&app);
        let (_, _, page) = sent(&app, language, &[("consent", "yes")]).await;
        has_lines(&page, own);
        let start = format!("/{language}/questionnaires/working-in-japan");
        has_lines(&browser.get(&format!("{start}/nothing-sent")).await, own);
        // The answers are gone: nothing was sent either.
        browser.post(&start, &[("phone", "own")]).await;
        app.ctx.clock().advance(IDLE_MS + 1);
        let gone = browser.post(&format!("{start}/questions/consent"), &[("answer", "yes")]).await;
        assert_eq!(gone.status, StatusCode::GONE);
        has_lines(&gone, own);
    }
    let mut organizer = joined(&app, "second@example.org", Role::Assistant).await;
    organizer.post("/console/questionnaires/working-in-japan/state", &[("state", "closed")]).await;
    has_lines(&Browser::new(&app).get("/vi/questionnaires/working-in-japan").await, "vi");
}

#[tokio::test]
async fn a_no_leads_to_the_lines_too() {
    let app = with_channel().await;
    let start = "/vi/questionnaires/working-in-japan";
    let mut browser = Browser::new(&app);
    browser.post(start, &[("phone", "own")]).await;
    let page = browser.get(&format!("{start}/questions/consent")).await;
    let (_, rest) = page.body.split_once(r#"name="instance" value=""#).unwrap();
    let id = rest.split('"').next().unwrap().to_owned();
    let no = browser.post(&format!("{start}/questions/consent"), &[("instance", &id), ("answer", "no")]).await;
    assert_eq!(no.location(), format!("{start}/nothing-sent"));
    has_lines(&browser.get(no.location()).await, "vi");
}

#[tokio::test]
async fn what_stands_there_does_not_depend_on_the_answers() {
    let app = with_channel().await;
    let (_, _, calm) = sent(&app, "vi", &[("consent", "yes"), ("treatment", "none")]).await;
    let (_, _, hurt) =
        sent(&app, "vi", &[("consent", "yes"), ("treatment", "threatened"), ("message", "giúp tôi")]).await;
    assert_eq!(help_of(&calm), help_of(&hurt));
}

#[tokio::test]
async fn nothing_of_the_person_goes_to_the_voice_page() {
    let app = with_channel().await;
    let (mut browser, id, page) = sent(&app, "vi", &[("consent", "yes")]).await;
    let code = page.body.split("c-panel__code").nth(1).unwrap().split(['>', '<']).nth(1).unwrap().to_owned();
    assert_eq!(code.len(), 14);
    assert_eq!(page.headers[header::REFERRER_POLICY], "same-origin");
    let main = main_of(&page);
    let links: Vec<_> = main.split("<a ").skip(1).filter(|link| link.contains("/voice")).collect();
    assert_eq!(links.len(), 1);
    let link = links[0].split('>').next().unwrap();
    // The whole of the link: no query, no fragment, and the browser is told to name no page that it came from.
    assert!(link.contains("href=\"/vi/voice\"") && link.contains("rel=\"noreferrer\""), "{link}");
    for secret in [id.as_str(), code.as_str(), "union-1"] {
        assert!(!link.contains(secret) && !help_of(&page).contains(secret), "{secret}");
    }
    // No form leads there either.
    assert!(!page.body.split("<form").skip(1).any(|form| form.split('>').next().unwrap().contains("voice")));

    // The page is the same without the draft's cookie, to the last byte, and neither reads nor writes one.
    assert!(browser.cookies.contains_key("draft"));
    let with = browser.get("/vi/voice").await;
    let without = Browser::new(&app).get("/vi/voice").await;
    assert_eq!((with.status, without.status), (StatusCode::OK, StatusCode::OK));
    assert_eq!(with.body, without.body);
    assert!(with.set_cookies().is_empty() && without.set_cookies().is_empty());
    for secret in [id.as_str(), code.as_str(), "union-1"] {
        assert!(!with.body.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn the_voice_page_offers_the_questionnaire_while_one_is_open() {
    let app = with_channel().await;
    for language in ["ja", "ja-easy", "vi", "zh-Hans", "en"] {
        let page = Browser::new(&app).get(&format!("/{language}/voice")).await;
        let href = format!("href=\"/{language}/questionnaires/working-in-japan\"");
        let links: Vec<_> =
            main_of(&page).split("<a ").skip(1).filter(|link| link.contains("/questionnaires/")).collect();
        assert_eq!(links.len(), 1, "{language}");
        assert!(links[0].contains(&href) && links[0].contains("rel=\"noreferrer\""), "{}", links[0]);
    }
    let mut organizer = joined(&app, "second@example.org", Role::Assistant).await;
    organizer.post("/console/questionnaires/working-in-japan/state", &[("state", "closed")]).await;
    assert!(!main_of(&Browser::new(&app).get("/vi/voice").await).contains("/questionnaires/"));
}

#[tokio::test]
async fn organizers_are_warned_when_the_lines_were_checked_long_ago() {
    let app = with_channel().await;
    // Where a check was made after the tests' own day, the clock goes there first.
    let checked = checked_on().unwrap();
    let since = app.ctx.clock().today().unix_days() - checked.unix_days();
    app.ctx.clock().advance((90 - since) * DAY_MS);
    let warned = "app/src/ui/lines.rs";
    let mut organizer = joined(&app, "third@example.org", Role::Assistant).await;
    assert!(!organizer.get("/console").await.body.contains(warned), "ninety days are fine");
    app.ctx.clock().advance(DAY_MS);
    let mut organizer = joined(&app, "fourth@example.org", Role::Assistant).await;
    for language in ["ja", "ja-easy", "en", "zh-Hans", "vi"] {
        organizer.cookies.insert("reading".to_owned(), language.to_owned());
        let page = organizer.get("/console").await;
        assert!(page.body.contains(warned) && page.body.contains("91"), "{language}");
    }
}
