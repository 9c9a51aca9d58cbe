//! `/console/events/{slug}/attendance.csv` and `.xlsx`: who came, for whoever writes the report. Its rows are counted
//! like the numbers on the screen. (Test: `events/desk`.)

use crate::{
    auth::Organizer,
    error::AppError,
    events::server::{
        access,
        attendance::{Attended, list},
        catalogue::{self, Event},
        export::{self, Table},
    },
    i18n::*,
    server::Context,
    ui::Reader,
};
use axum::{
    extract::{Path, State},
    response::Response,
};
use rollcall::Note;

/// As CSV.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] for a role that takes no lists along.
pub async fn csv(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let bytes = export::csv(&table(&ctx, &organizer, reader, &slug).await?)?;
    Ok(export::attachment(&ctx, &[&slug, "-attendance"].concat(), bytes, export::CSV))
}

/// As a workbook.
///
/// # Errors
/// As [`csv`].
pub async fn xlsx(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let bytes = export::xlsx(&table(&ctx, &organizer, reader, &slug).await?)?;
    Ok(export::attachment(&ctx, &[&slug, "-attendance"].concat(), bytes, export::XLSX))
}

async fn table(ctx: &Context, organizer: &Organizer, reader: Reader, slug: &str) -> Result<Table, AppError> {
    let event = catalogue::find_any(ctx, slug).await?;
    let access = access::of(ctx, organizer, &event).await?;
    access.require_organizer()?;
    let rows = list(ctx, &access, &event).await?;
    export::note_rows(ctx, &access, &event, rows.len()).await?;
    let locale = reader.locale;
    let heads = [
        td_string!(locale, guests.col_name),
        td_string!(locale, guests.col_reading),
        td_string!(locale, guests.col_organisation),
        td_string!(locale, guests.col_kind),
        td_string!(locale, guests.col_code),
        td_string!(locale, desk.col_registered_for),
        td_string!(locale, desk.col_came_to),
        td_string!(locale, desk.col_came),
        td_string!(locale, desk.col_left),
        td_string!(locale, desk.walk_ins_short),
        td_string!(locale, desk.unsure),
    ];
    let heads = heads.map(|head| reader.plain(head)).to_vec();
    Ok(Table { heads, rows: rows.iter().map(|row| cells(ctx, reader, &event, row)).collect() })
}

fn cells(ctx: &Context, reader: Reader, event: &Event, row: &Attended) -> Vec<String> {
    let told =
        |field: fn(&crate::events::server::guest_list::Row) -> String| row.row.as_ref().map(field).unwrap_or_default();
    let place = |at: Option<usize>| at.and_then(|at| event.places.get(at)).map(|place| place.name.plain(reader));
    let attendance = row.attendance.as_ref();
    let is_unsure =
        attendance.is_some_and(|attendance| attendance.notes.iter().any(|note| matches!(note, Note::AlsoAt(_))));
    let mark = |is: bool| if is { "1".to_owned() } else { String::new() };
    let kind = row.row.as_ref().and_then(|row| row.row.kind.as_deref()).unwrap_or_default();
    vec![
        row.name.clone(),
        told(|row| row.told(|guest| guest.reading.as_deref()).to_owned()),
        told(|row| row.told(|guest| Some(&guest.organisation)).to_owned()),
        reader.plain(crate::events::console::guest_parts::kind_word(reader, kind)),
        told(|row| row.row.code.clone()),
        place(row.registered).unwrap_or_default(),
        place(row.came_to).unwrap_or_default(),
        attendance.map(|attendance| ctx.clock().written(attendance.came_at)).unwrap_or_default(),
        attendance.and_then(|attendance| attendance.left_at).map(|left| ctx.clock().written(left)).unwrap_or_default(),
        mark(attendance.is_some() && row.registered.is_none()),
        mark(is_unsure),
    ]
}
