//! A promise that was broken, and what came in a flood.

use super::{
    door_a::{self, Phone},
    members::{call, told},
    sample::Desk,
};
use app::{
    questionnaires::server::effort::{self, Client},
    server::Context,
    voices::{
        server::{entities::voice, late},
        standing::{Part, State},
    },
};
use axum::{extract::ConnectInfo, http::Request};
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use serde_json::json;
use std::net::SocketAddr;

const DAY: i64 = 24 * 3_600_000;

async fn only(ctx: &Context) -> voice::Model {
    let [voice] = voice::Entity::find().all(ctx.read()).await.unwrap().try_into().unwrap();
    voice
}

#[tokio::test]
async fn worker_says_that_the_desk_is_late_and_a_trustee_hears_it_once() {
    let (desk, mut member, mut worker) = told().await;
    let ctx = desk.app.ctx.clone();
    worker.back().await;
    assert!(!worker.letters().await.body.contains("value=\"late\""), "nothing is late yet");
    assert_eq!(worker.press(&[("act", "late")]).await.status, 303);
    assert_eq!(only(&ctx).await.late_on, None, "who presses anyhow changes nothing");
    for _ in 0..5 {
        ctx.clock().advance(DAY);
    }
    worker.back().await;
    assert!(worker.letters().await.body.contains("value=\"late\""));
    for _ in 0..2 {
        assert_eq!(worker.press(&[("act", "late")]).await.status, 303);
    }
    let letters = worker.letters().await.body;
    assert!(letters.contains("Bạn đã báo vào") && !letters.contains("value=\"late\""), "{letters}");
    assert!(late::untold(&ctx).await.unwrap().is_empty(), "not in the hour in which the button was pressed");
    ctx.clock().advance(DAY);
    worker.back().await;
    assert_eq!(late::untold(&ctx).await.unwrap(), [desk.voice().await]);
    let (subject, text) = late::words(&ctx, 1);
    let id = desk.voice().await;
    assert!(subject.contains('1') && !text.contains(id.as_str()) && !subject.contains(id.as_str()), "{text}");
    late::told(&ctx, &[id]).await.unwrap();
    assert!(late::untold(&ctx).await.unwrap().is_empty(), "once");

    member.browser.sign_in("member@example.org", crate::auth::browser::PASSPHRASE).await;
    let [row] = member.list(false).await.try_into().unwrap();
    assert!(row.late_on.is_some(), "members see it");
    let case = member.open(&row.id).await;
    let (number, envelope) = member.me.reply(&case, "Xin lỗi.", [91; 32]).unwrap();
    let body = json!({ "voice": row.id, "number": number, "envelope": envelope, "state": "addressed" });
    assert_eq!(call(&mut member.browser, "reply", &body).await.0, 200);
    let now = only(&ctx).await;
    assert_eq!(
        (now.late_on, now.late_told_on),
        (None, None),
        "the answer ends it, and the next promise can be broken anew"
    );
}

#[tokio::test]
async fn phone_says_it_too_also_while_the_desk_is_closed() {
    let (desk, _member, ..) = told().await;
    let ctx = desk.app.ctx.clone();
    let mut phone = Phone::new(&desk).await;
    let receipt = phone.write("Quản lý đánh tôi.").await;
    let (returned, _) = phone.back(&receipt).await;
    let body = json!({ "auth": returned.auth() });
    assert_eq!(door_a::call(&mut phone.browser, "/late", &body).await.0, 409, "nothing is late");
    for _ in 0..5 {
        ctx.clock().advance(DAY);
    }
    app::voices::server::ceremony::close(&ctx).await.unwrap();
    assert_eq!(door_a::call(&mut phone.browser, "/late", &body).await.0, 200);
    assert_eq!(door_a::call(&mut phone.browser, "/late", &body).await.0, 200);
    let unknown = json!({ "auth": "0".repeat(64) });
    assert_eq!(door_a::call(&mut phone.browser, "/late", &unknown).await.0, 404);
    ctx.clock().advance(DAY);
    assert_eq!(late::untold(&ctx).await.unwrap().len(), 1);
}

#[tokio::test]
async fn trustees_are_written_to_and_learn_no_more_than_that() {
    let desk = Desk::open().await;
    let ctx = desk.app.ctx.clone();
    let mut worker = desk.worker();
    worker.write(&desk, "Ba tháng rồi.").await;
    let folder = tempfile::tempdir().unwrap();
    let mail = server::config::Mail::default();
    let limits = server::mailer::Limits::default();
    let mailer = server::mailer::Mailer::with_limits(&mail, folder.path(), "http://127.0.0.1:3000", limits).unwrap();
    server::worker::tell_trustees(&ctx, &mailer).await;
    assert!(!folder.path().join("mails").exists(), "nothing is late");
    for _ in 0..5 {
        ctx.clock().advance(DAY);
    }
    let id = desk.voice().await;
    late::say(&ctx, &id).await.unwrap();
    server::worker::tell_trustees(&ctx, &mailer).await;
    assert!(!folder.path().join("mails").exists(), "not in the hour in which the button was pressed");
    ctx.clock().advance(DAY);
    for _ in 0..2 {
        server::worker::tell_trustees(&ctx, &mailer).await;
    }
    let mails: Vec<_> =
        std::fs::read_dir(folder.path().join("mails")).unwrap().map(|file| file.unwrap().path()).collect();
    assert_eq!(mails.len(), 1, "one trustee, told once");
    let mail = std::fs::read_to_string(&mails[0]).unwrap();
    assert!(mail.contains("To: chair@example.org"), "{mail}");
    assert!(!mail.contains(id.as_str()) && !mail.contains("/voice"), "{mail}");
}

#[tokio::test]
async fn what_comes_in_a_flood_is_kept_apart_until_a_member_has_looked_or_its_worker_comes_back() {
    let (desk, mut member, mut worker) = told().await;
    let ctx = desk.app.ctx.clone();
    let mut second = desk.worker();
    second.write(&desk, "Junk, or not.").await;
    // As if very many had come from there.
    ctx.db().writer().execute_unprepared("UPDATE voices SET aside_on = '2026-11-22'").await.unwrap();
    assert!(member.list(false).await.is_empty());
    assert_eq!(member.part(Part::Aside).await.len(), 2);
    // Who comes back with digits and writes is somebody.
    worker.back().await;
    assert_eq!(worker.press(&[("act", "add"), ("text", "Tôi vẫn đợi.")]).await.status, 303);
    let [own] = member.list(false).await.try_into().unwrap();
    let [other] = member.part(Part::Aside).await.try_into().unwrap();
    assert_ne!(own.id, other.id);
    let body = |id: &str, is_junk: bool| json!({ "voices": [id, "0".repeat(32)], "is_junk": is_junk });
    // What is in the list is not touched by this, whatever is sent.
    assert_eq!(call(&mut member.browser, "sort", &body(&own.id, true)).await.0, 200);
    assert_eq!(member.list(false).await[0].state, State::Received);
    assert_eq!(call(&mut member.browser, "sort", &body(&other.id, false)).await.0, 200);
    assert_eq!(member.list(false).await.len(), 2);

    ctx.db().writer().execute_unprepared("UPDATE voices SET aside_on = '2026-11-22'").await.unwrap();
    assert_eq!(call(&mut member.browser, "sort", &body(&other.id, true)).await.0, 200);
    assert_eq!(member.part(Part::Aside).await.len(), 1);
    assert_eq!(member.list(true).await.len(), 1, "what was discarded can be found");
    assert_eq!(
        call(&mut member.browser, "sort", &json!({ "voices": vec![other.id.clone(); 1_001], "is_junk": true })).await.0,
        400
    );
    // Whoever was wronged by that is heard.
    second.back().await;
    assert_eq!(second.press(&[("act", "add"), ("text", "I am real.")]).await.status, 303);
    let [back] = member.list(false).await.try_into().unwrap();
    assert_eq!((back.id, back.state), (other.id, State::Addressed));
}

#[tokio::test]
async fn network_that_sends_very_many_is_kept_apart_and_nobody_else() {
    let desk = Desk::open().await;
    let mut flood = Request::new(());
    flood.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, 9], 4_000))));
    let flood = Client::of(&flood.into_parts().0);
    // A dormitory behind one address is no flood.
    for (before, host, is_aside) in [(20, 9, false), (20, 9, true), (0, 10, false)] {
        for _ in 0..before {
            effort::admit_voice(&desk.app.ctx, flood, |_| true).unwrap();
        }
        let known = desk.voices().await;
        let attempt = desk.worker().attempt(&desk).await;
        let body = format!("attempt={attempt}&topic=wages&employer=&text=from+{host}");
        let kind = "application/x-www-form-urlencoded";
        let (status, _) = door_a::answer_from(desk.app.router(), host, "/vi/voice/write", kind, body).await;
        assert_eq!(status, 200, "nobody is refused");
        let now = desk.voices().await;
        let new = now.iter().find(|voice| known.iter().all(|other| other.id != voice.id)).unwrap();
        assert_eq!(new.aside_on.is_some(), is_aside, "after {before} more, from {host}");
    }
}
