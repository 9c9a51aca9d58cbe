//! What the desk asks to pass on, agreed to at both doors, taken back, and passed on; with the rules that run in browsers
//! against the calls of the server. What a grant is worth, in SQL and in the types, is shown in `consent`.

use super::{
    door_a::{self, Phone},
    members::{Member, call, told},
    sample::{Desk, Worker},
};
use app::voices::{
    member::{Case, Proposed},
    server::{
        ceremony,
        entities::{disclosure, share_grant, share_revocation, share_text, voice_message},
    },
    sharing::{Asked, Proposal, RecipientKind, Scope, Yes},
};
use axum::http::StatusCode;
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};

pub const WORDS: &str = "三か月分の残業代が払われていません。";
pub const SHOWN: &str = "Ba tháng tiền làm thêm chưa được trả.";
pub const OFFICE: &str = "Yellow labour office";

/// To an office, once, for a month, in Japanese, for somebody who reads Vietnamese.
pub fn proposal(desk: &Desk, kind: RecipientKind) -> Proposal {
    Proposal {
        kind,
        recipient: OFFICE.to_owned(),
        scope: Scope::Once,
        until: desk.app.ctx.clock().today().plus_days(30).unwrap(),
        language: "ja".to_owned(),
        words: WORDS.to_owned(),
        shown: Some(("vi".to_owned(), SHOWN.to_owned())),
        order: None,
    }
}

fn body_of(case: &Case, proposed: &Proposed) -> Value {
    let mut body = json!(proposed);
    body["voice"] = json!(case.row.id);
    body
}

impl Member {
    /// Opens the only voice.
    pub async fn only(&mut self) -> Case {
        let [row] = self.list(false).await.try_into().unwrap();
        self.open(&row.id).await
    }

    /// Asks the worker of the only voice.
    pub async fn propose(&mut self, proposal: &Proposal) {
        let case = self.only().await;
        let proposed = self.me.propose(&case, proposal, [[51; 32], [52; 32]]).unwrap();
        assert_eq!(call(&mut self.browser, "propose", &body_of(&case, &proposed)).await.0, 200);
    }

    /// Passes on what was agreed to last.
    async fn pass_on(&mut self, words: &str, recipient: &str) -> (StatusCode, Value) {
        let case = self.only().await;
        let grant = case.shared[0].facts.grants.last().map(|grant| grant.id.clone()).unwrap_or_default();
        let number = case.shared[0].facts.grants.last().map_or(0, |grant| grant.disclosed_on.len());
        let id = case.shared[0].facts.grants.last().map(|grant| grant.disclosure_id(number));
        let body = json!({ "voice": case.row.id, "grant": grant, "words": words, "recipient": recipient, "id": id });
        call(&mut self.browser, "pass-on", &body).await
    }
}

/// The value of a hidden field behind a place of a page.
pub fn id_behind(page: &str, name: &str) -> String {
    let field = format!("name=\"{name}\" value=\"");
    let at = page.find(&field).unwrap_or_else(|| panic!("{name} in {page}")) + field.len();
    page[at..].split('"').next().unwrap().to_owned()
}

pub async fn press(worker: &mut Worker, act: &str, name: &str, id: &str) -> StatusCode {
    worker.browser.post("/vi/voice/letters", &[("act", act), (name, id)]).await.status
}

#[tokio::test]
async fn without_script_a_worker_agrees_sees_that_it_went_and_takes_it_back() {
    let (desk, mut member, mut worker) = told().await;
    member.propose(&proposal(&desk, RecipientKind::LabourOffice)).await;
    assert_eq!(member.pass_on(WORDS, OFFICE).await.0, 404, "nobody has agreed");

    let letters = worker.back().await.body;
    for said in [WORDS, SHOWN, OFFICE, "Phòng Giám sát Tiêu chuẩn Lao động", "Green"] {
        assert_eq!(letters.matches(said).count(), 1, "{said} stands there once: {letters}");
    }
    let share = id_behind(&letters, "share");
    let asked = worker.browser.post("/vi/voice/letters", &[("act", "ask-agree"), ("share", &share)]).await;
    assert_eq!(asked.status, 200);
    assert!(asked.body.contains(WORDS) && asked.body.contains(SHOWN));
    assert!(share_grant::Entity::find().all(desk.app.ctx.read()).await.unwrap().is_empty(), "asking is not agreeing");

    assert_eq!(press(&mut worker, "agree", "share", &share).await, 303);
    // Pressed twice.
    assert_eq!(press(&mut worker, "agree", "share", &share).await, 303);
    let [grant] = share_grant::Entity::find().all(desk.app.ctx.read()).await.unwrap().try_into().unwrap();
    assert_eq!(grant.path, share_grant::Path::Server);
    assert_eq!((grant.language.as_str(), grant.recipient_kind), ("vi", RecipientKind::LabourOffice));
    assert!(worker.letters().await.body.contains("Rút lại sự đồng ý"));

    assert_eq!(member.pass_on("other words", OFFICE).await.0, 403);
    assert_eq!(member.pass_on(WORDS, "Grey newspaper").await.0, 403);
    let (status, letter) = member.pass_on(WORDS, OFFICE).await;
    assert_eq!(status, 200);
    let letter = letter.as_str().unwrap();
    for said in [WORDS, OFFICE, "相談", &grant.id[..8]] {
        assert!(letter.contains(said), "{said}: {letter}");
    }
    assert!(!letter.contains("2026") && !letter.contains("11月"), "no day: {letter}");
    assert!(!letter.contains(&grant.voice_id.0), "which voice it is stays here");
    assert_eq!(member.pass_on(WORDS, OFFICE).await.0, 403, "once was once");
    assert_eq!(disclosure::Entity::find().all(desk.app.ctx.read()).await.unwrap().len(), 1);
    assert!(worker.letters().await.body.contains("Ngày đã chuyển"));

    assert_eq!(press(&mut worker, "withdraw", "grant", &"0".repeat(32)).await, 404);
    // Nobody needs the desk to take back what is theirs.
    ceremony::close(&desk.app.ctx).await.unwrap();
    assert_eq!(press(&mut worker, "withdraw", "grant", &grant.id).await, 200, "the page says that the desk is closed");
    assert_eq!(share_revocation::Entity::find().all(desk.app.ctx.read()).await.unwrap().len(), 1);
}

/// A demonstration, a member, a phone that wrote, and what the member asked.
pub async fn asked(kind: RecipientKind) -> (Desk, Member, Phone, seal::voice::receipt::Receipt) {
    let app = crate::support::TestApp::new().await;
    app::voices::server::demonstration::open(&app.ctx).await.unwrap();
    let desk = Desk { app };
    let mut member = Member::join(&desk.app, "member@example.org", "Green", 40).await;
    let mut phone = Phone::new(&desk).await;
    let receipt = phone.write("Quản lý đánh tôi.").await;
    member.propose(&proposal(&desk, kind)).await;
    (desk, member, phone, receipt)
}

#[tokio::test]
async fn with_script_a_yes_is_signed_on_the_phone_and_is_there_once() {
    let (desk, mut member, mut phone, receipt) = asked(RecipientKind::Union).await;
    let (returned, thread) = phone.back(&receipt).await;
    assert_eq!((thread.shared.len(), thread.doubtful), (1, 0));
    let shared = &thread.shared[0];
    assert_eq!(shared.proposal, proposal(&desk, RecipientKind::Union));
    assert_eq!(shared.by.as_deref(), Some("Green"));

    let yes = returned.agree(&phone.door, &thread, shared, [[61; 16], [62; 16]]).unwrap();
    let longer = Yes { until_day: String::from(desk.app.ctx.clock().today().plus_days(31).unwrap()), ..yes.clone() };
    let often = Yes { scope: Scope::Repeatedly, ..yes.clone() };
    let employer = Yes { kind: RecipientKind::Lawyer, ..yes.clone() };
    for wider in [longer, often, employer] {
        let body = json!({ "auth": returned.auth(), "yes": wider });
        assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 403, "{wider:?}");
    }
    let unknown = Yes { share: "0".repeat(32), ..yes.clone() };
    let body = json!({ "auth": returned.auth(), "yes": unknown });
    assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 404);
    let broken = Yes { signature: "zz".to_owned(), ..yes.clone() };
    let body = json!({ "auth": returned.auth(), "yes": broken });
    assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 400);
    for _ in 0..2 {
        let body = json!({ "auth": returned.auth(), "yes": yes });
        assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 200);
    }
    let [grant] = share_grant::Entity::find().all(desk.app.ctx.read()).await.unwrap().try_into().unwrap();
    assert_eq!(grant.path, share_grant::Path::Phone);
    assert!(!grant.recipient_hash.contains(OFFICE) && !grant.recipient_salt.contains(&yes.salt));

    let thread = phone.letters(&returned).await;
    let today = desk.app.ctx.clock().today();
    assert!(matches!(thread.shared[0].standing(today), Asked::Agreed(_)));
    let forged = json!({ "auth": returned.auth(), "grant": yes.id, "signature": "0".repeat(128) });
    assert_eq!(door_a::call(&mut phone.browser, "/withdraw", &forged).await.0, 403);
    let signature = returned.withdraw(&phone.door, &thread, &yes.id);
    let body = json!({ "auth": returned.auth(), "grant": yes.id, "signature": signature });
    assert_eq!(door_a::call(&mut phone.browser, "/withdraw", &body).await.0, 200);
    assert_eq!(member.pass_on(WORDS, OFFICE).await.0, 403, "taken back");

    // Who changed their mind twice may say yes anew.
    let thread = phone.letters(&returned).await;
    let yes = returned.agree(&phone.door, &thread, &thread.shared[0], [[63; 16], [64; 16]]).unwrap();
    let body = json!({ "auth": returned.auth(), "yes": yes });
    assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 200);
    let thread = phone.letters(&returned).await;
    assert!(matches!(thread.shared[0].standing(today), Asked::Agreed(grant) if grant.id == yes.id));
}

#[tokio::test]
async fn employer_is_told_after_72_hours_only() {
    let (desk, mut member, mut phone, receipt) = asked(RecipientKind::Employer).await;
    let (returned, thread) = phone.back(&receipt).await;
    let yes = returned.agree(&phone.door, &thread, &thread.shared[0], [[61; 16], [62; 16]]).unwrap();
    let body = json!({ "auth": returned.auth(), "yes": yes });
    assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 200);
    assert_eq!(member.pass_on(WORDS, OFFICE).await.0, 403);
    for _ in 0..4 {
        desk.app.ctx.clock().advance(24 * 3_600_000);
    }
    member.browser.sign_in("member@example.org", crate::auth::browser::PASSPHRASE).await;
    assert_eq!(member.pass_on(WORDS, OFFICE).await.0, 200);
}

#[tokio::test]
async fn what_is_no_proposal_leaves_nothing_behind() {
    let (desk, mut member, _worker) = told().await;
    let case = member.only().await;
    let proposed = member.me.propose(&case, &proposal(&desk, RecipientKind::Union), [[51; 32], [52; 32]]).unwrap();
    let (_, reply) = member.me.reply(&case, "Nur eine Antwort", [53; 32]).unwrap();
    let with = |name: &str, value: Value| {
        let mut body = body_of(&case, &proposed);
        body[name] = value;
        body
    };
    let [first, second] = <[String; 2]>::try_from(proposed.letters.clone()).unwrap();
    for (what, body, status) in [
        ("no letter", with("letters", json!([])), 400),
        ("three", with("letters", json!([first, second, second])), 400),
        ("an answer", with("letters", json!([reply])), 400),
        ("one in another's place", with("letters", json!([second, first])), 400),
        ("one that is missing", with("number", json!(3)), 400),
        ("no hash", with("words", json!("abc")), 400),
        ("no language", with("language", json!("xx")), 400),
        ("no voice", with("voice", json!("0".repeat(32))), 400),
    ] {
        assert_eq!(call(&mut member.browser, "propose", &body).await.0, status, "{what}");
    }
    assert!(share_text::Entity::find().all(desk.app.ctx.read()).await.unwrap().is_empty());
    assert_eq!(voice_message::Entity::find().all(desk.app.ctx.read()).await.unwrap().len(), 1);
    assert_eq!(call(&mut member.browser, "propose", &body_of(&case, &proposed)).await.0, 200);
    assert_eq!(call(&mut member.browser, "propose", &body_of(&case, &proposed)).await.0, 409, "it is there");
    assert_eq!(share_text::Entity::find().all(desk.app.ctx.read()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn deleted_voice_passes_on_nothing() {
    let (desk, mut member, mut phone, receipt) = asked(RecipientKind::Union).await;
    let (returned, thread) = phone.back(&receipt).await;
    let yes = returned.agree(&phone.door, &thread, &thread.shared[0], [[61; 16], [62; 16]]).unwrap();
    let body = json!({ "auth": returned.auth(), "yes": yes });
    assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 200);
    let body = json!({ "auth": returned.auth() });
    assert_eq!(door_a::call(&mut phone.browser, "/delete", &body).await.0, 200);
    let body = json!({ "voice": thread.told.voice, "grant": yes.id, "words": WORDS, "recipient": OFFICE });
    assert_eq!(call(&mut member.browser, "pass-on", &body).await.0, 403);
    assert!(disclosure::Entity::find().all(desk.app.ctx.read()).await.unwrap().is_empty());
}
