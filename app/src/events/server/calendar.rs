//! Calendar entries (RFC 5545). One event is one entry, whoever hands it out: the page, the series or a mail to a
//! guest. It keeps its name for ever, and its revision rises only, so that a calendar replaces and never doubles it.
//!
//! An entry lies in calendars that others may read: it holds no name, no code, no personal link and no address to call
//! in. (Tests: `events/calendar`.)

use super::catalogue::{Event, Place, Series};
use crate::{
    events::{paths, standing::State},
    i18n::*,
    server::Context,
    ui::{Reader, shell::SITE_NAME},
};
use form::Day;
use icalendar::{Calendar, Component as _, Event as Entry, Property};
use time::OffsetDateTime;

/// The content type under which entries are handed out.
pub const CONTENT_TYPE: &str = "text/calendar; charset=utf-8";

const PRODUCT: &str = "-//Entaku//Events 1.0//EN";

/// The entry of an event, as everybody may have it: a whole calendar of one.
#[must_use]
pub fn public_entry(ctx: &Context, event: &Event, reader: Reader) -> String {
    let is_cancelled = event.state == State::Cancelled;
    let entry = entry(ctx, event, &Shown { place: None, changes: 0, reader, is_cancelled });
    written(reader, is_cancelled, None, [entry])
}

/// All these events of a series in one calendar. It is no act of scheduling: what was cancelled stays in it and says so.
#[must_use]
pub fn series_calendar(ctx: &Context, series: &Series, events: &[Event], reader: Reader) -> String {
    let entries = events.iter().filter(|event| event.standing.is_public()).map(|event| {
        let is_cancelled = event.state == State::Cancelled;
        entry(ctx, event, &Shown { place: None, changes: 0, reader, is_cancelled })
    });
    written(reader, false, Some(&series.title.plain(reader)), entries)
}

/// A guest's own entry, as mails carry it: the same entry at their place. `changes` is how often their registration
/// changed in a way that an entry shows; `is_cancelled` is true when they or the event do not come.
#[must_use]
pub fn personal_entry(
    ctx: &Context,
    event: &Event,
    place: Option<&Place>,
    changes: i64,
    reader: Reader,
    is_cancelled: bool,
) -> String {
    let is_cancelled = is_cancelled || event.state == State::Cancelled;
    let entry = entry(ctx, event, &Shown { place, changes, reader, is_cancelled });
    written(reader, is_cancelled, None, [entry])
}

/// The entry's name in every calendar: the event's id, at the host of the site.
#[must_use]
pub fn uid(ctx: &Context, event: &Event) -> String {
    [event.id.as_str(), "@", host(&ctx.site().base_url)].concat()
}

/// The series and the number, then the theme, without readings: for calendars, feeds and titles.
#[must_use]
pub fn full_title(event: &Event, reader: Reader) -> String {
    let theme = event.title.plain(reader);
    let before = series_and_number(event, reader);
    if before.is_empty() { theme } else { [&before, ": ", &theme].concat() }
}

/// The series and the number, without readings; `""` if it stands alone.
#[must_use]
pub fn series_and_number(event: &Event, reader: Reader) -> String {
    let series = event.series.as_ref().map(|series| series.title.plain(reader));
    let number = event
        .number
        .map(|number| reader.plain(&td_string!(reader.locale, events.numbered, number = number).to_string()));
    [series, number].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Where it is, in one line of text: this place, or all of them. Empty if it is over and nobody knows.
#[must_use]
pub fn where_it_is(event: &Event, place: Option<&Place>, reader: Reader) -> String {
    let unknown = || reader.plain(td_string!(reader.locale, events.place_unknown));
    let places: Vec<&Place> = place.map_or_else(|| event.places.iter().collect(), |place| vec![place]);
    // Of what is over nobody will be told more.
    let is_ahead = event.standing.is_ahead();
    if places.is_empty() && !is_ahead {
        return String::new();
    }
    if places.is_empty() {
        return unknown();
    }
    let lines = places.into_iter().map(|place| {
        let name = place.name.plain(reader);
        match &place.address {
            Some(address) => [name.as_str(), td_string!(reader.locale, events.comma), &address.plain(reader)].concat(),
            None if place.is_fixed() || !is_ahead => name,
            None => [&name, " (", &unknown(), ")"].concat(),
        }
    });
    lines.collect::<Vec<_>>().join(" / ")
}

/// What differs between the entries of one event.
struct Shown<'a> {
    place: Option<&'a Place>,
    changes: i64,
    reader: Reader,
    is_cancelled: bool,
}

fn entry(ctx: &Context, event: &Event, shown: &Shown<'_>) -> Entry {
    let Shown { place, changes, reader, is_cancelled } = *shown;
    let base = &ctx.site().base_url;
    let address = [base.as_str(), &paths::event(reader, &event.slug)].concat();
    let changed = utc(event.changed_at);
    let is_fixed = match place {
        Some(place) => place.is_fixed(),
        None => !event.places.is_empty() && event.places.iter().all(Place::is_fixed),
    };
    let status = match (is_cancelled, is_fixed) {
        (true, _) => "CANCELLED",
        (false, false) if event.standing.is_ahead() => "TENTATIVE",
        (false, _) => "CONFIRMED",
    };
    let mut entry = Entry::new();
    entry
        .add_property("UID", uid(ctx, event))
        .add_property("SEQUENCE", (event.sequence + changes.max(0)).clamp(0, i64::from(i32::MAX)).to_string())
        .add_property("DTSTAMP", changed.clone())
        .add_property("LAST-MODIFIED", changed)
        .add_property("STATUS", status)
        .add_property("SUMMARY", text(&full_title(event, reader)))
        .add_property("DESCRIPTION", text(&description(event, place, reader, &address)))
        .add_property("URL", address)
        .append_property(Property::new("ORGANIZER", base.as_str()).add_parameter("CN", SITE_NAME).done());
    let whereabouts = text(&where_it_is(event, place, reader));
    if !whereabouts.is_empty() {
        entry.add_property("LOCATION", whereabouts);
    }
    for (key, value) in times(event) {
        let mut property = Property::new(key, &value);
        if value.len() == 8 {
            property.add_parameter("VALUE", "DATE");
        }
        entry.append_property(property);
    }
    entry
}

/// When it begins and ends: instants of UTC, or whole days while the time of day is open. An end that is not known is
/// not made up.
fn times(event: &Event) -> Vec<(&'static str, String)> {
    if event.begins.is_none() {
        let next = event.held_on.plus_days(1).unwrap_or(event.held_on);
        return vec![("DTSTART", date(event.held_on)), ("DTEND", date(next))];
    }
    let mut times = vec![("DTSTART", utc(event.begins_ms()))];
    if event.ends.is_some() {
        times.push(("DTEND", utc(event.ends_ms())));
    }
    times
}

/// What it is about, how to get in, and where more is told.
fn description(event: &Event, place: Option<&Place>, reader: Reader, address: &str) -> String {
    let mut parts = vec![event.details.about.plain(reader)];
    let places = event.places.iter().filter(|one| place.is_none_or(|place| place.id == one.id));
    parts.extend(places.filter(|place| !place.access.is_empty()).map(|place| {
        let name = place.name.plain(reader);
        [&name, "\n", &place.access.plain(reader)].concat()
    }));
    let more = reader.plain(td_string!(reader.locale, events.entry_more));
    parts.push([&more, "\n", address].concat());
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

fn written(reader: Reader, is_cancelled: bool, name: Option<&str>, entries: impl IntoIterator<Item = Entry>) -> String {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", PRODUCT))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", if is_cancelled { "CANCEL" } else { "PUBLISH" }))
        .append_property(("X-WR-CALLANG", reader.lang()));
    if let Some(name) = name {
        calendar.append_property(("X-WR-CALNAME", text(name).as_str()));
    }
    calendar.extend(entries);
    calendar.to_string()
}

/// Text that a line of the format may hold: the format has no word for other control characters.
fn text(said: &str) -> String {
    said.replace("\r\n", "\n").replace('\r', "\n").chars().filter(|c| *c == '\n' || !c.is_control()).collect()
}

fn date(day: Day) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn utc(unix_ms: i64) -> String {
    let at = OffsetDateTime::from_unix_timestamp(unix_ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    let (hour, minute, second) = at.to_hms();
    format!("{:04}{:02}{:02}T{hour:02}{minute:02}{second:02}Z", at.year(), at.month() as u8, at.day())
}

/// The host of an address, without its port.
pub(in crate::events) fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or(rest);
    match authority.strip_prefix('[').and_then(|inner| inner.split_once(']')) {
        Some((inner, _)) => inner,
        None => authority.split(':').next().unwrap_or(authority),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_an_entry_ends_with_the_host_alone() {
        assert_eq!(host("https://entaku.example"), "entaku.example");
        assert_eq!(host("http://127.0.0.1:3000"), "127.0.0.1");
        assert_eq!(host("http://[::1]:3000"), "::1");
    }

    #[test]
    fn instants_and_days_are_written_as_the_format_wants() {
        assert_eq!(utc(1_796_050_800_000), "20261130T150000Z");
        assert_eq!(date(Day::new(2026, 12, 1).unwrap()), "20261201");
        assert_eq!(text("a\r\nb\u{0}\rc"), "a\nb\nc");
    }
}
