//! `/console/events/{slug}/print`: the list for the desk, on paper. It holds no phone and no mail address.

use super::guest_parts::{menu, open, place_name, place_rows, status_word, ways};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    events::server::{
        entities::registration::State as Seat,
        guest_list::{self, Filter, Status},
        link,
    },
    i18n::*,
    server::Context,
    ui::{
        Reader, Weight, button,
        dates::long_day,
        html::{Html, some},
    },
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;

/// Empty rows for who comes without having registered.
const EMPTY_ROWS: usize = 12;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Wanted {
    /// A place's position, from 1; all places without one.
    place: String,
}

/// The page: who has a seat, in the order of kana.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] for who sees no names.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, AppError> {
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    let locale = reader.locale;
    let filter = Filter { place: wanted.place.clone(), sort: "name".to_owned(), ..Filter::default() };
    let rows = filter.apply(guest_list::load(&ctx, &access, &event).await?);
    // Who may be a repeat is on the list too: at the door it is seen who they are.
    let comes = |status: Status| matches!(status, Status::Is(Seat::Registered | Seat::Offered) | Status::Repeat);
    let rows: Vec<_> = rows.into_iter().filter(|row| comes(row.status())).collect();
    let mut html = Html::new();
    html.open("div", &[some("class", "c-actions")]);
    ways(&mut html, reader, &event, &access, "/print");
    html.open("form", &[some("class", "answers-form answers-form--row"), some("method", "get")]);
    let all = (String::new(), reader.plain(td_string!(locale, guests.filter_all)));
    let places: Vec<_> = std::iter::once(all).chain(place_rows(reader, &event)).collect();
    menu(&mut html, reader, "place", td_string!(locale, guests.col_place), &places, &wanted.place);
    button::write(&mut html, reader, td_string!(locale, guests.filter_show), Weight::Quiet, None, None);
    html.close("form");
    html.line(reader, "p", &[], td_string!(locale, guests.print_lead)).close("div");
    let said = event.title.said(reader);
    html.open("p", &[("lang", said.lang)]).rich(reader, said.text).close("p");
    html.open("p", &[]).rich(reader, &long_day(reader, event.held_on));
    html.text(" ").text(&place_name(reader, &event, filter.position())).close("p");
    html.open(
        "div",
        &[some("class", "c-table"), some("role", "region"), some("tabindex", "0"), some("aria-labelledby", "desk")],
    );
    html.open("table", &[some("class", "c-table__table")]);
    let n = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let caption = td_string!(locale, guests.print_caption, n = n).to_string();
    html.line(reader, "caption", &[some("class", "c-table__caption"), some("id", "desk")], &caption);
    html.open("thead", &[]).open("tr", &[]);
    for words in [
        td_string!(locale, guests.col_tick),
        td_string!(locale, guests.col_name),
        td_string!(locale, guests.col_organisation),
        td_string!(locale, guests.col_place),
        td_string!(locale, guests.col_code),
        td_string!(locale, guests.col_needs),
    ] {
        html.line(reader, "th", &[some("scope", "col")], words);
    }
    html.close("tr").close("thead").open("tbody", &[]);
    for row in &rows {
        html.open("tr", &[]).open("td", &[]).text("☐").close("td");
        html.open("th", &[some("scope", "row"), some("translate", "no")]).text(row.name());
        if let Some(reading) = row.guest.as_ref().and_then(|guest| guest.reading.as_deref()) {
            html.open("div", &[some("class", "c-hint")]).text(reading).close("div");
        }
        html.close("th");
        html.open("td", &[some("translate", "no")]).text(row.told(|guest| Some(&guest.organisation))).close("td");
        html.open("td", &[]).text(&place_name(reader, &event, row.place));
        if row.status() != Status::Is(Seat::Registered) {
            html.text(" ").rich(reader, status_word(reader, row.status()));
        }
        html.close("td").open("td", &[]).text(&link::spaced(&row.row.code)).close("td");
        html.open("td", &[some("translate", "no")])
            .text(row.told(|guest| guest.needs.as_deref()))
            .close("td")
            .close("tr");
    }
    for _ in 0..EMPTY_ROWS {
        html.open("tr", &[]).open("td", &[]).text("☐").close("td");
        html.line(reader, "td", &[], td_string!(locale, guests.print_walk_in));
        for _ in 0..4 {
            html.open("td", &[]).close("td");
        }
        html.close("tr");
    }
    html.close("tbody").close("table").close("div");
    let about = Screen::new(Section::Events, td_string!(locale, guests.print_title));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || html.into_view().into_any()))
}
