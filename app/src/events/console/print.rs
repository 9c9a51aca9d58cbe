//! `/console/events/{slug}/print`: the list for the desk, on paper. It holds no phone and no mail address.

use super::guest_parts::{menu, open, place_name, place_rows, status_word, ways};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    events::server::{
        catalogue::Event,
        entities::registration::State as Seat,
        guest_list::{self, Filter, Row, Status},
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
    // Each desk has its own sheets.
    for (at, place) in event.places.iter().enumerate().map(|(at, place)| (Some(at), Some(place))).chain([(None, None)])
    {
        let is_wanted = filter.position().is_none_or(|wanted| at.is_none_or(|at| at == wanted));
        let is_theirs = place.is_none_or(|place| access.reaches(Some(&place.id)));
        let own: Vec<&Row> = rows.iter().filter(|row| row.place == at).collect();
        // Who has no place yet has no desk either; they are listed if there are any.
        if is_wanted && is_theirs && (at.is_some() || !own.is_empty()) {
            sheet(&mut html, reader, &event, at, &own);
        }
    }
    let about = Screen::new(Section::Events, td_string!(locale, guests.print_title));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || html.into_view().into_any()))
}

/// The sheets of one desk.
fn sheet(html: &mut Html, reader: Reader, event: &Event, at: Option<usize>, rows: &[&Row]) {
    let locale = reader.locale;
    let id = ["desk", &at.map(|at| (at + 1).to_string()).unwrap_or_default()].concat();
    html.open(
        "div",
        &[
            some("class", "c-table planning-sheet"),
            some("role", "region"),
            some("tabindex", "0"),
            some("aria-labelledby", &id),
        ],
    );
    html.open("table", &[some("class", "c-table__table")]);
    let n = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let caption = td_string!(locale, guests.print_caption, n = n).to_string();
    html.open("caption", &[some("class", "c-table__caption"), some("id", &id)]);
    html.text(&place_name(reader, event, at)).text(" ").rich(reader, &caption).close("caption");
    html.open("thead", &[]).open("tr", &[]);
    for words in [
        td_string!(locale, guests.col_tick),
        td_string!(locale, guests.col_name),
        td_string!(locale, guests.col_organisation),
        td_string!(locale, guests.col_state),
        td_string!(locale, guests.col_code),
        td_string!(locale, guests.col_needs),
    ] {
        html.line(reader, "th", &[some("scope", "col")], words);
    }
    html.close("tr").close("thead").open("tbody", &[]);
    let mut division = None;
    for row in rows {
        let own = division_of(&row.kana());
        if division != Some(own) {
            division = Some(own);
            html.open("tr", &[some("class", "planning-sheet__division")]);
            html.open("th", &[some("scope", "rowgroup"), some("colspan", "6")]).text(&own.to_string()).close("th");
            html.close("tr");
        }
        html.open("tr", &[]).open("td", &[]).text("☐").close("td");
        html.open("th", &[some("scope", "row"), some("translate", "no")]).text(row.name());
        if let Some(reading) = row.guest.as_ref().and_then(|guest| guest.reading.as_deref()) {
            html.open("div", &[some("class", "c-hint")]).text(reading).close("div");
        }
        html.close("th");
        html.open("td", &[some("translate", "no")]).text(row.told(|guest| Some(&guest.organisation))).close("td");
        html.open("td", &[]);
        if row.status() != Status::Is(Seat::Registered) {
            html.rich(reader, status_word(reader, row.status()));
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
}

/// The letter under which a name stands in a book of names: the first of its row of kana, else its own first letter.
fn division_of(kana: &str) -> char {
    const ROWS: [(char, &str); 10] = [
        ('あ', "ぁあぃいぅうぇえぉおゔ"),
        ('か', "かがきぎくぐけげこご"),
        ('さ', "さざしじすずせぜそぞ"),
        ('た', "ただちぢっつづてでとど"),
        ('な', "なにぬねの"),
        ('は', "はばぱひびぴふぶぷへべぺほぼぽ"),
        ('ま', "まみむめも"),
        ('や', "ゃやゅゆょよ"),
        ('ら', "らりるれろ"),
        ('わ', "ゎわゐゑをん"),
    ];
    let Some(first) = kana.chars().next() else { return '–' };
    match ROWS.iter().find(|(_, row)| row.contains(first)) {
        Some((division, _)) => *division,
        // What has no reading stands together: kanji are in no order that a desk could use.
        None if !first.is_ascii_alphabetic() => '–',
        None => first.to_ascii_uppercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::division_of;

    #[test]
    fn names_stand_under_the_first_kana_of_their_row() {
        let divisions: String =
            ["がくせい", "やまだ", "nguyen", "李明", "", "ん"].map(division_of).into_iter().collect();
        assert_eq!(divisions, "かやN––わ");
    }
}
