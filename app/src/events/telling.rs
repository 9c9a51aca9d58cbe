//! An event in words: when, where it stands, how many seats are left. What pages, calendars and mails say alike.
//!
//! What organizers wrote is drawn by [`said`] and [`paragraphs`]; the other functions give texts for [`Reader::rich`].

use super::{
    seating::{Seat, Taken},
    server::catalogue::Event,
    standing::Standing,
    words::Words,
};
use crate::{
    i18n::*,
    ui::{
        Reader, Tone,
        dates::long_day_of_week,
        lines::LINES,
        reader::{endonym, locale_of},
    },
};
use form::{Day, Time};
use leptos::prelude::*;

const DAY_MINUTES: i64 = 24 * 60;

/// What organizers wrote, in the reader's language or the nearest, which is marked.
pub fn said(reader: Reader, words: &Words) -> impl IntoView + use<> {
    let said = words.said(reader);
    let html = reader.rich(said.text);
    view! { <span lang=said.lang inner_html=html></span> }
}

/// The same as paragraphs, parted by empty lines.
pub fn paragraphs(reader: Reader, words: &Words) -> impl IntoView + use<> {
    let said = words.said(reader);
    let text = said.text.replace("\r\n", "\n");
    text.split("\n\n")
        .map(str::trim)
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| {
            let html = reader.rich(paragraph);
            view! { <p class="events-text" lang=said.lang inner_html=html></p> }
        })
        .collect_view()
}

/// The day, the time of day if it is known, and where clocks differ from the site's what they show there and here.
#[must_use]
pub fn when(reader: Reader, event: &Event, site_offset_minutes: i64) -> String {
    let day = long_day_of_week(reader, event.held_on);
    // Of what is over nobody will be told more.
    if event.begins.is_none() && !event.standing.is_ahead() {
        return day;
    }
    [&day, " ", &time_of_day(reader, event, site_offset_minutes)].concat()
}

/// The same without the day.
#[must_use]
pub fn time_of_day(reader: Reader, event: &Event, site_offset_minutes: i64) -> String {
    let locale = reader.locale;
    let Some(begins) = event.begins else { return td_string!(locale, events.time_open).to_owned() };
    let there = span(reader, &begins.to_string(), event.ends.map(|ends| ends.to_string()).as_deref());
    let ahead = site_offset_minutes - event.utc_offset_minutes;
    if ahead == 0 {
        return there;
    }
    let here = |time: Time| moved(event.held_on, time, ahead);
    let (first_day, from) = here(begins);
    let mut japan = span(reader, &from, event.ends.map(|ends| here(ends).1).as_deref());
    if first_day != event.held_on {
        japan = [&long_day_of_week(reader, first_day), " ", &japan].concat();
    }
    let offset = offset_in_words(event.utc_offset_minutes);
    td_string!(locale, events.time_abroad, time = there, offset = offset, japan = japan).to_string()
}

fn span(reader: Reader, from: &str, to: Option<&str>) -> String {
    match to {
        Some(to) => td_string!(reader.locale, events.time_span, from = from, to = to).to_string(),
        None => td_string!(reader.locale, events.time_from, from = from).to_string(),
    }
}

/// The day and the time of day on clocks that are ahead by so many minutes.
fn moved(day: Day, time: Time, ahead: i64) -> (Day, String) {
    let minutes = i64::from(time.minutes()) + ahead;
    let of_day = minutes.rem_euclid(DAY_MINUTES);
    let day = day.plus_days(minutes.div_euclid(DAY_MINUTES)).unwrap_or(day);
    (day, format!("{:02}:{:02}", of_day / 60, of_day % 60))
}

/// How far clocks are ahead of UTC: `+07:00`.
#[must_use]
pub fn offset_in_words(minutes: i64) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let distance = minutes.unsigned_abs();
    format!("{sign}{:02}:{:02}", distance / 60, distance % 60)
}

/// Where it stands, in one or two words, and how that looks.
#[must_use]
pub fn standing(reader: Reader, standing: Standing) -> (&'static str, Tone) {
    let locale = reader.locale;
    match standing {
        Standing::Draft => (td_string!(locale, events.standing_draft), Tone::Plain),
        Standing::Announced => (td_string!(locale, events.standing_announced), Tone::Plain),
        Standing::PlaceFixed => (td_string!(locale, events.standing_place_fixed), Tone::Plain),
        Standing::Open => (td_string!(locale, events.standing_open), Tone::Done),
        Standing::Full => (td_string!(locale, events.standing_full), Tone::Waiting),
        Standing::Closed => (td_string!(locale, events.standing_closed), Tone::Plain),
        Standing::Held => (td_string!(locale, events.standing_held), Tone::Plain),
        Standing::Reported => (td_string!(locale, events.standing_reported), Tone::Plain),
        Standing::Cancelled => (td_string!(locale, events.standing_cancelled), Tone::Wrong),
    }
}

/// How many seats are left at a place, or that one waits, and how many do. As the next guest would meet it: a free seat
/// that somebody waits for is not left.
#[must_use]
pub fn seats(reader: Reader, taken: Taken) -> Vec<String> {
    let locale = reader.locale;
    let mut lines = vec![match (taken.capacity, taken.next()) {
        (_, Seat::Waiting) => td_string!(locale, events.seats_full).to_owned(),
        (None, Seat::Held) => td_string!(locale, events.seats_no_limit).to_owned(),
        (Some(_), Seat::Held) => td_string!(locale, events.seats_left, count = taken.free()).to_string(),
    }];
    if taken.waiting > 0 {
        lines.push(td_string!(locale, events.seats_waiting, count = taken.waiting).to_string());
    }
    lines
}

/// What a spoken language is called by those who speak it; its tag if this program does not know.
#[must_use]
pub fn spoken(tag: &str) -> String {
    let own = locale_of(tag).map(endonym);
    let line = LINES.iter().find(|line| line.lang == tag).map(|line| line.endonym);
    own.or(line).unwrap_or(tag).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_elsewhere_are_read_here() {
        let day = Day::new(2026, 12, 1).unwrap();
        let time = |text| Time::parse(text).unwrap();
        assert_eq!(moved(day, time("13:30"), 120), (day, "15:30".to_owned()));
        assert_eq!(moved(day, time("23:00"), 120), (day.plus_days(1).unwrap(), "01:00".to_owned()));
        assert_eq!(moved(day, time("00:30"), -60), (day.plus_days(-1).unwrap(), "23:30".to_owned()));
        assert_eq!([offset_in_words(420), offset_in_words(-210), offset_in_words(0)], ["+07:00", "-03:30", "+00:00"]);
    }
}
