//! `/{lang}/events/feed.xml`: news for feed readers (Atom, RFC 4287), the latest change first.

use crate::{
    error::AppError,
    events::{
        paths,
        server::{
            calendar::{full_title, host, where_it_is},
            catalogue::{self, Event},
        },
        telling,
    },
    i18n::*,
    server::{Context, error::internal},
    ui::{Reader, shell::SITE_NAME},
};
use atom_syndication::{Entry, Feed, Generator, Link, Person, Text};
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};
use std::cmp::Reverse;
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// How many events a feed tells of.
const MOST: usize = 50;

/// Answers with the feed of one language.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let mut events = catalogue::list(&ctx).await?;
    events.sort_by_key(|event| Reverse(event.changed_at));
    events.truncate(MOST);
    let feed = feed(&ctx, reader, &events);
    let xml = feed.write_to(Vec::new()).map_err(|_| internal("a feed cannot be written"))?;
    let headers = [(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    Ok((headers, xml).into_response())
}

fn feed(ctx: &Context, reader: Reader, events: &[Event]) -> Feed {
    let base = &ctx.site().base_url;
    let latest = events.first().map_or(0, |event| event.changed_at);
    Feed {
        title: Text::plain([SITE_NAME, " – ", &reader.plain(td_string!(reader.locale, events.home_link))].concat()),
        id: name(ctx, reader, ""),
        updated: instant(latest),
        authors: vec![Person { name: SITE_NAME.to_owned(), ..Person::default() }],
        generator: Some(Generator { value: SITE_NAME.to_owned(), ..Generator::default() }),
        links: vec![
            link("self", [base.as_str(), &paths::feed(reader)].concat(), reader),
            link("alternate", [base.as_str(), &paths::list(reader)].concat(), reader),
        ],
        lang: Some(reader.lang().to_owned()),
        entries: events.iter().map(|event| entry(ctx, reader, event)).collect(),
        ..Feed::default()
    }
}

fn entry(ctx: &Context, reader: Reader, event: &Event) -> Entry {
    let offset = i64::from(ctx.clock().offset_minutes());
    let (standing, _) = telling::standing(reader, event.standing);
    let told = [
        reader.plain(&telling::when(reader, event, offset)),
        where_it_is(event, None, reader),
        reader.plain(standing),
        event.details.about.plain(reader),
    ];
    let summary = told.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    Entry {
        title: Text::plain(text(&full_title(event, reader))),
        id: name(ctx, reader, event.id.as_str()),
        updated: instant(event.changed_at),
        links: vec![link(
            "alternate",
            [ctx.site().base_url.as_str(), &paths::event(reader, &event.slug)].concat(),
            reader,
        )],
        summary: Some(Text::plain(text(&summary))),
        ..Entry::default()
    }
}

/// A name that stays when an address changes (RFC 4151). A translation is an entry of its own.
fn name(ctx: &Context, reader: Reader, id: &str) -> String {
    let end = if id.is_empty() { "" } else { "/" };
    ["tag:", host(&ctx.site().base_url), ",2026:", reader.tag(), "/events", end, id].concat()
}

fn link(rel: &str, href: String, reader: Reader) -> Link {
    Link { rel: rel.to_owned(), href, hreflang: Some(reader.lang().to_owned()), ..Link::default() }
}

fn instant<T: std::str::FromStr + Default>(unix_ms: i64) -> T {
    let at = OffsetDateTime::from_unix_timestamp(unix_ms.div_euclid(1000)).unwrap_or(OffsetDateTime::UNIX_EPOCH);
    at.format(&Rfc3339).ok().and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Text that XML may hold.
fn text(said: &str) -> String {
    said.chars().filter(|c| *c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))).collect()
}
