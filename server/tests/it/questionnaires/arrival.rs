//! Once and only once, never refused for being old, nonsense refused, and no trace of the moment.

use super::sample::{
    SHORT, SLUG, around, call, call_with, choice, choices, id, kept_aside, seeded, sending, small, stored, text, yes,
};
use crate::support::{TODAY, TestApp};
use app::{
    error::AppError,
    questionnaires::{
        server::{
            arrival, catalogue, effort,
            entities::{quarantined_response::Reason, questionnaire},
            publish, receipt, seed,
        },
        types::{Outcome, Receipt, Sending},
    },
    server::entities::audit_entry,
};
use axum::{extract::ConnectInfo, http::StatusCode};
use form::{Answer, Decimal, Problem, ProblemKey};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _, sea_query::Expr};
use serde_json::{Value, json};
use std::{
    io::Write,
    net::SocketAddr,
    sync::{Arc, Mutex},
};
use tokio::task::JoinSet;
use tracing_subscriber::fmt::MakeWriter;

fn receipt_of(body: Value) -> Receipt {
    serde_json::from_value(body).unwrap()
}

fn is_genuine(app: &TestApp, receipt: &Receipt, sending: &Sending) -> bool {
    let key: String = app.ctx.keys().receipt_key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    receipt.is_for(&key, &sending.instance_id, &sending.digest)
}

async fn close(app: &TestApp, state: questionnaire::State) {
    let closing = questionnaire::Entity::update_many()
        .col_expr(questionnaire::Column::State, Expr::value(state))
        .filter(questionnaire::Column::Slug.eq(SLUG));
    closing.exec(app.ctx.db().writer()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn sixteen_at_once_are_one_row_and_one_receipt() {
    let (app, hash) = seeded().await;
    let sending = yes(&hash, 1);
    let mut calls = JoinSet::new();
    for _ in 0..16 {
        let (router, sending) = (app.router(), sending.clone());
        calls.spawn(async move { call(router, &sending).await });
    }
    let answers = calls.join_all().await;
    for (status, _, body) in &answers {
        assert_eq!(*status, StatusCode::OK, "{body}");
        assert_eq!(*body, answers[0].2);
    }
    let receipt = receipt_of(answers[0].2.clone());
    assert!(is_genuine(&app, &receipt, &sending));
    assert_eq!(receipt.outcome, Outcome::Stored);
    let rows = stored(&app).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((rows[0].payload.as_str(), rows[0].language.as_str()), (sending.payload.as_str(), "vi"));
    assert_eq!(rows[0].received_on.to_string(), TODAY);
    assert_eq!(rows[0].code_hash, receipt::code_hash(app.ctx.keys(), &receipt.code));
    assert!(kept_aside(&app).await.is_empty());
}

#[tokio::test]
async fn other_bytes_under_the_same_id_change_nothing_and_are_kept_aside() {
    let (app, hash) = seeded().await;
    let first = yes(&hash, 1);
    let other = sending(SLUG, &hash, 1, [("consent", choice("yes")), ("sector", choice("farming"))]);
    let receipt = arrival::arrive(&app.ctx, first.clone()).await.unwrap();
    for _ in 0..2 {
        let (status, _, body) = call(app.router(), &other).await;
        assert_eq!((status, body), (StatusCode::CONFLICT, json!("conflict")));
    }
    assert_eq!(arrival::arrive(&app.ctx, first.clone()).await.unwrap(), receipt, "the first is as it was");
    let rows = stored(&app).await;
    assert_eq!((rows.len(), rows[0].payload.as_str()), (1, first.payload.as_str()));
    let aside = kept_aside(&app).await;
    assert_eq!(
        (aside.len(), aside[0].reason, aside[0].payload.as_str()),
        (1, Reason::OtherBytes, other.payload.as_str())
    );
}

#[tokio::test]
async fn answers_to_an_edition_that_nobody_published_are_kept_aside() {
    let (app, hash) = seeded().await;
    let (small, small_hash) = ("small", "ab".repeat(32));
    let strangers = [
        sending(SLUG, &"cd".repeat(32), 1, [("q", choice("x"))]),
        // An edition of another questionnaire, and no questionnaire at all.
        sending(small, &hash, 2, [("consent", choice("yes"))]),
        sending(small, &small_hash, 3, [("a", text("\u{1f600}"))]),
    ];
    for sending in &strangers {
        let (status, _, body) = call(app.router(), sending).await;
        assert_eq!(status, StatusCode::ACCEPTED);
        let receipt = receipt_of(body.clone());
        assert_eq!(receipt.outcome, Outcome::KeptAside);
        assert!(is_genuine(&app, &receipt, sending));
        assert_eq!(call(app.router(), sending).await.2, body, "a repetition gets the same receipt");
    }
    let aside = kept_aside(&app).await;
    assert_eq!(aside.len(), strangers.len());
    assert!(aside.iter().all(|row| row.reason == Reason::UnknownDefinition && row.received_on.to_string() == TODAY));
    assert!(stored(&app).await.is_empty());
}

#[tokio::test]
async fn what_comes_after_closing_is_kept_aside_and_what_came_before_stays_stored() {
    let (app, hash) = seeded().await;
    let (early, late) = (yes(&hash, 1), yes(&hash, 2));
    let stored_receipt = arrival::arrive(&app.ctx, early.clone()).await.unwrap();
    close(&app, questionnaire::State::Closed).await;
    let (status, _, body) = call(app.router(), &late).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    let late_receipt = receipt_of(body);
    assert_eq!(late_receipt.outcome, Outcome::KeptAside);
    assert_eq!(arrival::arrive(&app.ctx, early).await.unwrap(), stored_receipt);
    close(&app, questionnaire::State::Open).await;
    assert_eq!(arrival::arrive(&app.ctx, late).await.unwrap(), late_receipt, "the same word as before");
    let aside = kept_aside(&app).await;
    assert_eq!((aside.len(), aside[0].reason), (1, Reason::Closed));
    assert_eq!(stored(&app).await.len(), 1);
}

#[tokio::test]
async fn bytes_of_another_format_of_ours_are_kept_aside() {
    let (app, hash) = seeded().await;
    let old = yes(&hash, 1);
    for (number, payload) in
        [(1, old.payload.replace("\"format\":1", "\"format\":2")), (2, r#"{"format":7,"sealed":"AAAA"}"#.to_owned())]
    {
        let sending = around(SLUG, &hash, &id(number), payload);
        let receipt = arrival::arrive(&app.ctx, sending).await.unwrap();
        assert_eq!(receipt.outcome, Outcome::KeptAside);
    }
    assert!(kept_aside(&app).await.iter().all(|row| row.reason == Reason::Unreadable));
    assert_eq!(kept_aside(&app).await.len(), 2);
}

#[tokio::test]
async fn damaged_or_senseless_sendings_are_refused_and_leave_nothing() {
    let (app, hash) = seeded().await;
    let good = yes(&hash, 1);
    let with = |change: fn(&mut Sending)| {
        let mut sending = good.clone();
        change(&mut sending);
        serde_json::to_vec(&sending).unwrap()
    };
    let of = |payload: &str| serde_json::to_vec(&around(SLUG, &hash, &id(1), payload.to_owned())).unwrap();
    let whole = serde_json::to_string(&good).unwrap();
    let bodies: Vec<(&str, Vec<u8>)> = vec![
        ("digest of other bytes", with(|sending| sending.digest = "0".repeat(64))),
        ("digest in capitals", with(|sending| sending.digest = sending.digest.to_uppercase())),
        ("bytes were changed on the way", with(|sending| sending.payload.push(' '))),
        ("envelope names another id", with(|sending| sending.instance_id = id(2))),
        ("envelope names another questionnaire", with(|sending| sending.questionnaire = "other".to_owned())),
        ("envelope names another edition", with(|sending| sending.definition = "0".repeat(64))),
        ("id is no id", with(|sending| sending.instance_id = "1".to_owned())),
        ("slug is no slug", with(|sending| sending.questionnaire = "<b>".to_owned())),
        ("truncated", whole.as_bytes()[..whole.len() / 2].to_vec()),
        ("a field is missing", whole.replace("\"digest\"", "\"digest2\"").into_bytes()),
        ("a field is a number", serde_json::to_vec(&json!({"questionnaire": 1})).unwrap()),
        ("no JSON", b"questionnaire=working-in-japan".to_vec()),
        ("nothing", Vec::new()),
        ("payload is no JSON", of("{")),
        ("payload is an array", of("[]")),
        ("payload is truncated", of(&good.payload[..good.payload.len() - 1])),
        ("answer of a wrong type", of(&good.payload.replace("{\"choice\":\"care\"}", "{\"choice\":7}"))),
        ("raw control character", of(&good.payload.replace("care", "ca\u{1}re"))),
        ("question twice", of(&good.payload.replace("\"consent\"", "\"sector\""))),
        ("payload over its limit", of(&good.payload.replace("care", &"x".repeat(form::payload::MAX_BYTES)))),
    ];
    for (what, body) in bodies {
        let (status, _, error) = call_with(app.router(), body, |_| {}).await;
        assert_eq!((status, error), (StatusCode::BAD_REQUEST, json!("malformed")), "{what}");
    }
    let huge = vec![b'x'; 10 * 1024 * 1024];
    let (status, _, _) = call_with(app.router(), huge, |_| {}).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(stored(&app).await.is_empty() && kept_aside(&app).await.is_empty());
}

#[tokio::test]
async fn answers_that_do_not_hold_are_refused_with_their_places() {
    let (app, hash) = seeded().await;
    let day = |text: &str| Answer::Date(text.parse().unwrap());
    let consent = || ("consent", choice("yes"));
    let cases: Vec<(Sending, &str, ProblemKey)> = vec![
        (sending(SLUG, &hash, 1, []), "consent", ProblemKey::Required),
        (sending(SLUG, &hash, 1, [("consent", choice("maybe"))]), "consent", ProblemKey::NotAChoice),
        (sending(SLUG, &hash, 1, [consent(), ("sector", choices(&["care"]))]), "sector", ProblemKey::WrongType),
        (
            sending(SLUG, &hash, 1, [consent(), ("hours_week", Answer::Integer(169))]),
            "hours_week",
            ProblemKey::TooLarge { max: Decimal::whole(168).unwrap() },
        ),
        (
            sending(SLUG, &hash, 1, [consent(), ("hours_week", Answer::Integer(113))]),
            "hours_week",
            ProblemKey::Constraint,
        ),
        (sending(SLUG, &hash, 1, [consent(), ("started_on", day("2026-11-23"))]), "started_on", ProblemKey::Constraint),
        (sending(SLUG, &hash, 1, [consent(), ("message", text("a\u{7}"))]), "message", ProblemKey::ControlCharacter),
        (
            sending(SLUG, &hash, 1, [consent(), ("message", text(&"あ".repeat(401)))]),
            "message",
            ProblemKey::TextTooLong { max_bytes: 1200 },
        ),
        (sending(SLUG, &hash, 1, [consent(), ("message", text("  "))]), "message", ProblemKey::WrongType),
        (
            sending(SLUG, &hash, 1, [consent(), ("nobody_asked", choice("x"))]),
            "nobody_asked",
            ProblemKey::NoSuchQuestion,
        ),
        // Hidden, because nobody said that they had paid; and everything after a no.
        (
            sending(SLUG, &hash, 1, [consent(), ("paid_amount", choice("from_1m"))]),
            "paid_amount",
            ProblemKey::NoSuchQuestion,
        ),
        (
            sending(SLUG, &hash, 1, [("consent", choice("no")), ("sector", choice("care"))]),
            "sector",
            ProblemKey::NoSuchQuestion,
        ),
        (
            sending(SLUG, &hash, 1, [consent(), ("deductions", choices(&["none", "rent"]))]),
            "deductions",
            ProblemKey::WrongType,
        ),
        (
            sending(SLUG, &hash, 1, [consent(), ("deductions", choices(&["rent", "none"]))]),
            "deductions",
            ProblemKey::Exclusive,
        ),
        (sending(SLUG, &hash, 1, [consent(), ("message", Answer::Declined)]), "message", ProblemKey::NotOffered),
    ];
    for (sending, question, key) in cases {
        let (status, _, body) = call(app.router(), &sending).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{question} {key:?}: {body}");
        let error: AppError = serde_json::from_value(body).unwrap();
        assert_eq!(error, AppError::Invalid(vec![Problem { question: question.to_owned(), key }]));
    }
    assert!(stored(&app).await.is_empty() && kept_aside(&app).await.is_empty());
}

#[tokio::test]
async fn answers_to_an_earlier_edition_are_stored() {
    let (app, first) = small().await;
    let second =
        super::sample::SMALL.replace("\"version\": \"1\"", "\"version\": \"2\"").replace("\"farm\"", "\"field\"");
    let second = publish::publish(&app.ctx, None, second.as_bytes()).await.unwrap().hash().to_owned();
    let old = sending("small", &first, 1, [("job", choice("farm"))]);
    let new = sending("small", &second, 2, [("job", choice("field"))]);
    for sending in [old, new] {
        assert_eq!(arrival::arrive(&app.ctx, sending).await.unwrap().outcome, Outcome::Stored);
    }
    assert_eq!(stored(&app).await.len(), 2);
    assert_eq!(catalogue::find_by_slug(&app.ctx, "small").await.unwrap().current.hash(), second);
}

#[tokio::test]
async fn publishing_refuses_faults_by_place_and_is_idempotent() {
    let (app, hash) = small().await;
    assert_eq!(publish::publish(&app.ctx, None, super::sample::SMALL.as_bytes()).await.unwrap().hash(), hash);
    let audit = audit_entry::Entity::find().all(app.ctx.read()).await.unwrap();
    assert_eq!(audit.len(), 1, "publishing again is no deed");

    let faulty = super::sample::SMALL.replace("\"vi\": \"Giờ\"", "\"vi\": \"\"");
    let error = publish::publish(&app.ctx, None, faulty.as_bytes()).await.unwrap_err().to_string();
    assert_eq!(error, "the definition has faults:\n  questions/hours/label/vi: missing_text");
    let other = super::sample::SMALL.replace("Giờ", "Số giờ");
    let error = publish::publish(&app.ctx, None, other.as_bytes()).await.unwrap_err();
    assert!(matches!(error, publish::PublishError::VersionTaken { .. }), "{error}");
    assert_eq!(catalogue::find_by_slug(&app.ctx, "small").await.unwrap().current.hash(), hash);
}

#[tokio::test]
async fn seeding_again_takes_nothing_back() {
    let (app, _) = seeded().await;
    let newer =
        String::from_utf8(SHORT.to_vec()).unwrap().replace("\"version\": \"2026-11\"", "\"version\": \"2026-12\"");
    let newer = publish::publish(&app.ctx, None, newer.as_bytes()).await.unwrap().hash().to_owned();
    close(&app, questionnaire::State::Closed).await;
    seed::seed(&app.ctx).await.unwrap();
    let now = catalogue::find_by_slug(&app.ctx, SLUG).await.unwrap();
    assert_eq!((now.current.hash(), now.is_open), (newer.as_str(), false));
    assert_eq!(catalogue::list(&app.ctx).await.unwrap().len(), 1);
}

#[tokio::test]
async fn edition_of_an_earlier_release_gets_the_present_one_beside_it() {
    let app = TestApp::new().await;
    // The canonical bytes of format 1, as they were published then.
    let earlier = publish::publish(&app.ctx, None, include_bytes!("format_1.json")).await.unwrap();
    assert_eq!(earlier.hash(), "8bb2228a17b7bc01d1ff3c08c7b90a7a075cc3fe55cecb3cfc7050f394642623");
    arrival::arrive(&app.ctx, yes(earlier.hash(), 1)).await.unwrap();
    seed::seed(&app.ctx).await.unwrap();
    let now = catalogue::find_by_slug(&app.ctx, SLUG).await.unwrap();
    assert_ne!(now.current.hash(), earlier.hash());
    assert_eq!(now.current.definition().questions.len(), 47);
    // Who began on the old one ends on the old one, and both are told apart.
    arrival::arrive(&app.ctx, yes(earlier.hash(), 2)).await.unwrap();
    arrival::arrive(&app.ctx, yes(now.current.hash(), 3)).await.unwrap();
    let editions = catalogue::editions(&app.ctx, &now).await.unwrap();
    assert_eq!(editions.len(), 2);
    assert_eq!(stored(&app).await.iter().filter(|row| row.definition == earlier.hash()).count(), 2);
    seed::seed(&app.ctx).await.unwrap();
    assert_eq!(catalogue::find_by_slug(&app.ctx, SLUG).await.unwrap().current.hash(), now.current.hash());
}

#[tokio::test(flavor = "multi_thread")]
async fn dormitory_is_let_in_and_flood_is_slowed_refused_and_flagged() {
    let (app, hash) = seeded().await;
    let from = |host: u8| {
        move |request: &mut axum::http::Request<axum::body::Body>| {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, host], 4000))));
        }
    };
    // All in the same moment by the clock; a few at a time, so that a busy machine does not time out.
    for first in (0..60).step_by(10) {
        let mut class = JoinSet::new();
        for number in first..first + 10 {
            let (router, sending) = (app.router(), yes(&hash, number));
            class.spawn(async move { call_with(router, serde_json::to_vec(&sending).unwrap(), from(1)).await.0 });
        }
        assert_eq!(class.join_all().await, [StatusCode::OK; 10]);
    }
    assert_eq!(stored(&app).await.len(), 60);

    // The clock stands still, so nothing wears off: 240 are slowed down, the rest is refused.
    let senseless = serde_json::to_vec(&around(SLUG, &hash, &id(1), "{}".to_owned())).unwrap();
    let mut flood = JoinSet::new();
    for _ in 0..300 {
        let (router, body) = (app.router(), senseless.clone());
        flood.spawn(async move { call_with(router, body, from(2)).await });
    }
    let answers = flood.join_all().await;
    let refused: Vec<_> = answers.iter().filter(|(status, ..)| *status == StatusCode::TOO_MANY_REQUESTS).collect();
    assert_eq!(refused.len(), 60);
    for (_, headers, body) in refused {
        assert_eq!(headers[axum::http::header::RETRY_AFTER], "10");
        assert_eq!(*body, json!({"too_many_requests": {"retry_after": 10}}));
    }
    assert_eq!(effort::flags(&app.ctx, SLUG), [TODAY.parse().unwrap()]);
    assert!(effort::flags(&app.ctx, "other").is_empty());
    // Somebody else is none the wiser.
    let (status, ..) = call_with(app.router(), serde_json::to_vec(&yes(&hash, 100)).unwrap(), from(3)).await;
    assert_eq!(status, StatusCode::OK);
}

/// Everything that is logged on this thread.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'w> MakeWriter<'w> for Log {
    type Writer = Self;

    fn make_writer(&'w self) -> Self {
        self.clone()
    }
}

#[tokio::test]
async fn arrival_leaves_no_word_in_the_log_and_no_audit_row() {
    let (app, hash) = seeded().await;
    let audit_before = audit_entry::Entity::find().all(app.ctx.read()).await.unwrap();
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_ansi(false)
        .with_writer(log.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    tracing::info!("captured");
    let words = [("consent", choice("yes")), ("nationality", choice("nepal")), ("message", text("Sếp đánh tôi"))];
    let good = sending(SLUG, &hash, 0x00c0_ffee, words.clone());
    let sendings = [
        good.clone(),
        good.clone(),
        sending(SLUG, &hash, 0x00c0_ffee, [("consent", choice("yes")), ("message", text("Khác"))]),
        sending(SLUG, &"cd".repeat(32), 0x00c0_ffee, words),
        sending(SLUG, &hash, 0x00c0_ffee, [("consent", text("Sếp đánh tôi"))]),
        around(SLUG, &hash, &good.instance_id, "Sếp đánh tôi".to_owned()),
    ];
    let mut code = String::new();
    for sending in &sendings {
        let body = serde_json::to_vec(sending).unwrap();
        let (status, _, body) = call_with(app.router(), body, |request| {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4000))));
            request.headers_mut().insert("user-agent", "Dormitory/1.0".parse().unwrap());
        })
        .await;
        assert!(!status.is_server_error());
        code = body.get("code").and_then(Value::as_str).map_or(code, str::to_owned);
    }
    drop(guard);
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("captured"));
    assert_eq!(code.len(), 14);
    for secret in [
        "Sếp",
        "Khác",
        "nepal",
        "nationality",
        "c0ffee",
        &good.digest,
        &hash,
        "203.0",
        "Dormitory",
        code.as_str(),
        "responses",
        SLUG,
    ] {
        assert!(!log.contains(secret), "{secret} was logged: {log}");
    }
    let audit = audit_entry::Entity::find().all(app.ctx.read()).await.unwrap();
    assert_eq!(audit.len(), audit_before.len());
}
