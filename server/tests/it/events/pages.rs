//! What everybody reads of events.

use crate::{
    auth::browser::{Answer, Browser, joined},
    support::TestApp,
};
use app::{
    auth::Role,
    events::{
        details::{Details, Host, HostRole, Item, Material, Speaker},
        server::{
            access, catalogue,
            entities::{event::Promotion, place::Kind},
            planning::{self, EventPlan, PlacePlan, SeriesPlan},
        },
        standing::State,
        words::Words,
    },
    ids::{PlaceId, SeriesId},
};
use form::{Day, Time};

const TAGS: [&str; 5] = ["ja", "ja-easy", "en", "zh-Hans", "vi"];

/// A site, a coordinator, and a visitor who has signed in nowhere.
pub struct Stage {
    pub app: TestApp,
    coordinator: Browser,
    visitor: Browser,
}

impl Stage {
    pub async fn new() -> Self {
        let app = TestApp::new().await;
        let coordinator = joined(&app, "hanako@example.org", Role::Coordinator).await;
        let visitor = Browser::new(&app);
        Self { app, coordinator, visitor }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.visitor.get(path).await
    }

    pub async fn make(&self, plan: &EventPlan, state: State) {
        planning::create(&self.app.ctx, None, plan, state).await.unwrap().unwrap();
    }

    pub async fn series(&self, slug: &str) -> SeriesId {
        let plan = SeriesPlan { slug: slug.to_owned(), title: words("Round table"), about: words("Every month.") };
        planning::create_series(&self.app.ctx, None, &plan).await.unwrap().unwrap()
    }

    async fn access(&self, slug: &str) -> access::Access {
        let event = catalogue::find_any(&self.app.ctx, slug).await.unwrap();
        access::of(&self.app.ctx, &self.coordinator.organizer().await, &event).await.unwrap()
    }

    pub async fn change(&self, slug: &str, plan: &EventPlan) {
        planning::change(&self.app.ctx, &self.access(slug).await, plan, false).await.unwrap().unwrap();
    }

    pub async fn decide(&self, slug: &str, state: State) {
        planning::set_state(&self.app.ctx, &self.access(slug).await, state).await.unwrap();
    }
}

pub fn words(text: &str) -> Words {
    Words::new([("en", text)])
}

pub fn place(id: Option<PlaceId>, name: &str, address: Option<&str>) -> PlacePlan {
    PlacePlan {
        id,
        kind: Kind::Venue,
        name: words(name),
        address: address.map(words),
        access: words("A lift is there."),
        link: None,
        capacity: Some(20),
    }
}

/// Three weeks ahead.
pub fn plan(slug: &str) -> EventPlan {
    EventPlan {
        slug: slug.to_owned(),
        series: None,
        number: None,
        title: words("Colours"),
        details: Details::default(),
        held_on: Day::new(2026, 12, 10).unwrap(),
        begins: Time::parse("13:00"),
        ends: Time::parse("15:00"),
        utc_offset_minutes: 540,
        register_until: None,
        report: None,
        questions: None,
        promotion: Promotion::AtOnce,
        offer_hours: 24,
        keep_days: 30,
        places: vec![place(None, "Tokyo", Some("1-2-3 Red Street"))],
    }
}

/// The block of data for machines.
fn linked(page: &str) -> serde_json::Value {
    let (_, rest) = page.split_once("<script type=\"application/ld+json\">").expect("a block");
    let (block, _) = rest.split_once("</script>").expect("its end");
    serde_json::from_str(block).unwrap_or_else(|e| panic!("{e}: {block}"))
}

#[tokio::test]
async fn a_date_without_a_place_is_a_good_page_in_every_language() {
    let mut stage = Stage::new().await;
    let mut early = plan("early");
    early.begins = None;
    early.ends = None;
    early.places = vec![place(None, "Osaka", None)];
    stage.make(&early, State::Announced).await;
    let expected = [
        ("ja", "2026年12月10日（木曜日）", "会場は後日お知らせします", "お知らせを受け取る"),
        ("ja-easy", "もくようび", "かいじょう", "をもらう"),
        ("en", "Thursday 10 December 2026", "Place to be announced", "Let me know"),
        ("zh-Hans", "星期四", "地点另行通知", "接收通知"),
        ("vi", "thứ Năm, ngày 10", "Địa điểm sẽ được thông báo sau", "Nhận thông báo"),
    ];
    for (tag, day, unknown, act) in expected {
        let page = stage.get(&format!("/{tag}/events/early")).await;
        assert_eq!(
            (page.status.as_u16(), &page.headers["cache-control"]),
            (200, &"no-cache".parse().unwrap()),
            "{tag}"
        );
        for said in [day, unknown, &format!("href=\"/{tag}/events/early/register\"")] {
            assert!(page.body.contains(said), "{said} in {tag}");
        }
        assert!(tag == "ja-easy" || page.body.contains(act), "{act}");
        let data = linked(&page.body);
        assert_eq!(data["startDate"], "2026-12-10");
        assert_eq!(data["eventStatus"], "https://schema.org/EventScheduled");
        assert_eq!(page.body.matches("<script").count(), 1, "a block of data and no script");
        let list = stage.get(&format!("/{tag}/events")).await;
        assert!(list.body.contains(day) && list.body.contains(&format!("href=\"/{tag}/events/early\"")), "{tag}");
        let home = stage.get(&format!("/{tag}")).await;
        for href in ["/events\"", "/events/early\""] {
            assert!(home.body.contains(&format!("href=\"/{tag}{href}")), "{href} at home in {tag}");
        }
        for page in [&list, &home] {
            assert!(!page.body.contains("<script") && !page.body.contains(" style="), "{tag}");
        }
    }
}

#[tokio::test]
async fn what_can_be_done_follows_the_standing() {
    let mut stage = Stage::new().await;
    stage.make(&plan("event"), State::Open).await;
    let register = "href=\"/en/events/event/register\"";
    let open = stage.get("/en/events/event").await.body;
    assert!(open.contains(register) && open.contains("Seats left: 20"), "{open}");

    let mut none = plan("event");
    let found = catalogue::find(&stage.app.ctx, "event").await.unwrap();
    none.places =
        vec![PlacePlan { capacity: Some(0), ..place(Some(found.places[0].id.clone()), "Tokyo", Some("1-2-3")) }];
    stage.change("event", &none).await;
    let full = stage.get("/en/events/event").await.body;
    assert!(full.contains("Join the waiting list") && full.contains("No seats left") && full.contains(register));

    stage.decide("event", State::Closed).await;
    let closed = stage.get("/en/events/event").await.body;
    assert!(closed.contains("Registration is closed.") && !closed.contains(register));

    stage.decide("event", State::Cancelled).await;
    let cancelled = stage.get("/en/events/event").await.body;
    assert!(cancelled.contains("This event has been cancelled") && !cancelled.contains(register));
    assert_eq!(linked(&cancelled)["eventStatus"], "https://schema.org/EventCancelled");
    let list = stage.get("/en/events").await.body;
    assert!(list.contains("href=\"/en/events/event\"") && list.contains("Cancelled"), "who planned to come finds out");
    assert!(!stage.get("/en").await.body.contains("/en/events/event\""), "home tells of no date that is off");
}

#[tokio::test]
async fn what_is_over_stands_by_year_and_leads_to_its_report() {
    let mut stage = Stage::new().await;
    let series = stage.series("round-table").await;
    for (number, year) in [(1, 2024), (2, 2025), (3, 2026)] {
        let mut event = plan(&format!("table-{number}"));
        (event.series, event.number) = (Some(series.clone()), Some(number));
        event.held_on = Day::new(year, 10, 1).unwrap();
        event.report = (number == 3).then(|| "https://example.org/report".to_owned());
        stage.make(&event, State::Open).await;
    }
    let mut lone = plan("lone");
    lone.title = words("Alone");
    stage.make(&lone, State::Open).await;
    let list = stage.get("/en/events").await.body;
    let at = |text: &str| list.find(&format!("href=\"/en/events/{text}\"")).expect(text);
    assert!(at("lone") < at("table-3") && at("table-3") < at("table-2") && at("table-2") < at("table-1"));
    for (query, shown, hidden) in [
        ("?series=round-table", "table-1", "lone"),
        ("?year=2025", "table-2", "table-3"),
        ("?series=round-table&year=2024", "table-1", "table-2"),
    ] {
        let body = stage.get(&format!("/en/events{query}")).await.body;
        assert!(
            body.contains(&format!("/en/events/{shown}\"")) && !body.contains(&format!("/en/events/{hidden}\"")),
            "{query}"
        );
    }
    let none = stage.get("/en/events?series=none&year=1999").await;
    assert!(none.status == 200 && none.body.contains("No event fits") && none.body.contains("href=\"/en/events\""));
    assert_eq!(stage.get("/en/events?series=%3Cb%3E&year=x&%FF").await.status, 200);

    // Nobody is promised a report for ever.
    let held = stage.get("/en/events/table-1").await.body;
    assert!(held.contains("This event is over") && !held.contains("/register\""));
    let mut recent = plan("recent");
    (recent.held_on, recent.begins) = (Day::new(2026, 11, 1).unwrap(), None);
    stage.make(&recent, State::Open).await;
    let held = stage.get("/en/events/recent").await.body;
    assert!(held.contains("as soon as it is written"));
    assert!(!held.contains("to be announced"), "of what is over nobody will be told more");
    let reported = stage.get("/en/events/table-3").await.body;
    assert!(reported.contains("href=\"https://example.org/report\""));
    for tag in TAGS {
        let page = stage.get(&format!("/{tag}/series/round-table")).await;
        assert_eq!(page.status, 200);
        for number in 1..=3 {
            assert!(page.body.contains(&format!("href=\"/{tag}/events/table-{number}\"")), "{tag} {number}");
        }
        assert!(page.body.contains(&format!("/{tag}/series/round-table/calendar.ics\"")));
    }
    assert!(stage.get("/en/series/round-table").await.body.contains("As soon as the next date is set"));
    let mut next = plan("table-4");
    (next.series, next.number) = (Some(series), Some(4));
    stage.make(&next, State::Announced).await;
    let carried = stage.get("/en/series/round-table").await.body;
    assert!(carried.contains("Thursday 10 December 2026") && !carried.contains("As soon as the next date is set"));
}

#[tokio::test]
async fn drafts_are_nowhere() {
    let mut stage = Stage::new().await;
    stage.make(&plan("hidden-plan"), State::Draft).await;
    for path in ["/en/events/hidden-plan", "/en/events/hidden-plan/calendar.ics", "/en/events/none", "/en/series/none"]
    {
        assert_eq!(stage.get(path).await.status, 404, "{path}");
    }
    for path in ["/en/events", "/en", "/en/events/feed.xml"] {
        let page = stage.get(path).await;
        assert!(page.status == 200 && !page.body.contains("hidden-plan") && !page.body.contains("Colours"), "{path}");
    }
}

#[tokio::test]
async fn what_organizers_write_is_text_and_who_comes_is_told_who_reads_it() {
    let mut stage = Stage::new().await;
    let hostile = "<b>x</b></script><script>alert(1)</script>";
    let mut event = plan("odd");
    event.title = words(hostile);
    event.utc_offset_minutes = 420;
    event.details = Details {
        about: words(&format!("One {hostile}\n\nTwo")),
        programme: vec![Item {
            at: "13:30".into(),
            title: words("Trends"),
            speakers: vec![Speaker { name: hostile.into(), organisation: words("Red"), is_invited: true }],
        }],
        hosts: vec![Host { role: HostRole::CoHost, name: words("Green"), receives: words("name and organisation") }],
        languages: vec!["ja".into(), "vi".into()],
        materials: vec![Material { title: words("Slides"), url: "https://example.org/slides".into() }],
        ..Details::default()
    };
    stage.make(&event, State::Open).await;
    for tag in TAGS {
        let page = stage.get(&format!("/{tag}/events/odd")).await.body;
        assert!(!page.contains("<b>") && !page.contains("<script>") && page.matches("</script>").count() == 1, "{tag}");
        assert_eq!(linked(&page)["name"], hostile, "{tag}");
        for said in [
            "Trends",
            "Green",
            "name and organisation",
            "Tiếng Việt",
            "https://example.org/slides",
            "UTC+07:00",
            "15:00",
        ] {
            assert!(page.contains(said), "{said} in {tag}");
        }
    }
    let data = linked(&stage.get("/en/events/odd").await.body);
    assert_eq!(data["startDate"], "2026-12-10T13:00:00+07:00");
    assert_eq!(data["organizer"][0]["name"], "Green");
}

#[tokio::test]
async fn the_feed_tells_of_changes_by_names_that_stay() {
    let mut stage = Stage::new().await;
    let mut event = plan("odd");
    event.title = words("<b>Red & \u{1}green</b>");
    stage.make(&event, State::Open).await;
    let before = stage.get("/en/events/feed.xml").await;
    assert_eq!(before.headers["content-type"], "application/atom+xml; charset=utf-8");
    assert!(before.body.contains("&lt;b&gt;Red &amp; green&lt;/b&gt;"), "{}", before.body);
    assert!(before.body.contains("xml:lang=\"en\""));
    let between = |text: &str, open: &str, close: &str| {
        let entry = text.split("<entry>").nth(1).expect("an entry");
        entry.split(open).nth(1).and_then(|rest| rest.split(close).next()).expect("an element").to_owned()
    };
    stage.app.ctx.clock().advance(60_000);
    stage.decide("odd", State::Closed).await;
    let after = stage.get("/en/events/feed.xml").await.body;
    assert_eq!(between(&before.body, "<id>", "</id>"), between(&after, "<id>", "</id>"));
    assert!(between(&before.body, "<updated>", "</updated>") < between(&after, "<updated>", "</updated>"));
    for tag in TAGS {
        let feed = stage.get(&format!("/{tag}/events/feed.xml")).await.body;
        assert_eq!((feed.matches("<entry>").count(), feed.matches("</entry>").count()), (1, 1), "{tag}");
        assert!(feed.contains(&format!("/{tag}/events/odd\"")) && feed.trim_end().ends_with("</feed>"), "{tag}");
    }
}
