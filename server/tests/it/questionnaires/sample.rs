//! Questionnaires and answers for these tests.

use crate::support::TestApp;
use app::{
    questionnaires::{
        server::{
            catalogue,
            entities::{channel, deleted_response, quarantined_response, response},
            publish,
        },
        types::Sending,
    },
    server::{
        db::Transaction,
        entities::{StoredDay, audit_entry},
    },
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
};
use form::{Answer, Answers, FORMAT, Payload};
use sea_orm::{ColumnTrait as _, EntityTrait as _, IntoActiveModel as _, QueryFilter as _, QueryOrder as _};
use serde_json::Value;
use tower::ServiceExt as _;

/// The questionnaire of a new installation.
pub const SLUG: &str = "working-in-japan";
/// A call's address.
pub const RESPONSES: &str = "/api/v1/responses";

/// A small questionnaire with one question of each kind.
pub const SMALL: &str = r#"{
  "format": 2, "slug": "small", "version": "1", "languages": ["ja", "vi"],
  "title": {"ja": "小さいアンケート", "vi": "Khảo sát nhỏ"},
  "purpose": {"ja": "テスト", "vi": "Thử"},
  "questions": [
    {"name": "job", "label": {"ja": "{仕事|しごと}は？", "vi": "Việc \"gì\"?"}, "may_decline": true,
     "kind": {"type": "select_one", "choices": [
       {"code": "farm", "label": {"ja": "農業", "vi": "Nông nghiệp"}},
       {"code": "care", "label": {"ja": "=介護", "vi": "Chăm sóc, kaigo"}}]}},
    {"name": "paid", "label": {"ja": "何に払いましたか", "vi": "Trả tiền gì?"}, "may_not_know": true,
     "kind": {"type": "select_multiple", "choices": [
       {"code": "rent", "label": {"ja": "家賃", "vi": "Tiền nhà"}},
       {"code": "food", "label": {"ja": "食費", "vi": "Tiền ăn"}}]}},
    {"name": "hours", "label": {"ja": "時間", "vi": "Giờ"},
     "kind": {"type": "integer", "min": -10, "max": 200}},
    {"name": "since", "label": {"ja": "いつから", "vi": "Từ khi nào"}, "kind": {"type": "date"}},
    {"name": "harm", "label": {"ja": "暴力", "vi": "Bạo lực"}, "sensitivity": 3, "may_decline": true,
     "kind": {"type": "select_one", "choices": [
       {"code": "yes", "label": {"ja": "はい", "vi": "Có"}}, {"code": "no", "label": {"ja": "いいえ", "vi": "Không"}}]}},
    {"name": "words", "label": {"ja": "ひとこと", "vi": "Lời nhắn"},
     "kind": {"type": "text", "max_bytes": 200, "multiline": true}}
  ]
}"#;

/// The questionnaire of a new installation as it began: eleven questions under the same slug.
pub const SHORT: &[u8] = include_bytes!("short.json");

/// A site with [`SHORT`]; gives the hash of its definition.
pub async fn seeded() -> (TestApp, String) {
    let app = TestApp::new().await;
    let hash = publish::publish(&app.ctx, None, SHORT).await.unwrap().hash().to_owned();
    (app, hash)
}

/// A site with [`SMALL`]; gives the hash of its definition.
pub async fn small() -> (TestApp, String) {
    let app = TestApp::new().await;
    let hash = publish::publish(&app.ctx, None, SMALL.as_bytes()).await.unwrap().hash().to_owned();
    (app, hash)
}

/// Makes a channel of a questionnaire: answers that name one which nobody made are counted without it.
pub async fn make_channel(app: &TestApp, slug: &str, code: &str) {
    let questionnaire = catalogue::find_by_slug(&app.ctx, slug).await.unwrap();
    let row = channel::Model {
        id: form::digest([slug, code].concat().as_bytes()),
        questionnaire_id: questionnaire.id,
        code: code.to_owned(),
        name: code.to_owned(),
        state: channel::State::Active,
        created_on: StoredDay(app.ctx.clock().today()),
    };
    let row = row.into_active_model();
    let insert = |tx: Transaction| {
        let row = row.clone();
        async move { Ok(channel::Entity::insert(row).exec_without_returning(&tx).await.map(drop)?) }
    };
    app.ctx.write(insert).await.unwrap();
}

/// An instance id that stands for a number; they are in the order of the numbers.
pub fn id(number: u32) -> String {
    format!("{number:08x}-0000-4000-8000-000000000000")
}

pub fn choice(code: &str) -> Answer {
    Answer::Choice(code.to_owned())
}

pub fn choices(codes: &[&str]) -> Answer {
    Answer::Choices(codes.iter().map(|code| (*code).to_owned()).collect())
}

pub fn text(text: &str) -> Answer {
    Answer::Text(text.to_owned())
}

/// Answers on their way.
pub fn sending<const N: usize>(slug: &str, hash: &str, number: u32, answers: [(&str, Answer); N]) -> Sending {
    let payload = Payload {
        format: FORMAT,
        questionnaire: slug.to_owned(),
        definition: hash.to_owned(),
        instance_id: id(number),
        language: "vi".to_owned(),
        channel: None,
        answers: answers.into_iter().collect::<Answers>(),
    };
    let payload = String::from_utf8(payload.canonical_bytes()).unwrap();
    around(slug, hash, &id(number), payload)
}

/// The envelope of any bytes.
pub fn around(slug: &str, hash: &str, instance_id: &str, payload: String) -> Sending {
    Sending {
        questionnaire: slug.to_owned(),
        definition: hash.to_owned(),
        instance_id: instance_id.to_owned(),
        digest: form::digest(payload.as_bytes()),
        payload,
    }
}

/// A short answer to the questionnaire of a new installation.
pub fn yes(hash: &str, number: u32) -> Sending {
    sending(SLUG, hash, number, [("consent", choice("yes")), ("sector", choice("care"))])
}

/// Calls the API as the island does.
pub async fn call(router: Router, sending: &Sending) -> (StatusCode, HeaderMap, Value) {
    call_with(router, serde_json::to_vec(sending).unwrap(), |_| {}).await
}

/// Calls the API with any bytes and a request of one's own making.
pub async fn call_with(
    router: Router,
    body: Vec<u8>,
    change: impl FnOnce(&mut Request<Body>),
) -> (StatusCode, HeaderMap, Value) {
    let mut request = Request::post(RESPONSES)
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin")
        .body(Body::from(body))
        .unwrap();
    change(&mut request);
    let response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, 10_000_000).await.unwrap();
    (parts.status, parts.headers, serde_json::from_slice(&body).unwrap_or(Value::Null))
}

/// All stored answers.
pub async fn stored(app: &TestApp) -> Vec<response::Model> {
    response::Entity::find().all(app.ctx.read()).await.unwrap()
}

/// The marks of answers that were deleted.
pub async fn marks(app: &TestApp) -> Vec<deleted_response::Model> {
    deleted_response::Entity::find().all(app.ctx.read()).await.unwrap()
}

/// What organizers did, but for signing in: action, subject and detail.
pub async fn deeds(app: &TestApp) -> Vec<(String, String, String)> {
    let rows = audit_entry::Entity::find()
        .filter(audit_entry::Column::OrganizerId.is_not_null())
        .order_by_asc(audit_entry::Column::At)
        .all(app.ctx.read())
        .await
        .unwrap();
    let rows =
        rows.into_iter().filter(|row| !row.action.starts_with("organizer.") && !row.action.starts_with("session."));
    rows.map(|row| (row.action, row.subject, row.detail)).collect()
}

/// Everything that was kept aside.
pub async fn kept_aside(app: &TestApp) -> Vec<quarantined_response::Model> {
    quarantined_response::Entity::find().all(app.ctx.read()).await.unwrap()
}
