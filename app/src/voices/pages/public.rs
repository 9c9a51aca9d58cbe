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
        reader::locale_of,
        shell::Frame,
    },
    voices::{
        paths,
        server::published::{self, Model},
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
    Ok(page(&ctx, StatusCode::OK, head, || body(reader, &quarters, shown.as_deref(), &voices).into_any()))
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

fn body(reader: Reader, quarters: &[(String, i64)], shown: Option<&str>, voices: &[Model]) -> impl IntoView + use<> {
    let locale = reader.locale;
    let mut html = Html::new();
    html.open("div", &[]);
    html.line(reader, "h1", &[], td_string!(locale, voices.public_heading));
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
    html.open("p", &[]).open("a", &[some("href", &reader.href("/voice"))]);
    html.rich(reader, td_string!(locale, home.voice_title)).close("a").close("p");
    html.close("div");
    html.into_view()
}

/// The ways to the other quarters.
fn write_quarters(html: &mut Html, reader: Reader, quarters: &[(String, i64)], shown: &str) {
    let label = reader.plain(td_string!(reader.locale, voices.public_quarters));
    html.open("nav", &[some("class", "c-passage"), some("aria-label", &label)]);
    html.open("ul", &[]);
    for (quarter, count) in quarters {
        let current = (quarter == shown).then_some("page");
        let href = [&reader.href(paths::PUBLIC), "?quarter=", quarter].concat();
        html.open("li", &[]).open("a", &[some("href", &href), ("aria-current", current)]);
        html.rich(reader, &quarter_words(reader, quarter)).close("a");
        html.text(&format!(" ({count})")).close("li");
    }
    html.close("ul").close("nav");
}

/// One of them. Its place on the page has a name, so that it can be cited.
fn write_voice(html: &mut Html, reader: Reader, voice: &Model) {
    let locale = reader.locale;
    html.open("article", &[some("class", "voice-letter"), some("id", &anchor(voice))]);
    write_words(html, &voice.language, &voice.words);
    if let (Some(language), Some(shown)) = (&voice.shown_language, &voice.shown) {
        write_words(html, language, shown);
    }
    html.line(reader, "h3", &[], td_string!(locale, voices.public_outcome));
    match published::outcome_for(voice, locale) {
        Some((spoken, text)) => write_words(html, crate::ui::reader::tag(spoken), &text),
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

fn write_words(html: &mut Html, tag: &str, text: &str) {
    let lang = locale_of(tag).map(|locale| Reader::new(locale).lang());
    html.open("p", &[some("class", "voice-letter__text"), ("lang", lang)]).text(text).close("p");
}
