//! The library of rights beside the voice desk: read without script and without sending anything.
//!
//! Whoever reads here may not be seen reading: no cache keeps a page, all have one title, addresses are single harmless
//! words, no link leads on with a query or a referrer of its own.

pub mod index;
mod pictures;
pub mod topic;
mod words;

use crate::{
    error::AppError,
    home::rights::{
        checked_on,
        law::{Cited, written},
    },
    i18n::*,
    server::Context,
    ui::{
        Notice, Reader,
        dates::long_day,
        shell::{Frame, Head},
    },
    voices::{paths, server::keys::open_desk},
};
use leptos::prelude::*;

/// The head of every page of the library; `rest` follows its address.
fn head(reader: Reader, rest: &str) -> Head {
    let path = [paths::RIGHTS, rest].concat();
    super::head(reader, td_string!(reader.locale, rights.title), &path, Frame::Discreet)
}

/// What this is and is not, and when it was looked at.
fn note(reader: Reader) -> impl IntoView + use<> {
    let locale = reader.locale;
    let checked = checked_on()
        .map(|day| td_string!(locale, rights.checked, date = long_day(reader, day)).to_string())
        .unwrap_or_default();
    view! {
        <Notice>
            <p inner_html=reader.rich(td_string!(locale, rights.note))></p>
            <p inner_html=reader.rich(&checked)></p>
        </Notice>
    }
}

/// Where to go from here, each an address behind the language and a label.
fn ways(reader: Reader, ways: Vec<(&'static str, &'static str)>) -> impl IntoView + use<> {
    let ways = ways.into_iter().map(|(path, label)| {
        view! {
            <li>
                <a href=reader.href(path) inner_html=reader.rich(label)></a>
            </li>
        }
    });
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(reader.locale, rights.more))></h2>
            <ul>{ways.collect_view()}</ul>
        </section>
    }
}

/// The way to the desk of this site, while it is open.
async fn desk_way(ctx: &Context, reader: Reader) -> Result<Option<(&'static str, &'static str)>, AppError> {
    let desk = open_desk(ctx).await?;
    Ok(desk.map(|_| (paths::WRITE, td_string!(reader.locale, voices.ways_write))))
}

/// What is cited, in Japanese whatever the page's language; with readings where the person reads Japanese with them.
fn cited(reader: Reader, cited: &[Cited]) -> Option<impl IntoView + use<>> {
    let line = written(cited);
    let line = if reader.locale == Locale::ja_easy { reader.rich(&line) } else { reader.plain(&line) };
    (!cited.is_empty()).then(|| view! { <span class="c-beside" lang="ja" inner_html=line></span> })
}
