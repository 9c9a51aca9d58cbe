//! Calendar entries: one entry for ever, whose revision rises only.

use super::pages::{Stage, place, plan, words};
use app::{
    events::{
        server::{calendar, catalogue, entities::place::Kind},
        standing::State,
    },
    i18n::Locale,
    ui::Reader,
};
use form::Time;
use icalendar::{Calendar, CalendarComponent, Component as _};

const READER: Reader = Reader::new(Locale::en);

/// What a calendar makes of a file: its method and its entries.
fn parsed(text: &str) -> (String, Vec<icalendar::Event>) {
    let calendar: Calendar = text.parse().unwrap_or_else(|e| panic!("{e}: {text}"));
    let entries = calendar.components.iter().filter_map(|component| match component {
        CalendarComponent::Event(event) => Some(event.clone()),
        _ => None,
    });
    let method = calendar.property_value("METHOD").unwrap_or_default().to_owned();
    (method, entries.collect())
}

fn only(text: &str) -> (String, icalendar::Event) {
    let (method, entries) = parsed(text);
    let [entry] = <[_; 1]>::try_from(entries).expect("one entry");
    (method, entry)
}

fn value<'e>(entry: &'e icalendar::Event, key: &str) -> &'e str {
    entry.property_value(key).unwrap_or_default()
}

#[tokio::test]
async fn an_event_is_one_entry_all_its_way() {
    let mut stage = Stage::new().await;
    let mut event = plan("way");
    event.begins = None;
    event.ends = None;
    event.places = vec![place(None, "Tokyo", None)];
    stage.make(&event, State::Announced).await;

    let (method, announced) = only(&stage.get("/en/events/way/calendar.ics").await.body);
    assert_eq!((method.as_str(), value(&announced, "STATUS")), ("PUBLISH", "TENTATIVE"));
    assert_eq!((value(&announced, "DTSTART"), value(&announced, "DTEND")), ("20261210", "20261211"));
    let start = announced.properties().get("DTSTART").unwrap();
    assert_eq!(start.params().get("VALUE").map(icalendar::Parameter::value), Some("DATE"));
    assert!(value(&announced, "LOCATION").contains("Place to be announced"), "{}", value(&announced, "LOCATION"));
    let uid = announced.get_uid().unwrap().to_owned();
    assert!(uid.ends_with("@127.0.0.1"), "{uid}");

    let mut steps = vec![announced.get_sequence().unwrap()];
    let found = catalogue::find(&stage.app.ctx, "way").await.unwrap();
    event.places = vec![place(Some(found.places[0].id.clone()), "Tokyo", Some("1-2-3 Red Street"))];
    stage.change("way", &event).await;
    let (_, fixed) = only(&stage.get("/vi/events/way/calendar.ics").await.body);
    assert_eq!(value(&fixed, "STATUS"), "CONFIRMED");
    assert!(value(&fixed, "LOCATION").contains("1-2-3 Red Street"));
    steps.push(fixed.get_sequence().unwrap());

    event.begins = Time::parse("10:30");
    event.ends = Time::parse("12:00");
    event.utc_offset_minutes = 420;
    stage.change("way", &event).await;
    let (_, timed) = only(&stage.get("/en/events/way/calendar.ics").await.body);
    assert_eq!((value(&timed, "DTSTART"), value(&timed, "DTEND")), ("20261210T033000Z", "20261210T050000Z"));
    steps.push(timed.get_sequence().unwrap());

    stage.decide("way", State::Cancelled).await;
    let (method, cancelled) = only(&stage.get("/ja/events/way/calendar.ics").await.body);
    assert_eq!((method.as_str(), value(&cancelled, "STATUS")), ("CANCEL", "CANCELLED"));
    steps.push(cancelled.get_sequence().unwrap());

    assert!(steps.is_sorted_by(|a, b| a < b), "{steps:?}");
    for entry in [&fixed, &timed, &cancelled] {
        assert_eq!(entry.get_uid(), Some(uid.as_str()));
    }
}

#[tokio::test]
async fn a_guest_has_the_same_entry_at_their_own_place() {
    let stage = Stage::new().await;
    let mut both = plan("both");
    let mut online = place(None, "Online", None);
    online.kind = Kind::Online;
    online.link = Some("https://call.example/secret".to_owned());
    both.places = vec![place(None, "Osaka", None), online];
    stage.make(&both, State::Open).await;
    let ctx = &stage.app.ctx;
    let event = catalogue::find(ctx, "both").await.unwrap();
    let (_, public) = only(&calendar::public_entry(ctx, &event, READER));
    let own = calendar::personal_entry(ctx, &event, Some(&event.places[1]), 3, READER, false);
    assert!(!own.contains("call.example"), "calendars are shown to others");
    let (method, own) = only(&own);
    assert_eq!(own.get_uid(), public.get_uid());
    assert_eq!(own.get_sequence(), public.get_sequence().map(|sequence| sequence + 3));
    assert_eq!(
        (method.as_str(), value(&own, "STATUS"), value(&public, "STATUS")),
        ("PUBLISH", "CONFIRMED", "TENTATIVE")
    );
    assert_eq!(value(&own, "LOCATION"), "Online");
    let (method, gone) = only(&calendar::personal_entry(ctx, &event, Some(&event.places[1]), 4, READER, true));
    assert_eq!((method.as_str(), value(&gone, "STATUS")), ("CANCEL", "CANCELLED"));
    let (_, waits) = only(&calendar::personal_entry(ctx, &event, Some(&event.places[0]), 0, READER, false));
    assert_eq!(value(&waits, "STATUS"), "TENTATIVE");
}

#[tokio::test]
async fn what_organizers_write_stays_inside_its_line() {
    let stage = Stage::new().await;
    let mut odd = plan("odd");
    odd.title = words("Red, green; blue\\black\r\nEND:VEVENT");
    let long = "長い話。".repeat(60);
    odd.details.about = words(&long);
    stage.make(&odd, State::Open).await;
    let event = catalogue::find(&stage.app.ctx, "odd").await.unwrap();
    for locale in app::ui::reader::LOCALES {
        let text = calendar::public_entry(&stage.app.ctx, &event, Reader::new(locale));
        assert_eq!(text.matches("\r\nEND:VEVENT").count(), 1, "{text}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "lines are folded: {text}");
        let (_, entry) = only(&text);
        assert!(
            value(&entry, "SUMMARY").contains("Red, green; blue\\black\nEND:VEVENT"),
            "{}",
            value(&entry, "SUMMARY")
        );
        assert!(value(&entry, "DESCRIPTION").contains(&long));
    }
}

#[tokio::test]
async fn a_series_has_one_calendar_of_all_that_is_public() {
    let mut stage = Stage::new().await;
    let series = stage.series("round-table").await;
    for (number, state) in [(1, State::Open), (2, State::Announced), (3, State::Draft), (4, State::Open)] {
        let mut event = plan(&format!("table-{number}"));
        event.series = Some(series.clone());
        event.number = Some(number);
        stage.make(&event, state).await;
    }
    stage.decide("table-4", State::Cancelled).await;
    let answer = stage.get("/en/series/round-table/calendar.ics").await;
    assert_eq!(answer.headers["content-type"], "text/calendar; charset=utf-8");
    let (method, entries) = parsed(&answer.body);
    let mut told: Vec<_> = entries.iter().map(|entry| (value(entry, "SUMMARY"), value(entry, "STATUS"))).collect();
    told.sort_unstable();
    let expected = [
        ("Round table No. 1: Colours", "CONFIRMED"),
        ("Round table No. 2: Colours", "CONFIRMED"),
        ("Round table No. 4: Colours", "CANCELLED"),
    ];
    assert_eq!((method.as_str(), told.as_slice()), ("PUBLISH", expected.as_slice()));
    let (_, alone) = only(&stage.get("/en/events/table-1/calendar.ics").await.body);
    assert!(entries.iter().any(|entry| entry.get_uid() == alone.get_uid()), "the same entry");
    for path in ["/en/events/table-3/calendar.ics", "/en/events/none/calendar.ics", "/en/series/none/calendar.ics"] {
        assert_eq!(stage.get(path).await.status, 404, "{path}");
    }
}
