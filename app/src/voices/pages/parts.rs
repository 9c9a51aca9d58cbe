//! What the pages have in common: one head, the notes on top, answers that lead on.

use crate::{
    i18n::*,
    questionnaires::pages::post::reading_cookie,
    server::{
        Context,
        assets::Bundle,
        page::{page, see_other},
    },
    ui::{
        Reader,
        errors::error_prefix,
        shell::{Frame, Head},
    },
    voices::{
        components::parts,
        islands::worker::{Begin, VoiceDoor, VoiceDoorProps},
        paths,
        server::{attempt::Attempt, door_a, keys::Desk},
    },
};
use axum::{
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;

/// The head of all of them: one title, which tells nothing in a history. With a `path` languages are links, as nothing
/// is typed.
pub(super) fn head(reader: Reader, path: Option<&str>, is_refused: bool) -> Head {
    let mut title = if is_refused { error_prefix(reader) } else { String::new() };
    title.push_str(&reader.plain(td_string!(reader.locale, voices.title)));
    Head { reader, title, path: path.map(str::to_owned), bundle: None, frame: Frame::Voice }
}

/// 303 to a page of this domain, with cookies.
pub(super) fn go(reader: Reader, path: &str, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    see_other(&reader.href(path), cookies)
}

/// A page with cookies.
pub(super) fn with_cookies(mut response: Response, cookies: impl IntoIterator<Item = HeaderValue>) -> Response {
    for cookie in cookies {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

/// A page in a language that was just chosen, which is remembered.
pub(super) fn remembered(ctx: &Context, reader: Reader, response: Response) -> Response {
    with_cookies(response, [reading_cookie(ctx, reader)])
}

/// A page of a heading and a paragraph, with ways on.
pub(super) fn told(
    ctx: &Context,
    reader: Reader,
    words: (&str, &str),
    path: &'static str,
    ways: &[(&'static str, &'static str)],
) -> Response {
    page(ctx, StatusCode::OK, head(reader, Some(path), false), || parts::told(reader, words, ways).into_any())
}

/// The page that says that nobody reads here now.
pub(super) fn closed(ctx: &Context, reader: Reader, path: &'static str) -> Response {
    let locale = reader.locale;
    let words = (td_string!(locale, voices.desk_closed_heading), td_string!(locale, voices.desk_closed_text));
    let ways = [("/voice", td_string!(locale, home.voice_title)), (paths::RIGHTS, td_string!(locale, rights.link))];
    told(ctx, reader, words, path, &ways)
}

/// A page whose form is sealed on the phone where there is script; without, it is door B's.
pub(super) fn draw_with_program(
    ctx: &Context,
    reader: Reader,
    desk: &Desk,
    begin: Begin,
    attempt: &Attempt,
) -> Response {
    let door = door_a::door(ctx, desk, attempt);
    let head = Head { bundle: Some(Bundle::Voice), ..head(reader, None, false) };
    page(ctx, StatusCode::OK, head, || VoiceDoor(VoiceDoorProps { reader, door, begin }).into_any())
}
