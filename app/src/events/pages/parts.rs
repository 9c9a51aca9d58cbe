//! What the guests' pages have in common: their heads, the page that says that nobody registers, redirects.

use crate::{
    events::{
        components::notes::{closed, why_closed},
        server::catalogue::Event,
    },
    questionnaires::pages::post::reading_cookie,
    server::{
        Context,
        page::{page, see_other},
    },
    ui::{
        Reader,
        errors::error_prefix,
        shell::{Frame, Head},
    },
};
use axum::{
    http::{StatusCode, header},
    response::Response,
};
use leptos::prelude::*;

/// The head of a page with a form: its languages are buttons of it.
pub(super) fn form_head(reader: Reader, title: &str, is_refused: bool) -> Head {
    let mut whole = if is_refused { error_prefix(reader) } else { String::new() };
    whole.push_str(&reader.plain(title));
    Head { reader, title: whole, path: None, bundle: None, frame: Frame::Guest }
}

/// The head of a page in which nothing is typed; `path` stands behind the language.
pub(super) fn guest_head(reader: Reader, title: &str, path: String) -> Head {
    Head { reader, title: reader.plain(title), path: Some(path), bundle: None, frame: Frame::Guest }
}

/// The page that says why nobody registers; `rest` stands behind the event's address.
pub(super) fn draw_closed(ctx: &Context, reader: Reader, status: StatusCode, event: &Event, rest: &str) -> Response {
    let head = guest_head(reader, why_closed(reader, event).0, ["/events/", &event.slug, rest].concat());
    page(ctx, status, head, || closed(ctx, reader, event).into_any())
}

/// 303 to a path of ours.
pub(super) fn go(path: &str) -> Response {
    see_other(path, [])
}

/// A page in a language that was just chosen, which is remembered.
pub(super) fn with_reading(ctx: &Context, reader: Reader, mut response: Response) -> Response {
    response.headers_mut().append(header::SET_COOKIE, reading_cookie(ctx, reader));
    response
}
