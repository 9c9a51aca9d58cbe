//! A desk as its phone meets it: square, secret, calls, page, service worker; and everything that can be wrong.

use super::sample::{guest, make, now, plan, register, room};
use crate::{
    auth::browser::{Answer, Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    events::{
        server::{
            attendance::{self, wire_id},
            catalogue::Event,
            seats,
        },
        standing::State,
    },
};
use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use rollcall::{Act, Id};
use serde_json::{Value, json};

/// A desk at the first of two places, entered by a phone.
pub struct Opened {
    pub app: TestApp,
    pub event: Event,
    pub organizer: Browser,
    pub phone: Browser,
    /// The square's address, without the host.
    pub square: String,
    pub id: String,
    pub guests: Vec<Id>,
    pub place: Id,
}

/// What a desk says of somebody who comes.
pub fn arrive(guest: Id, place: Id) -> Act {
    Act::Arrive { guest, place }
}

/// An operation on the wire.
fn operation(number: u64, act: Act) -> Value {
    let mut said =
        json!({ "id": format!("{:032x}", 0xa000 + number), "sequence": number, "at": 1_000 * number, "known": 0 });
    said.as_object_mut().unwrap().extend(serde_json::to_value(act).unwrap().as_object().unwrap().clone());
    said
}

impl Opened {
    pub async fn new(guests: u32) -> Self {
        Self::of(TestApp::new().await, guests).await
    }

    pub async fn of(app: TestApp, guests: u32) -> Self {
        let event = make(&app, plan("reception", vec![room("A", None), room("B", None)]), State::Open).await;
        let mut ids = Vec::new();
        for number in 0..guests {
            let id = register(&app.ctx, &event.id, &event.places[0].id, &guest(number)).await;
            ids.push(wire_id(id.as_str()).unwrap());
        }
        let event = now(&app.ctx, &event.id).await;
        let mut organizer = joined(&app, "desk@example.org", Role::Coordinator).await;
        let place = wire_id(event.places[0].id.as_str()).unwrap();
        let square = open(&mut organizer, &event, "12").await;
        let mut phone = Browser::new(&app);
        assert_eq!(phone.get(&square).await.status, StatusCode::OK);
        let answer = phone.post(&square, &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        let id = answer.location().rsplit('/').next().unwrap().to_owned();
        Self { app, event, organizer, phone, square, id, guests: ids, place }
    }

    pub async fn call(&mut self, path: &str, body: Value) -> (StatusCode, Value) {
        call(&mut self.phone, path, &body).await
    }

    /// Says one thing; what became of it.
    pub async fn say(&mut self, number: u64, act: Act) -> Value {
        self.send(vec![operation(number, act)]).await.1["answers"][0].clone()
    }

    async fn send(&mut self, operations: Vec<Value>) -> (StatusCode, Value) {
        let body = json!({ "desk": self.id, "sent_at": 1_000_000, "made": operations.len(), "operations": operations });
        self.call("/api/v1/operations", body).await
    }

    async fn roll(&mut self) -> (StatusCode, Value) {
        let body = json!({ "desk": self.id, "language": "vi", "after": 0, "guests": "" });
        self.call("/api/v1/roll", body).await
    }
}

async fn call(browser: &mut Browser, path: &str, body: &Value) -> (StatusCode, Value) {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    let answer = browser.send(Method::POST, path, Body::from(body.to_string()), &headers).await;
    (answer.status, serde_json::from_str(&answer.body).unwrap_or(Value::Null))
}

/// Opens a desk on the organizers' screen; the address in the square.
async fn open(organizer: &mut Browser, event: &Event, hours: &str) -> String {
    use std::sync::atomic::{AtomicU32, Ordering};
    static OPENED: AtomicU32 = AtomicU32::new(1);
    let place = event.places[0].id.as_str();
    let name = format!("Entrance {}", OPENED.fetch_add(1, Ordering::Relaxed));
    let fields = [("act", "open"), ("name", name.as_str()), ("place", place), ("hours", hours)];
    let answer = organizer.post(&format!("/console/events/{}/attendance", event.slug), &fields).await;
    assert_eq!(answer.status, StatusCode::OK);
    square_in(&answer)
}

fn square_in(answer: &Answer) -> String {
    let after = answer.body.split("id=\"desk-link\" href=\"http://127.0.0.1:3000").nth(1).expect("the link");
    after.split('"').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_square_opens_one_phone_and_no_second_one() {
    let mut opened = Opened::new(1).await;
    let square = opened.square.clone();
    assert_eq!(opened.phone.get(&square).await.status, StatusCode::SEE_OTHER, "who is in is led on");
    let mut second = Browser::new(&opened.app);
    for _ in 0..2 {
        assert_eq!(second.get(&square).await.status, StatusCode::GONE);
        assert_eq!(second.post(&square, &[]).await.status, StatusCode::GONE);
    }
    let body = json!({ "desk": opened.id, "language": "en" });
    assert_eq!(call(&mut second, "/api/v1/roll", &body).await.0, StatusCode::UNAUTHORIZED);
    // Somebody else's secret is worth nothing here.
    let name = format!("desk-{}", opened.id);
    second.cookies.insert(name, "A".repeat(43));
    assert_eq!(call(&mut second, "/api/v1/roll", &body).await.0, StatusCode::UNAUTHORIZED);
    for wrong in
        ["/console/desk/en/open/x", "/console/desk/en/open/%00", &format!("/console/desk/en/open/{}", "A".repeat(43))]
    {
        assert_eq!(second.get(wrong).await.status, StatusCode::GONE, "{wrong}");
    }
    // A browser that keeps no cookie is asked again, and the square stays good.
    let square = open(&mut opened.organizer, &opened.event, "1").await;
    let mut forgetful = Browser::new(&opened.app);
    assert_eq!(forgetful.post(&square, &[]).await.location(), square);
    assert_eq!(forgetful.get(&square).await.status, StatusCode::OK);
    assert_eq!(forgetful.post(&square, &[]).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_desk_is_told_no_more_than_it_needs() {
    let mut opened = Opened::new(3).await;
    let (status, told) = opened.roll().await;
    assert_eq!(status, StatusCode::OK);
    let text = told.to_string();
    assert!(text.contains("Red 1") && text.contains("0001"), "{text}");
    for hidden in ["03-0000", "030000", "example.org", "Colour Street"] {
        assert!(!text.contains(hidden), "{hidden} in {text}");
    }
    assert_eq!(told["facts"]["title"], "Colours at work (vi)");
    let version = told["news"]["guests"]["version"].as_str().unwrap().to_owned();
    let body = json!({ "desk": opened.id, "language": "vi", "after": 0, "guests": version });
    let (_, told) = opened.call("/api/v1/roll", body).await;
    assert_eq!(told["news"]["guests"], Value::Null, "what it knows is not told again");
    // The page itself knows nobody, and no desk.
    let page = opened.phone.get(&format!("/console/desk/vi/{}", opened.id)).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Red 1") && !page.body.contains(&opened.id) && !page.body.contains("Entrance"));
    let other = opened.phone.get(&format!("/console/desk/vi/{}", "0".repeat(32))).await;
    assert_eq!(other.body.len(), page.body.len(), "the same page for every desk");
    assert!(page.headers["permissions-policy"].to_str().unwrap().contains("camera=(self)"));
    assert_eq!(opened.phone.get("/console/desk/vi/abc").await.status, StatusCode::NOT_FOUND);
    assert_eq!(opened.phone.get(&format!("/console/desk/xx/{}", opened.id)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn each_operation_is_answered_and_what_cannot_be_read_holds_nothing_up() {
    let mut opened = Opened::new(3).await;
    let place = opened.place;
    let (one, two) = (opened.guests[0], opened.guests[1]);
    let odd = json!({ "id": format!("{:032x}", 77), "sequence": 2, "act": "dance", "at": 1, "known": 0 });
    let said = vec![operation(1, arrive(one, place)), odd, operation(3, arrive(two, place))];
    let (status, answered) = opened.send(said.clone()).await;
    assert_eq!(status, StatusCode::OK);
    let verdicts = |answered: &Value| -> Vec<String> {
        let mut all: Vec<(String, String)> = answered["answers"]
            .as_array()
            .unwrap()
            .iter()
            .map(|answer| {
                (answer["operation"].as_str().unwrap().to_owned(), answer["verdict"].as_str().unwrap().to_owned())
            })
            .collect();
        all.sort();
        all.into_iter().map(|(_, verdict)| verdict).collect()
    };
    assert_eq!(verdicts(&answered), ["refused", "applied", "applied"]);
    assert_eq!(verdicts(&opened.send(said).await.1), ["refused", "known", "known"]);
    let tray = app::events::server::attendance::roll(&opened.app.ctx, &opened.event).await.unwrap().tray;
    assert!(tray.len() == 1 && tray[0].operation.contains("dance"), "what it was is kept for a person");
    // The same id with other content, and an event that is not this desk's.
    let forged = json!({ "id": format!("{:032x}", 0xa001), "sequence": 9, "at": 1, "known": 0, "act": "leave", "guest": one.to_string() });
    assert_eq!(opened.send(vec![forged]).await.1["answers"][0]["verdict"], "conflict");
    let other = make(&opened.app, plan("other", vec![room("C", None)]), State::Open).await;
    let elsewhere = wire_id(other.places[0].id.as_str()).unwrap();
    let stranger = register(&opened.app.ctx, &other.id, &other.places[0].id, &guest(7)).await;
    let stranger = wire_id(stranger.as_str()).unwrap();
    assert_eq!(opened.say(10, arrive(one, elsewhere)).await["why"], "unknown_place");
    assert_eq!(opened.say(11, arrive(stranger, place)).await["why"], "unknown_guest");
    // Clocks of 1970 and 2099.
    for (number, sent_at) in [(12_u64, 0_i64), (13, 4_070_908_800_000)] {
        let mut said = operation(number, Act::Leave { guest: one });
        said["at"] = json!(sent_at - 60_000);
        let body = json!({ "desk": opened.id, "sent_at": sent_at, "made": number, "operations": [said] });
        assert_eq!(opened.call("/api/v1/operations", body).await.1["answers"][0]["verdict"], "applied", "{sent_at}");
    }
    let (_, told) = opened.roll().await;
    let news: rollcall::desk::News = serde_json::from_value(told["news"].clone()).expect("as a phone reads it");
    assert_eq!(news.entries.len(), 4);
    // Both said that it was a minute ago, each by its own clock.
    let now = opened.app.ctx.clock().now_ms();
    assert!(news.entries[2..].iter().all(|told| told.entry.unwrap().at == now - 60_000), "{:?}", &news.entries[2..]);
}

#[tokio::test]
async fn what_is_no_batch_is_refused_whole_and_changes_nothing() {
    let mut opened = Opened::new(1).await;
    let id = opened.id.clone();
    let empty = json!({ "desk": id, "sent_at": 1, "made": 0, "operations": [] });
    assert_eq!(opened.call("/api/v1/operations", empty).await.0, StatusCode::OK);
    let many: Vec<Value> = (1..=501).map(|number| operation(number, arrive(opened.guests[0], opened.place))).collect();
    let wrong = [
        json!({}),
        json!({ "desk": "x", "sent_at": 1, "made": 0, "operations": [] }),
        json!({ "desk": id, "sent_at": "now", "made": 0, "operations": [] }),
        json!({ "desk": id, "sent_at": 1, "made": 0, "operations": [{ "sequence": 1 }] }),
        json!({ "desk": id, "sent_at": 1, "made": 0, "operations": [], "names": [{ "operation": "0".repeat(32), "name": "x" }] }),
        json!({ "desk": id, "sent_at": 1, "made": 0, "operations": many }),
    ];
    for body in wrong {
        let (status, _) = opened.call("/api/v1/operations", body.clone()).await;
        assert!(status.is_client_error(), "{status} for {}", &body.to_string()[..60.min(body.to_string().len())]);
    }
    let huge = json!({ "desk": id, "sent_at": 1, "made": 0, "operations": ["x".repeat(10_000_000)] });
    assert_eq!(opened.call("/api/v1/operations", huge).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(opened.roll().await.1["news"]["entries"], json!([]));
    // Five hundred with long ids and names fit.
    let most: Vec<Value> = (1..=500)
        .map(|number| operation(number, Act::WalkIn { guest: Id(u128::MAX - u128::from(number)), place: opened.place }))
        .collect();
    let names: Vec<Value> =
        most.iter().map(|said| json!({ "operation": said["id"], "name": "山".repeat(60) })).collect();
    let body = json!({ "desk": id, "sent_at": 1_000_000, "made": 500, "operations": most, "names": names });
    let (status, answered) = opened.call("/api/v1/operations", body).await;
    assert_eq!(status, StatusCode::OK);
    assert!(answered["answers"].as_array().unwrap().iter().all(|answer| answer["verdict"] == "applied"));
}

#[tokio::test]
async fn a_desk_that_is_over_or_revoked_learns_nothing_and_is_still_heard() {
    let mut opened = Opened::new(2).await;
    let (guest, place) = (opened.guests[0], opened.place);
    let path = format!("/console/events/{}/attendance", opened.event.slug);
    let revoke = [("act", "revoke"), ("id", opened.id.as_str())];
    let answer = opened.organizer.post(&path, &revoke).await;
    assert!(answer.location().ends_with("done=revoked"), "{}", answer.location());
    assert_eq!(opened.roll().await.0, StatusCode::GONE);
    let live = format!("/console/desk/en/{}/live", opened.id);
    assert_eq!(opened.phone.get(&live).await.status, StatusCode::GONE);
    let answer = opened.say(1, arrive(guest, place)).await;
    assert_eq!((&answer["verdict"], &answer["why"]), (&json!("refused"), &json!("revoked")));
    let page = opened.organizer.get(&path).await.body;
    assert!(page.contains("id=\"tray\"") && page.contains("Red 0"), "an organizer sees it, and whom it is about");
    let row = page.split("name=\"id\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let answer = opened.organizer.post(&path, &[("act", "take-in"), ("id", &row)]).await;
    assert!(answer.location().ends_with("done=taken-in"), "{}", answer.location());
    let page = opened.organizer.get(&path).await.body;
    assert!(!page.contains("id=\"tray\""));
    // Over by the clock.
    let square = open(&mut opened.organizer, &opened.event, "1").await;
    opened.phone.get(&square).await;
    let location = opened.phone.post(&square, &[]).await.location().to_owned();
    opened.id = location.rsplit('/').next().unwrap().to_owned();
    assert_eq!(opened.roll().await.0, StatusCode::OK);
    opened.app.ctx.clock().advance(61 * 60_000);
    assert_eq!(opened.roll().await.0, StatusCode::GONE);
}

#[tokio::test]
async fn a_page_that_is_loaded_anew_opens_no_second_desk_and_no_two_are_called_alike() {
    let mut opened = Opened::new(0).await;
    let path = format!("/console/events/{}/attendance", opened.event.slug);
    let place = opened.event.places[1].id.as_str().to_owned();
    let id = "0123456789abcdef0123456789abcdef";
    let fields = |id, name| [("act", "open"), ("id", id), ("name", name), ("place", place.as_str()), ("hours", "3")];
    let first = square_in(&opened.organizer.post(&path, &fields(id, "Door")).await);
    let second = square_in(&opened.organizer.post(&path, &fields(id, "Door")).await);
    assert_ne!(first, second, "a square is shown once: another one");
    let rolled = attendance::roll(&opened.app.ctx, &opened.event).await.unwrap();
    assert_eq!(rolled.desks.len(), 2, "the one that was there, and one");
    let mut phone = Browser::new(&opened.app);
    assert_eq!(phone.get(&first).await.status, StatusCode::GONE);
    phone.get(&second).await;
    assert_eq!(phone.post(&second, &[]).await.status, StatusCode::SEE_OTHER);
    let entered = opened.organizer.post(&path, &fields(id, "Door")).await;
    assert!(entered.status == StatusCode::OK && !entered.body.contains("desk-link"), "a phone has entered");
    let other = "f123456789abcdef0123456789abcdef";
    let alike = opened.organizer.post(&path, &fields(other, "ＤＯＯＲ")).await;
    assert!(alike.status == StatusCode::UNPROCESSABLE_ENTITY && alike.body.contains("name-error"));
}

#[tokio::test]
async fn a_desk_that_ends_itself_is_closed_and_one_that_cannot_send_says_how_much_waits() {
    let mut opened = Opened::new(1).await;
    let body = json!({ "desk": opened.id, "language": "en", "made": 7 });
    assert_eq!(opened.call("/api/v1/roll", body).await.0, StatusCode::OK);
    let held = attendance::roll(&opened.app.ctx, &opened.event).await.unwrap().desks[0].held.clone();
    assert_eq!((held.made(), held.missing()), (7, 7));
    let mut stranger = Browser::new(&opened.app);
    let end = json!({ "desk": opened.id });
    assert_eq!(call(&mut stranger, "/api/v1/end-desk", &end).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(opened.roll().await.0, StatusCode::OK);
    for _ in 0..2 {
        assert_eq!(opened.call("/api/v1/end-desk", end.clone()).await.0, StatusCode::OK);
    }
    assert_eq!(opened.roll().await.0, StatusCode::GONE);
}

#[tokio::test]
async fn who_has_come_keeps_their_seat_whatever_becomes_of_their_data() {
    let mut opened = Opened::new(3).await;
    let place = opened.place;
    for (number, guest) in (1..).zip(opened.guests.clone()) {
        opened.say(number, arrive(guest, place)).await;
    }
    let ctx = opened.app.ctx.clone();
    let ids: Vec<_> =
        opened.guests.iter().map(|guest| app::ids::RegistrationId(attendance::table_id(*guest))).collect();
    let by = seats::Ended::Guest;
    assert_eq!(seats::cancel(&ctx, &ids[0], by, None).await, Err(app::error::AppError::Conflict));
    seats::delete_data(&ctx, &ids[1], by, None).await.unwrap();
    let total = attendance::roll(&ctx, &opened.event).await.unwrap().counts.total();
    assert_eq!((total.registered, total.came, total.walk_ins), (3, 3, 0), "the numbers of the day stay");
    let own = opened.organizer.get(&format!("/console/events/{}/guests/{}", opened.event.slug, ids[2])).await;
    assert!(own.body.contains("value=\"leave\""), "who is there may leave, without script too");
}

#[tokio::test]
async fn who_came_to_two_places_is_shown_by_name_and_decided_by_a_person() {
    let mut opened = Opened::new(1).await;
    let (guest, here) = (opened.guests[0], opened.place);
    let there = wire_id(opened.event.places[1].id.as_str()).unwrap();
    opened.say(1, arrive(guest, here)).await;
    opened.say(2, arrive(guest, there)).await;
    let path = format!("/console/events/{}/attendance", opened.event.slug);
    let page = opened.organizer.get(&path).await.body;
    assert!(page.contains("id=\"unsure\"") && page.contains("Red 0"), "{page}");
    let (id, place) = (guest.to_string(), there.to_string());
    let answer = opened.organizer.post(&path, &[("act", "came"), ("id", &id), ("place", &place)]).await;
    assert!(answer.location().ends_with("done=settled"), "{}", answer.location());
    assert!(!opened.organizer.get(&path).await.body.contains("id=\"unsure\""));
    let counts = attendance::roll(&opened.app.ctx, &opened.event).await.unwrap().counts;
    assert_eq!((counts.at(&there).here, counts.total().came, counts.total().unsure), (1, 1, 0));
    // Who walked in and is called like a guest is proposed to be that one.
    let mut said = operation(3, Act::WalkIn { guest: Id(77), place: here });
    said["sequence"] = json!(3);
    let names = json!([{ "operation": said["id"], "name": "ＲＥＤ 0" }]);
    let body = json!({ "desk": opened.id, "sent_at": 1_000_000, "made": 3, "operations": [said], "names": names });
    assert_eq!(opened.call("/api/v1/operations", body).await.1["answers"][0]["verdict"], "applied");
    let other = register(&opened.app.ctx, &opened.event.id, &opened.event.places[0].id, &super::sample::guest(9)).await;
    assert!(wire_id(other.as_str()).is_some());
    let page = opened.organizer.get(&path).await.body;
    let choices = page.split("id=\"walk-ins\"").nth(1).unwrap().split("<option").nth(2).unwrap();
    assert!(choices.contains("Red 0"), "{choices:.200}");
    let nobody = opened.organizer.post(&path, &[("act", "same"), ("id", &id), ("guest", "")]).await;
    assert!(nobody.location().ends_with("done=nobody"), "{}", nobody.location());
}

#[tokio::test]
async fn what_is_typed_on_the_organizers_screen_is_checked_and_kept() {
    let mut opened = Opened::new(1).await;
    let path = format!("/console/events/{}/attendance", opened.event.slug);
    let place = opened.event.places[1].id.as_str().to_owned();
    for (fields, fault) in [
        ([("act", "open"), ("name", " "), ("place", place.as_str()), ("hours", "3")], "name-error"),
        ([("act", "open"), ("name", "Left <door>"), ("place", "nowhere"), ("hours", "3")], "place-error"),
        ([("act", "open"), ("name", "Left <door>"), ("place", place.as_str()), ("hours", "73")], "hours-error"),
        ([("act", "open"), ("name", "Left <door>"), ("place", place.as_str()), ("hours", "-1")], "hours-error"),
    ] {
        let answer = opened.organizer.post(&path, &fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains(&format!("id=\"{fault}\"")), "{fault}");
        assert!(fields[1].1 == " " || answer.body.contains("Left &lt;door&gt;"), "what was typed stays");
        assert!(!answer.body.contains("desk-link"));
    }
    // Full-width digits are digits.
    let fields = [("act", "open"), ("name", "Door"), ("place", place.as_str()), ("hours", "２４")];
    square_in(&opened.organizer.post(&path, &fields).await);
    assert_eq!(opened.organizer.post(&path, &[("act", "dance")]).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(opened.organizer.post(&path, &[("act", "revoke"), ("id", "x")]).await.status, StatusCode::NOT_FOUND);
    let nobody = "0".repeat(32);
    assert_eq!(opened.organizer.post(&path, &[("act", "revoke"), ("id", &nobody)]).await.status, StatusCode::NOT_FOUND);
    let mut stranger = Browser::new(&opened.app);
    assert_eq!(stranger.get(&path).await.status, StatusCode::SEE_OTHER, "to the sign-in");
}

#[tokio::test]
async fn the_service_worker_is_the_same_until_something_of_it_changes() {
    let mut opened = Opened::new(0).await;
    let first = opened.phone.get("/console/desk/vi/worker.js").await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(first.headers["service-worker-allowed"], "/console/desk/vi/");
    assert!(first.headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/javascript"));
    opened.app.ctx.clock().advance(86_400_000);
    let second = opened.phone.get("/console/desk/vi/worker.js").await;
    assert_eq!(first.body, second.body, "tomorrow too");
    let other = opened.phone.get("/console/desk/ja/worker.js").await;
    assert_ne!(first.body, other.body);
    let tag = first.headers[header::ETAG].to_str().unwrap().to_owned();
    let again = opened
        .phone
        .send(Method::GET, "/console/desk/vi/worker.js", Body::empty(), &[(header::IF_NONE_MATCH, tag.as_str())])
        .await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn without_script_a_guest_is_checked_in_on_their_page_and_the_file_counts_the_same() {
    let mut opened = Opened::new(3).await;
    let slug = opened.event.slug.clone();
    let guest = app::events::server::attendance::table_id(opened.guests[0]);
    let page = format!("/console/events/{slug}/guests/{guest}");
    let path = format!("{page}/attendance");
    assert!(opened.organizer.get(&page).await.body.contains("Has not come."));
    let answer = opened.organizer.post(&path, &[("place", "2")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let shown = opened.organizer.get(&page).await.body;
    assert!(shown.contains("Came to B at 2026-11-22 12:00."), "{shown}");
    // A desk sees it like any other word.
    let (_, told) = opened.roll().await;
    assert_eq!(told["news"]["entries"].as_array().unwrap().len(), 1);
    assert_eq!(opened.organizer.post(&path, &[("place", "3")]).await.status, StatusCode::BAD_REQUEST);
    opened.say(1, arrive(opened.guests[1], opened.place)).await;
    let walk_in = Act::WalkIn { guest: Id(99), place: opened.place };
    let body = json!({
        "desk": opened.id, "sent_at": 1_000_000, "made": 2, "operations": [operation(2, walk_in)],
        "names": [{ "operation": format!("{:032x}", 0xa002), "name": "=Walker" }],
    });
    opened.call("/api/v1/operations", body).await;

    let file = opened.organizer.get(&format!("/console/events/{slug}/attendance.csv")).await;
    assert_eq!(file.status, StatusCode::OK);
    let mut reader = csv::Reader::from_reader(file.bytes.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let came = rows.iter().filter(|row| !row[6].is_empty()).count();
    let elsewhere = rows.iter().filter(|row| !row[6].is_empty() && !row[5].is_empty() && row[5] != row[6]).count();
    assert_eq!((rows.len(), came, elsewhere), (4, 3, 1), "{rows:?}");
    assert!(rows.iter().any(|row| &row[0] == "'=Walker" && &row[9] == "1"), "nobody's name is a formula");
    let board = app::events::server::attendance::board(&opened.app.ctx, &opened.event).await.unwrap();
    let total = board.total();
    assert_eq!((total.came, total.walk_ins, total.from_elsewhere, total.registered), (3, 1, 1, 3));
    let workbook = opened.organizer.get(&format!("/console/events/{slug}/attendance.xlsx")).await;
    assert!(workbook.bytes.starts_with(b"PK"));

    // Taken back by hand, whatever it was that said so.
    assert_eq!(opened.organizer.post(&path, &[("act", "undo")]).await.status, StatusCode::SEE_OTHER);
    assert!(opened.organizer.get(&page).await.body.contains("Has not come."));
}

#[tokio::test]
async fn a_role_for_one_place_opens_desks_there_and_takes_no_list_along() {
    let mut opened = Opened::new(1).await;
    let slug = opened.event.slug.clone();
    let mut assistant = joined(&opened.app, "assistant@example.org", Role::Assistant).await;
    let id = assistant.organizer().await.id().as_str().to_owned();
    let place = opened.event.places[1].id.as_str().to_owned();
    let given = [("organizer", id.as_str()), ("role", "desk"), ("place", place.as_str())];
    assert_eq!(
        opened.organizer.post(&format!("/console/events/{slug}/roles"), &given).await.status,
        StatusCode::SEE_OTHER
    );
    let path = format!("/console/events/{slug}/attendance");
    assert_eq!(assistant.get(&path).await.status, StatusCode::OK);
    let fields = [("act", "open"), ("name", "Door"), ("place", place.as_str()), ("hours", "3")];
    assert_eq!(assistant.post(&path, &fields).await.status, StatusCode::OK);
    let other = opened.event.places[0].id.as_str().to_owned();
    let fields = [("act", "open"), ("name", "Door"), ("place", other.as_str()), ("hours", "3")];
    assert_eq!(assistant.post(&path, &fields).await.status, StatusCode::FORBIDDEN);
    let revoke = [("act", "revoke"), ("id", opened.id.as_str())];
    assert_eq!(assistant.post(&path, &revoke).await.status, StatusCode::FORBIDDEN);
    assert_eq!(assistant.get(&format!("{path}.csv")).await.status, StatusCode::FORBIDDEN);
    let auditor = [("organizer", id.as_str()), ("role", "auditor"), ("place", "")];
    let mut watcher = joined(&opened.app, "auditor@example.org", Role::Assistant).await;
    let watcher_id = watcher.organizer().await.id().as_str().to_owned();
    let auditor = [("organizer", watcher_id.as_str()), auditor[1], auditor[2]];
    opened.organizer.post(&format!("/console/events/{slug}/roles"), &auditor).await;
    opened.say(1, Act::WalkIn { guest: Id(98), place: opened.place }).await;
    let page = watcher.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.body.contains("Red 0") && !page.body.contains("value=\"open\""), "numbers alone");
    let fields = [("act", "open"), ("name", "Door"), ("place", place.as_str()), ("hours", "3")];
    assert_eq!(watcher.post(&path, &fields).await.status, StatusCode::FORBIDDEN);
}
