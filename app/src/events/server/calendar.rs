//! Calendar entries (RFC 5545).

use super::catalogue::{Event, Place};
use crate::{server::Context, ui::Reader};
use icalendar::{Calendar, Component as _, EventLike as _};

/// The entry of one guest. Its name never changes and its revision only rises, so that every letter changes the one
/// entry and none makes a second.
#[must_use]
pub fn personal_entry(
    ctx: &Context,
    event: &Event,
    place: Option<&Place>,
    changes: i64,
    reader: Reader,
    is_cancelled: bool,
) -> String {
    let host = ctx.site().base_url.split("://").last().unwrap_or_default();
    let mut entry = icalendar::Event::new();
    entry.uid(&[event.id.as_str(), "@", host].concat());
    entry.summary(&event.title.plain(reader));
    entry.add_property("SEQUENCE", (event.sequence + changes).to_string());
    entry.add_property("DTSTAMP", utc(event.changed_at));
    entry.add_property("STATUS", if is_cancelled { "CANCELLED" } else { "CONFIRMED" });
    if event.begins.is_some() {
        entry.add_property("DTSTART", utc(event.begins_ms()));
        entry.add_property("DTEND", utc(event.ends_ms()));
    } else {
        let day = event.held_on.to_string().replace('-', "");
        entry.append_property(icalendar::Property::new("DTSTART", day).add_parameter("VALUE", "DATE").done());
    }
    if let Some(place) = place {
        let address = place.address.as_ref().map(|address| address.plain(reader)).unwrap_or_default();
        entry.location([place.name.plain(reader), address].join(" ").trim());
    }
    let mut calendar = Calendar::new();
    calendar.append_property(("METHOD", if is_cancelled { "CANCEL" } else { "PUBLISH" }));
    calendar.push(entry.done());
    calendar.to_string()
}

/// An instant, in UTC.
fn utc(unix_ms: i64) -> String {
    let seconds = unix_ms.div_euclid(1000);
    let day = form::Day::from_unix_days(seconds.div_euclid(86_400)).unwrap_or(form::Day::FIRST);
    let of_day = seconds.rem_euclid(86_400);
    let day = day.to_string().replace('-', "");
    format!("{day}T{:02}{:02}{:02}Z", of_day / 3600, of_day / 60 % 60, of_day % 60)
}
