//! Lists of guests: read, taken in once, taken back once.

use super::guests::{coordinator, event, register, rows, typed};
use crate::{
    auth::browser::{Answer, Browser},
    support::TestApp,
};
use app::events::server::{catalogue, entities::registration::State as Seat, seats::Source};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};

const PAGE: &str = "/console/events/round-table/import";

async fn send(browser: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let parts = fields.iter().map(|(name, value)| {
        format!("--frontier\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    let body = parts.collect::<String>() + "--frontier--\r\n";
    let kind = (header::CONTENT_TYPE, "multipart/form-data; boundary=frontier");
    browser.send(Method::POST, PAGE, Body::from(body), &[kind]).await
}

fn attempt(page: &str) -> String {
    page.split("name=\"attempt\" value=\"").nth(1).unwrap()[..32].to_owned()
}

async fn seats(app: &TestApp) -> (u32, u32) {
    let taken = catalogue::find_any(&app.ctx, "round-table").await.unwrap().places[0].taken;
    (taken.registered, taken.waiting)
}

const LIST: &str = "氏名\tフリガナ\t会社\t電話\tメール\t会場\n\
    山田 太郎\tヤマダ タロウ\t赤会社\t03-1111-1111\t\t東京\n\
    山田太郎\t\t\t0311111111\t\t東京\n\
    李 明\t\t\t03-2222-2222\tli@example.org\t東京\n\
    Nguyễn Văn A\t\t\tcall me\t\t東京\n\
    鈴木 一\t\t\t03-3333-3333\t\t\n\
    佐藤 二\t\t\t03-4444-4444\t\t大阪\n";

#[tokio::test]
async fn a_list_is_looked_at_taken_in_once_and_taken_back_once() {
    let app = TestApp::new().await;
    let event = event(&app, 1).await;
    register(&app, &event, 1, &typed("佐藤 二", "", "", "03-4444-4444", "")).await;
    let mut browser = coordinator(&app).await;
    assert_eq!(send(&mut browser, &[("text", " ")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let preview = send(&mut browser, &[("text", LIST)]).await;
    assert_eq!(preview.status, StatusCode::OK);
    assert!(preview.body.contains("Rows to import: 2. Left out: 4."), "{}", preview.body);
    for words in [
        "The same person as in line 2",
        "Seems to be registered already",
        "letters in the phone number",
        "The place is not known",
    ] {
        assert!(preview.body.contains(words), "{words}");
    }
    assert_eq!(rows(&app, &browser).await.len(), 1, "nothing is stored before");
    let attempt = attempt(&preview.body);
    let columns = ["name", "reading", "organisation", "phone", "email", "place"];
    let names: Vec<String> = (0..6).map(|index| format!("column-{index}")).collect();
    let mut fields: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(columns).collect();
    fields.extend([
        ("text", LIST),
        ("attempt", &attempt),
        ("head", "yes"),
        ("place", "2"),
        ("also", "yes"),
        ("act", "take"),
    ]);
    let taken = send(&mut browser, &fields).await;
    assert_eq!(
        (taken.status, taken.location()),
        (StatusCode::SEE_OTHER, &*format!("{PAGE}?taken=4")),
        "{}",
        taken.body
    );
    let again = send(&mut browser, &fields).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "twice is once");
    let all = rows(&app, &browser).await;
    assert_eq!(all.len(), 5);
    assert_eq!(seats(&app).await, (1, 1), "the waiting list is kept");
    let second = all.iter().find(|row| row.name() == "佐藤 二" && row.row.source == Source::Import).unwrap();
    assert!(second.same.is_some(), "who may be there already is asked about");
    // One of them changes afterwards; somebody waits behind the list.
    app.ctx.clock().advance(60_000);
    let changed = all.iter().find(|row| row.name() == "鈴木 一").unwrap();
    let path = format!("/console/events/round-table/guests/{}", changed.row.id);
    browser.post(&path, &[("act", "correct"), ("name", "鈴木 一郎")]).await;
    register(&app, &event, 0, &typed("Waits", "", "", "03-5555-5555", "")).await;
    assert_eq!(seats(&app).await, (1, 2));
    let undo = format!("{PAGE}/undo");
    let undone = browser.post(&undo, &[("import", &attempt)]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    let page = browser.get(undone.location()).await.body;
    assert!(page.contains("Guests taken out again: 3") && page.contains("鈴木 一郎") && page.contains("Undone"));
    let left = rows(&app, &browser).await;
    assert_eq!(left.len(), 3);
    let waited = left.iter().find(|row| row.name() == "Waits").unwrap();
    assert_eq!(waited.row.state, Seat::Registered, "their seats go to who waits");
    let again = browser.post(&undo, &[("import", &attempt)]).await;
    assert_eq!(again.location(), "/console/events/round-table/import", "pressed twice is once");
    assert_eq!(rows(&app, &browser).await.len(), 3);
    let log = browser.get("/console/audit").await.body;
    assert!(log.contains("Imported guests") && log.contains("Undid an import of guests"));
}

#[tokio::test]
async fn kind_and_language_come_with_the_row_that_says_them() {
    let app = TestApp::new().await;
    event(&app, 9).await;
    let mut browser = coordinator(&app).await;
    let list = "氏名\t所属の種類\t電話\t言語\t部屋\nA\t労働組合\t03-1111-1111\tTiếng Việt\t101\nB\tguild\t03-2222-2222\t\t102\n";
    let preview = send(&mut browser, &[("text", list), ("place", "1"), ("language", "en")]).await;
    assert!(preview.body.contains("Kind of organisation: not recognised"), "{}", preview.body);
    assert!(preview.body.contains("<th scope=\"col\">Column 5</th>"), "what is not used is told by its number");
    let attempt = attempt(&preview.body);
    let fields = [("text", list), ("place", "1"), ("language", "en"), ("attempt", &attempt), ("act", "take")];
    assert_eq!(send(&mut browser, &fields).await.location(), format!("{PAGE}?taken=2"));
    let all = rows(&app, &browser).await;
    let told = |name: &str| {
        let row = &all.iter().find(|row| row.name() == name).unwrap().row;
        (row.kind.clone(), row.language.clone())
    };
    assert_eq!(told("A"), (Some("union".to_owned()), "vi".to_owned()));
    assert_eq!(told("B"), (None, "en".to_owned()));
}

#[tokio::test]
async fn ten_thousand_rows_are_read_taken_in_and_taken_back() {
    let app = TestApp::new().await;
    event(&app, 9_000).await;
    let mut browser = coordinator(&app).await;
    let mut list = String::from("氏名\t電話\t会場\n");
    for number in 0..10_000 {
        list.push_str(&format!("参加者 第{number}号\t03-{:04}-{:04}\t東京\n", number / 10, number));
    }
    let preview = send(&mut browser, &[("text", &list)]).await;
    assert!(preview.body.contains("Rows to import: 10000. Left out: 0."), "{}", preview.status);
    let attempt = attempt(&preview.body);
    let taken = send(&mut browser, &[("text", &list), ("attempt", &attempt), ("act", "take")]).await;
    assert_eq!(taken.location(), format!("{PAGE}?taken=10000"));
    assert_eq!(seats(&app).await, (9_000, 1_000));
    let page = browser.get("/console/events/round-table/guests?q=%E7%AC%AC9999&sort=name").await;
    assert!(page.body.contains("1 of 10000 guests"));
    let file = browser.get("/console/events/round-table/guests.csv").await;
    assert_eq!(file.body.lines().count(), 10_001);
    let undone = browser.post(&format!("{PAGE}/undo"), &[("import", &attempt)]).await;
    assert!(undone.location().contains("removed=10000"));
    assert_eq!(seats(&app).await, (0, 0));
}
