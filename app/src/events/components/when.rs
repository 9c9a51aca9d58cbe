//! Instants and days beside a guest's form.

use crate::{
    events::server::{catalogue::Event, retention::due_on},
    server::Context,
    ui::{Reader, dates::long_day},
};

/// An instant, by the site's clock: a text for [`Reader::rich`].
#[must_use]
pub fn instant(ctx: &Context, reader: Reader, unix_ms: i64) -> String {
    let (hour, minute) = ctx.clock().time_of(unix_ms);
    format!("{} {hour:02}:{minute:02}", long_day(reader, ctx.clock().day_of(unix_ms)))
}

/// The day on which names are deleted: a text for [`Reader::rich`].
#[must_use]
pub fn deleted_on(reader: Reader, event: &Event) -> String {
    long_day(reader, due_on(event.held_on, event.keep_days).unwrap_or(event.held_on))
}
