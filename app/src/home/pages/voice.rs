//! `/{lang}/voice`: who listens today: the desk of this site, if it is open, and who is on the telephone.

use super::{head, list, passage};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::server::catalogue,
    server::{Context, page::page},
    ui::{
        Notice, Reader,
        dates::long_day,
        lines::{self, LINES, Line, tel},
        panel::Tone,
        shell::Frame,
    },
    voices::{
        paths,
        server::keys::{Desk, open_desk},
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// The lines.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let open = catalogue::list(&ctx).await?.into_iter().find(|questionnaire| questionnaire.is_open);
    let questionnaire = open.map(|open| ["/questionnaires/", &open.slug].concat());
    let desk = open_desk(&ctx).await?;
    let head = head(reader, td_string!(reader.locale, home.voice_title), "/voice", Frame::Discreet);
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        let exit = reader.plain(td_string!(locale, shell.exit));
        let history = td_string!(locale, home.voice_traces_3, exit = exit).to_string();
        view! {
            <h1 inner_html=reader.rich(td_string!(locale, home.voice_heading))></h1>
            {match &desk {
                Some(desk) => desk_ways(reader, desk).into_any(),
                None => {
                    view! {
                        <Notice>
                            <p inner_html=reader.rich(td_string!(locale, home.voice_honest))></p>
                        </Notice>
                    }
                        .into_any()
                }
            }}
            {own_line(reader)}
            <ul>
                {[
                    td_string!(locale, home.voice_what_1),
                    td_string!(locale, home.voice_what_2),
                    td_string!(locale, home.voice_what_3),
                ]
                    .map(|text| view! { <li inner_html=reader.rich(text)></li> })
                    .into_iter()
                    .collect_view()}
            </ul>
            {library(reader)}
            {public(reader)}
            {passage(
                reader,
                td_string!(locale, home.voice_danger),
                &[td_string!(locale, home.voice_danger_text)],
            )}
            {other_lines(reader)}
            {questionnaire.map(|path| back(reader, &path))}
            {list(
                reader,
                td_string!(locale, home.voice_traces),
                &[td_string!(locale, home.voice_traces_1), td_string!(locale, home.voice_traces_2), &history],
            )}
        }
        .into_any()
    }))
}

/// The ways to the desk of this site.
fn desk_ways(reader: Reader, desk: &Desk) -> impl IntoView + use<> {
    let locale = reader.locale;
    let way = |path: &'static str, label: &'static str| {
        view! {
            <p>
                <a href=reader.href(path) inner_html=reader.rich(label)></a>
            </p>
        }
    };
    let demonstration = desk.is_demonstration().then(|| {
        view! {
            <Notice tone=Tone::Wrong>
                <p inner_html=reader.rich(td_string!(locale, voices.demonstration))></p>
            </Notice>
        }
    });
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(locale, voices.write_heading))></h2>
            {demonstration}
            <p inner_html=reader.rich(td_string!(locale, voices.write_lead))></p>
            <p inner_html=reader.rich(td_string!(locale, voices.exceptions))></p>
            {way(paths::WRITE, td_string!(locale, voices.ways_write))}
            {way(paths::BACK, td_string!(locale, voices.ways_back))}
        </section>
    }
}

/// The way to the library of rights, whether the desk is open or not.
fn library(reader: Reader) -> impl IntoView {
    let locale = reader.locale;
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(locale, rights.heading))></h2>
            <p inner_html=reader.rich(td_string!(locale, rights.lead))></p>
            <p>
                <a href=reader.href(paths::RIGHTS) inner_html=reader.rich(td_string!(locale, rights.link))></a>
            </p>
        </section>
    }
}

/// The way to what others let everybody read.
fn public(reader: Reader) -> impl IntoView {
    let locale = reader.locale;
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(locale, voices.public_heading))></h2>
            <p>
                <a href=reader.href(paths::PUBLIC) inner_html=reader.rich(td_string!(locale, voices.public_link))></a>
            </p>
        </section>
    }
}

/// The way to the questionnaire that is open. Neither page is told of the other: no query, no referrer.
fn back(reader: Reader, path: &str) -> impl IntoView + use<> {
    let locale = reader.locale;
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(locale, home.voice_questions))></h2>
            <p inner_html=reader.rich(td_string!(locale, home.voice_questions_text))></p>
            <p>
                <a
                    href=reader.href(path)
                    rel="noreferrer"
                    inner_html=reader.rich(td_string!(locale, home.door_questions))
                ></a>
            </p>
        </section>
    }
}

/// The line where the person's own language is spoken, as large as a button.
pub(super) fn own_line(reader: Reader) -> impl IntoView {
    let line = lines::own_line(reader);
    let hours = lines::hours(reader, line);
    let closed = td_string!(reader.locale, shell.labour_closed);
    view! {
        <section class="home-line">
            <h2 class="home-line__title" inner_html=reader.rich(td_string!(reader.locale, home.voice_own))></h2>
            <a class="home-line__number" href=tel(line.number)>{line.number}</a>
            <p inner_html=reader.rich(&hours)></p>
            <p class="c-hint" inner_html=reader.rich(closed)></p>
        </section>
    }
}

/// All other lines, each named in its own script.
fn other_lines(reader: Reader) -> impl IntoView {
    let locale = reader.locale;
    let own = lines::own_line(reader);
    let rows = LINES.into_iter().filter(|line| line.lang != own.lang).map(|line| row(reader, line)).collect_view();
    let checked = lines::checked_on()
        .map(|day| td_string!(locale, shell.checked_on, date = long_day(reader, day)).to_string())
        .unwrap_or_default();
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(locale, home.voice_all))></h2>
            <p inner_html=reader.rich(td_string!(locale, home.voice_hours))></p>
            <dl class="home-lines">{rows}</dl>
            <p class="c-hint" inner_html=reader.rich(&checked)></p>
        </section>
    }
}

fn row(reader: Reader, line: Line) -> impl IntoView {
    let Line { lang, endonym, japanese, number, days } = line;
    let days = lines::days(reader, days);
    // Beside its own name the Japanese one, unless that is the same word.
    let beside = (endonym != japanese).then(|| view! { <span class="c-beside" lang="ja">{japanese}</span> });
    view! {
        <div class="home-lines__row">
            <dt class="home-lines__language">
                <span lang=lang>{endonym}</span>
                {beside}
            </dt>
            <dd class="home-lines__call">
                <a class="home-lines__number" href=tel(number)>{number}</a>
                <span class="home-lines__days" inner_html=reader.rich(&days)></span>
            </dd>
        </div>
    }
}
