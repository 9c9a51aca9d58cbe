//! The way of one person without script: draft, language, errors, sending once, and the ways out.

use super::sample::{SLUG, seeded};
use crate::{
    auth::browser::{Answer, Browser},
    support::TestApp,
};
use app::questionnaires::server::{
    draft::{IDLE_MS, MAX_COOKIE_BYTES},
    entities::{quarantined_response, response},
};
use axum::http::{StatusCode, header};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

pub const START: &str = "/vi/questionnaires/working-in-japan";

pub fn question(name: &str) -> String {
    format!("{START}/questions/{name}")
}

/// The value of a hidden field of a page.
pub fn hidden(page: &Answer, name: &str) -> String {
    let mark = format!(r#"name="{name}" value=""#);
    let from = page.body.find(&mark).unwrap_or_else(|| panic!("no field {name}")) + mark.len();
    page.body[from..].split('"').next().unwrap().to_owned()
}

/// A person who has begun; gives the instance id too.
pub async fn begun(app: &TestApp) -> (Browser, String) {
    let mut browser = Browser::new(app);
    let answer = browser.post(START, &[("phone", "own")]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, question("consent").as_str()));
    let page = browser.get(&question("consent")).await;
    assert_eq!(page.status, StatusCode::OK);
    let id = hidden(&page, "instance");
    (browser, id)
}

/// Answers; where it is refused, the page that says why.
pub async fn answer(browser: &mut Browser, id: &str, name: &str, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("instance", id), ("go", "next")];
    all.extend_from_slice(fields);
    let answered = browser.post(&question(name), &all).await;
    let refused = format!("{}?refused", question(name));
    if answered.status == StatusCode::SEE_OTHER && answered.location() == refused {
        return browser.get(&refused).await;
    }
    answered
}

/// Answers everything that matters and stands before *Send*.
pub async fn answered(app: &TestApp) -> (Browser, String) {
    let (mut browser, id) = begun(app).await;
    for (name, fields) in [
        ("consent", [("answer", "yes")].as_slice()),
        ("nationality", &[("answer", "vietnam")]),
        ("sector", &[]),
        ("started_on", &[("answer-year", "2024"), ("answer-month", "4"), ("answer-day", "1")]),
        ("paid_any", &[("answer", "yes")]),
        ("paid_amount", &[("answer", "_unknown")]),
        ("pay_time", &[]),
        ("deductions", &[("answer", "rent"), ("answer", "food")]),
        ("hours_week", &[("answer", "４５")]),
        ("treatment", &[("answer", "_declined")]),
        ("message", &[("answer", "Xin chào")]),
    ] {
        let moved = answer(&mut browser, &id, name, fields).await;
        assert_eq!(moved.status, StatusCode::SEE_OTHER, "{name}: {}", moved.body);
    }
    (browser, id)
}

async fn rows(app: &TestApp) -> u64 {
    response::Entity::find().count(app.ctx.read()).await.unwrap()
}

#[tokio::test]
async fn nothing_is_stored_before_send_and_one_row_after() {
    let (app, _) = seeded().await;
    let (mut browser, id) = answered(&app).await;
    assert_eq!(rows(&app).await, 0);
    assert_eq!(quarantined_response::Entity::find().count(app.ctx.read()).await.unwrap(), 0);
    let check = browser.get(&format!("{START}/check")).await;
    assert_eq!(check.status, StatusCode::OK);
    for word in ["45 giờ", "Xin chào", "2024-04-01", "Tôi không muốn trả lời", "?change"] {
        assert!(check.body.contains(word), "{word}");
    }
    let sent = browser.post(&format!("{START}/check"), &[("instance", &id), ("go", "send")]).await;
    assert_eq!(sent.location(), format!("{START}/sent"));
    assert_eq!(rows(&app).await, 1);
    let page = browser.get(&format!("{START}/sent")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Xin chào"));
    let row = response::Entity::find().one(app.ctx.read()).await.unwrap().unwrap();
    assert_eq!(row.instance_id.as_str(), id);
    assert!(row.payload.contains("\"hours_week\":{\"integer\":45}"), "full-width digits are numbers");
}

#[tokio::test]
async fn sending_again_from_an_old_page_gives_the_same_code() {
    let (app, _) = seeded().await;
    let (mut browser, id) = answered(&app).await;
    let mut twin = browser.clone();
    let fields = [("instance", id.as_str()), ("go", "send")];
    let check = format!("{START}/check");
    let (first, second) = (browser.post(&check, &fields).await, twin.post(&check, &fields).await);
    assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
    let code = |page: Answer| page.body.split("c-panel__code").nth(1).unwrap()[..60].to_owned();
    let (first, second) = (browser.get(&format!("{START}/sent")).await, twin.get(&format!("{START}/sent")).await);
    assert_eq!(code(first), code(second));
    // Back in the browser, and *Send* once more.
    let again = browser.post(&check, &fields).await;
    assert_eq!(again.location(), format!("{START}/sent"));
    assert_eq!(rows(&app).await, 1);
}

#[tokio::test]
async fn another_language_before_sending_again_is_the_same_answer() {
    let (app, _) = seeded().await;
    let (mut browser, id) = answered(&app).await;
    // The answer arrived, its receipt did not: the browser still holds the draft.
    let mut lost = browser.clone();
    lost.post(&format!("{START}/check"), &[("instance", &id), ("go", "send")]).await;
    let moved = browser.post(&format!("{START}/check"), &[("instance", &id), ("language", "ja")]).await;
    let sent = browser.post(moved.location(), &[("instance", &id), ("go", "send")]).await;
    assert_eq!(sent.location(), "/ja/questionnaires/working-in-japan/sent");
    assert_eq!((rows(&app).await, quarantined_response::Entity::find().count(app.ctx.read()).await.unwrap()), (1, 0));
}

#[tokio::test]
async fn a_page_left_open_does_not_end_the_next_persons_draft() {
    let (app, _) = seeded().await;
    let (mut browser, _) = begun(&app).await;
    let left = browser.post(&format!("{START}/sent"), &[("instance", "another"), ("go", "new-person")]).await;
    assert_eq!(left.location(), START);
    assert!(browser.cookies.contains_key("draft"));
}

#[tokio::test]
async fn two_tabs_that_differ_give_one_row_and_one_kept_aside() {
    let (app, _) = seeded().await;
    let (mut browser, id) = answered(&app).await;
    let mut other = browser.clone();
    answer(&mut other, &id, "message", &[("answer", "khác")]).await;
    let fields = [("instance", id.as_str()), ("go", "send")];
    browser.post(&format!("{START}/check"), &fields).await;
    let refused = other.post(&format!("{START}/check"), &fields).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(rows(&app).await, 1);
    assert_eq!(quarantined_response::Entity::find().count(app.ctx.read()).await.unwrap(), 1);
}

#[tokio::test]
async fn what_cannot_be_read_is_shown_again_with_422() {
    let (app, _) = seeded().await;
    let (mut browser, id) = begun(&app).await;
    let refused = answer(&mut browser, &id, "consent", &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"errors\"") && refused.body.contains("<title>Lỗi"), "{}", refused.body);
    answer(&mut browser, &id, "consent", &[("answer", "yes")]).await;
    for (name, fields, kept) in [
        ("hours_week", [("answer", "nhiều")].as_slice(), "value=\"nhiều\""),
        ("hours_week", &[("answer", "113")], "value=\"113\""),
        ("hours_week", &[("answer", "-1")], "value=\"-1\""),
        ("started_on", &[("answer-year", "2023"), ("answer-month", "2"), ("answer-day", "31")], "value=\"31\""),
        ("started_on", &[("answer-year", "2027"), ("answer-month", "1"), ("answer-day", "1")], "value=\"2027\""),
        ("started_on", &[("answer-year", "2023")], "value=\"2023\""),
        ("treatment", &[("answer", "none"), ("answer", "threatened")], "checked"),
        ("nationality", &[("answer", "atlantis")], "id=\"errors\""),
        ("hours_week", &[("answer", "40"), ("no-answer", "unknown")], "value=\"40\""),
        ("message", &[("answer", "</textarea><script>alert(1)</script>\u{1}")], "&lt;/textarea&gt;&lt;script&gt;"),
    ] {
        let refused = answer(&mut browser, &id, name, fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {fields:?}");
        assert!(refused.body.contains(kept), "{name}: {kept}");
        assert!(!refused.body.contains("<script>alert"));
    }
}

#[tokio::test]
async fn a_language_button_keeps_place_answers_and_what_was_typed() {
    let (app, _) = seeded().await;
    let (mut browser, id) = begun(&app).await;
    answer(&mut browser, &id, "consent", &[("answer", "yes")]).await;
    let fields = [("instance", id.as_str()), ("language", "ja-easy"), ("answer", "bốn mươi")];
    let moved = browser.post(&question("hours_week"), &fields).await;
    assert_eq!(moved.location(), "/ja-easy/questionnaires/working-in-japan/questions/hours_week");
    let page = browser.get(moved.location()).await;
    assert!(page.body.contains("value=\"bốn mươi\"") && page.body.contains("<rt>"));
    let fields = [("instance", id.as_str()), ("furigana", "off"), ("answer", "40")];
    let path = "/ja-easy/questionnaires/working-in-japan/questions/hours_week";
    browser.post(path, &fields).await;
    let page = browser.get(path).await;
    assert!(page.body.contains("value=\"40\"") && !page.body.contains("<rt>"));
    assert_eq!(rows(&app).await, 0);
}

#[tokio::test]
async fn japanese_beside_is_drawn_and_remembered() {
    let (app, _) = seeded().await;
    let (mut browser, id) = begun(&app).await;
    browser.post(&question("consent"), &[("instance", &id), ("japanese", "on")]).await;
    let page = browser.get(&question("consent")).await;
    assert!(page.body.contains("class=\"c-beside\" lang=\"ja\""));
}

#[tokio::test]
async fn what_the_island_answered_comes_along_with_a_plain_post() {
    let (app, _) = seeded().await;
    let (mut browser, id) = begun(&app).await;
    let carried = r#"{"consent":{"choice":"yes"},"nationality":{"choice":"nepal"},"paid_amount":{"choice":"from_1m"}}"#;
    let moved = answer(&mut browser, &id, "sector", &[("answers", carried), ("answer", "care")]).await;
    assert_eq!(moved.location(), question("started_on"));
    let check = browser.get(&format!("{START}/check")).await;
    assert!(check.body.contains("Nê-pan"), "answers of the island are in the draft");
    assert!(!check.body.contains("paid_amount"), "an answer to a hidden question is not");
    let broken = answer(&mut browser, &id, "sector", &[("answers", "{\"consent\":")]).await;
    assert_eq!(broken.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_draft_ends_with_exit_new_person_and_thirty_idle_minutes() {
    let (app, _) = seeded().await;
    for way in ["/exit".to_owned(), format!("{START}/new-person")] {
        let (mut browser, id) = begun(&app).await;
        let left = browser.post(&way, &[]).await;
        assert_eq!(left.status, StatusCode::SEE_OTHER);
        assert!(!browser.cookies.contains_key("draft"));
        assert_eq!(browser.get(&question("nationality")).await.location(), START);
        let late = answer(&mut browser, &id, "consent", &[("answer", "yes")]).await;
        assert_eq!(late.status, StatusCode::GONE);
    }
    let (mut browser, id) = begun(&app).await;
    app.ctx.clock().advance(IDLE_MS - 1000);
    let kept = answer(&mut browser, &id, "consent", &[("answer", "yes")]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "every page keeps it for another thirty minutes");
    app.ctx.clock().advance(IDLE_MS + 1000);
    assert_eq!(answer(&mut browser, &id, "nationality", &[]).await.status, StatusCode::GONE);
}

#[tokio::test]
async fn a_page_of_another_person_is_asked_about() {
    let (app, _) = seeded().await;
    let (mut browser, first) = begun(&app).await;
    browser.post(&format!("{START}/new-person"), &[]).await;
    browser.post(START, &[("phone", "own")]).await;
    let refused = answer(&mut browser, &first, "consent", &[("answer", "yes")]).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("/new-person"));
    let half = browser.post(&question("consent"), &[("answer", "yes")]).await;
    assert_eq!(half.status, StatusCode::CONFLICT, "a post without its id is nobody's");
}

#[tokio::test]
async fn a_tampered_or_oversized_cookie_is_no_draft() {
    let (app, _) = seeded().await;
    let (browser, id) = begun(&app).await;
    let good = browser.cookies["draft"].clone();
    let flipped = format!("{}{}", if good.starts_with('A') { 'B' } else { 'A' }, &good[1..]);
    for bad in [flipped, good[..good.len() / 2].to_owned(), "x".repeat(MAX_COOKIE_BYTES + 1), String::new()] {
        let mut browser = browser.clone();
        browser.cookies.insert("draft".to_owned(), bad);
        assert_eq!(answer(&mut browser, &id, "consent", &[("answer", "yes")]).await.status, StatusCode::GONE);
        assert_eq!(browser.get(&question("consent")).await.location(), START);
    }
}

#[tokio::test]
async fn the_cookie_tells_nothing_and_never_outgrows_its_limit() {
    let (app, _) = seeded().await;
    let (mut browser, id) = begun(&app).await;
    answer(&mut browser, &id, "consent", &[("answer", "yes")]).await;
    let long = "ồ\"".repeat(299);
    let kept = answer(&mut browser, &id, "message", &[("answer", &long)]).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "the longest message a question takes");
    let cookie = &browser.cookies["draft"];
    assert!(cookie.len() <= MAX_COOKIE_BYTES && !cookie.contains("consent"));
}

#[tokio::test]
async fn saying_no_leaves_nothing() {
    let (app, _) = seeded().await;
    let (mut browser, id) = begun(&app).await;
    let moved = answer(&mut browser, &id, "consent", &[("answer", "no")]).await;
    assert_eq!(moved.location(), format!("{START}/nothing-sent"));
    assert_eq!(browser.get(moved.location()).await.status, StatusCode::OK);
    assert!(!browser.cookies.contains_key("draft"));
    assert_eq!(rows(&app).await, 0);
}

#[tokio::test]
async fn pages_of_a_person_are_kept_by_no_cache_and_indexed_by_nobody() {
    let (app, _) = seeded().await;
    let (mut browser, _) = begun(&app).await;
    let page = browser.get(&question("consent")).await;
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    assert!(page.body.contains("noindex"));
    assert!(!page.body.contains("__RESOLVED_RESOURCES"), "nothing is serialised but the island's props");
    let nonce = page.body.split("nonce=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains(&format!("'nonce-{nonce}'")) && !policy.contains("unsafe-inline"));
    let public = Browser::new(&app).get(&format!("{START}/delete")).await;
    assert!(public.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("script-src 'none'"));
    assert!(!public.body.contains("<script"));
    assert_eq!(SLUG, "working-in-japan");
}
