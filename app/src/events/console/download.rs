//! `/console/events/{slug}/guests.csv` and `.xlsx`.

use super::{
    guest_parts::{instant, kind_word, open, place_name, status_word},
    own_answers::OwnQuestions,
};
use crate::{
    auth::Organizer,
    error::AppError,
    events::server::{
        catalogue::Event,
        export::{self, Table},
        guest_list::{self, Filter, Row},
    },
    i18n::*,
    server::Context,
    ui::Reader,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};

/// The filtered table as CSV.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] for a role that takes no lists along.
pub async fn csv(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(filter): Query<Filter>,
) -> Result<Response, AppError> {
    let bytes = export::csv(&table(&ctx, &organizer, reader, &slug, &filter).await?)?;
    Ok(export::attachment(&ctx, &[&slug, "-guests"].concat(), bytes, export::CSV))
}

/// The same as a workbook.
///
/// # Errors
/// As [`csv`].
pub async fn xlsx(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(filter): Query<Filter>,
) -> Result<Response, AppError> {
    let bytes = export::xlsx(&table(&ctx, &organizer, reader, &slug, &filter).await?)?;
    Ok(export::attachment(&ctx, &[&slug, "-guests"].concat(), bytes, export::XLSX))
}

async fn table(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    slug: &str,
    filter: &Filter,
) -> Result<Table, AppError> {
    let (event, access) = open(ctx, organizer, slug).await?;
    access.require_organizer()?;
    let rows = filter.apply(guest_list::load(ctx, &access, &event).await?);
    export::note_rows(ctx, &access, &event, rows.len()).await?;
    let locale = reader.locale;
    let heads = [
        td_string!(locale, guests.col_name),
        td_string!(locale, guests.col_reading),
        td_string!(locale, guests.col_organisation),
        td_string!(locale, guests.col_kind),
        td_string!(locale, guests.col_phone),
        td_string!(locale, guests.col_email),
        td_string!(locale, guests.col_place),
        td_string!(locale, guests.col_state),
        td_string!(locale, guests.col_code),
        td_string!(locale, guests.col_language),
        td_string!(locale, guests.col_needs),
        td_string!(locale, guests.col_came),
        td_string!(locale, guests.col_same),
        td_string!(locale, guests.col_note),
    ];
    let own = OwnQuestions::of(reader, &event);
    let heads = heads.into_iter().map(|head| reader.plain(head)).chain(own.heads()).collect();
    let rows = rows.iter().map(|row| {
        let mut cells = cells(ctx, reader, &event, row);
        cells.extend(own.cells(row.guest.as_ref()));
        cells
    });
    Ok(Table { heads, rows: rows.collect() })
}

fn cells(ctx: &Context, reader: Reader, event: &Event, row: &Row) -> Vec<String> {
    vec![
        row.name().to_owned(),
        row.told(|guest| guest.reading.as_deref()).to_owned(),
        row.told(|guest| Some(&guest.organisation)).to_owned(),
        reader.plain(kind_word(reader, row.row.kind.as_deref().unwrap_or_default())),
        row.told(|guest| Some(&guest.phone)).to_owned(),
        row.told(|guest| guest.email.as_deref()).to_owned(),
        place_name(reader, event, row.place),
        reader.plain(status_word(reader, row.status())),
        row.row.code.clone(),
        row.row.language.clone(),
        row.told(|guest| guest.needs.as_deref()).to_owned(),
        instant(ctx, row.row.created_at),
        row.same.clone().unwrap_or_default(),
        row.told(|guest| guest.note.as_deref()).to_owned(),
    ]
}
