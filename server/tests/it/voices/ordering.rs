//! What is passed on without the worker's yes: asked by one member, answered for by another one, seen by the worker.

use super::{
    members::{Member, call, told},
    passing::{OFFICE, SHOWN, WORDS, proposal},
    sample::{Desk, Worker},
};
use app::voices::{
    member::{Case, Ordered},
    server::entities::{approval, disclosure, disclosure_order, voice_member},
    sharing::{Asked, Basis, Proposal, RecipientKind},
};
use axum::http::StatusCode;
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use serde_json::{Value, json};

const REASON: &str = "Tòa án ra lệnh cho chúng tôi.";

fn ordered(desk: &Desk, basis: Basis) -> Proposal {
    let today = desk.app.ctx.clock().today();
    Proposal { order: Some(basis), until: today, ..proposal(desk, RecipientKind::Ministry) }
}

fn body_of(case: &Case, ordered: &Ordered) -> Value {
    let mut body = json!(ordered);
    body["voice"] = json!(case.row.id);
    body
}

impl Member {
    fn signs(&self, case: &Case, proposal: &Proposal) -> Ordered {
        let fresh = [[81; 16], [82; 16]];
        self.me.order(case, (proposal, REASON), [[71; 32], [72; 32], [73; 32]], fresh).unwrap()
    }

    /// Answers for the only order; what the server says.
    async fn approve(&mut self) -> (StatusCode, Value) {
        let case = self.only().await;
        let shared = &case.shared[0];
        let body = json!({
            "voice": case.row.id,
            "order": shared.facts.order.as_ref().map(|order| order.id.clone()),
            "signature": self.me.approve(&case, shared).unwrap_or_default(),
            "words": WORDS,
            "recipient": OFFICE,
        });
        call(&mut self.browser, "approve", &body).await
    }
}

/// A desk of two members; the first has asked.
async fn asked(basis: Basis) -> (Desk, Member, Member, Worker) {
    let (desk, mut first, worker) = told().await;
    let second = Member::join(&desk.app, "second@example.org", "Yellow", 70).await;
    let case = first.only().await;
    let ordered = first.signs(&case, &ordered(&desk, basis));
    assert_eq!(call(&mut first.browser, "order", &body_of(&case, &ordered)).await.0, 200);
    (desk, first, second, worker)
}

async fn went(desk: &Desk) -> usize {
    disclosure::Entity::find().all(desk.app.ctx.read()).await.unwrap().len()
}

#[tokio::test]
async fn two_members_answer_for_it_and_the_worker_sees_everything() {
    for (basis, said) in [(Basis::CourtOrder, "Tòa án ra lệnh"), (Basis::DangerToLife, "nguy hiểm đến tính mạng")]
    {
        let (desk, mut first, mut second, mut worker) = asked(basis).await;
        let letters = worker.back().await.body;
        for told in [REASON, WORDS, SHOWN, OFFICE, said, "Một người trong chúng tôi đề nghị"] {
            assert!(letters.contains(told), "{told}: {letters}");
        }
        assert!(!letters.contains("value=\"ask-agree\""), "no yes is asked for");
        assert_eq!(first.approve().await.0, 403, "nobody is two");
        assert!(second.list(false).await[0].is_ordered, "the list says that somebody waits");
        assert_eq!(went(&desk).await, 0);

        let (status, letter) = second.approve().await;
        assert_eq!(status, 200, "{letter}");
        let letter = letter.as_str().unwrap();
        assert!(letter.contains(WORDS) && letter.contains(OFFICE) && letter.contains("同意していません"), "{letter}");
        assert!(!letter.contains("2026"), "no day: {letter}");
        // Lost on the way, either of the two has it again; it went once.
        assert_eq!(second.approve().await.0, 200);
        assert_eq!(first.approve().await.0, 200);
        assert_eq!(went(&desk).await, 1);
        assert!(!second.list(false).await[0].is_ordered);
        let [row] = approval::Entity::find().all(desk.app.ctx.read()).await.unwrap().try_into().unwrap();
        assert_ne!(row.first_signer, row.second_signer);
        let mut third = Member::join(&desk.app, "third@example.org", "Violet", 90).await;
        assert_eq!(third.approve().await.0, 403, "who did not sign has no letter");
        assert!(worker.letters().await.body.contains("Hai người trong chúng tôi đã ký"));
    }
}

#[tokio::test]
async fn another_member_says_no_and_nothing_goes_by_it_for_ever() {
    let (desk, mut first, mut second, mut worker) = asked(Basis::CourtOrder).await;
    let [order] = disclosure_order::Entity::find().all(desk.app.ctx.read()).await.unwrap().try_into().unwrap();
    let body = json!({ "voice": order.voice_id, "order": order.id });
    assert_eq!(call(&mut first.browser, "refuse", &body).await.0, 403, "another one decides");
    let unknown = json!({ "voice": order.voice_id, "order": "0".repeat(32) });
    assert_eq!(call(&mut second.browser, "refuse", &unknown).await.0, 404);
    assert_eq!(call(&mut second.browser, "refuse", &body).await.0, 200);
    assert_eq!(call(&mut second.browser, "refuse", &body).await.0, 409, "it is decided");
    assert_eq!(second.approve().await.0, 403);
    let mut third = Member::join(&desk.app, "third@example.org", "Violet", 90).await;
    assert_eq!(third.approve().await.0, 403);
    assert_eq!(went(&desk).await, 0);
    worker.back().await;
    assert!(worker.letters().await.body.contains("Không có gì được chuyển."));
}

/// Two members answer in the same moment, one yes and one no: one of the two holds, and only what it means.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn yes_and_no_in_the_same_moment_are_one_of_them() {
    for _ in 0..3 {
        let (desk, _first, mut second, _worker) = asked(Basis::CourtOrder).await;
        let mut third = Member::join(&desk.app, "third@example.org", "Violet", 90).await;
        let [order] = disclosure_order::Entity::find().all(desk.app.ctx.read()).await.unwrap().try_into().unwrap();
        let no = json!({ "voice": order.voice_id, "order": order.id });
        let (yes, no) = tokio::join!(second.approve(), call(&mut third.browser, "refuse", &no));
        let [order] = disclosure_order::Entity::find().all(desk.app.ctx.read()).await.unwrap().try_into().unwrap();
        let is_refused = order.refused_on.is_some();
        assert_eq!((yes.0 == 200, no.0 == 200), (!is_refused, is_refused), "{} {}", yes.0, no.0);
        assert_eq!(went(&desk).await, usize::from(!is_refused));
    }
}

#[tokio::test]
async fn order_that_is_not_signed_for_exactly_this_is_none() {
    let (desk, mut first, _worker) = told().await;
    let mut second = Member::join(&desk.app, "second@example.org", "Yellow", 70).await;
    let case = first.only().await;
    let ordered = first.signs(&case, &ordered(&desk, Basis::CourtOrder));
    let with = |name: &str, value: Value| {
        let mut body = body_of(&case, &ordered);
        let within = if ["words", "letters"].contains(&name) { &mut body["proposed"] } else { &mut body };
        within[name] = value;
        body
    };
    let mut later = ordered.order.clone();
    later.reason = 3;
    let mut others = ordered.order.clone();
    others.signer = second.me.me().id.clone();
    let two = &ordered.proposed.letters[..2];
    for (what, body, status) in [
        ("another basis", with("basis", json!("danger_to_life")), 403),
        ("another recipient", with("recipient", json!("0".repeat(64))), 403),
        ("other words", with("words", json!("0".repeat(64))), 403),
        ("another letter tells", with("order", json!(later)), 403),
        ("for another member", with("order", json!(others)), 403),
        ("nobody is told", with("letters", json!(two)), 400),
        ("no basis", with("basis", json!("grant")), 400),
        ("no hash", with("recipient", json!("x")), 400),
    ] {
        assert_eq!(call(&mut first.browser, "order", &body).await.0, status, "{what}");
    }
    assert_eq!(call(&mut second.browser, "order", &body_of(&case, &ordered)).await.0, 403, "signed by the first");
    assert!(disclosure_order::Entity::find().all(desk.app.ctx.read()).await.unwrap().is_empty());
    assert_eq!(first.only().await.letters.len(), 1, "nothing is left behind");
}

#[tokio::test]
async fn order_is_for_what_cannot_wait_and_for_two_people() {
    let (desk, first, mut second, _worker) = asked(Basis::DangerToLife).await;
    let db = desk.app.ctx.db().writer();
    let rows = voice_member::Entity::find().all(desk.app.ctx.read()).await.unwrap();
    let organizer = |id: &str| rows.iter().find(|row| row.id == id).unwrap().organizer_id.0.clone();
    let (first_id, second_id) = (first.me.me().id.clone(), second.me.me().id.clone());
    let belongs = |to: &str| format!("UPDATE voice_members SET organizer_id = '{to}' WHERE id = '{first_id}'");
    db.execute_unprepared(&belongs(&organizer(&second_id))).await.unwrap();
    assert_eq!(second.approve().await.0, 403, "who joined anew is the same");
    db.execute_unprepared(&belongs(&organizer(&first_id))).await.unwrap();

    // Somebody who writes into the table makes up what a colleague asked for.
    let [order] = disclosure_order::Entity::find().all(desk.app.ctx.read()).await.unwrap().try_into().unwrap();
    let (made_up, nothing) = ("e".repeat(32), "0".repeat(128));
    let copy = format!(
        "INSERT INTO disclosure_orders SELECT '{made_up}', voice_id, share_text_id, words_hash, basis, recipient_hash, \
         recipient_salt, reason_number, first_signer, '{nothing}', ordered_on, NULL, NULL FROM disclosure_orders"
    );
    db.execute_unprepared(&copy).await.unwrap();
    let case = second.only().await;
    let signature = second.me.approve(&case, &case.shared[0]).unwrap_or_default();
    let body = json!({ "voice": order.voice_id, "order": made_up, "signature": signature, "words": WORDS, "recipient": OFFICE });
    assert_eq!(call(&mut second.browser, "approve", &body).await.0, 403, "nobody asked for that");

    for _ in 0..8 {
        desk.app.ctx.clock().advance(24 * 3_600_000);
    }
    second.browser.sign_in("second@example.org", crate::auth::browser::PASSPHRASE).await;
    assert_eq!(second.approve().await.0, 403, "a week later it is another question");
    assert_eq!(went(&desk).await, 0);
}

#[tokio::test]
async fn second_member_looks_at_the_signature_of_the_first_and_signs_for_exactly_this() {
    let (desk, _first, mut second, mut worker) = asked(Basis::CourtOrder).await;
    let id = desk.voice().await;
    let opened = second.opened(id.as_str()).await;
    let case = second.me.open(opened.clone()).unwrap();
    let shared = &case.shared[0];
    assert!(matches!(shared.standing(desk.app.ctx.clock().today()), Asked::Ordered(Some(_))));
    assert_eq!(second.me.orderer(&case, shared).map(|person| person.called.as_str()), Some("Green"));
    let mut forged = opened.clone();
    forged.orders[0].signer = second.me.me().id.clone();
    let mut elsewhere = opened;
    elsewhere.orders[0].salt = "0".repeat(32);
    for wrong in [forged, elsewhere] {
        let case = second.me.open(wrong).unwrap();
        assert!(second.me.orderer(&case, &case.shared[0]).is_none());
        assert!(second.me.approve(&case, &case.shared[0]).is_none());
    }
    let order = shared.facts.order.as_ref().unwrap().id.clone();
    let signature = second.me.approve(&case, shared).unwrap();
    let body = |words: &str, recipient: &str, signature: &str| json!({ "voice": id, "order": order, "signature": signature, "words": words, "recipient": recipient });
    for wrong in [
        body("other words", OFFICE, &signature),
        body(WORDS, "Grey newspaper", &signature),
        body(WORDS, OFFICE, &"0".repeat(128)),
        body(WORDS, OFFICE, ""),
    ] {
        assert_eq!(call(&mut second.browser, "approve", &wrong).await.0, 403, "{wrong}");
    }
    // Who deletes everything takes it out of everybody's hands.
    worker.back().await;
    assert_eq!(worker.press(&[("act", "delete")]).await.status, 200);
    assert_eq!(call(&mut second.browser, "approve", &body(WORDS, OFFICE, &signature)).await.0, 403);
    assert_eq!(went(&desk).await, 0);
}
