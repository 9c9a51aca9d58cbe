//! The addresses of events, as pages and mails write them.

use crate::ui::Reader;

/// All events.
#[must_use]
pub fn list(reader: Reader) -> String {
    reader.href("/events")
}

/// One event.
#[must_use]
pub fn event(reader: Reader, slug: &str) -> String {
    reader.href(&["/events/", slug].concat())
}

/// Its form.
#[must_use]
pub fn register(reader: Reader, slug: &str) -> String {
    reader.href(&["/events/", slug, "/register"].concat())
}

/// Its form with what somebody told an earlier event.
#[must_use]
pub fn register_again(reader: Reader, slug: &str, link: &str) -> String {
    reader.href(&["/events/", slug, "/again/", link].concat())
}

/// Its calendar entry.
#[must_use]
pub fn calendar(reader: Reader, slug: &str) -> String {
    reader.href(&["/events/", slug, "/calendar.ics"].concat())
}

/// A series.
#[must_use]
pub fn series(reader: Reader, slug: &str) -> String {
    reader.href(&["/series/", slug].concat())
}

/// Its calendar.
#[must_use]
pub fn series_calendar(reader: Reader, slug: &str) -> String {
    reader.href(&["/series/", slug, "/calendar.ics"].concat())
}

/// The page that ends following a series.
#[must_use]
pub fn unfollow(reader: Reader, link: &str) -> String {
    reader.href(&["/follow/", link].concat())
}

/// News of events for feed readers.
#[must_use]
pub fn feed(reader: Reader) -> String {
    reader.href("/events/feed.xml")
}

/// Somebody's own registration.
#[must_use]
pub fn registration(reader: Reader, link: &str) -> String {
    reader.href(&["/registrations/", link].concat())
}

/// The screens of an event; `rest` begins with a slash or is empty.
#[must_use]
pub fn console(slug: &str, rest: &str) -> String {
    ["/console/events/", slug, rest].concat()
}
