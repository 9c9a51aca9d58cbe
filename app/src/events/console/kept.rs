//! `/console/personal-data`: which names are still kept.

use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    events::{paths, server::retention},
    i18n::*,
    server::Context,
    ui::{
        Reader,
        html::{Html, some},
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// The page: numbers and days, nobody's name.
///
/// # Errors
/// When the database fails.
pub async fn show(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let locale = reader.locale;
    let retention::Kept { mut events, series } = retention::kept(&ctx).await?;
    events.retain(|row| row.names > 0 || row.addresses > 0);
    let mut html = Html::new();
    html.line(reader, "p", &[], td_string!(locale, guests.kept_lead));
    let begin = |html: &mut Html, id: &str, caption: &str, columns: &[&str]| {
        html.open(
            "div",
            &[some("class", "c-table"), some("role", "region"), some("tabindex", "0"), some("aria-labelledby", id)],
        );
        html.open("table", &[some("class", "c-table__table")]);
        html.line(reader, "caption", &[some("class", "c-table__caption"), some("id", id)], caption);
        html.open("thead", &[]).open("tr", &[]);
        for column in columns {
            html.line(reader, "th", &[some("scope", "col")], column);
        }
        html.close("tr").close("thead").open("tbody", &[]);
    };
    if events.is_empty() {
        html.line(reader, "p", &[], td_string!(locale, guests.kept_none));
    } else {
        let columns = [
            td_string!(locale, guests.col_event),
            td_string!(locale, guests.col_names),
            td_string!(locale, guests.col_addresses),
            td_string!(locale, guests.col_until),
        ];
        begin(&mut html, "kept", td_string!(locale, guests.kept_caption), &columns);
        for row in &events {
            let said = row.event.title.said(reader);
            html.open("tr", &[]).open("th", &[some("scope", "row"), ("lang", said.lang)]);
            html.line(reader, "a", &[some("href", &paths::console(&row.event.slug, ""))], said.text).close("th");
            for text in [row.names.to_string(), row.addresses.to_string()] {
                html.open("td", &[some("class", "c-table__number")]).text(&text).close("td");
            }
            html.open("td", &[])
                .text(&row.until.map(|day| day.to_string()).unwrap_or_default())
                .close("td")
                .close("tr");
        }
        html.close("tbody").close("table").close("div");
    }
    if !series.is_empty() {
        let columns = [td_string!(locale, guests.col_series), td_string!(locale, guests.col_followers)];
        begin(&mut html, "followers", td_string!(locale, guests.followers_caption), &columns);
        for row in &series {
            let said = row.series.title.said(reader);
            html.open("tr", &[]).open("th", &[some("scope", "row"), ("lang", said.lang)]).rich(reader, said.text);
            html.close("th")
                .open("td", &[some("class", "c-table__number")])
                .text(&row.followers.to_string())
                .close("td")
                .close("tr");
        }
        html.close("tbody").close("table").close("div");
    }
    let about = Screen::new(Section::Events, td_string!(locale, guests.kept_title));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || html.into_view().into_any()))
}
