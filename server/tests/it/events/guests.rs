//! Organizers' screens of guests: the table, one guest, files, paper, mailings, and who may see what.

use crate::{
    auth::browser::{Answer, Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role as OrganizerRole,
    events::{
        details::Details,
        guest::{self, Line, Phone, Typed},
        server::{
            access::{self, Role},
            catalogue::{self, Event},
            entities::{event::Promotion, place::Kind, registration::State as Seat},
            guest_list::{self, Filter, Row, Status},
            link,
            planning::{self, EventPlan, PlacePlan},
            seats::{self, Registering, Source, Wish},
        },
        standing::State,
        words::Words,
    },
};
use axum::http::StatusCode;
use calamine::{DataType as _, Reader as _, Xlsx, open_workbook_from_rs};
use std::io::Cursor;

const SLUG: &str = "round-table";
const GUESTS: &str = "/console/events/round-table/guests";

/// An open event with a place of so many seats and one without a limit.
pub async fn event(app: &TestApp, seats: u32) -> Event {
    let place = |name: &str, ja: &str, capacity| PlacePlan {
        id: None,
        kind: Kind::Venue,
        name: Words::new([("en", name), ("ja", ja)]),
        address: Some(Words::new([("en", "1-1")])),
        access: Words::default(),
        link: None,
        capacity,
    };
    let plan = EventPlan {
        slug: SLUG.to_owned(),
        series: None,
        number: None,
        title: Words::new([("en", "Round table"), ("ja", "円卓会議")]),
        details: Details::default(),
        held_on: "2026-12-10".parse().unwrap(),
        begins: None,
        ends: None,
        utc_offset_minutes: 540,
        register_until: None,
        report: None,
        questions: None,
        promotion: Promotion::AtOnce,
        offer_hours: 24,
        keep_days: 90,
        places: vec![place("Tokyo", "東京", Some(seats)), place("Osaka", "大阪", None)],
    };
    planning::create(&app.ctx, None, &plan, State::Open).await.unwrap().unwrap();
    catalogue::find_any(&app.ctx, SLUG).await.unwrap()
}

pub fn typed(name: &str, reading: &str, organisation: &str, phone: &str, email: &str) -> Typed {
    Typed {
        name: Line::required(name).unwrap(),
        reading: Line::reading(reading).unwrap(),
        organisation: Line::optional(organisation).unwrap(),
        phone: Phone::optional(phone).unwrap(),
        email: guest::email(email).unwrap(),
        kind: Some("union"),
        needs: None,
        answers: None,
    }
}

pub async fn register(app: &TestApp, event: &Event, place: usize, guest: &Typed) {
    let attempt = link::new_attempt().unwrap();
    let registering = Registering {
        event: &event.id,
        wish: Wish::Seat(event.places[place].id.clone()),
        guest,
        attempt: &attempt,
        language: "ja",
        follows: false,
        source: Source::Guest,
        import: None,
    };
    seats::register(&app.ctx, &registering).await.unwrap().unwrap();
    app.ctx.clock().advance(1_000);
}

pub async fn coordinator(app: &TestApp) -> Browser {
    joined(app, "coordinator@example.org", OrganizerRole::Coordinator).await
}

pub async fn rows(app: &TestApp, browser: &Browser) -> Vec<Row> {
    let event = catalogue::find_any(&app.ctx, SLUG).await.unwrap();
    let access = access::of(&app.ctx, &browser.organizer().await, &event).await.unwrap();
    guest_list::load(&app.ctx, &access, &event).await.unwrap()
}

/// Three in Tokyo's two seats, one in Osaka, and one who is there twice.
async fn some_guests() -> (TestApp, Event, Browser) {
    let app = TestApp::new().await;
    let event = event(&app, 2).await;
    for (place, guest) in [
        (0, typed("山田 太郎", "ヤマダ タロウ", "赤会社", "03-1111-1111", "taro@example.org")),
        (0, typed("=HYPERLINK(\"x\")", "", "@blue", "+81 3 2222 2222", "")),
        (0, typed("Nguyễn Văn A", "", "", "03-3333-3333", "a@example.org")),
        (1, typed("青木 花子", "あおき はなこ", "組合", "06-4444-4444", "")),
        (1, typed("山田太郎", "", "赤会社", "03 1111 1111", "")),
    ] {
        register(&app, &event, place, &guest).await;
    }
    let browser = coordinator(&app).await;
    (app, event, browser)
}

fn names(rows: &[Row]) -> Vec<&str> {
    rows.iter().map(Row::name).collect()
}

#[tokio::test]
async fn the_list_is_filtered_and_sorted() {
    let (app, _, browser) = some_guests().await;
    let all = rows(&app, &browser).await;
    let with =
        |filter: Filter| names(&filter.apply(all.clone())).iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let q = |q: &str| with(Filter { q: q.to_owned(), ..Filter::default() });
    assert_eq!(q("やまだ"), ["山田 太郎"], "kana of either kind");
    assert_eq!(q("山田　太"), ["山田 太郎", "山田太郎"], "spaces do not count");
    assert_eq!(q("4444-4444"), ["青木 花子"]);
    assert_eq!(q("赤会社").len(), 2);
    assert_eq!(q(&all[2].row.code.to_lowercase()), ["Nguyễn Văn A"]);
    let state = |state: &str| with(Filter { state: state.to_owned(), ..Filter::default() });
    assert_eq!(state("waiting"), ["Nguyễn Văn A"]);
    assert_eq!(state("repeat"), ["山田太郎"]);
    assert_eq!(state("registered").len(), 3, "a repeat has no seat");
    assert_eq!(with(Filter { place: "2".into(), ..Filter::default() }), ["青木 花子", "山田太郎"]);
    assert_eq!(with(Filter { mail: "none".into(), ..Filter::default() }).len(), 3);
    let sorted = with(Filter { sort: "name".into(), place: "2".into(), ..Filter::default() });
    assert_eq!(sorted, ["青木 花子", "山田太郎"]);
    let back = with(Filter { sort: "-came".into(), ..Filter::default() });
    assert_eq!((back[0].as_str(), back[4].as_str()), ("山田太郎", "山田 太郎"));
    let page = browser.clone().get(&format!("{GUESTS}?sort=name&q=%E8%B5%A4")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("aria-sort=\"ascending\"") && page.body.contains("sort=-name"));
    assert!(page.body.contains("2 of 5 guests") && !page.body.contains("Nguyễn"), "{}", page.body);
}

#[tokio::test]
async fn files_hold_what_is_counted_and_no_formula() {
    let (_app, event, mut browser) = some_guests().await;
    let file = browser.get(&format!("{GUESTS}.csv?state=registered")).await;
    assert!(file.bytes.starts_with("\u{feff}".as_bytes()));
    assert_eq!(file.body.lines().count() - 1, 3);
    let event = catalogue::find_any(&_app.ctx, &event.slug).await.unwrap();
    assert_eq!(event.places.iter().map(|place| place.taken.registered).sum::<u32>(), 3);
    assert!(file.body.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{}", file.body);
    assert!(file.body.contains("'@blue") && file.body.contains("'+81 3 2222 2222"));
    let book = browser.get(&format!("{GUESTS}.xlsx")).await;
    assert_eq!(book.status, StatusCode::OK);
    // Cells are texts: a formula is none, and a number to call keeps its signs.
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(book.bytes)).unwrap();
    let sheet = book.sheet_names().first().cloned().unwrap();
    assert!(book.worksheet_formula(&sheet).unwrap().is_empty());
    let cells = book.worksheet_range(&sheet).unwrap();
    assert_eq!(cells.height() - 1, 5, "all guests below a line of headings");
    let texts: Vec<_> = cells.used_cells().filter_map(|(.., cell)| cell.get_string()).collect();
    for text in ["=HYPERLINK(\"x\")", "+81 3 2222 2222"] {
        assert!(texts.iter().any(|cell| cell.trim_start_matches('\'') == text), "{text}: {texts:?}");
    }
    let log = browser.get("/console/audit").await;
    assert!(log.body.contains("Exported a list of guests") && log.body.contains("<td translate=\"no\">5</td>"));
}

/// What the page that asks once more says of whom it has shown.
fn sealed(page: &str) -> String {
    let (_, rest) = page.split_once("name=\"sure\" value=\"").expect("it asks");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn what_is_done_to_many_is_asked_once_more() {
    let (app, _, mut browser) = some_guests().await;
    let ids: Vec<String> = rows(&app, &browser).await.iter().take(2).map(|row| row.row.id.0.clone()).collect();
    let none = browser.post(GUESTS, &[("what", "cancel")]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    let nowhere = browser.post(GUESTS, &[("what", "move"), ("id", &ids[0])]).await;
    assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("what", "cancel"), ("id", ids[0].as_str()), ("id", ids[1].as_str())];
    let asked = browser.post(GUESTS, &fields).await;
    assert!(asked.status == StatusCode::OK && asked.body.contains("Guests chosen: 2"));
    let named = rows(&app, &browser).await;
    assert!(named.iter().take(2).any(|row| asked.body.contains(row.name())), "it says who");
    assert!(rows(&app, &browser).await.iter().all(|row| row.row.state != Seat::Cancelled), "only asked");
    let sure = sealed(&asked.body);
    // Two who were not shown are not done, though they are as many.
    let others: Vec<String> = named.iter().skip(1).take(2).map(|row| row.row.id.0.clone()).collect();
    let swapped = [("what", "cancel"), ("id", others[0].as_str()), ("id", others[1].as_str()), ("sure", &sure)];
    assert_eq!(browser.post(GUESTS, &swapped).await.status, StatusCode::OK, "asked anew");
    assert!(rows(&app, &browser).await.iter().all(|row| row.row.state != Seat::Cancelled), "still only asked");
    let done = browser.post(GUESTS, &[&fields[..], &[("sure", sure.as_str())]].concat()).await;
    assert_eq!((done.status, done.location()), (StatusCode::SEE_OTHER, &*format!("{GUESTS}?done=2")));
    let after = rows(&app, &browser).await;
    assert_eq!(after.iter().filter(|row| row.row.state == Seat::Cancelled).count(), 2);
    let waited = after.iter().find(|row| row.name() == "Nguyễn Văn A").unwrap();
    assert_eq!(waited.row.state, Seat::Registered, "who waited has the seat");
    let again = browser.post(GUESTS, &[&fields[..], &[("sure", sure.as_str())]].concat()).await;
    assert!(again.location().ends_with("done=0"), "twice is once");
    let fields = [("what", "delete"), ("id", ids[0].as_str())];
    let sure = sealed(&browser.post(GUESTS, &fields).await.body);
    browser.post(GUESTS, &[&fields[..], &[("sure", sure.as_str())]].concat()).await;
    let gone = rows(&app, &browser).await.into_iter().find(|row| row.row.id.0 == ids[0]).unwrap();
    assert!(gone.guest.is_none());
}

#[tokio::test]
async fn two_registrations_are_one_person_or_two() {
    let (app, event, mut browser) = some_guests().await;
    let repeat = rows(&app, &browser).await.into_iter().find(|row| row.status() == Status::Repeat).unwrap();
    assert_eq!(repeat.same.as_deref(), Some("山田 太郎"));
    let path = format!("{GUESTS}/{}", repeat.row.id);
    assert!(browser.get(&path).await.body.contains("value=\"same-newer\""));
    let told = browser.post(&path, &[("act", "other")]).await;
    assert_eq!(told.status, StatusCode::SEE_OTHER);
    let row = rows(&app, &browser).await.into_iter().find(|row| row.row.id == repeat.row.id).unwrap();
    assert_eq!(row.status(), Status::Is(Seat::Registered));
    // In a full place somebody else waits.
    register(&app, &event, 0, &typed("山田 太郎", "", "", "03-1111-1111", "new@example.org")).await;
    let repeat = rows(&app, &browser).await.into_iter().find(|row| row.status() == Status::Repeat).unwrap();
    let first = repeat.row.repeat_of.clone().unwrap();
    browser.post(&format!("{GUESTS}/{}", repeat.row.id), &[("act", "same-newer")]).await;
    let after = rows(&app, &browser).await;
    assert!(after.iter().all(|row| row.row.id != repeat.row.id), "the repeat is gone");
    let first = after.iter().find(|row| row.row.id == first).unwrap();
    assert_eq!(first.guest.as_ref().unwrap().email.as_deref(), Some("new@example.org"));
    register(&app, &event, 0, &typed("青木 花子", "", "", "06-4444-4444", "")).await;
    let repeat = rows(&app, &browser).await.into_iter().find(|row| row.status() == Status::Repeat).unwrap();
    browser.post(&format!("{GUESTS}/{}", repeat.row.id), &[("act", "other")]).await;
    let row = rows(&app, &browser).await.into_iter().find(|row| row.row.id == repeat.row.id).unwrap();
    assert_eq!(row.status(), Status::Is(Seat::Waiting), "no more seats than there are");
}

#[tokio::test]
async fn a_guest_is_corrected_moved_and_entered_by_hand() {
    let (app, _, mut browser) = some_guests().await;
    let first = rows(&app, &browser).await.remove(0);
    let path = format!("{GUESTS}/{}", first.row.id);
    let wrong = browser.post(&path, &[("act", "correct"), ("name", ""), ("phone", "call me")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("id=\"name-error\"") && wrong.body.contains("value=\"call me\""));
    let fields = [("act", "correct"), ("name", "山田 次郎"), ("kind", "lawyer"), ("note", "<b>calls</b>")];
    assert_eq!(browser.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
    let page = browser.get(&path).await;
    assert!(page.body.contains("山田 次郎") && page.body.contains("&lt;b&gt;calls") && !page.body.contains("<b>calls"));
    assert!(page.body.contains("/ja/registrations/"), "the link can be told on the phone");
    assert_eq!(browser.post(&path, &[("act", "move"), ("place", "2")]).await.status, StatusCode::SEE_OTHER);
    let after = rows(&app, &browser).await;
    let moved = after.iter().find(|row| row.row.id == first.row.id).unwrap();
    assert_eq!((moved.place, moved.row.kind.as_deref()), (Some(1), Some("lawyer")));
    assert!(after.iter().any(|row| row.name() == "Nguyễn Văn A" && row.row.state == Seat::Registered));

    let new = format!("{GUESTS}/new");
    let page = browser.get(&new).await;
    let attempt = page.body.split("name=\"attempt\" value=\"").nth(1).unwrap()[..32].to_owned();
    let fields = [
        ("attempt", attempt.as_str()),
        ("name", "李 明"),
        ("phone", "0355556666"),
        ("place", "2"),
        ("language", "zh-Hans"),
    ];
    let refused = browser.post(&new, &fields[..3]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "without a place");
    let once = browser.post(&new, &fields).await;
    let twice = browser.post(&new, &fields).await;
    assert_eq!((once.status, once.location()), (StatusCode::SEE_OTHER, twice.location()));
    let entered: Vec<Row> = rows(&app, &browser).await.into_iter().filter(|row| row.name() == "李 明").collect();
    assert_eq!(entered.len(), 1, "a form that is sent twice is one guest");
    assert_eq!((entered[0].row.source, entered[0].row.language.as_str()), (Source::Organizer, "zh-Hans"));
    let log = browser.get("/console/audit").await.body;
    for words in ["Corrected a guest", "Moved a guest", "Registered a guest by hand"] {
        assert!(log.contains(words), "{words}");
    }
}

#[tokio::test]
async fn who_cannot_be_mailed_is_called() {
    let (_app, _, mut browser) = some_guests().await;
    let page = "/console/events/round-table/mailings";
    assert_eq!(browser.post(page, &[("what", "")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(browser.post(page, &[("what", "changed")]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("what", "reminder"), ("words-en", "Bring <paper>")];
    let asked = browser.post(page, &fields).await;
    assert!(
        asked.body.contains("1 by e-mail, 2 to call") && asked.body.contains("Bring &lt;paper&gt;"),
        "{}",
        asked.body
    );
    let stale = browser.post(page, &[&fields[..], &[("sure", "9-9")]].concat()).await;
    assert_eq!(stale.status, StatusCode::OK, "other numbers are shown first");
    let sent = browser.post(page, &[&fields[..], &[("sure", "1-2")]].concat()).await;
    assert_eq!(sent.location(), format!("{page}?done=sent"));
    let list = browser.get(page).await.body;
    let href = list.split(&format!("href=\"{page}/")).nth(1).unwrap().split('"').next().unwrap().to_owned();
    let one = format!("{page}/{href}");
    let body = browser.get(&one).await.body;
    assert!(body.contains("tel:0644444444") && !body.contains("Nguyễn"), "{body}");
    let call = body.split("name=\"call\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    browser.post(&one, &[("call", &call), ("done", "yes")]).await;
    assert!(browser.get(&one).await.body.contains("Reached."));
    browser.post(&one, &[("call", &call), ("done", "no")]).await;
    assert!(!browser.get(&one).await.body.contains("Reached."));
    assert_eq!(browser.get(&format!("{page}/nonsense")).await.status, StatusCode::NOT_FOUND);
}

async fn with_role(
    app: &TestApp,
    event: &Event,
    owner: &Browser,
    email: &str,
    role: Role,
    place: Option<usize>,
) -> Browser {
    let browser = joined(app, email, OrganizerRole::Assistant).await;
    let access = access::of(&app.ctx, &owner.organizer().await, event).await.unwrap();
    let place = place.map(|place| &event.places[place].id);
    planning::give_role(&app.ctx, &access, SLUG, browser.organizer().await.id(), place, role).await.unwrap();
    browser
}

#[tokio::test]
async fn each_role_sees_its_part() {
    let (app, event, owner) = some_guests().await;
    let mut desk = with_role(&app, &event, &owner, "desk@example.org", Role::Desk, Some(1)).await;
    let mut auditor = with_role(&app, &event, &owner, "auditor@example.org", Role::Auditor, None).await;
    let mut other = joined(&app, "other@example.org", OrganizerRole::Assistant).await;
    let all = rows(&app, &owner).await;
    let (tokyo, osaka) = (&all[0].row.id, &all[3].row.id);
    let table = desk.get(GUESTS).await.body;
    assert!(table.contains("青木 花子") && !table.contains("Nguyễn") && !table.contains("type=\"checkbox\""));
    assert_eq!(desk.get(&format!("{GUESTS}/{osaka}")).await.status, StatusCode::OK);
    assert_eq!(desk.get(&format!("{GUESTS}/{tokyo}")).await.status, StatusCode::NOT_FOUND);
    let paper = desk.get("/console/events/round-table/print").await.body;
    assert!(paper.contains("青木 花子") && !paper.contains("Nguyễn") && !paper.contains("4444"), "no phone on paper");
    let attempt = link::new_attempt().unwrap();
    let fields = |place| [("attempt", attempt.as_str()), ("name", "Walk In"), ("place", place)];
    assert_eq!(desk.post(&format!("{GUESTS}/new"), &fields("1")).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(desk.post(&format!("{GUESTS}/new"), &fields("2")).await.status, StatusCode::SEE_OTHER);
    let refused = |answer: Answer| assert_eq!(answer.status, StatusCode::FORBIDDEN);
    refused(desk.post(GUESTS, &[("what", "cancel"), ("id", osaka.as_str()), ("sure", "yes")]).await);
    refused(desk.post(&format!("{GUESTS}/{osaka}"), &[("act", "correct"), ("name", "X")]).await);
    let mut owner = owner;
    let log = owner.get("/console/audit?subject=round-table").await.body;
    assert!(
        log.contains("no right to do it") && log.contains("POST /console/events/{slug}/guests"),
        "refusals are told"
    );
    for file in ["/guests.csv", "/guests.xlsx", "/import"] {
        refused(desk.get(&format!("/console/events/round-table{file}")).await);
        refused(auditor.get(&format!("/console/events/round-table{file}")).await);
    }
    let numbers = auditor.get(GUESTS).await;
    assert!(numbers.status == StatusCode::OK && numbers.body.contains("2 of 2 seats, 1 waiting"), "{}", numbers.body);
    for secret in ["山田", "1111", "taro@"] {
        assert!(!numbers.body.contains(secret), "{secret}");
    }
    assert_eq!(auditor.get("/console/events/round-table/mailings").await.status, StatusCode::OK);
    refused(auditor.get(&format!("{GUESTS}/{tokyo}")).await);
    refused(auditor.get("/console/events/round-table/print").await);
    refused(other.get(GUESTS).await);
}

#[tokio::test]
async fn every_screen_is_drawn_in_five_languages() {
    let (app, _, mut browser) = some_guests().await;
    let id = rows(&app, &browser).await[4].row.id.clone();
    let one = format!("/guests/{id}");
    for (language, title) in
        [("ja", "参加者"), ("en", "Guests"), ("zh-Hans", "参加者名单"), ("vi", "Người tham dự"), ("ja-easy", "<rt>")]
    {
        browser.language = language;
        browser.cookies.insert("entaku_language".to_owned(), language.to_owned());
        for rest in ["/guests", "/guests/new", &one, "/import", "/print", "/mailings"] {
            let page = browser.get(&format!("/console/events/round-table{rest}")).await;
            assert_eq!(page.status, StatusCode::OK, "{language} {rest}");
            assert!(rest != "/guests" || language == "ja-easy" || page.body.contains(title), "{language} {rest}");
        }
        assert_eq!(browser.get("/console/personal-data").await.status, StatusCode::OK);
    }
    browser.language = "en";
    browser.cookies.remove("entaku_language");
    assert!(browser.get("/console/personal-data").await.body.contains("2027-03-10"));
}
