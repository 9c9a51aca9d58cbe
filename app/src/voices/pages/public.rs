//! `/{lang}/voices`: what workers let everybody read, by the quarter, and what was done about it. Without a program, and
//! without anything that tells when somebody wrote.

use super::parts;
use crate::{
    error::AppError,
    i18n::*,
    server::{Context, page::page},
    ui::{
        Reader,
        html::{Html, some},
        reader::{endonym, locale_of, tag},
        shell::Frame,
    },
    voices::{
        components::parts::demonstration,
        paths,
        server::{
            keys::open_desk,
            published::{self, Model},
        },
    },
};
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

/// Which quarter is asked for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    quarter: Option<String>,
}

/// The page. Without a quarter, or with one of which nothing is there, it shows the last one.
///
/// # Errors
/// When the database fails.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    let quarters = published::quarters(&ctx).await?;
    let is_there = |quarter: &String| quarters.iter().any(|(own, _)| own == quarter);
    let shown = wanted.quarter.filter(is_there).or_else(|| quarters.first().map(|(quarter, _)| quarter.clone()));
    let voices = match &shown {
        Some(quarter) => published::of_quarter(&ctx, quarter).await?,
        None => Vec::new(),
    };
    let mut head = parts::head(reader, Some(paths::PUBLIC), false);
    head.frame = Frame::Discreet;
    let desk = open_desk(&ctx).await?;
    let (is_open, is_demonstration) = (desk.is_some(), desk.is_some_and(|desk| desk.is_demonstration()));
    Ok(page(&ctx, StatusCode::OK, head, || {
        view! {
            <h1 inner_html=reader.rich(td_string!(reader.locale, voices.public_heading))></h1>
            {demonstration(reader, is_demonstration)}
            {body(reader, &quarters, shown.as_deref(), &voices, is_open)}
        }
        .into_any()
    }))
}

/// A quarter in words.
#[must_use]
pub fn quarter_words(reader: Reader, quarter: &str) -> String {
    let locale = reader.locale;
    let Some((year, number)) = quarter.split_once("-Q") else { return quarter.to_owned() };
    let year = year.to_owned();
    match number {
        "1" => td_string!(locale, voices.quarter_1, year = year).to_string(),
        "2" => td_string!(locale, voices.quarter_2, year = year).to_string(),
        "3" => td_string!(locale, voices.quarter_3, year = year).to_string(),
        _ => td_string!(locale, voices.quarter_4, year = year).to_string(),
    }
}

fn body(
    reader: Reader,
    quarters: &[(String, i64)],
    shown: Option<&str>,
    voices: &[Model],
    is_open: bool,
) -> impl IntoView + use<> {
    let locale = reader.locale;
    let mut html = Html::new();
    html.open("div", &[]);
    html.line(reader, "p", &[], td_string!(locale, voices.public_lead));
    match shown {
        None => {
            html.line(reader, "p", &[], td_string!(locale, voices.public_none));
        }
        Some(shown) => {
            if quarters.len() > 1 {
                write_quarters(&mut html, reader, quarters, shown);
            }
            html.line(reader, "h2", &[], &quarter_words(reader, shown));
            for voice in voices {
                write_voice(&mut html, reader, voice);
            }
        }
    }
    html.open("div", &[some("class", "c-actions")]);
    if is_open {
        write_way(&mut html, reader, &reader.href(paths::WRITE), td_string!(locale, voices.ways_write), None);
    }
    write_way(&mut html, reader, &reader.href("/voice"), td_string!(locale, home.voice_title), None);
    html.close("div");
    html.close("div");
    html.into_view()
}

/// The ways to the other quarters.
fn write_quarters(html: &mut Html, reader: Reader, quarters: &[(String, i64)], shown: &str) {
    let label = reader.plain(td_string!(reader.locale, voices.public_quarters));
    html.open("nav", &[some("class", "c-actions"), some("aria-label", &label)]);
    for (quarter, count) in quarters {
        let current = (quarter == shown).then_some("page");
        let href = [&reader.href(paths::PUBLIC), "?quarter=", quarter].concat();
        let words = [&quarter_words(reader, quarter), " (", &count.to_string(), ")"].concat();
        write_way(html, reader, &href, &words, current);
    }
    html.close("nav");
}

/// A way on, as large as a finger.
fn write_way(html: &mut Html, reader: Reader, href: &str, words: &str, current: Option<&str>) {
    let class = some("class", "c-button c-button--quiet");
    html.open("a", &[class, some("href", href), ("aria-current", current)]).rich(reader, words).close("a");
}

/// One of them. Its place on the page has a name, so that it can be cited.
fn write_voice(html: &mut Html, reader: Reader, voice: &Model) {
    let locale = reader.locale;
    html.open("article", &[some("class", "voice-letter"), some("id", &anchor(voice))]);
    let mut texts = vec![(voice.language.as_str(), voice.words.as_str())];
    texts.extend(voice.shown_language.as_deref().zip(voice.shown.as_deref()));
    // What the reader reads stands first.
    texts.sort_by_key(|(language, _)| *language != tag(locale));
    for (language, text) in texts {
        write_words(html, language, text);
    }
    html.line(reader, "h3", &[], td_string!(locale, voices.public_outcome));
    match published::outcome_for(voice, locale) {
        // Organizers' words, perhaps with readings.
        Some((spoken, text)) => {
            let lang = (spoken != locale).then(|| Reader::new(spoken).lang());
            html.open("p", &[some("class", "voice-outcome"), ("lang", lang)]).rich(reader, &text).close("p");
        }
        None => {
            html.line(reader, "p", &[some("class", "c-hint")], td_string!(locale, voices.public_no_outcome));
        }
    }
    html.close("article");
}

/// The name of its place on the page.
#[must_use]
pub fn anchor(voice: &Model) -> String {
    ["v", voice.id.get(..8).unwrap_or(&voice.id)].concat()
}

/// Words in their language, whose name stands above them.
fn write_words(html: &mut Html, language: &str, text: &str) {
    let locale = locale_of(language);
    let lang = locale.map(|locale| Reader::new(locale).lang());
    let name = match locale {
        Some(locale) => endonym(locale),
        None => language,
    };
    html.open("p", &[some("class", "c-hint voice-language"), ("lang", lang)]).text(name).close("p");
    html.open("p", &[some("class", "voice-letter__text"), ("lang", lang)]).text(text).close("p");
}
