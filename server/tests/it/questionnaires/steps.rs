//! Where people stop: counted for those who allowed it, once a page, and never more than a number.

use super::sample::seeded;
use crate::{
    auth::browser::{Answer, Browser},
    support::TestApp,
};
use app::questionnaires::server::{
    effort::{self, Client},
    entities::{response, step_count},
};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use sea_orm::EntityTrait as _;
use std::collections::BTreeMap;

const START: &str = "/vi/questionnaires/working-in-japan";

fn question(name: &str) -> String {
    format!("{START}/questions/{name}")
}

async fn steps(app: &TestApp) -> BTreeMap<String, i64> {
    let mut counts = BTreeMap::new();
    for row in step_count::Entity::find().all(app.ctx.read()).await.unwrap() {
        *counts.entry(row.question).or_default() += row.n;
    }
    counts
}

fn counted(steps: &[(&str, i64)]) -> BTreeMap<String, i64> {
    steps.iter().map(|(name, n)| ((*name).to_owned(), *n)).collect()
}

/// Begins, with the box ticked or not; gives the instance id.
async fn begin(browser: &mut Browser, ticked: bool) -> String {
    let start = browser.get(START).await;
    let field = &start.body[start.body.find("name=\"count-steps\"").expect("the box")..];
    assert!(!field[..field.find('>').unwrap()].contains("checked"), "never ticked for anybody");
    let fields: &[(&str, &str)] =
        if ticked { &[("phone", "own"), ("count-steps", "yes")] } else { &[("phone", "own")] };
    let moved = browser.post(START, fields).await;
    assert_eq!(moved.location(), question("consent"));
    let page = browser.get(&question("consent")).await;
    let mark = r#"name="instance" value=""#;
    let from = page.body.find(mark).unwrap() + mark.len();
    page.body[from..].split('"').next().unwrap().to_owned()
}

async fn answer(browser: &mut Browser, id: &str, name: &str, value: &str) -> Answer {
    let moved = browser.post(&question(name), &[("instance", id), ("go", "next"), ("answer", value)]).await;
    assert_eq!(moved.status, StatusCode::SEE_OTHER);
    let to = moved.location().to_owned();
    browser.get(&to).await
}

/// Posts as the island does, which goes on without asking for a page.
async fn tell(browser: &mut Browser, id: &str, name: &str, fields: &str) {
    let body = format!("instance={id}&{fields}");
    let headers = [(header::CONTENT_TYPE, "application/x-www-form-urlencoded"), (header::ACCEPT, "application/json")];
    let told = browser.send(Method::POST, &question(name), Body::from(body), &headers).await;
    assert_eq!(told.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn who_ticked_nothing_is_not_counted() {
    let (app, _) = seeded().await;
    let mut browser = Browser::new(&app);
    let id = begin(&mut browser, false).await;
    answer(&mut browser, &id, "consent", "yes").await;
    tell(&mut browser, &id, "nationality", "answer=vietnam").await;
    browser.get(&format!("{START}/check")).await;
    browser.post(&format!("{START}/check"), &[("instance", &id), ("go", "send")]).await;
    assert_eq!(response::Entity::find().all(app.ctx.read()).await.unwrap().len(), 1);
    assert!(steps(&app).await.is_empty());
}

#[tokio::test]
async fn each_page_counts_once_without_script() {
    let (app, hash) = seeded().await;
    let mut browser = Browser::new(&app);
    let id = begin(&mut browser, true).await;
    assert_eq!(steps(&app).await, counted(&[("consent", 1)]));
    for _ in 0..3 {
        browser.get(&question("consent")).await;
        answer(&mut browser, &id, "consent", "yes").await;
    }
    // In another language it is the same page, and a refused answer is none.
    browser.post(&question("nationality"), &[("instance", &id), ("language", "ja")]).await;
    browser.get("/ja/questionnaires/working-in-japan/questions/nationality").await;
    browser.post(&question("nationality"), &[("instance", &id), ("go", "next"), ("answer", "nowhere")]).await;
    assert_eq!(steps(&app).await, counted(&[("consent", 1), ("nationality", 1)]));
    for _ in 0..2 {
        assert_eq!(browser.get(&format!("{START}/check")).await.status, StatusCode::OK);
    }
    browser.post(&format!("{START}/check"), &[("instance", &id), ("go", "send")]).await;
    browser.get(&format!("{START}/sent")).await;
    let mut all = counted(&[("consent", 1), ("nationality", 1), ("_check", 1), ("_sent", 1)]);
    assert_eq!(steps(&app).await, all);
    let rows = step_count::Entity::find().all(app.ctx.read()).await.unwrap();
    assert!(rows.iter().all(|row| row.definition == hash));

    // Another person, who says no and leaves nothing but the page they came to.
    let mut other = Browser::new(&app);
    let id = begin(&mut other, true).await;
    other.post(&question("consent"), &[("instance", &id), ("go", "next"), ("answer", "no")]).await;
    all.insert("consent".to_owned(), 2);
    assert_eq!(steps(&app).await, all);
    assert_eq!(response::Entity::find().all(app.ctx.read()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn each_page_counts_once_with_the_island_that_tells_of_its_steps() {
    let (app, _) = seeded().await;
    let mut browser = Browser::new(&app);
    let id = begin(&mut browser, true).await;
    // Two steps faster than the answers to them: the second is told with the cookie of before the first.
    let before = browser.cookies.clone();
    tell(&mut browser, &id, "consent", "answer=yes").await;
    browser.cookies = before;
    let carried = "answers=%7B%22consent%22%3A%7B%22choice%22%3A%22yes%22%7D%7D";
    tell(&mut browser, &id, "nationality", &format!("answer=vietnam&{carried}")).await;
    let expected = counted(&[("consent", 1), ("nationality", 1), ("sector", 1)]);
    assert_eq!(steps(&app).await, expected);
    // Back, the same answer again, and a reload of both pages.
    tell(&mut browser, &id, "consent", "answer=yes").await;
    browser.get(&question("nationality")).await;
    browser.get(&question("sector")).await;
    assert_eq!(steps(&app).await, expected);
    // What a change brings up is reached for the first time.
    tell(&mut browser, &id, "paid_any", "answer=yes").await;
    assert_eq!(steps(&app).await.get("paid_amount"), Some(&1));
    assert!(steps(&app).await.values().all(|n| *n == 1));
}

#[tokio::test]
async fn flood_of_pages_is_not_counted_and_hinders_nobody() {
    let (app, _) = seeded().await;
    // The clock stands still, so nothing wears off.
    let let_through = (0..10_000).take_while(|_| effort::lets_step(&app.ctx, Client::unknown())).count();
    assert!((100..10_000).contains(&let_through), "{let_through}");
    let mut browser = Browser::new(&app);
    let id = begin(&mut browser, true).await;
    assert_eq!(answer(&mut browser, &id, "consent", "yes").await.status, StatusCode::OK);
    assert!(steps(&app).await.is_empty());
}
