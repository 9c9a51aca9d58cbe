//! Door A: what is sealed on a phone arrives, is read there again, and nobody else can; with the rules that run in the
//! browser against the calls of the server.

use super::{
    drill::{decoded, encoded},
    sample::{Desk, hidden},
};
use crate::auth::browser::Browser;
use app::voices::{
    door::{Arrived, Door, Told},
    server::{
        entities::{voice_message, voice_wrap},
        keys::open_desk,
    },
    standing::State,
    work,
    worker::{Cannot, Returned, Sealed, Thread, Writer, is_last},
    written::Written,
};
use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Method, Request, StatusCode, header},
};
use sea_orm::EntityTrait as _;
use seal::voice::{envelope::Path, receipt::Receipt};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::net::SocketAddr;
use tower::ServiceExt as _;

const TEXT: &str = "Quản lý đánh tôi.";

pub async fn call(browser: &mut Browser, name: &str, body: &Value) -> (StatusCode, Value) {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    let path = format!("/api/v1/voices{name}");
    let answer = browser.send(Method::POST, &path, Body::from(body.to_string()), &headers).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
}

async fn read<T: DeserializeOwned>(browser: &mut Browser, name: &str, body: &Value) -> T {
    let (status, value) = call(browser, name, body).await;
    assert_eq!(status, 200, "{name}: {value}");
    serde_json::from_value(value).unwrap()
}

/// Somebody with a phone on which script runs.
pub struct Phone {
    pub browser: Browser,
    pub door: Door,
}

fn random(seed: u8) -> [[u8; 32]; 3] {
    [1, 2, 3].map(|at| [seed.wrapping_mul(7) ^ at; 32])
}

fn written(text: &str) -> Written {
    Written::of("violence", "Red Factory", text)
}

impl Phone {
    pub async fn new(desk: &Desk) -> Self {
        let mut browser = Browser::new(&desk.app);
        let door = read(&mut browser, "/door", &json!({})).await;
        desk.app.ctx.clock().advance(5_000);
        Self { browser, door }
    }

    fn writer(&self, seed: u8) -> Writer {
        let entropy = core::array::from_fn(|at| u8::try_from(at).unwrap().wrapping_mul(5) ^ (seed & 0x7f));
        Writer::begin(&self.door, &entropy, [seed; 32]).ok().unwrap()
    }

    fn sealed(&self, writer: &Writer, text: &str) -> Sealed {
        writer.seal(&self.door, "vi", &written(text), random(9)).ok().unwrap()
    }

    async fn send(&mut self, sealed: &Sealed) -> (StatusCode, Value) {
        call(&mut self.browser, "", &json!(sealed)).await
    }

    /// Writes; the receipt.
    pub async fn write(&mut self, text: &str) -> Receipt {
        let writer = self.writer(41);
        let sealed = self.sealed(&writer, text);
        let (status, arrived) = self.send(&sealed).await;
        assert_eq!(status, 200, "{arrived}");
        assert!(matches!(serde_json::from_value(arrived).unwrap(), Arrived::Stored(_)));
        writer.receipt().clone()
    }

    pub async fn back(&mut self, receipt: &Receipt) -> (Returned, Thread) {
        let returned = Returned::of(&self.door, receipt).ok().unwrap();
        let thread = self.letters(&returned).await;
        (returned, thread)
    }

    pub async fn letters(&mut self, returned: &Returned) -> Thread {
        let told: Told = read(&mut self.browser, "/letters", &json!({ "auth": returned.auth() })).await;
        returned.open(&self.door, told).unwrap()
    }

    async fn add(&mut self, returned: &Returned, thread: &Thread, text: &str) -> StatusCode {
        let sealed = returned.add(&self.door, thread, "vi", &Written::of("", "", text), random(77)[0]);
        let (number, envelope) = sealed.unwrap();
        let body = json!({ "auth": returned.auth(), "number": number, "envelope": envelope });
        call(&mut self.browser, "/add", &body).await.0
    }
}

fn texts(thread: &Thread) -> Vec<&str> {
    thread.letters.iter().map(|letter| letter.message.text.as_str()).collect()
}

#[tokio::test]
async fn what_was_sealed_on_a_phone_is_read_there_again() {
    let desk = Desk::open().await;
    let mut phone = Phone::new(&desk).await;
    let receipt = phone.write(TEXT).await;
    let [row] = desk.voices().await.try_into().unwrap();
    assert_eq!((row.state, row.messages, row.language.as_str()), (State::Received, 1, "vi"));

    let (returned, thread) = phone.back(&receipt).await;
    assert_eq!((texts(&thread), thread.doubtful), (vec![TEXT], 0));
    assert_eq!((thread.letters[0].path, thread.letters[0].message.topic.as_str()), (Path::Phone, "violence"));
    assert_eq!(phone.add(&returned, &thread, "Hôm nay nữa.").await, 200);
    assert_eq!(phone.add(&returned, &thread, "Hôm nay nữa.").await, 409, "that number is taken");
    assert_eq!(texts(&phone.letters(&returned).await), [TEXT, "Hôm nay nữa."]);

    // The same voice without script: the receipt opens both doors.
    let mut plain = desk.worker();
    plain.receipt = receipt.groups().concat();
    let page = plain.back().await.body;
    assert!(page.contains(TEXT) && page.contains("Hôm nay nữa.") && page.contains("khóa trên điện thoại"), "{page}");

    let auth = returned.auth();
    let keep = |is_long: bool| json!({ "auth": auth, "is_long": is_long });
    assert_eq!(call(&mut phone.browser, "/keep", &keep(true)).await.0, 200);
    assert!(phone.letters(&returned).await.told.is_kept_long);
    assert_eq!(call(&mut phone.browser, "/keep", &keep(false)).await.0, 200);
    assert!(!phone.letters(&returned).await.told.is_kept_long);

    assert_eq!(call(&mut phone.browser, "/delete", &json!({ "auth": auth })).await.0, 200);
    assert!(desk.voices().await.is_empty());
    let reader = desk.app.ctx.read();
    assert!(voice_message::Entity::find().all(reader).await.unwrap().is_empty());
    assert!(voice_wrap::Entity::find().all(reader).await.unwrap().is_empty());
    for name in ["/letters", "/delete"] {
        assert_eq!(call(&mut phone.browser, name, &json!({ "auth": auth })).await.0, 404, "{name}");
    }
}

#[tokio::test]
async fn one_form_is_one_voice_however_often_it_is_sent() {
    let desk = Desk::open().await;
    let mut phone = Phone::new(&desk).await;
    let writer = phone.writer(41);
    let sealed = phone.sealed(&writer, TEXT);
    for _ in 0..3 {
        assert_eq!(phone.send(&sealed).await.0, 200);
    }
    assert_eq!(desk.voices().await.len(), 1);
    // Somebody else's receipt for the same form, and the form without script: neither is let in.
    let other = phone.writer(42);
    let stolen = phone.sealed(&other, "khác");
    assert_eq!(phone.send(&stolen).await.0, 409);
    let mut plain = Browser::new(&desk.app);
    let fields = [("attempt", phone.door.attempt.as_str()), ("topic", "wages"), ("text", "khác")];
    let answer = plain.post("/vi/voice/write", &fields).await;
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("khác") && hidden(&answer.body, "attempt") != phone.door.attempt, "drawn anew");
    assert_eq!(desk.voices().await[0].messages, 1);
    // Deleted, the form makes it no more.
    let auth = writer.returned().auth();
    assert_eq!(call(&mut phone.browser, "/delete", &json!({ "auth": auth })).await.0, 200);
    assert_eq!(phone.send(&sealed).await.0, 410);
    // What was sealed for another key of the desk could be opened by nobody.
    let mut older = phone.sealed(&other, TEXT);
    older.wraps.key += 1;
    let mut fresh = Phone::new(&desk).await;
    older.attempt.clone_from(&fresh.door.attempt);
    assert_eq!(fresh.send(&older).await.0, 410);
    // A day later the form is over, and another one is given.
    desk.app.ctx.clock().advance(25 * 3_600_000);
    let late = phone.sealed(&other, TEXT);
    assert_eq!(phone.send(&late).await.0, 410);
    let mut again = Phone::new(&desk).await;
    again.write(TEXT).await;
    assert_eq!(desk.voices().await.len(), 1);
}

#[tokio::test]
async fn only_what_is_sealed_for_exactly_this_is_taken() {
    let desk = Desk::open().await;
    let mut phone = Phone::new(&desk).await;
    let sealed = json!(phone.sealed(&phone.writer(41), TEXT));
    let open = data(TEXT);
    for (field, wrong) in [
        ("envelope", json!(TEXT)),
        ("envelope", json!(open)),
        ("envelope", json!("")),
        ("wraps", json!({ "for_desk": open, "key": 1, "for_worker": sealed["wraps"]["for_worker"] })),
        ("wraps", json!({ "for_desk": sealed["wraps"]["for_desk"], "key": 1, "for_worker": "AAAA" })),
        ("language", json!("xx")),
        ("keys", json!({ "auth": "00", "kem": "00", "sign": "00" })),
        ("keys", json!({ "auth": "11".repeat(32), "kem": "00".repeat(32), "sign": "00".repeat(32) })),
    ] {
        let mut body = sealed.clone();
        body[field] = wrong;
        assert_eq!(call(&mut phone.browser, "", &body).await.0, 400, "{field}");
    }
    let mut forged = sealed.clone();
    forged["attempt"] = json!("AAAA");
    assert_eq!(call(&mut phone.browser, "", &forged).await.0, 410);
    // Sealed for another form.
    let other = Phone::new(&desk).await;
    let mut moved = json!(other.sealed(&other.writer(41), TEXT));
    moved["attempt"] = json!(phone.door.attempt);
    assert_eq!(call(&mut phone.browser, "", &moved).await.0, 400);
    assert!(desk.voices().await.is_empty());
    for name in ["/letters", "/keep", "/delete", "/add", "/change-receipt"] {
        let keys = json!({ "auth": "11".repeat(32), "kem": "00", "sign": "00" });
        let body = |auth: &str| json!({ "auth": auth, "is_long": true, "number": 1, "envelope": "AAAA", "keys": keys, "wrapped": "AAAA" });
        assert_eq!(call(&mut phone.browser, name, &body("zz")).await.0, 400, "{name}");
        assert_eq!(call(&mut phone.browser, name, &body(&"22".repeat(32))).await.0, 404, "{name}");
    }
}

fn data(text: &str) -> String {
    text.bytes().map(|byte| char::from(b'A' + byte % 26)).collect()
}

#[tokio::test]
async fn phone_seals_to_nothing_that_nobody_vouches_for() {
    let desk = Desk::open().await;
    let phone = Phone::new(&desk).await;
    let refused = |door: &Door| Writer::begin(door, &[5; 48], [1; 32]).err();
    let mut swapped = phone.door.clone();
    swapped.key.public_key = "33".repeat(32);
    assert_eq!(refused(&swapped), Some(Cannot::Untrusted));
    let mut renumbered = phone.door.clone();
    renumbered.key.number += 1;
    assert_eq!(refused(&renumbered), Some(Cannot::Untrusted));
    assert_eq!(refused(&Door { today: "2031-01-01".to_owned(), ..phone.door.clone() }), Some(Cannot::Untrusted));
    assert_eq!(refused(&Door { root: "44".repeat(32), ..phone.door.clone() }), Some(Cannot::Untrusted));
    assert_eq!(refused(&Door { site: "55".repeat(16), ..phone.door.clone() }), Some(Cannot::Untrusted));
    // Not by their own count, but by what they are, letters of a voice are opened.
    let long = Written::of("", "", &"a".repeat(70_000));
    assert_eq!(phone.writer(41).seal(&phone.door, "vi", &long, random(1)).err(), Some(Cannot::TooLong));
}

#[tokio::test]
async fn another_receipt_opens_instead_of_the_one_before() {
    let desk = Desk::open().await;
    let mut phone = Phone::new(&desk).await;
    let receipt = phone.write(TEXT).await;
    let (returned, thread) = phone.back(&receipt).await;
    let drawn = core::array::from_fn(|at| u8::try_from(at * 3).unwrap());
    let other = Returned::other(&phone.door, &thread, &drawn, [8; 32]).ok().unwrap();
    assert!(is_last(&other.receipt, other.receipt.groups().last().unwrap()) && !is_last(&other.receipt, "00"));
    let body = json!({ "auth": returned.auth(), "keys": other.keys, "wrapped": other.wrapped });
    for wrong in ["", "AAAA", &other.wrapped[4..]] {
        let mut body = body.clone();
        body["wrapped"] = json!(wrong);
        assert_eq!(call(&mut phone.browser, "/change-receipt", &body).await.0, 400, "{wrong}");
    }
    assert_eq!(call(&mut phone.browser, "/change-receipt", &body).await.0, 200);
    // The answer was lost: it is done.
    assert_eq!(call(&mut phone.browser, "/change-receipt", &body).await.0, 200);
    assert_eq!(call(&mut phone.browser, "/letters", &json!({ "auth": returned.auth() })).await.0, 404);
    let thread = phone.letters(&other.returned).await;
    assert_eq!((texts(&thread), thread.doubtful), (vec![TEXT], 0), "what the one before signed is still the worker's");
    assert_eq!(phone.add(&other.returned, &thread, "Hai.").await, 200);
    assert_eq!(texts(&phone.letters(&other.returned).await), [TEXT, "Hai."]);
}

/// Each key is tried for each letter, so there is an end to them.
#[tokio::test]
async fn receipts_are_changed_so_often_at_most() {
    let desk = Desk::open().await;
    let mut phone = Phone::new(&desk).await;
    let receipt = phone.write(TEXT).await;
    let (mut returned, thread) = phone.back(&receipt).await;
    for seed in 1..=16_u8 {
        let drawn = core::array::from_fn(|at| u8::try_from(at).unwrap().wrapping_mul(seed));
        let other = Returned::other(&phone.door, &thread, &drawn, [seed; 32]).ok().unwrap();
        let body = json!({ "auth": returned.auth(), "keys": other.keys, "wrapped": other.wrapped });
        let status = call(&mut phone.browser, "/change-receipt", &body).await.0;
        assert_eq!(status, if seed < 16 { 200 } else { 422 }, "{seed}");
        if seed < 16 {
            returned = other.returned;
        }
    }
    assert_eq!(texts(&phone.letters(&returned).await), [TEXT], "the last one is still good");
}

#[tokio::test]
async fn closed_desk_takes_and_shows_nothing() {
    let desk = Desk::open().await;
    let mut phone = Phone::new(&desk).await;
    let receipt = phone.write(TEXT).await;
    let sealed = phone.sealed(&phone.writer(43), TEXT);
    app::voices::server::ceremony::close(&desk.app.ctx).await.unwrap();
    assert!(open_desk(&desk.app.ctx).await.unwrap().is_none());
    let auth = Returned::of(&phone.door, &receipt).ok().unwrap().auth();
    assert_eq!(phone.send(&sealed).await.0, 403);
    assert_eq!(call(&mut phone.browser, "/door", &json!({})).await.0, 403);
    assert_eq!(call(&mut phone.browser, "/letters", &json!({ "auth": auth })).await.0, 403);
    assert_eq!(desk.voices().await.len(), 1);
    // But nobody needs the desk to take back what is theirs.
    assert_eq!(call(&mut phone.browser, "/delete", &json!({ "auth": auth })).await.0, 200);
    assert!(desk.voices().await.is_empty());
}

/// Posts something from an address; what came back.
pub async fn answer_from(
    router: Router,
    host: u8,
    path: &str,
    kind: &'static str,
    body: String,
) -> (StatusCode, Vec<u8>) {
    let request = Request::post(path).header(header::CONTENT_TYPE, kind);
    let mut request = request.header("sec-fetch-site", "same-origin").body(Body::from(body)).unwrap();
    request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, host], 4_000))));
    let response = router.oneshot(request).await.unwrap();
    (response.status(), to_bytes(response.into_body(), 1_000_000).await.unwrap().to_vec())
}

/// Posts a letter from an address.
async fn post_from(desk: &Desk, host: u8, sealed: &Sealed) -> Arrived {
    let body = json!(sealed).to_string();
    let (status, bytes) = answer_from(desk.app.router(), host, "/api/v1/voices", "application/json", body).await;
    assert_eq!(status, 200);
    serde_json::from_slice(&bytes).unwrap()
}

#[tokio::test]
async fn flood_has_to_work_and_an_honest_phone_has_not() {
    let desk = Desk::open().await;
    let mut asked = Vec::new();
    for seed in 0..18 {
        let junk = Phone::new(&desk).await;
        let mut sealed = junk.sealed(&junk.writer(seed), "junk");
        let mut arrived = post_from(&desk, 7, &sealed).await;
        asked.push(0);
        if let Arrived::Work(bits) = arrived {
            // A number for another form is none.
            sealed.work = work::look("another form", bits, 0, u64::MAX).unwrap();
            if !work::is_done(&sealed.attempt, sealed.work, bits) {
                assert_eq!(post_from(&desk, 7, &sealed).await, Arrived::Work(bits));
            }
            sealed.work = work::look(&sealed.attempt, bits, 0, u64::MAX).unwrap();
            arrived = post_from(&desk, 7, &sealed).await;
            *asked.last_mut().unwrap() = bits;
        }
        assert!(matches!(arrived, Arrived::Stored(_)), "nobody is refused");
    }
    assert_eq!(asked, [[0; 9].as_slice(), &[14; 8], &[16; 1]].concat());
    // Meanwhile somebody elsewhere.
    let honest = Phone::new(&desk).await;
    let sealed = honest.sealed(&honest.writer(99), TEXT);
    assert!(matches!(post_from(&desk, 8, &sealed).await, Arrived::Stored(_)));
    assert_eq!(desk.voices().await.len(), 19);
}

#[tokio::test]
async fn ten_thousand_from_one_address_keep_nobody_out_and_leave_nothing() {
    let desk = Desk::open().await;
    let phone = Phone::new(&desk).await;
    let honest = phone.sealed(&phone.writer(1), TEXT);
    let router = desk.app.router();
    // What has not even the form of a letter is not counted: it makes no flood.
    let first = Phone::new(&desk).await;
    let mut junk = first.sealed(&first.writer(2), "junk");
    let sealed = decoded(&junk.envelope);
    junk.envelope = "AAAA".to_owned();
    for _ in 0..100 {
        let body = json!(junk).to_string();
        assert_eq!(answer_from(router.clone(), 9, "/api/v1/voices", "application/json", body).await.0, 400);
    }
    // Of the right form, and nothing behind it: the head of an envelope says of which voice it is.
    let mut junks = Vec::new();
    for at in 0..24_u8 {
        let Phone { door, .. } = Phone::new(&desk).await;
        let mut envelope = sealed.clone();
        let case = (0..16).map(|byte| u8::from_str_radix(&door.voice[2 * byte..2 * byte + 2], 16).unwrap());
        envelope.splice(1..17, case);
        junk.envelope = encoded(&envelope);
        junk.attempt = door.attempt;
        junk.keys.auth = format!("{at:064x}");
        junks.push(json!(junk).to_string());
    }
    let mut worked = 0;
    for at in 0..10_000 {
        let junk = junks[at % junks.len()].clone();
        let (status, bytes) = answer_from(router.clone(), 9, "/api/v1/voices", "application/json", junk).await;
        assert_eq!(status, 200);
        match serde_json::from_slice(&bytes).unwrap() {
            Arrived::Work(bits) => worked += usize::from(bits > 0),
            // One of the first few, or the same once more.
            Arrived::Stored(_) => {}
        }
    }
    let stored = desk.voices().await.len();
    assert!((1..=9).contains(&stored), "all but the first few have to work: {stored}");
    assert!(worked >= 10_000 * (24 - 9) / 24, "{worked}");

    // From anywhere else a letter goes in at once; from the same address after work that a cheap phone does in a minute.
    assert!(matches!(post_from(&desk, 10, &honest).await, Arrived::Stored(_)));
    let beside = Phone::new(&desk).await;
    let mut beside = beside.sealed(&beside.writer(3), TEXT);
    let mut arrived = post_from(&desk, 9, &beside).await;
    if let Arrived::Work(bits) = arrived {
        assert!((1..=22).contains(&bits), "{bits}");
        beside.work = work::look(&beside.attempt, bits, 0, u64::MAX).unwrap();
        arrived = post_from(&desk, 9, &beside).await;
    }
    assert!(matches!(arrived, Arrived::Stored(_)), "nobody is shut out by address");

    // Door B: forms that nobody was given are drawn anew, and store nothing.
    for _ in 0..500 {
        let body = "attempt=junk&topic=wages&text=junk".to_owned();
        let kind = "application/x-www-form-urlencoded";
        let (status, page) = answer_from(router.clone(), 9, "/vi/voice/write", kind, body).await;
        assert!(status.is_client_error() || status == 200, "{status}");
        assert!(!String::from_utf8_lossy(&page).contains("voice-digits"), "no digits for what is not stored");
    }
    assert_eq!(desk.voices().await.len(), stored + 2);
}
