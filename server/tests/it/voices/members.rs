//! The members' desk: joining, unlocking, reading, answering, with the rules that run in their browser against the calls of
//! the server, and whoever may not.

use super::sample::{Desk, Worker};
use crate::{
    auth::{
        browser::{Browser, PASSPHRASE as SIGN_IN, joined},
        phone::{half_in, set_up, type_code},
    },
    support::TestApp,
};
use app::{
    auth::Role,
    voices::{
        api::{Facts, Opened, PATHS, VoiceRow},
        member::{Case, Enrolment, StaysLocked, Unlocked},
        server::{
            ceremony, demonstration,
            entities::{voice, voice_epoch_wrap, voice_member, voice_message},
        },
        standing::{Part, State},
    },
};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};
use serde_json::{Value, json};

const PASSPHRASE: &str = "four small wooden boats";
const TEXT: &str = "Chủ giữ hộ chiếu của tôi.";

/// Calls as a browser would.
pub async fn call(browser: &mut Browser, name: &str, body: &Value) -> (StatusCode, Value) {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    let path = format!("/api/v1/voices/{name}");
    let answer = browser.send(Method::POST, &path, Body::from(body.to_string()), &headers).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
}

/// A member whose key is unlocked.
pub struct Member {
    pub browser: Browser,
    pub me: Unlocked,
}

impl Member {
    /// Joins a demonstration, which signs at once, and opens its keys once.
    pub async fn join(app: &TestApp, email: &str, called: &str, seed: u8) -> Self {
        let mut browser = joined(app, email, Role::Coordinator).await;
        let facts = facts(&mut browser).await;
        let entropy = [1, 2, 3, 4].map(|at| [seed ^ at; 32]);
        let enrolment = Enrolment::make(&facts.site, called, PASSPHRASE, entropy).unwrap();
        assert_eq!(call(&mut browser, "enrol", &json!(enrolment)).await.0, 200);
        Self::unlock(browser).await
    }

    async fn unlock(mut browser: Browser) -> Self {
        let facts = facts(&mut browser).await;
        let me = Unlocked::unlock(&facts, PASSPHRASE).ok().unwrap();
        for (number, answer) in me.answers(&facts) {
            let body = json!({ "number": number, "answer": answer });
            assert_eq!(call(&mut browser, "answer-challenge", &body).await.0, 200);
        }
        Self { browser, me }
    }

    pub async fn list(&mut self, is_concluded: bool) -> Vec<VoiceRow> {
        self.part(if is_concluded { Part::Concluded } else { Part::Open }).await
    }

    pub async fn part(&mut self, part: Part) -> Vec<VoiceRow> {
        let (status, rows) = call(&mut self.browser, "list", &json!({ "part": part })).await;
        assert_eq!(status, 200);
        serde_json::from_value(rows).unwrap()
    }

    pub async fn opened(&mut self, id: &str) -> Opened {
        let (status, opened) = call(&mut self.browser, "open", &json!({ "voice": id })).await;
        assert_eq!(status, 200);
        serde_json::from_value(opened).unwrap()
    }

    pub async fn open(&mut self, id: &str) -> Case {
        let opened = self.opened(id).await;
        self.me.open(opened).unwrap()
    }

    async fn reply(&mut self, case: &Case, text: &str, state: &str) -> StatusCode {
        let (number, envelope) = self.me.reply(case, text, [number_of(text); 32]).unwrap();
        let body = json!({ "voice": case.row.id, "number": number, "envelope": envelope, "state": state });
        call(&mut self.browser, "reply", &body).await.0
    }
}

fn number_of(text: &str) -> u8 {
    text.bytes().fold(1, |sum, byte| sum ^ byte)
}

async fn facts(browser: &mut Browser) -> Facts {
    let (status, facts) = call(browser, "desk", &json!({})).await;
    assert_eq!(status, 200);
    serde_json::from_value(facts).unwrap()
}

/// A demonstration, a member of it, and a letter that came.
pub async fn told() -> (Desk, Member, Worker) {
    let app = TestApp::new().await;
    demonstration::open(&app.ctx).await.unwrap();
    let desk = Desk { app };
    let member = Member::join(&desk.app, "member@example.org", "Green", 40).await;
    let mut worker = desk.worker();
    worker.write(&desk, TEXT).await;
    (desk, member, worker)
}

#[tokio::test]
async fn member_reads_and_answers_and_the_worker_reads_it() {
    let (desk, mut member, mut worker) = told().await;
    let [row] = member.list(false).await.try_into().unwrap();
    assert_eq!((row.state, row.messages, row.opens, row.is_waiting), (State::Received, 1, 0, true));
    assert_eq!((row.language.as_str(), row.note.as_ref(), row.member.as_ref()), ("vi", None, None));

    let case = member.open(&row.id).await;
    assert_eq!((case.row.opens, case.doubtful, case.letters.len()), (1, 0, 1));
    let message = &case.letters[0].message;
    assert_eq!(
        (message.text.as_str(), message.topic.as_str(), message.employer.as_str()),
        (TEXT, "wages", "Red Factory")
    );
    // What everybody reads must not name it, however it is written.
    let plain = |text: &str| text.to_lowercase().replace([' ', '-'], "");
    assert!(case.names_employer("寮はred-FACTORYのものです", plain) && !case.names_employer("a red shirt", plain));

    desk.app.ctx.clock().advance(24 * 3_600_000);
    member.browser.sign_in("member@example.org", SIGN_IN).await;
    assert_eq!(member.reply(&case, "Chúng tôi đã đọc.", "assessed").await, 200);
    // The same once more is not there twice; nor does a state come back to where nobody has read.
    assert_eq!(member.reply(&case, "Chúng tôi đã đọc.", "assessed").await, 409);
    let case = member.open(&row.id).await;
    assert_eq!(member.reply(&case, "Nữa.", "received").await, 400);
    let [row] = member.list(false).await.try_into().unwrap();
    assert_eq!((row.state, row.messages, row.opens, row.is_waiting), (State::Assessed, 2, 2, false));
    assert_eq!(row.due_on, "2026-12-07", "ten working days behind a Monday");

    let letters = worker.back().await.body;
    for said in ["Chúng tôi đã đọc.", "Green", "2 lần", TEXT] {
        assert!(letters.contains(said), "{said}: {letters}");
    }
    // Concluded, it is in the other list; what the worker adds opens it again.
    assert_eq!(member.reply(&case, "Xong rồi.", "concluded").await, 200);
    assert!(member.list(false).await.is_empty());
    let [over] = member.list(true).await.try_into().unwrap();
    assert_eq!(over.state, State::Concluded);
    assert!(desk.voices().await[0].concluded_on.is_some());
    assert_eq!(worker.press(&[("act", "add"), ("text", "Chưa xong đâu.")]).await.status, 303);
    let [again] = member.list(false).await.try_into().unwrap();
    assert_eq!((again.state, again.is_waiting), (State::Addressed, true));
    assert!(desk.voices().await[0].concluded_on.is_none());
    let texts: Vec<_> = member.open(&row.id).await.letters.iter().map(|letter| letter.message.text.clone()).collect();
    assert_eq!(texts, [TEXT, "Chúng tôi đã đọc.", "Xong rồi.", "Chưa xong đâu."]);

    // Deleted by its worker, it is gone here too.
    worker.press(&[("act", "delete")]).await;
    assert!(member.list(false).await.is_empty());
    assert_eq!(call(&mut member.browser, "open", &json!({ "voice": row.id })).await.0, 404);
}

#[tokio::test]
async fn notes_are_sealed_and_somebody_looks_after_it() {
    let (desk, mut member, _) = told().await;
    let [row] = member.list(false).await.try_into().unwrap();
    let sealed = member.me.seal_note(&row, "Passport · lawyer asked", [9; 32]).unwrap();
    let me = member.me.me().id.clone();
    let note = |note: &str| json!({ "voice": row.id, "note": note });
    assert_eq!(call(&mut member.browser, "note", &note(&sealed)).await.0, 200);
    for wrong in ["Passport · lawyer asked", "AAAA", &sealed[4..], &[&sealed, "AAAA"].concat()] {
        assert_eq!(call(&mut member.browser, "note", &note(wrong)).await.0, 400, "{wrong}");
    }
    let assign = |member: Option<&str>| json!({ "voice": row.id, "member": member });
    assert_eq!(call(&mut member.browser, "assign", &assign(Some(&me))).await.0, 200);
    assert_eq!(call(&mut member.browser, "assign", &assign(Some("nobody"))).await.0, 400);
    let [row] = member.list(false).await.try_into().unwrap();
    assert_eq!(member.me.note(&row).as_deref(), Some("Passport · lawyer asked"));
    assert_eq!(row.member.as_deref(), Some(me.as_str()));
    assert!(!desk.voices().await[0].labels.as_ref().unwrap().contains("Passport"));
    // A note of another voice is none of this one.
    let moved = VoiceRow { id: "00".repeat(16), ..row.clone() };
    assert_eq!(member.me.note(&moved), None);
    assert_eq!(call(&mut member.browser, "note", &note("")).await.0, 200);
    assert_eq!(call(&mut member.browser, "assign", &assign(None)).await.0, 200);
    let [row] = member.list(false).await.try_into().unwrap();
    assert_eq!((row.note, row.member), (None, None));
    let unknown = json!({ "voice": "00".repeat(16), "note": "" });
    assert_eq!(call(&mut member.browser, "note", &unknown).await.0, 404);
}

/// A call that asks for what nobody signed.
fn an_order(voice: &str) -> Value {
    json!({
        "voice": voice, "basis": "court_order", "recipient": "00",
        "proposed": { "number": 2, "letters": ["AAAA"], "words": "00", "language": "vi" }, "order": { "id": "00", "salt": "00", "reason": 3, "signer": "m1", "signature": "00" },
    })
}

#[tokio::test]
async fn who_is_no_member_is_told_nothing() {
    let (desk, member, _) = told().await;
    let voice = desk.voice().await;
    let bodies = [
        ("list", json!({})),
        ("open", json!({ "voice": voice })),
        ("note", json!({ "voice": voice, "note": "" })),
        ("assign", json!({ "voice": voice })),
        ("reply", json!({ "voice": voice, "number": 2, "envelope": "AAAA", "state": "assessed" })),
        ("answer-challenge", json!({ "number": 1, "answer": "00" })),
        ("give-key", json!({ "number": 1, "member": member.me.me().id, "wrapped": "AAAA" })),
        ("propose", json!({ "voice": voice, "number": 2, "letters": ["AAAA"], "words": "00", "language": "vi" })),
        ("pass-on", json!({ "voice": voice, "grant": "00", "words": "x", "recipient": "y" })),
        ("publish", json!({ "voice": voice, "grant": "00", "words": "x", "id": "00" })),
        ("order", an_order(voice.as_str())),
        ("refuse", json!({ "voice": voice, "order": "00" })),
        ("approve", json!({ "voice": voice, "order": "00", "signature": "00", "words": "x", "recipient": "y" })),
        ("sort", json!({ "voices": [voice], "is_junk": true })),
    ];
    let mut nobody = Browser::new(&desk.app);
    let mut colleague = joined(&desk.app, "colleague@example.org", Role::Coordinator).await;
    for (name, body) in &bodies {
        assert_eq!(call(&mut nobody, name, body).await.0, 401, "{name}");
        assert_eq!(call(&mut colleague, name, body).await.0, 403, "{name}");
    }
    for path in PATHS {
        let name = path.rsplit('/').next().unwrap();
        assert!(["desk", "enrol"].contains(&name) || bodies.iter().any(|(known, _)| *known == name), "{name}");
    }
    assert_eq!(call(&mut nobody, "desk", &json!({})).await.0, 401);
    assert_eq!(facts(&mut colleague).await.me, None);
    assert_eq!(desk.voices().await[0].opens, 0, "nobody was handed it");
    // Nor who was taken out.
    let (mut browser, id) = (member.browser, member.me.me().id.clone());
    ceremony::remove(&desk.app.ctx, &id).await.unwrap();
    for (name, body) in &bodies {
        assert_eq!(call(&mut browser, name, body).await.0, 403, "{name}");
    }
    assert_eq!(facts(&mut browser).await.me, None);
}

/// What came while the root vouched for them they read later too; what they answer nobody would believe.
#[tokio::test]
async fn whose_certificate_is_over_reads_and_does_not_answer() {
    let (desk, mut member, _) = told().await;
    let [row] = member.list(false).await.try_into().unwrap();
    desk.app.ctx.clock().advance(91 * 24 * 3_600_000);
    member.browser.sign_in("member@example.org", SIGN_IN).await;
    let case = member.open(&row.id).await;
    assert_eq!(case.letters[0].message.text, TEXT);
    assert_eq!(member.reply(&case, "Xin chào.", "assessed").await, 410);
    let [row] = member.list(false).await.try_into().unwrap();
    assert_eq!((row.state, row.messages), (State::Received, 1), "nothing is promised by an answer that is none");
}

#[tokio::test]
async fn another_passphrase_and_swapped_keys_open_nothing() {
    let (_desk, mut member, _) = told().await;
    let facts = facts(&mut member.browser).await;
    let locked = |facts: &Facts, passphrase: &str| Unlocked::unlock(facts, passphrase).err();
    assert_eq!(locked(&facts, "four small wooden boat"), Some(StaysLocked::Passphrase));
    let mut swapped = facts.clone();
    let me = swapped.me.as_mut().unwrap();
    me.person.sign_key.replace_range(..2, "00");
    assert_eq!(locked(&swapped, PASSPHRASE), Some(StaysLocked::Broken));
    let rootless = Facts { root: String::new(), ..facts.clone() };
    assert_eq!(locked(&rootless, PASSPHRASE), Some(StaysLocked::Broken));
    // A key of the desk that the root did not sign is not used, whoever sealed it.
    let mut other_key = facts.clone();
    other_key.keys[0].public_key = "66".repeat(32);
    assert_eq!(Unlocked::unlock(&other_key, PASSPHRASE).ok().unwrap().key_count(), 0);
    // Of a desk elsewhere, the same bytes lock and open nothing.
    let elsewhere = Facts { site: "00".repeat(16), ..facts };
    assert_eq!(locked(&elsewhere, PASSPHRASE), Some(StaysLocked::Passphrase));
}

#[tokio::test]
async fn what_somebody_put_into_the_table_is_doubtful_to_members() {
    let (desk, mut member, mut worker) = told().await;
    let ctx = &desk.app.ctx;
    let voice = desk.voice().await;
    worker.back().await;
    worker.press(&[("act", "add"), ("text", "Hai.")]).await;
    worker.press(&[("act", "add"), ("text", "Ba.")]).await;
    let rows = voice_message::Entity::find_by_id((voice.clone(), 2)).one(ctx.read()).await.unwrap().unwrap();
    let moved = voice_message::ActiveModel {
        voice_id: Set(voice.clone()),
        number: Set(3),
        envelope: Set(rows.envelope.clone()),
        ..Default::default()
    };
    moved.update(ctx.db().writer()).await.unwrap();
    let case = member.open(voice.as_str()).await;
    assert_eq!((case.letters.len(), case.doubtful), (2, 1));
    // A letter that was taken away is missed.
    voice_message::Entity::delete_by_id((voice.clone(), 2)).exec(ctx.db().writer()).await.unwrap();
    let case = member.open(voice.as_str()).await;
    assert_eq!((case.letters.len(), case.doubtful), (1, 2));
    // Keys of somebody else make the worker's letters doubtful, not readable as theirs.
    let opened = Opened { workers: vec!["11".repeat(32)], ..member.opened(voice.as_str()).await };
    let case = member.me.open(opened).unwrap();
    assert_eq!((case.letters.len(), case.doubtful), (0, 3));
}

#[tokio::test]
async fn keys_are_given_to_whom_the_root_vouches_for() {
    let (desk, mut first, _) = told().await;
    let second = Member::join(&desk.app, "second@example.org", "Silver", 80).await;
    let id = second.me.me().id.clone();
    let ctx = &desk.app.ctx;
    // As if they had joined after the key was made.
    voice_epoch_wrap::Entity::delete_by_id((1, id.clone())).exec(ctx.db().writer()).await.unwrap();
    let mut second = Member::unlock(second.browser).await;
    assert_eq!(second.me.key_count(), 0);
    let voice = desk.voice().await;
    let opened = second.opened(voice.as_str()).await;
    assert!(second.me.open(opened).is_none(), "without the key nothing opens");

    let facts = facts(&mut first.browser).await;
    // Unlocked before the second joined: what is known of people is as old as that.
    let without: Vec<_> =
        first.me.without_key(&facts).into_iter().map(|(number, person)| (number, person.clone())).collect();
    let [(1, person)] = without.as_slice() else { panic!("{without:?}") };
    assert_eq!(person.id, id);
    let mut stranger = person.clone();
    stranger.seal_key = "22".repeat(32);
    assert_eq!(first.me.give(&facts, 1, &stranger, [3; 32]), None, "another key than the root has signed");
    let wrapped = first.me.give(&facts, 1, person, [3; 32]).unwrap();
    let body = |member: &str, wrapped: &str| json!({ "number": 1, "member": member, "wrapped": wrapped });
    assert_eq!(call(&mut first.browser, "give-key", &body("nobody", &wrapped)).await.0, 403);
    assert_eq!(call(&mut first.browser, "give-key", &body(&id, "AAAA")).await.0, 400);
    // Who has not opened the key gives none.
    assert_eq!(call(&mut second.browser, "give-key", &body(&id, &wrapped)).await.0, 403);
    assert_eq!(call(&mut first.browser, "give-key", &body(&id, &wrapped)).await.0, 200);
    assert_eq!(call(&mut first.browser, "give-key", &body(&id, &wrapped)).await.0, 409, "it is there");
    let mut second = Member::unlock(second.browser).await;
    assert_eq!(second.open(voice.as_str()).await.letters[0].message.text, TEXT);
    let row = voice_epoch_wrap::Entity::find_by_id((1, id)).one(ctx.read()).await.unwrap().unwrap();
    assert!(row.opened_on.is_some(), "opened once");
}

#[tokio::test]
async fn asking_to_join_has_a_form_and_is_asked_once() {
    let desk = Desk::open().await;
    let mut browser = joined(&desk.app, "new@example.org", Role::Assistant).await;
    set_up(&desk.app, &mut browser).await;
    let facts_before = facts(&mut browser).await;
    assert!(facts_before.is_open && !facts_before.is_demonstration && facts_before.me.is_none());
    let enrolment =
        Enrolment::make(&facts_before.site, "Violet", PASSPHRASE, [[1; 32], [2; 32], [3; 32], [4; 32]]).unwrap();
    let right = json!(enrolment);
    for (field, wrong) in [
        ("id", json!("1")),
        ("called", json!("")),
        ("called", json!("ア".repeat(41))),
        ("sign_key", json!("zz")),
        ("seal_key", json!("")),
        ("salt", json!("00")),
        ("locked", json!("open")),
    ] {
        let mut body = right.clone();
        body[field] = wrong;
        assert_eq!(call(&mut browser, "enrol", &body).await.0, 400, "{field}");
    }
    assert_eq!(call(&mut browser, "enrol", &right).await.0, 200);
    let told = facts(&mut browser).await;
    let me = told.me.unwrap();
    assert_eq!((me.person.called.as_str(), me.person.sign_certificate.as_str()), ("Violet", ""));
    assert_eq!(me.person.digits().len(), 19);
    assert!(told.people.iter().all(|person| person.called != "Violet"), "nobody vouches yet");
    // Nothing is read meanwhile; asking anew takes the place of what was asked.
    assert_eq!(call(&mut browser, "list", &json!({})).await.0, 403);
    let anew = Enrolment::make(&told.site, "Violet", PASSPHRASE, [[5; 32], [6; 32], [7; 32], [8; 32]]).unwrap();
    assert_eq!(call(&mut browser, "enrol", &json!(anew)).await.0, 200);
    assert_eq!(facts(&mut browser).await.me.unwrap().person.id, anew.id);
}

#[tokio::test]
async fn page_holds_no_letter_and_names_no_voice() {
    let (desk, mut member, _) = told().await;
    let id = desk.voice().await;
    let page = member.browser.get("/console/voices").await;
    assert_eq!(page.status, 200);
    assert!(!page.body.contains(TEXT) && !page.body.contains(id.as_str()));
    assert!(page.body.contains("leptos-island"), "the program draws everything");
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    assert!(voice::Entity::find().all(desk.app.ctx.read()).await.unwrap().iter().all(|row| row.opens == 0));
}

/// A desk that is no demonstration is entered with a second factor alone, by its page and by each of its calls.
#[tokio::test]
async fn a_real_desk_asks_for_a_second_factor() {
    let desk = Desk::open().await;
    let mut browser = joined(&desk.app, "new@example.org", Role::Coordinator).await;
    let bodies = [
        ("desk", json!({})),
        ("enrol", json!(Enrolment::make("00", "Violet", PASSPHRASE, [[1; 32], [2; 32], [3; 32], [4; 32]]).unwrap())),
        ("list", json!({})),
        ("open", json!({ "voice": "00" })),
        ("note", json!({ "voice": "00", "note": "" })),
        ("assign", json!({ "voice": "00" })),
        ("reply", json!({ "voice": "00", "number": 2, "envelope": "AAAA", "state": "assessed" })),
        ("answer-challenge", json!({ "number": 1, "answer": "00" })),
        ("give-key", json!({ "number": 1, "member": "m1", "wrapped": "AAAA" })),
        ("propose", json!({ "voice": "00", "number": 2, "letters": ["AAAA"], "words": "00", "language": "vi" })),
        ("pass-on", json!({ "voice": "00", "grant": "00", "words": "x", "recipient": "y" })),
        ("publish", json!({ "voice": "00", "grant": "00", "words": "x", "id": "00" })),
        ("order", an_order("00")),
        ("refuse", json!({ "voice": "00", "order": "00" })),
        ("approve", json!({ "voice": "00", "order": "00", "signature": "00", "words": "x", "recipient": "y" })),
        ("sort", json!({ "voices": ["00"], "is_junk": true })),
    ];
    assert_eq!(bodies.len(), PATHS.len());
    for (name, body) in &bodies {
        assert!(PATHS.contains(&format!("/api/v1/voices/{name}").as_str()));
        assert_eq!(call(&mut browser, name, body).await.0, 403, "{name}");
    }
    assert!(voice_member::Entity::find().all(desk.app.ctx.read()).await.unwrap().len() == 1, "nobody asked to join");
    let page = browser.get("/console/voices").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("signed in with a second factor") && page.body.contains("You have none yet."));
    assert!(page.body.contains("href=\"/console/account\""));
    assert!(!page.body.contains("leptos-island") && !page.body.contains("<script"), "{}", page.body);

    let mut elsewhere = Browser::new(&desk.app);
    elsewhere.sign_in("new@example.org", SIGN_IN).await;
    let (phone, codes) = set_up(&desk.app, &mut browser).await;
    assert_eq!(call(&mut browser, "desk", &json!({})).await.0, 200, "it was just shown");
    assert!(browser.get("/console/voices").await.body.contains("leptos-island"));
    // A session that was there before has shown none.
    assert_eq!(call(&mut elsewhere, "desk", &json!({})).await.0, 403);
    assert!(elsewhere.get("/console/voices").await.body.contains("signed in without it"));
    let mut anew = half_in(&desk.app, "new@example.org").await;
    assert_eq!(call(&mut anew, "desk", &json!({})).await.0, 401, "half open is no session");
    assert_eq!(type_code(&mut anew, &phone.next(&desk.app)).await.status, 303);
    assert_eq!(call(&mut anew, "desk", &json!({})).await.0, 200);
    // Turned off, no session counts as one with it.
    let off = [("act", "remove"), ("passphrase", SIGN_IN), ("code", codes[0].as_str())];
    assert_eq!(browser.post("/console/account/second-factor", &off).await.status, 303);
    for browser in [&mut browser, &mut anew] {
        assert_eq!(call(browser, "desk", &json!({})).await.0, 403);
    }
}
