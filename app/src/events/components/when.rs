//! When and where, as guests read it.

use crate::{
    events::{server::catalogue::Event, words::Words},
    server::Context,
    ui::{Reader, dates::long_day},
};
use form::Time;
use leptos::prelude::*;

/// The day and, where it is known, from when until when: a text for [`Reader::rich`].
#[must_use]
pub fn held(reader: Reader, event: &Event) -> String {
    let time = |time: Option<Time>| time.map(String::from).unwrap_or_default();
    let mut when = long_day(reader, event.held_on);
    if event.begins.is_some() || event.ends.is_some() {
        when = [when.as_str(), " ", &time(event.begins), "–", &time(event.ends)].concat();
    }
    when
}

/// An instant, by the site's clock: a text for [`Reader::rich`].
#[must_use]
pub fn instant(ctx: &Context, reader: Reader, unix_ms: i64) -> String {
    let (hour, minute) = ctx.clock().time_of(unix_ms);
    format!("{} {hour:02}:{minute:02}", long_day(reader, ctx.clock().day_of(unix_ms)))
}

/// The day on which names are deleted: a text for [`Reader::rich`].
#[must_use]
pub fn deleted_on(reader: Reader, event: &Event) -> String {
    long_day(reader, event.held_on.plus_days(event.keep_days).unwrap_or(event.held_on))
}

/// What organizers wrote, with its language.
pub fn words(reader: Reader, words: &Words) -> impl IntoView + use<> {
    let said = words.said(reader);
    view! { <span lang=said.lang inner_html=reader.rich(said.text)></span> }
}
