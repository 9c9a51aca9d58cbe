//! People take their answers back by their code: gone for good, once, and only what is theirs to take.

use super::{
    sample::{SLUG, call, choice, deeds, kept_aside, marks, seeded, sending, small, stored, yes},
    way::{START, answered},
};
use crate::{
    auth::browser::{Answer, Browser, joined},
    support::{TODAY, TestApp},
};
use app::{
    auth::Role,
    questionnaires::{
        server::{arrival, entities::quarantined_response, results},
        types::{Outcome, Receipt, Sending},
    },
    server::entities::audit_entry,
};
use axum::{
    body::Body,
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use sea_orm::{EntityTrait as _, PaginatorTrait as _, Set, sea_query::Expr};
use std::net::SocketAddr;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

const DELETE: &str = "/en/questionnaires/working-in-japan/delete";
const DELETED: &str = "/en/questionnaires/working-in-japan/deleted";
const DAY_MS: i64 = 86_400_000;

/// Sends answers; gives the code.
async fn code_of(app: &TestApp, sending: Sending) -> String {
    arrival::arrive(&app.ctx, sending).await.unwrap().code
}

async fn delete(browser: &mut Browser, code: &str) -> Answer {
    browser.post(DELETE, &[("code", code), ("step", "confirm"), ("go", "delete")]).await
}

#[tokio::test]
async fn deleted_answers_are_gone_and_do_not_come_back() {
    let (app, hash) = seeded().await;
    let (mine, others) = (yes(&hash, 1), yes(&hash, 2));
    let code = code_of(&app, mine.clone()).await;
    code_of(&app, others.clone()).await;
    let audit = audit_entry::Entity::find().count(app.ctx.read()).await.unwrap();

    let mut browser = Browser::new(&app);
    assert_eq!(browser.get(DELETE).await.status, StatusCode::OK);
    // As it is copied by hand.
    let typed = code.to_lowercase().replace('-', " ");
    let asked = browser.post(DELETE, &[("code", &typed), ("go", "next")]).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(asked.body.contains("Delete these answers for good?") && asked.body.contains("value=\"delete\""));
    assert!(!asked.body.contains("care") && !asked.body.contains(TODAY), "nothing of the answers is shown");
    assert_eq!(stored(&app).await.len(), 2, "asking deletes nothing");

    let done = delete(&mut browser, &typed).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, DELETED));
    let page = browser.get(DELETED).await;
    assert!(page.status == StatusCode::OK && page.body.contains("backups"), "{}", page.body);
    let left = stored(&app).await;
    assert_eq!((left.len(), left[0].digest.as_str()), (1, others.digest.as_str()));
    assert_eq!(marks(&app).await.len(), 1);
    assert_eq!(audit_entry::Entity::find().count(app.ctx.read()).await.unwrap(), audit, "a row would tell the minute");

    // Pressed twice.
    assert_eq!(delete(&mut browser, &code).await.location(), DELETED);
    // A phone that never heard of it sends again, the same bytes and others.
    let other = sending(SLUG, &hash, 1, [("consent", choice("yes")), ("sector", choice("farming"))]);
    for again in [&mine, &other, &mine] {
        let (status, _, body) = call(app.router(), again).await;
        let receipt: Receipt = serde_json::from_value(body).unwrap();
        assert_eq!((status, receipt.outcome), (StatusCode::OK, Outcome::Deleted));
        let key = data_hex(app.ctx.keys().receipt_key().as_bytes());
        assert!(receipt.is_for(&key, &again.instance_id, &again.digest), "the phone may forget them");
    }
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len(), marks(&app).await.len()), (1, 0, 1));
    assert_eq!(arrival::arrive(&app.ctx, others).await.unwrap().outcome, Outcome::Stored);
}

fn data_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[tokio::test]
async fn a_code_that_fits_nothing_tells_nothing() {
    let (app, hash) = seeded().await;
    code_of(&app, yes(&hash, 1)).await;
    app::questionnaires::server::publish::publish(&app.ctx, None, super::sample::SMALL.as_bytes()).await.unwrap();
    let small_hash = app::questionnaires::server::catalogue::find_by_slug(&app.ctx, "small").await.unwrap();
    let small_hash = small_hash.current.hash().to_owned();
    let elsewhere = code_of(&app, sending("small", &small_hash, 2, [("job", choice("care"))])).await;
    let mut browser = Browser::new(&app);
    let unknown = browser.post(DELETE, &[("code", "0000-0000-0000"), ("go", "next")]).await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.body.contains("There are no answers with this code here"));
    assert!(unknown.body.contains("id=\"errors\"") && unknown.body.contains("value=\"0000-0000-0000\""));
    // A code of another questionnaire is as unknown, asked or pressed.
    for go in ["next", "delete"] {
        let other = browser.post(DELETE, &[("code", &elsewhere), ("go", go)]).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(other.body, unknown.body.replace("0000-0000-0000", &elsewhere));
    }
    for (typed, words) in [("", "Write your code."), ("  ", "Write your code."), ("\"><b>", "A code has 12 letters")] {
        let refused = browser.post(DELETE, &[("code", typed), ("go", "delete")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(words) && !refused.body.contains("<b>"), "{typed}");
    }
    assert_eq!((stored(&app).await.len(), marks(&app).await.len()), (2, 0));
    assert_eq!(browser.get("/en/questionnaires/none/delete").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/en/questionnaires/none/deleted").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_was_kept_aside_under_the_code_goes_too() {
    let (app, hash) = seeded().await;
    let mine = yes(&hash, 1);
    let code = code_of(&app, mine).await;
    let other = sending(SLUG, &hash, 1, [("consent", choice("yes")), ("sector", choice("farming"))]);
    arrival::arrive(&app.ctx, other).await.unwrap_err();
    // Only kept aside; and somebody else's.
    let unknown = "ab".repeat(32);
    let aside = code_of(&app, sending(SLUG, &unknown, 2, [("q", choice("x"))])).await;
    code_of(&app, sending(SLUG, &unknown, 3, [("q", choice("x"))])).await;
    assert_eq!(kept_aside(&app).await.len(), 3);
    let mut browser = Browser::new(&app);
    for code in [code, aside] {
        assert_eq!(delete(&mut browser, &code).await.location(), DELETED);
    }
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len(), marks(&app).await.len()), (0, 1, 2));
    let again = arrival::arrive(&app.ctx, sending(SLUG, &unknown, 2, [("q", choice("x"))])).await.unwrap();
    assert_eq!((again.outcome, kept_aside(&app).await.len()), (Outcome::Deleted, 1));
}

#[tokio::test]
async fn what_was_kept_aside_before_codes_were_noted_is_found_by_its_id() {
    let (app, _) = seeded().await;
    let aside = code_of(&app, sending(SLUG, &"ab".repeat(32), 2, [("q", choice("x"))])).await;
    code_of(&app, sending(SLUG, &"ab".repeat(32), 3, [("q", choice("x"))])).await;
    let earlier = quarantined_response::Entity::update_many()
        .col_expr(quarantined_response::Column::CodeHash, Expr::value(None::<String>));
    earlier.exec(app.ctx.db().writer()).await.unwrap();
    assert_eq!(delete(&mut Browser::new(&app), &aside).await.location(), DELETED);
    assert_eq!((kept_aside(&app).await.len(), marks(&app).await.len()), (1, 1));
}

#[tokio::test]
async fn answers_in_published_results_stay_and_the_page_says_why() {
    let (app, hash) = seeded().await;
    let code = code_of(&app, yes(&hash, 1)).await;
    app.ctx.clock().advance(DAY_MS);
    let later = code_of(&app, yes(&hash, 2)).await;
    let boss = joined(&app, "boss@example.org", Role::Coordinator).await.organizer().await;
    let marked = results::mark_published(&app.ctx, &boss, SLUG, TODAY.parse().unwrap()).await.unwrap();
    assert_eq!(marked, results::Marked::Done);
    let mut browser = Browser::new(&app);
    for (language, day) in [
        ("en", "22 November 2026"),
        ("ja", "2026年11月22日"),
        ("ja-easy", "<rt>にじゅうににち</rt>"),
        ("zh-Hans", "2026年11月22日"),
        ("vi", "ngày 22 tháng 11 năm 2026"),
    ] {
        let path = DELETE.replace("/en/", &format!("/{language}/"));
        for go in ["next", "delete"] {
            let refused = browser.post(&path, &[("code", &code), ("go", go)]).await;
            assert_eq!(refused.status, StatusCode::CONFLICT);
            assert!(refused.body.contains(day) && !refused.body.contains("value=\"delete\""), "{language}");
        }
    }
    assert_eq!(stored(&app).await.len(), 2);
    // The day after is not in them.
    assert_eq!(delete(&mut browser, &later).await.location(), DELETED);
    assert_eq!(stored(&app).await.len(), 1);
}

#[tokio::test]
async fn a_language_button_keeps_what_was_typed_and_where_one_is() {
    let (app, hash) = seeded().await;
    let code = code_of(&app, yes(&hash, 1)).await;
    let mut browser = Browser::new(&app);
    let half = browser.post(DELETE, &[("code", "01AB"), ("language", "vi")]).await;
    assert_eq!(half.status, StatusCode::OK);
    assert!(half.body.contains("value=\"01AB\"") && half.body.contains("lang=\"vi\""), "{}", half.body);
    assert!(half.body.contains("action=\"/vi/questionnaires/working-in-japan/delete\""));
    let confirm = browser.post(DELETE, &[("code", &code), ("step", "confirm"), ("language", "ja-easy")]).await;
    assert!(confirm.body.contains("value=\"delete\"") && confirm.body.contains(&format!("value=\"{code}\"")));
    assert_eq!(stored(&app).await.len(), 1);
}

#[tokio::test]
async fn pages_of_the_way_lead_here_and_forget_the_code_with_the_answers() {
    let (app, _) = seeded().await;
    let (mut browser, id) = answered(&app).await;
    browser.post(&format!("{START}/check"), &[("instance", &id), ("go", "send")]).await;
    let sent = browser.get(&format!("{START}/sent")).await;
    let link = format!("href=\"{START}/delete\"");
    assert!(sent.body.contains(&link), "{}", sent.body);
    let code = sent.body.split("c-panel__code").nth(1).unwrap().split(['>', '<']).nth(1).unwrap().to_owned();
    assert!(Browser::new(&app).get(START).await.body.contains(&link));

    let mut elsewhere = Browser::new(&app);
    elsewhere.post(START, &[("phone", "own")]).await;
    let mut sent_here = browser.clone();
    for browser in [&mut browser, &mut elsewhere] {
        let done = browser.post(&format!("{START}/delete"), &[("code", &code), ("go", "delete")]).await;
        assert_eq!(done.location(), format!("{START}/deleted"));
    }
    assert!(!browser.cookies.contains_key("draft"), "the code would still stand on the page of what arrived");
    assert!(elsewhere.cookies.contains_key("draft"), "another person's answers are on the way");

    // Another window that still holds the answers says what became of them.
    sent_here.cookies.remove("draft");
    let page = browser.get(&format!("{START}/deleted")).await;
    assert!(page.body.contains("Đã xóa câu trả lời"), "{}", page.body);
}

#[tokio::test]
async fn an_old_window_that_sends_again_is_told() {
    let (app, _) = seeded().await;
    let (mut browser, id) = answered(&app).await;
    let mut old = browser.clone();
    let send = [("instance", id.as_str()), ("go", "send")];
    browser.post(&format!("{START}/check"), &send).await;
    let sent = browser.get(&format!("{START}/sent")).await.body;
    let code = sent.split("c-panel__code").nth(1).unwrap().split(['>', '<']).nth(1).unwrap().to_owned();
    browser.post(&format!("{START}/delete"), &[("code", &code), ("go", "delete")]).await;

    let again = old.post(&format!("{START}/check"), &send).await;
    assert_eq!(again.location(), format!("{START}/sent"));
    let told = old.get(&format!("{START}/sent")).await;
    assert!(told.body.contains("Câu trả lời này đã được xóa trước đó") && !told.body.contains("c-panel__code"));
    assert_eq!(stored(&app).await.len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_at_once_delete_once() {
    let (app, hash) = seeded().await;
    let mine = yes(&hash, 1);
    let code = code_of(&app, mine.clone()).await;
    let mut presses = JoinSet::new();
    for number in 0..8 {
        let (mut browser, code, router, mine) = (Browser::new(&app), code.clone(), app.router(), mine.clone());
        presses.spawn(async move {
            if number % 2 == 0 {
                assert_eq!(delete(&mut browser, &code).await.status, StatusCode::SEE_OTHER);
            } else {
                assert_eq!(call(router, &mine).await.0, StatusCode::OK);
            }
        });
    }
    presses.join_all().await;
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len(), marks(&app).await.len()), (0, 0, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_tries_many_codes_waits_and_nobody_else_does() {
    let (app, hash) = seeded().await;
    let code = code_of(&app, yes(&hash, 1)).await;
    let post = |host: u8, code: &str| {
        let mut request = Request::post(DELETE)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(format!("code={code}&go=next")))
            .unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, host], 4000))));
        request
    };
    let mut tries = JoinSet::new();
    for _ in 0..260 {
        let (router, request) = (app.router(), post(1, "0000-0000-0000"));
        tries.spawn(async move { router.oneshot(request).await.unwrap() });
    }
    let answers = tries.join_all().await;
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status() == StatusCode::TOO_MANY_REQUESTS).collect();
    assert_eq!(refused.len(), 20);
    assert!(refused.iter().all(|answer| answer.headers()[header::RETRY_AFTER] == "10"));
    let late = app.router().oneshot(post(1, &code)).await.unwrap();
    assert_eq!(late.status(), StatusCode::TOO_MANY_REQUESTS);
    let page = axum::body::to_bytes(late.into_body(), 1_000_000).await.unwrap();
    let page = String::from_utf8(page.to_vec()).unwrap();
    assert!(page.contains("Wait about 10 seconds") && page.contains(&code), "what was typed stays: {page}");
    // Others try at once, answers arrive, and a little later the same network is welcome.
    assert_eq!(app.router().oneshot(post(2, &code)).await.unwrap().status(), StatusCode::OK);
    assert_eq!(call(app.router(), &yes(&hash, 2)).await.0, StatusCode::OK);
    app.ctx.clock().advance(10_000);
    assert_eq!(app.router().oneshot(post(1, &code)).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn organizers_see_how_many_went_and_nothing_more() {
    let (app, hash) = small().await;
    let code = code_of(&app, sending("small", &hash, 1, [("job", choice("care"))])).await;
    code_of(&app, sending("small", &hash, 2, [("job", choice("farm"))])).await;
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let overview = "/console/questionnaires/small";
    assert!(!assistant.get(overview).await.body.contains("Deleted by the people"));
    assistant.post("/en/questionnaires/small/delete", &[("code", &code), ("go", "delete")]).await;
    let page = assistant.get(overview).await.body;
    assert!(page.contains("Deleted by the people who sent them: 1") && page.contains("answers-count__number\">1<"));
    assert!(deeds(&app).await.is_empty());
}

#[tokio::test]
async fn a_mark_is_all_that_is_left_of_an_id() {
    let (app, hash) = seeded().await;
    let mine = yes(&hash, 0x00c0_ffee);
    let code = code_of(&app, mine.clone()).await;
    delete(&mut Browser::new(&app), &code).await;
    let mark = marks(&app).await.remove(0);
    let plain = code.replace('-', "").to_lowercase();
    assert!(mark.code_hash.len() == 64 && !mark.code_hash.contains(&plain));
    assert!(!format!("{mark:?}").contains("c0ffee"));
    // Whoever gave another mark the same hash would not be stored twice.
    let twice = app::questionnaires::server::entities::deleted_response::ActiveModel {
        code_hash: Set(mark.code_hash),
        questionnaire_id: Set(mark.questionnaire_id),
    };
    let inserted = app::questionnaires::server::entities::deleted_response::Entity::insert(twice);
    inserted.exec_without_returning(app.ctx.db().writer()).await.unwrap_err();
}
