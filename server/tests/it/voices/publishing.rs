//! What everybody may read: agreed to, looked at by a second member, on the site by the quarter, and gone when its worker
//! says so.

use super::{
    door_a,
    members::{Member, call, told},
    passing::{SHOWN, WORDS, asked, id_behind, press, proposal},
    sample::{Desk, Worker},
};
use app::voices::{
    server::{
        deletion,
        entities::{disclosure, published_voice, voice},
        published,
    },
    sharing::{COOLING_OFF_DAYS, EVERYBODY, Proposal, RecipientKind},
};
use sea_orm::{ConnectionTrait as _, EntityTrait as _};
use serde_json::{Value, json};

const DAY: i64 = 24 * 3_600_000;

fn public(desk: &Desk) -> Proposal {
    Proposal { recipient: EVERYBODY.to_owned(), ..proposal(desk, RecipientKind::Public) }
}

async fn on_the_site(desk: &Desk) -> Vec<published_voice::Model> {
    published_voice::Entity::find().all(desk.app.ctx.read()).await.unwrap()
}

/// Lets the days go by that an employer, who can read the site too, has to wait.
async fn wait(desk: &Desk, members: &mut [(&mut Member, &str)]) {
    desk.app.ctx.clock().advance(COOLING_OFF_DAYS * DAY);
    for (member, email) in members {
        member.browser.sign_in(email, crate::auth::browser::PASSPHRASE).await;
    }
}

impl Member {
    /// What the call to publish carries.
    async fn publication(&mut self) -> Value {
        let case = self.only().await;
        let shared = &case.shared[0];
        let grant = shared.facts.grants.last().cloned();
        json!({
            "voice": case.row.id,
            "grant": grant.as_ref().map(|grant| grant.id.clone()).unwrap_or_default(),
            "words": shared.proposal.words,
            "shown": shared.proposal.shown,
            "id": grant.map(|grant| grant.disclosure_id(0)).unwrap_or_default(),
        })
    }

    async fn publish(&mut self) -> u16 {
        let body = self.publication().await;
        call(&mut self.browser, "publish", &body).await.0.as_u16()
    }
}

/// A desk of two members, and words for everybody to which a worker without script said yes; nothing has gone yet.
async fn agreed() -> (Desk, Member, Member, Worker) {
    let (desk, mut first, mut worker) = told().await;
    let second = Member::join(&desk.app, "second@example.org", "Yellow", 70).await;
    first.propose(&public(&desk)).await;
    let letters = worker.back().await.body;
    let share = id_behind(&letters, "share");
    let asked = worker.browser.post("/vi/voice/letters", &[("act", "ask-agree"), ("share", &share)]).await;
    assert!(asked.body.contains("kể cả công ty của bạn"), "everybody is the company too: {}", asked.body);
    assert_eq!(press(&mut worker, "agree", "share", &share).await, 303);
    (desk, first, second, worker)
}

#[tokio::test]
async fn worker_agrees_a_second_member_looks_and_everybody_reads_until_it_is_taken_back() {
    let (desk, mut first, mut second, mut worker) = agreed().await;
    assert_eq!(second.publish().await, 403, "an employer reads the site too: 72 hours");
    wait(&desk, &mut [(&mut first, "member@example.org"), (&mut second, "second@example.org")]).await;

    assert_eq!(first.publish().await, 403, "who drafted the words does not publish them");
    // Nor do they once they have joined anew, under another id.
    let db = desk.app.ctx.db().writer();
    let (first_id, second_id) = (first.me.me().id.clone(), second.me.me().id.clone());
    let same = |from: &str| format!("UPDATE voice_members SET organizer_id = '{from}' WHERE id = '{first_id}'");
    let rows = app::voices::server::entities::voice_member::Entity::find().all(desk.app.ctx.read()).await.unwrap();
    let organizer = |id: &str| rows.iter().find(|row| row.id == id).unwrap().organizer_id.0.clone();
    db.execute_unprepared(&same(&organizer(&second_id))).await.unwrap();
    assert_eq!(second.publish().await, 403, "one person is not two");
    db.execute_unprepared(&same(&organizer(&first_id))).await.unwrap();
    let body = second.publication().await;
    assert_eq!(
        call(&mut second.browser, "pass-on", &{
            let mut body = body.clone();
            body["recipient"] = json!(EVERYBODY);
            body
        })
        .await
        .0,
        403,
        "it has a way of its own"
    );
    for (what, field, value) in [
        ("other words", "words", json!("Quản lý của Red Factory đánh tôi.")),
        ("another translation", "shown", json!(["vi", "Red Factory"])),
        ("no translation", "shown", Value::Null),
    ] {
        let mut wrong = body.clone();
        wrong[field] = value;
        assert_eq!(call(&mut second.browser, "publish", &wrong).await.0, 403, "{what}");
    }
    assert!(on_the_site(&desk).await.is_empty());
    // Pressed twice, or again because the answer was lost.
    assert_eq!(second.publish().await, 200);
    assert_eq!(second.publish().await, 200);
    let [shown] = on_the_site(&desk).await.try_into().unwrap();
    assert_eq!((shown.words.as_str(), shown.shown.as_deref(), shown.quarter.as_str()), (WORDS, Some(SHOWN), "2026-Q4"));
    assert_eq!(disclosure::Entity::find().all(desk.app.ctx.read()).await.unwrap().len(), 1);

    let mut reader = crate::auth::browser::Browser::new(&desk.app);
    let page = reader.get("/vi/voices").await;
    assert_eq!(page.status, 200);
    for said in [WORDS, SHOWN, "Tháng 10 đến tháng 12 năm 2026"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
    let voice = desk.voice().await;
    assert!(
        !page.body.contains(voice.as_str()) && !page.body.contains("Green"),
        "neither which voice nor which member"
    );
    // Days have gone by.
    let letters = worker.back().await.body;
    assert!(letters.contains("Ngày đã chuyển"), "{letters}");
    let grant = id_behind(&letters, "grant");
    assert_eq!(press(&mut worker, "withdraw", "grant", &grant).await, 303);
    assert!(on_the_site(&desk).await.is_empty(), "gone with the yes");
    assert!(!reader.get("/vi/voices").await.body.contains(WORDS));
    assert_eq!(second.publish().await, 403, "nobody puts it back");
}

/// Several times, both at once: whichever comes first, nothing stands there that was taken back.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_taken_back_in_the_same_moment_is_not_on_the_site() {
    let (desk, mut first, mut second, mut worker) = agreed().await;
    for round in 0..5 {
        wait(&desk, &mut [(&mut first, "member@example.org"), (&mut second, "second@example.org")]).await;
        let grant = id_behind(&worker.back().await.body, "grant");
        let body = second.publication().await;
        let fields = [("act", "withdraw"), ("grant", grant.as_str())];
        let taken_back = worker.browser.post("/vi/voice/letters", &fields);
        let (taken_back, published) = tokio::join!(taken_back, call(&mut second.browser, "publish", &body));
        assert_eq!(taken_back.status, 303);
        assert!(matches!(published.0.as_u16(), 200 | 403), "{}", published.0);
        assert!(on_the_site(&desk).await.is_empty(), "round {round}");
        assert_eq!(call(&mut second.browser, "publish", &body).await.0, 403);
        let share = id_behind(&worker.letters().await.body, "share");
        assert_eq!(press(&mut worker, "agree", "share", &share).await, 303);
    }
}

#[tokio::test]
async fn what_everybody_reads_goes_with_who_deletes_everything_and_stays_when_the_time_is_over() {
    for is_by_worker in [true, false] {
        let (desk, mut first, mut second, mut worker) = agreed().await;
        wait(&desk, &mut [(&mut first, "member@example.org"), (&mut second, "second@example.org")]).await;
        assert_eq!(second.publish().await, 200);
        if is_by_worker {
            worker.back().await;
            assert_eq!(worker.press(&[("act", "delete")]).await.status, 200);
        } else {
            let ended = "UPDATE voices SET state = 'concluded', concluded_on = '2026-01-01'";
            desk.app.ctx.db().writer().execute_unprepared(ended).await.unwrap();
            assert_eq!(deletion::shred_old(&desk.app.ctx).await.unwrap(), 1);
        }
        assert!(voice::Entity::find().all(desk.app.ctx.read()).await.unwrap().is_empty());
        assert_eq!(on_the_site(&desk).await.len(), usize::from(!is_by_worker));
    }
}

#[tokio::test]
async fn database_shows_nothing_to_everybody_that_nobody_agreed_to() {
    let (desk, mut first, mut second, _worker) = agreed().await;
    let db = desk.app.ctx.db().writer();
    let insert = |id: &str, hash: &str| {
        format!("INSERT INTO published_voices VALUES ('{id}', '{hash}', 'ja', 'x', NULL, NULL, '2026-Q4', NULL)")
    };
    db.execute_unprepared(&insert("d1", &"0".repeat(64))).await.expect_err("nothing was passed on");
    wait(&desk, &mut [(&mut first, "member@example.org"), (&mut second, "second@example.org")]).await;
    assert_eq!(second.publish().await, 200);
    let [shown] = on_the_site(&desk).await.try_into().unwrap();
    db.execute_unprepared("UPDATE published_voices SET words = 'Red Factory'").await.expect_err("other words");
    db.execute_unprepared("DELETE FROM published_voices").await.unwrap();
    db.execute_unprepared(&insert(&shown.id, &"0".repeat(64))).await.expect_err("other words");
    // SQL cannot tell which words a digest is of: who owns the database gets this far, and nobody reads it.
    db.execute_unprepared(&insert(&shown.id, &shown.words_hash)).await.unwrap();
    assert_eq!(on_the_site(&desk).await.len(), 1);
    assert!(published::of_quarter(&desk.app.ctx, "2026-Q4").await.unwrap().is_empty(), "no worker signed these");
}

#[tokio::test]
async fn what_was_agreed_to_for_one_office_is_not_for_everybody() {
    let (desk, mut member, mut phone, receipt) = asked(RecipientKind::Union).await;
    let mut second = Member::join(&desk.app, "second@example.org", "Yellow", 70).await;
    let (returned, thread) = phone.back(&receipt).await;
    let yes = returned.agree(&phone.door, &thread, &thread.shared[0], [[61; 16], [62; 16]]).unwrap();
    let body = json!({ "auth": returned.auth(), "yes": yes });
    assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 200);
    assert_eq!(member.publish().await, 403);
    assert_eq!(second.publish().await, 403);
    assert!(on_the_site(&desk).await.is_empty());
}

#[tokio::test]
async fn members_believe_the_workers_signature_and_not_the_servers_word() {
    let (desk, mut member, mut phone, receipt) = asked(RecipientKind::Union).await;
    let (returned, thread) = phone.back(&receipt).await;
    let yes = returned.agree(&phone.door, &thread, &thread.shared[0], [[61; 16], [62; 16]]).unwrap();
    let body = json!({ "auth": returned.auth(), "yes": yes });
    assert_eq!(door_a::call(&mut phone.browser, "/agree", &body).await.0, 200);
    let id = desk.voice().await;
    let opened = member.opened(id.as_str()).await;
    let case = member.me.open(opened.clone()).unwrap();
    assert_eq!((case.untrue, case.shared[0].facts.grants.len()), (0, 1));
    // A server that makes a yes up, or stretches one.
    let mut invented = opened.clone();
    invented.yeses.clear();
    let mut stretched = opened.clone();
    stretched.shares[0].grants[0].until_day = "2027-12-31".to_owned();
    stretched.yeses[0].yes.until_day = "2027-12-31".to_owned();
    let mut elsewhere = opened.clone();
    elsewhere.yeses[0].is_on_phone = false;
    let mut forged = opened.clone();
    forged.yeses[0].yes.signature = "0".repeat(128);
    let mut other = opened;
    other.yeses[0].yes.salt = "0".repeat(32);
    for (what, wrong) in [
        ("invented", invented),
        ("stretched", stretched),
        ("elsewhere", elsewhere),
        ("forged", forged),
        ("other", other),
    ] {
        let case = member.me.open(wrong).unwrap();
        assert_eq!((case.untrue, case.shared[0].facts.grants.len()), (1, 0), "{what}");
    }
    assert_eq!(member.publish().await, 403);
}

#[tokio::test]
async fn members_say_what_was_done_and_take_words_down() {
    let (desk, mut first, mut second, _worker) = agreed().await;
    wait(&desk, &mut [(&mut first, "member@example.org"), (&mut second, "second@example.org")]).await;
    assert_eq!(second.publish().await, 200);
    let [shown] = on_the_site(&desk).await.try_into().unwrap();
    let path = format!("/console/voices/published/{}", shown.id);
    let page = first.browser.get("/console/voices/published").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains(WORDS), "{}", page.body);
    let said = [("act", "tell"), ("ja", "監督署に伝えました。"), ("vi", "Đã báo cho Sở.")];
    assert_eq!(first.browser.post(&path, &said).await.status, 303);
    let mut reader = crate::auth::browser::Browser::new(&desk.app);
    assert!(reader.get("/vi/voices").await.body.contains("Đã báo cho Sở."));
    // In a language in which nothing was written, the first one there is.
    assert!(reader.get("/en/voices").await.body.contains("監督署に伝えました。"));
    let long = "ア".repeat(2_000);
    let refused = first.browser.post(&path, &[("act", "tell"), ("ja", long.as_str())]).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains(&long), "what was typed stays");
    assert!(refused.body.contains("日本語: "), "in which of the five languages");
    assert_eq!(first.browser.post("/console/voices/published/none", &said).await.status, 404);
    assert_eq!(first.browser.post(&path, &[("act", "else")]).await.status, 400);
    let mut stranger = crate::auth::browser::joined(&desk.app, "third@example.org", app::auth::Role::Assistant).await;
    let seen = stranger.get("/console/voices/published").await;
    assert!(seen.status == 200 && seen.body.contains(WORDS) && !seen.body.contains("take-down"), "reads, and no more");
    assert_eq!(stranger.post(&path, &[("act", "take-down")]).await.status, 403);
    assert_eq!(first.browser.post(&path, &[("act", "take-down")]).await.status, 303);
    assert!(on_the_site(&desk).await.is_empty());
    assert_eq!(first.browser.post(&path, &[("act", "take-down")]).await.status, 404);
    assert!(!reader.get("/vi/voices").await.body.contains(WORDS));
}

#[tokio::test]
async fn quarters_are_chosen_in_the_address_and_a_wrong_one_shows_the_last() {
    let (desk, ..) = told().await;
    let mut reader = crate::auth::browser::Browser::new(&desk.app);
    let none = reader.get("/vi/voices").await;
    assert_eq!(none.status, 200);
    assert!(none.body.contains("Hiện chưa có gì."));
    assert_eq!(reader.get("/vi/voices?quarter=%3Cscript%3E").await.status, 200);
}
