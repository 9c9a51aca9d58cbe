//! What guests do: registering, their own page, the next date, following.

use crate::{
    auth::browser::{Answer, Browser, encoded, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    events::{
        server::{
            catalogue::{self, Event},
            entities::{
                event::{Promotion, State},
                place::Kind,
            },
            planning::{self, EventPlan, PlacePlan, SeriesPlan},
            seats,
        },
        words::Words,
    },
    ui::reader::{LOCALES, tag},
};
use axum::{
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{Request, StatusCode, header},
};
use form::{Day, Time};
use std::net::SocketAddr;
use tokio::task::JoinSet;
use tower::ServiceExt as _;

const FORM: &str = "/en/events/table/register";

fn place(name: &str, capacity: Option<u32>) -> PlacePlan {
    PlacePlan {
        id: None,
        kind: Kind::Venue,
        name: Words::new([("en", name)]),
        address: Some(Words::new([("en", "1-1 Road")])),
        access: Words::default(),
        link: Some("https://call.example.org/secret".to_owned()),
        capacity,
    }
}

fn plan(slug: &str) -> EventPlan {
    EventPlan {
        slug: slug.to_owned(),
        series: None,
        number: None,
        title: Words::new([("en", "A round table")]),
        details: Default::default(),
        held_on: Day::new(2026, 12, 10).unwrap(),
        begins: Time::parse("10:30"),
        ends: Time::parse("12:00"),
        utc_offset_minutes: 540,
        register_until: None,
        report: None,
        questions: None,
        promotion: Promotion::Offered,
        offer_hours: 24,
        keep_days: 30,
        places: vec![place("Tokyo", Some(1)), place("Osaka", Some(1))],
    }
}

async fn made(app: &TestApp, plan: &EventPlan, state: State) -> Event {
    planning::create(&app.ctx, None, plan, state).await.unwrap().unwrap();
    catalogue::find(&app.ctx, &plan.slug).await.unwrap()
}

/// The form, filled in; later fields take the place of earlier ones.
fn filled<'a>(place: &'a str, attempt: &'a str, other: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("place", place),
        ("attempt", attempt),
        ("name", "山田 太郎"),
        ("organisation", "Red One"),
        ("phone", "０３－１２３４－５６７８"),
        ("email", "taro@example.org"),
    ];
    for (name, value) in other {
        fields.retain(|(field, _)| field != name);
        fields.push((name, value));
    }
    fields
}

fn attempt(n: u32) -> String {
    format!("{n:032x}")
}

async fn register(browser: &mut Browser, place: &str, n: u32, other: &[(&str, &str)]) -> Answer {
    browser.post(FORM, &filled(place, &attempt(n), other)).await
}

/// The address of the personal page, after registering somebody else than anybody before.
async fn registered(browser: &mut Browser, place: &str, n: u32) -> String {
    let (name, phone, email) = (format!("Guest {n}"), format!("03-0000-{n:04}"), format!("g{n}@example.org"));
    let other = [("name", name.as_str()), ("phone", &phone), ("email", &email)];
    let answer = register(browser, place, n, &other).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    answer.location().split('?').next().unwrap().to_owned()
}

#[tokio::test]
async fn a_guest_registers_once_however_often_they_press() {
    let app = TestApp::new().await;
    let event = made(&app, &plan("table"), State::Open).await;
    let mut browser = Browser::new(&app);
    let form = browser.get(FORM).await;
    assert_eq!(form.status, StatusCode::OK);
    for part in ["autocomplete=\"tel\"", "Seats left: 1", "9 January 2027", "noindex", "name=\"attempt\""] {
        assert!(form.body.contains(part), "{part}");
    }
    assert_eq!(form.headers[header::CACHE_CONTROL], "no-store");
    let place = event.places[0].id.0.clone();
    let first = register(&mut browser, &place, 1, &[]).await;
    let second = register(&mut browser, &place, 1, &[]).await;
    assert_eq!((first.status, first.location()), (StatusCode::SEE_OTHER, second.location()));
    let page = browser.get(first.location()).await;
    assert_eq!(page.status, StatusCode::OK);
    for part in ["You are registered", "c-qr", "山田 太郎", "call.example.org/secret", "rel=\"noreferrer\"", "1-1 Road"]
    {
        assert!(page.body.contains(part), "{part}");
    }
    assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
    let after = catalogue::find(&app.ctx, "table").await.unwrap();
    assert_eq!(after.places[0].taken.registered, 1);
    let own = first.location().split('?').next().unwrap();
    let entry = browser.get(&[own, "/calendar.ics"].concat()).await;
    assert!(entry.body.starts_with("BEGIN:VCALENDAR"), "{}", entry.body);
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_kept() {
    let app = TestApp::new().await;
    let event = made(&app, &plan("table"), State::Open).await;
    let mut browser = Browser::new(&app);
    let place = event.places[0].id.0.clone();
    let long = "名".repeat(5_000);
    for (field, value, said) in [
        ("name", long.as_str(), "at most 100"),
        ("name", "", "Write your name"),
        ("name", "👩", "with letters"),
        ("organisation", "", "Write your organisation"),
        ("phone", "0120-ASK-ME", "letters in the phone"),
        ("phone", "12", "too short"),
        ("email", "nobody", "not an e-mail"),
        ("reading", "山田", "Write the reading"),
        ("place", "elsewhere", "Choose a place"),
    ] {
        let answer = register(&mut browser, &place, 1, &[(field, value)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}");
        assert!(answer.body.contains(said) && answer.body.contains("id=\"errors\""), "{said}");
        assert!(answer.body.contains("Red One") || field == "organisation", "what was typed is kept");
    }
    let page = register(&mut browser, &place, 2, &[("name", "<b>A</b>{x|y}"), ("phone", "+81 3 1234 5678")]).await;
    let own = browser.get(page.location()).await;
    assert!(own.body.contains("&lt;b&gt;A&lt;/b&gt;{x|y}"), "typed text is no markup");
    let one = register(&mut browser, &event.places[1].id.0, 3, &[("name", "A"), ("phone", "0312340000")]).await;
    assert_eq!(one.status, StatusCode::SEE_OTHER, "one letter is a name");
}

#[tokio::test]
async fn another_language_keeps_what_was_typed() {
    let app = TestApp::new().await;
    let event = made(&app, &plan("table"), State::Open).await;
    let mut browser = Browser::new(&app);
    let place = event.places[0].id.0.clone();
    for locale in LOCALES {
        let language = tag(locale);
        let answer = register(&mut browser, &place, 1, &[("language", language), ("name", "Half a na")]).await;
        assert_eq!(answer.status, StatusCode::OK, "{language}");
        assert!(answer.body.contains("value=\"Half a na\"") && !answer.body.contains("id=\"errors\""));
        assert!(answer.body.contains(&format!("action=\"/{language}/events/table/register\"")), "{language}");
    }
    assert_eq!(catalogue::find(&app.ctx, "table").await.unwrap().places[0].taken.registered, 0);
    let own = registered(&mut browser, &place, 5).await;
    for locale in LOCALES {
        let path = own.replace("/en/", &["/", tag(locale), "/"].concat());
        for rest in ["", "/correct", "?ask=cancel", "?ask=delete"] {
            let page = browser.get(&[path.as_str(), rest].concat()).await;
            assert_eq!(page.status, StatusCode::OK, "{path}{rest}");
        }
    }
}

/// The page without what differs by chance.
fn masked(body: &str, own: &str) -> String {
    let link = own.rsplit('/').next().unwrap();
    let body = body.replace(link, "LINK");
    let (before, rest) = body.split_once("c-panel__code").unwrap();
    let (_, rest) = rest.split_once("</p>").unwrap();
    let (between, square) = rest.split_once("<svg").unwrap_or((rest, "</svg>"));
    let (_, after) = square.split_once("</svg>").unwrap();
    [before, between, after].concat()
}

#[tokio::test]
async fn a_repeat_looks_like_a_first_one() {
    let app = TestApp::new().await;
    let mut wide = plan("table");
    wide.places[0].capacity = None;
    let event = made(&app, &wide, State::Open).await;
    let mut browser = Browser::new(&app);
    let place = event.places[0].id.0.clone();
    let first = register(&mut browser, &place, 1, &[]).await;
    let second = register(&mut browser, &place, 2, &[]).await;
    assert_ne!(first.location(), second.location());
    let mut pages = Vec::new();
    for answer in [&first, &second] {
        let own = answer.location().split('?').next().unwrap();
        pages.push(masked(&browser.get(own).await.body, own));
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn a_guest_corrects_moves_cancels_and_deletes() {
    let app = TestApp::new().await;
    let event = made(&app, &plan("table"), State::Open).await;
    let mut browser = Browser::new(&app);
    let [tokyo, osaka] = [0, 1].map(|at| event.places[at].id.0.clone());
    let own = registered(&mut browser, &tokyo, 1).await;
    let correct = [own.as_str(), "/correct"].concat();
    assert!(browser.get(&correct).await.body.contains("value=\"Guest 1\""));
    assert_eq!(browser.post(&correct, &[("name", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("name", "Guest One"), ("organisation", "Blue"), ("phone", "0311112222")];
    assert!(browser.post(&correct, &fields).await.location().ends_with("?done=corrected"));
    assert!(browser.get(&own).await.body.contains("Guest One"));

    let other = registered(&mut browser, &osaka, 2).await;
    let full = browser.post(&own, &[("act", "choose"), ("place", &osaka)]).await;
    assert_eq!(full.status, StatusCode::CONFLICT);
    assert!(full.body.contains("You keep the seat") && full.body.contains("name=\"wait\""), "{}", full.body);
    assert_eq!(catalogue::find(&app.ctx, "table").await.unwrap().places[0].taken.registered, 1);
    assert!(browser.post(&other, &[("act", "cancel")]).await.location().ends_with("?done=cancelled"));
    assert!(browser.get(&other).await.body.contains("You cancelled it"));
    assert!(browser.post(&own, &[("act", "choose"), ("place", &osaka)]).await.location().ends_with("?done=moved"));
    assert!(
        browser.post(&other, &[("act", "choose"), ("place", &tokyo)]).await.location().ends_with("?done=registered")
    );
    assert_eq!(browser.post(&own, &[("act", "accept")]).await.status, StatusCode::SEE_OTHER, "they have a seat");
    assert_eq!(browser.post(&own, &[("act", "decline")]).await.status, StatusCode::CONFLICT);
    assert_eq!(browser.post(&own, &[("act", "dance")]).await.status, StatusCode::BAD_REQUEST);

    assert_eq!(browser.post(&own, &[("act", "delete")]).await.location(), own);
    for path in [own.clone(), correct] {
        let gone = browser.get(&path).await;
        assert_eq!(gone.status, StatusCode::GONE);
        assert!(!gone.body.contains("Guest One"));
    }
    assert_eq!(browser.get(&[own.as_str(), "/calendar.ics"].concat()).await.status, StatusCode::GONE);
    for wrong in ["AAAAAAAAAAAAAAAAAAAAAA", "x", "AAAAAAAAAAAAAAAAAAAAA%2F"] {
        assert_eq!(browser.get(&["/en/registrations/", wrong].concat()).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn an_offer_is_answered_with_yes_or_no() {
    let app = TestApp::new().await;
    let event = made(&app, &plan("table"), State::Open).await;
    let mut browser = Browser::new(&app);
    let tokyo = event.places[0].id.0.clone();
    let seated = registered(&mut browser, &tokyo, 1).await;
    let first = registered(&mut browser, &tokyo, 2).await;
    let second = registered(&mut browser, &tokyo, 3).await;
    let waiting = browser.get(&second).await;
    assert!(waiting.body.contains("number 2 in line") && !waiting.body.contains("call.example.org"));
    browser.post(&seated, &[("act", "cancel")]).await;
    let offered = browser.get(&first).await;
    assert!(offered.body.contains("value=\"accept\"") && !offered.body.contains("call.example.org"));
    assert!(browser.post(&first, &[("act", "decline")]).await.location().ends_with("?done=declined"));
    assert!(browser.post(&second, &[("act", "accept")]).await.location().ends_with("?done=accepted"));
    assert!(browser.get(&second).await.body.contains("You are registered"));
    assert_eq!(browser.post(&first, &[("act", "accept")]).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn who_comes_too_early_or_too_late_is_told() {
    let app = TestApp::new().await;
    let mut browser = Browser::new(&app);
    for (slug, state, said) in
        [("closed", State::Closed, "Registration is closed"), ("off", State::Cancelled, "event has been cancelled")]
    {
        made(&app, &plan(slug), state).await;
        let path = ["/en/events/", slug, "/register"].concat();
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{slug}");
        assert!(page.body.contains(said));
        assert_eq!(browser.post(&path, &[("name", "A")]).await.status, StatusCode::CONFLICT);
    }
    made(&app, &plan("table"), State::Announced).await;
    let refused = browser.post(FORM, &[("name", "Early Bird")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("phone number or an e-mail address"));
    let answer = browser.post(FORM, &[("name", "Early Bird"), ("email", "early@example.org")]).await;
    let own = browser.get(answer.location()).await;
    assert!(own.body.contains("We will tell you"), "{}", own.body);
    let link = answer.location().split('?').next().unwrap();
    assert_eq!(browser.get(&[link, "/calendar.ics"].concat()).await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/en/events/no-such/register").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_next_date_is_one_press() {
    let app = TestApp::new().await;
    let event = made(&app, &plan("table"), State::Open).await;
    let next = made(&app, &EventPlan { places: vec![place("Tokyo", Some(5))], ..plan("next") }, State::Open).await;
    let mut browser = Browser::new(&app);
    let own = registered(&mut browser, &event.places[0].id.0, 1).await;
    let again = ["/en/events/next/again/", own.rsplit('/').next().unwrap()].concat();
    let page = browser.get(&again).await;
    assert!(page.body.contains("Guest 1"), "{}", page.body);
    assert_eq!(catalogue::find(&app.ctx, "next").await.unwrap().places[0].taken.registered, 0, "looking is no press");
    let first = browser.post(&again, &[]).await;
    let second = browser.post(&again, &[]).await;
    assert_eq!((first.status, first.location()), (StatusCode::SEE_OTHER, second.location()));
    let link = first.location().split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
    assert_eq!(seats::find_own(&app.ctx, &link).await.unwrap().0.id, next.id);
    browser.post(&own, &[("act", "delete")]).await;
    assert_eq!(browser.get(&again).await.location(), "/en/events/next/register");
    let unknown = browser.get("/en/events/next/again/AAAAAAAAAAAAAAAAAAAAAA").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn who_follows_nothing_is_told_so() {
    let app = TestApp::new().await;
    let mut browser = Browser::new(&app);
    assert_eq!(browser.get("/en/follow/x").await.status, StatusCode::NOT_FOUND);
    assert_eq!(browser.get("/en/follow/AAAAAAAAAAAAAAAAAAAAAA").await.status, StatusCode::GONE);
    assert_eq!(browser.post("/en/follow/AAAAAAAAAAAAAAAAAAAAAA", &[]).await.status, StatusCode::SEE_OTHER);
}

/// One text in all languages.
fn text(text: &str) -> String {
    let all = LOCALES.map(|locale| format!("\"{}\":\"{text}\"", tag(locale)));
    ["{", &all.join(","), "}"].concat()
}

#[tokio::test]
async fn organizers_own_questions_stand_in_the_form() {
    let app = TestApp::new().await;
    let languages = LOCALES.map(|locale| format!("\"{}\"", tag(locale))).join(",");
    let questions = format!(
        "{{\"format\":1,\"slug\":\"own\",\"version\":\"1\",\"languages\":[{languages}],\"title\":{},\"purpose\":{},\
         \"questions\":[{{\"name\":\"lunch\",\"label\":{},\"kind\":{{\"type\":\"text\",\"max_bytes\":40,\
         \"multiline\":false}},\"required\":true,\"sensitivity\":1}}]}}",
        text("Own"),
        text("Own"),
        text("Which lunch"),
    );
    if let Err(faults) = form::Published::from_json(questions.as_bytes()) {
        panic!("{faults:?}");
    }
    let event = made(&app, &EventPlan { questions: Some(questions), ..plan("table") }, State::Open).await;
    let mut browser = Browser::new(&app);
    let place = event.places[0].id.0.clone();
    assert!(browser.get(FORM).await.body.contains("name=\"lunch.answer\""));
    let refused = register(&mut browser, &place, 1, &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("href=\"#lunch-answer\""), "{}", refused.body);
    let answer = register(&mut browser, &place, 1, &[("lunch.answer", "Soup")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let own = answer.location().split('?').next().unwrap();
    assert!(browser.get(&[own, "/correct"].concat()).await.body.contains("value=\"Soup\""));
    let link = own.rsplit('/').next().unwrap();
    let guest = seats::find_own(&app.ctx, link).await.unwrap().1.guest.unwrap();
    assert!(guest.answers.unwrap().contains("Soup"));

    // Who plans the lunch reads it: at the guest, and in both files.
    let mut organizer = joined(&app, "boss@example.org", Role::Coordinator).await;
    let page = ["/console/events/table/guests/", guest.registration_id.as_str()].concat();
    let page = organizer.get(&page).await.body;
    assert!(page.contains("Which lunch") && page.contains(">Soup<"), "{page}");
    let csv = organizer.get("/console/events/table/guests.csv").await.body;
    assert!(csv.lines().next().is_some_and(|head| head.trim_end().ends_with("Which lunch")), "{csv}");
    assert!(csv.lines().nth(1).is_some_and(|row| row.trim_end().ends_with("Soup")), "{csv}");
}

/// An event of a series that can be followed.
async fn made_in_series(app: &TestApp) -> Event {
    let series =
        SeriesPlan { slug: "series".to_owned(), title: Words::new([("en", "A series")]), about: Words::default() };
    let series = planning::create_series(&app.ctx, None, &series).await.unwrap().unwrap();
    made(app, &EventPlan { series: Some(series), number: Some(1), ..plan("table") }, State::Open).await
}

#[tokio::test]
async fn a_form_says_whether_its_own_guest_follows_and_ends_it() {
    let app = TestApp::new().await;
    let event = made_in_series(&app).await;
    let mut browser = Browser::new(&app);
    let place = event.places[0].id.0.clone();
    let answer = register(&mut browser, &place, 1, &[("follows", "yes")]).await;
    let own = answer.location().split('?').next().unwrap().to_owned();
    let page = browser.get(&own).await.body;
    assert!(page.contains("We will write to you when registration opens") && page.contains("/en/follow/"));
    let correct = [own.as_str(), "/correct"].concat();
    let form = browser.get(&correct).await.body;
    assert!(
        form.contains("value=\"yes\" checked") || form.contains("checked name=\"follows\""),
        "the box says the truth"
    );
    app.ctx.clock().advance(1_000);
    // Somebody else who types the same address is told nothing of it.
    let other = register(&mut browser, &place, 2, &[("name", "Other"), ("phone", "03-9999-9999")]).await;
    let others = other.location().split('?').next().unwrap().to_owned();
    assert!(!browser.get(&others).await.body.contains("/en/follow/"));
    // And ends nothing.
    let fields = filled(&place, "", &[("name", "Other"), ("phone", "03-9999-9999")]);
    browser.post(&[others.as_str(), "/correct"].concat(), &fields).await;
    assert!(browser.get(&own).await.body.contains("/en/follow/"));
    // Their own form, sent without the tick, does.
    let done = browser.post(&correct, &filled(&place, "", &[])).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert!(!browser.get(&own).await.body.contains("/en/follow/"));
    browser.post(&correct, &filled(&place, "", &[("follows", "yes")])).await;
    assert!(browser.get(&own).await.body.contains("/en/follow/"), "begun again by the same form, it is their own");
}

#[tokio::test]
async fn who_registered_twice_gives_back_both_if_they_wish() {
    let app = TestApp::new().await;
    let event = made(&app, &plan("table"), State::Open).await;
    let mut browser = Browser::new(&app);
    let place = event.places[0].id.0.clone();
    let first = register(&mut browser, &place, 1, &[]).await.location().split('?').next().unwrap().to_owned();
    let second = register(&mut browser, &place, 2, &[]).await.location().split('?').next().unwrap().to_owned();
    let waits = registered(&mut browser, &place, 3).await;
    assert!(!browser.get(&[second.as_str(), "?ask=cancel"].concat()).await.body.contains("name=\"also\""));
    assert!(browser.get(&[first.as_str(), "?ask=cancel"].concat()).await.body.contains("name=\"also\""));
    browser.post(&first, &[("act", "cancel"), ("also", "yes")]).await;
    assert!(browser.get(&second).await.body.contains("cancelled"), "{}", browser.get(&second).await.body);
    assert!(browser.get(&waits).await.body.contains("value=\"accept\""), "the seat goes to who waits");
    // Deleting takes what they told both times.
    assert!(browser.get(&[first.as_str(), "?ask=delete"].concat()).await.body.contains("name=\"also\""));
    browser.post(&first, &[("act", "delete"), ("also", "yes")]).await;
    for link in [&first, &second] {
        assert_eq!(browser.get(link).await.status, StatusCode::GONE);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn flood_is_slowed_and_refused_keeps_what_was_typed_and_holds_up_nobody_else() {
    let app = TestApp::new().await;
    let event = made(&app, &plan("table"), State::Open).await;
    let place = event.places[0].id.0.clone();
    let number = attempt(1);
    let post = |host: u8| {
        let fields = filled(&place, &number, &[]);
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect();
        let mut request = Request::post(FORM)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body.join("&")))
            .unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([203, 0, 113, host], 4000))));
        request
    };
    // The clock stands still, so nothing wears off: 240 are slowed down, the rest is refused.
    let mut flood = JoinSet::new();
    for _ in 0..260 {
        let (router, request) = (app.router(), post(1));
        flood.spawn(async move { router.oneshot(request).await.unwrap() });
    }
    let answers = flood.join_all().await;
    let (refused, let_in): (Vec<_>, Vec<_>) =
        answers.into_iter().partition(|answer| answer.status() == StatusCode::TOO_MANY_REQUESTS);
    assert_eq!((refused.len(), let_in.len()), (20, 240));
    assert!(let_in.iter().all(|answer| answer.status() == StatusCode::SEE_OTHER), "one form is one registration");
    assert_eq!(catalogue::find(&app.ctx, "table").await.unwrap().places[0].taken.registered, 1);
    for answer in refused {
        assert_eq!(answer.headers()[header::RETRY_AFTER], "10");
        let page = String::from_utf8(to_bytes(answer.into_body(), 1_000_000).await.unwrap().to_vec()).unwrap();
        assert!(page.contains("山田 太郎") && page.contains(&number), "what was typed stays: {page}");
    }
    assert_eq!(app.router().oneshot(post(2)).await.unwrap().status(), StatusCode::SEE_OTHER, "others come in at once");
}

#[tokio::test]
async fn own_questions_are_typed_as_lines_and_come_back_as_lines() {
    let app = TestApp::new().await;
    let mut browser = joined(&app, "organizer@example.org", Role::Coordinator).await;
    let lines = "How will you come? | ja-easy=どう きますか\n+ By train\n+ On foot";
    let mut fields = vec![("slug", "lines"), ("title-en", "Lines"), ("offset", "540"), ("questions", lines)];
    fields.extend([("day-year", "2026"), ("day-month", "12"), ("day-day", "20"), ("places", "1")]);
    let made = browser.post("/console/events/new", &fields).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let event = catalogue::find_any(&app.ctx, "lines").await.unwrap();
    assert_eq!(event.questions.as_ref().unwrap().definition().questions.len(), 1);
    let form = browser.get("/console/events/lines/edit").await;
    for line in ["How will you come? | ja-easy=どう きますか", "+ By train", "+ On foot"] {
        assert!(form.body.contains(line), "{line}");
    }
    assert!(!form.body.contains("&quot;select_multiple&quot;,&quot;choices&quot;:[{&quot;code"), "no JSON of it");
    // Twice the same question: told beside the field, and what was typed stays.
    fields.retain(|(name, _)| !["questions", "slug"].contains(name));
    fields.extend([("slug", "twice"), ("questions", "Why?\nWhy?")]);
    let refused = browser.post("/console/events/new", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("Why?\nWhy?") && refused.body.contains("planning-faults"), "{}", refused.body);
}
