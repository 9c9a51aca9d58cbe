//! What the pages have in common: one head, the notes on top, answers that lead on.

use crate::{
    i18n::*,
    questionnaires::pages::post::reading_cookie,
    server::{
        Context,
        page::{page, see_other},
    },
    ui::{
        Button, ErrorSummary, Notice, Reader, Weight,
        errors::error_prefix,
        panel::Tone,
        shell::{Frame, Head},
    },
    voices::server::keys::Desk,
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

/// That the desk is a demonstration, where it is one.
pub(super) fn demonstration(reader: Reader, desk: &Desk) -> impl IntoView + use<> {
    desk.is_demonstration().then(|| {
        view! {
            <Notice tone=Tone::Wrong>
                <p inner_html=reader.rich(td_string!(reader.locale, voices.demonstration))></p>
            </Notice>
        }
    })
}

/// What is wrong, in front of everything; each leads to its field.
pub(super) fn summary(reader: Reader, faults: &[(&'static str, String)]) -> impl IntoView + use<> {
    let errors: Vec<_> = faults.iter().map(|(field, words)| (["#", field].concat(), words.clone())).collect();
    (!errors.is_empty()).then(|| view! { <ErrorSummary reader errors /> })
}

/// What is wrong with one field.
pub(super) fn fault_of(faults: &[(&'static str, String)], field: &str) -> Option<String> {
    faults.iter().find(|(own, _)| *own == field).map(|(_, words)| words.clone())
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
    (heading, text): (&str, &str),
    path: &'static str,
    ways: &[(&'static str, &'static str)],
) -> Response {
    page(ctx, StatusCode::OK, head(reader, Some(path), false), || {
        let ways = ways.iter().map(|(path, label)| {
            view! {
                <li>
                    <a href=reader.href(path) inner_html=reader.rich(label)></a>
                </li>
            }
        });
        view! {
            <h1 inner_html=reader.rich(heading)></h1>
            <p inner_html=reader.rich(text)></p>
            <ul>{ways.collect_view()}</ul>
        }
        .into_any()
    })
}

/// The page that says that nobody reads here now.
pub(super) fn closed(ctx: &Context, reader: Reader, path: &'static str) -> Response {
    let locale = reader.locale;
    let words = (td_string!(locale, voices.desk_closed_heading), td_string!(locale, voices.desk_closed_text));
    told(ctx, reader, words, path, &[("/voice", td_string!(locale, home.voice_title))])
}

/// The button that sends the form of the page.
pub(super) fn send(reader: Reader, label: &'static str, act: &'static str) -> impl IntoView + use<> {
    view! {
        <div class="c-actions">
            <Button reader label=label weight=Weight::Primary name="go" value=act />
        </div>
    }
}
