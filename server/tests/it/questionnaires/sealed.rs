//! Answers that a phone froze and sealed: they arrive by the same rules as any other, and nobody but this server can
//! have read them on the way.

use super::sample::{call_with, choice, id, kept_aside, seeded, sending, small, stored, text, yes};
use crate::support::TestApp;
use app::{
    error::AppError,
    questionnaires::{
        intake::SealedSending,
        server::{arrival, entities::quarantined_response::Reason, intake},
        types::{Outcome, Receipt, Sending},
    },
    server::keys::Keys,
};
use axum::http::StatusCode;
use form::Answer;
use serde_json::{Value, json};

fn seal(app: &TestApp, sending: Sending) -> SealedSending {
    let key = intake::public_key(app.ctx.keys(), &sending.questionnaire);
    SealedSending::seal(sending, &key, [5; 32]).unwrap()
}

async fn post(app: &TestApp, body: String) -> (StatusCode, Value) {
    let (status, _, body) = call_with(app.router(), body.into_bytes(), |_| {}).await;
    (status, body)
}

#[tokio::test]
async fn sealed_answers_are_stored_once_however_often_they_come_and_in_whichever_form() {
    let (app, hash) = seeded().await;
    let plain = yes(&hash, 1);
    let sealed = seal(&app, plain.clone());
    assert!(!sealed.to_json().contains("consent"), "an answer can be read");
    let (status, first) = post(&app, sealed.to_json()).await;
    assert_eq!(status, StatusCode::OK, "{first}");
    for body in [sealed.to_json(), plain.to_json(), seal(&app, plain.clone()).to_json()] {
        assert_eq!(post(&app, body).await, (StatusCode::OK, first.clone()));
    }
    let receipt: Receipt = serde_json::from_value(first).unwrap();
    assert_eq!((receipt.instance_id, receipt.digest), (plain.instance_id.clone(), plain.digest.clone()));
    let rows = stored(&app).await;
    assert_eq!(rows.len(), 1);
    assert_eq!((&rows[0].payload, &rows[0].digest), (&plain.payload, &plain.digest), "the very bytes are kept");
}

#[tokio::test]
async fn other_bytes_under_the_same_id_are_kept_aside_and_change_nothing() {
    let (app, hash) = small().await;
    let one = sending("small", &hash, 1, [("job", choice("farm"))]);
    let other = sending("small", &hash, 1, [("job", choice("care"))]);
    assert_eq!(post(&app, seal(&app, one).to_json()).await.0, StatusCode::OK);
    assert_eq!(post(&app, seal(&app, other).to_json()).await, (StatusCode::CONFLICT, json!("conflict")));
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (1, 1));
}

#[tokio::test]
async fn nobody_can_correct_what_was_frozen_so_it_is_kept_aside_and_not_refused() {
    let (app, hash) = small().await;
    // A phone whose calendar or program was wrong: no answer to the definition.
    let wrong = sending("small", &hash, 1, [("hours", Answer::Integer(9_999))]);
    assert!(matches!(arrival::arrive(&app.ctx, wrong.clone()).await, Err(AppError::Invalid(_))));
    let (status, body) = post(&app, seal(&app, wrong).to_json()).await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(serde_json::from_value::<Receipt>(body).unwrap().outcome, Outcome::KeptAside);
    // A definition that nobody knows any more.
    let unknown = sending("small", &"0".repeat(64), 2, [("words", text("xin chào"))]);
    assert_eq!(post(&app, seal(&app, unknown).to_json()).await.0, StatusCode::ACCEPTED);
    let mut reasons: Vec<Reason> = kept_aside(&app).await.into_iter().map(|row| row.reason).collect();
    reasons.sort_by_key(|reason| *reason as u8);
    assert_eq!(reasons, [Reason::UnknownDefinition, Reason::Unreadable]);
    assert_eq!(stored(&app).await.len(), 0);
}

#[tokio::test]
async fn what_was_sealed_elsewhere_or_changed_is_refused_and_stores_nothing() {
    let (app, hash) = small().await;
    let plain = sending("small", &hash, 1, [("job", choice("farm"))]);
    let other_key = intake::public_key(&Keys::derive(&[8; 32]), "small");
    let elsewhere = SealedSending::seal(plain.clone(), &other_key, [5; 32]).unwrap();
    assert_eq!(post(&app, elsewhere.to_json()).await, (StatusCode::GONE, json!("expired")));
    let mut another = seal(&app, plain.clone());
    another.questionnaire = "other".into();
    assert_eq!(post(&app, another.to_json()).await, (StatusCode::GONE, json!("expired")));
    for change in [
        (|sealed| sealed.instance_id = id(2)) as fn(&mut SealedSending),
        |sealed| sealed.digest = "0".repeat(64),
        |sealed| sealed.definition = "0".repeat(64),
        |sealed| sealed.sealed.truncate(40),
        |sealed| sealed.sealed = "@".into(),
    ] {
        let mut sealed = seal(&app, plain.clone());
        change(&mut sealed);
        assert_eq!(post(&app, sealed.to_json()).await, (StatusCode::BAD_REQUEST, json!("malformed")));
    }
    // Half an envelope, and both kinds at once.
    let whole: Value = serde_json::from_str(&seal(&app, plain.clone()).to_json()).unwrap();
    for take in ["sealed", "intake_key"] {
        let mut half = whole.clone();
        half.as_object_mut().unwrap().remove(take);
        assert_eq!(post(&app, half.to_string()).await.0, StatusCode::BAD_REQUEST, "{take}");
    }
    assert_eq!((stored(&app).await.len(), kept_aside(&app).await.len()), (0, 0));
}
