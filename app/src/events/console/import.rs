//! `/console/events/{slug}/import`: guests pasted from a spreadsheet. What was pasted travels in the form until it is
//! taken in.

use super::{
    guest_parts::{kind_word, open, refusal_word, ways},
    import_preview::{lists, preview},
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        guest::{KINDS, key},
        paste::{self, Column, Names, Read, Registered, Sheet},
        paths,
        server::{access::Access, catalogue::Event, guest_list, imports, link, seats::Entry},
    },
    i18n::*,
    server::Context,
    ui::{
        Field, Reader, Tone, Weight, button,
        html::{Html, some},
        reader::{LOCALES, locale_of, tag},
        text_field,
    },
};
use axum::{
    extract::{
        DefaultBodyLimit, Form, Multipart, Path, Query, State, multipart::MultipartRejection, rejection::FormRejection,
    },
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get},
};
use leptos::prelude::*;
use serde::Deserialize;
use std::collections::HashMap;

/// Whether this is the address of such a page: the server lets more bytes pass there than elsewhere.
#[must_use]
pub fn is_path(path: &str) -> bool {
    let slug = path.strip_prefix("/console/events/").and_then(|rest| rest.strip_suffix("/import"));
    slug.is_some_and(|slug| !slug.contains('/'))
}

/// Both methods. How long a body may be is the server's to say.
pub fn routes() -> MethodRouter<Context> {
    get(show).post(take).layer(DefaultBodyLimit::disable())
}

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Done {
    /// How many were taken in.
    taken: String,
    /// How many were taken back.
    removed: String,
    /// The list that was taken back.
    of: String,
}

/// What a form holds, by name.
pub(super) type Fields = HashMap<String, String>;

async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, AppError> {
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    access.require_organizer()?;
    let locale = reader.locale;
    let number = |text: &str| text.parse::<u32>().ok();
    let notice = match (number(&done.taken), number(&done.removed)) {
        (Some(n), _) => Some((Tone::Done, td_string!(locale, guests.import_done, n = n).to_string())),
        (_, Some(n)) => Some((Tone::Done, td_string!(locale, guests.undo_done, n = n).to_string())),
        _ => None,
    };
    let mut page = Html::new();
    ways(&mut page, reader, &event, &access, "/import");
    if number(&done.removed).is_some() {
        kept(&mut page, &ctx, reader, &event, &access, &done.of).await?;
    }
    paste_form(&mut page, reader, &event, &Fields::new(), &Problems::default());
    lists(&mut page, &ctx, reader, &event, &imports::list(&ctx, &access).await?);
    let about = Screen::new(Section::Events, td_string!(locale, guests.import_title)).notice(notice);
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || page.into_view().into_any()))
}

/// Who stays of a list that was taken back.
async fn kept(
    html: &mut Html,
    ctx: &Context,
    reader: Reader,
    event: &Event,
    access: &Access,
    import: &str,
) -> Result<(), AppError> {
    let ids = imports::kept_of(ctx, access, import).await?;
    if ids.is_empty() {
        return Ok(());
    }
    html.line(reader, "p", &[], td_string!(reader.locale, guests.undo_kept)).open("ul", &[some("id", "kept")]);
    for row in guest_list::load(ctx, access, event).await?.iter().filter(|row| ids.contains(&row.row.id)) {
        let href = paths::console(&event.slug, &["/guests/", row.row.id.as_str()].concat());
        html.open("li", &[]).open("a", &[some("href", &href), some("translate", "no")]);
        html.text(row.name()).text(" ").text(&link::spaced(&row.row.code)).close("a").close("li");
    }
    html.close("ul");
    Ok(())
}

/// Reads the form, field by field.
async fn fields(multipart: Result<Multipart, MultipartRejection>) -> Result<Fields, AppError> {
    let mut multipart = multipart.map_err(|_| AppError::Malformed)?;
    let mut fields = Fields::new();
    while let Some(field) = multipart.next_field().await.map_err(|_| AppError::Malformed)? {
        let name = field.name().unwrap_or_default().to_owned();
        fields.insert(name, field.text().await.map_err(|_| AppError::Malformed)?);
    }
    Ok(fields)
}

/// What the rows are read with.
pub(super) struct Reading {
    sheet: Sheet,
    pub(super) columns: Vec<Column>,
    pub(super) has_head: bool,
    pub(super) place: Option<usize>,
    pub(super) also: bool,
    pub(super) tells: bool,
    pub(super) language: &'static str,
    pub(super) attempt: String,
}

impl Reading {
    fn of(reader: Reader, event: &Event, fields: &Fields) -> Result<Self, AppError> {
        let value = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        let sheet = Sheet::parse(value("text"));
        let (mut columns, mut has_head) = sheet.guess(|cell| place_of(reader, event, cell).is_some());
        // Columns that were chosen stand above what is guessed.
        if fields.contains_key("column-0") {
            has_head = value("head") == "yes";
            for (index, column) in columns.iter_mut().enumerate() {
                *column = Column::parse(value(&["column-", &index.to_string()].concat())).unwrap_or_default();
            }
        }
        let only = (event.places.len() == 1).then_some(0);
        let place = value("place").parse::<usize>().ok().and_then(|place| place.checked_sub(1));
        let attempt = value("attempt").to_owned();
        Ok(Self {
            place: place.filter(|place| *place < event.places.len()).or(only),
            also: value("also") == "yes",
            tells: value("tells") == "yes",
            language: locale_of(value("language")).map_or("ja", tag),
            attempt: if link::is_attempt(&attempt) { attempt } else { link::new_attempt()? },
            sheet,
            columns,
            has_head,
        })
    }
}

/// The place that a cell names, by any of its names.
fn place_of(reader: Reader, event: &Event, cell: &str) -> Option<usize> {
    let said = key(cell);
    if said.is_empty() {
        return None;
    }
    let is_called = |place: &crate::events::server::catalogue::Place| {
        place.name.iter().map(|(_, name)| key(&reader.plain(name))).any(|name| !name.is_empty() && said.contains(&name))
    };
    let exact =
        event.places.iter().position(|place| place.name.iter().any(|(_, name)| key(&reader.plain(name)) == said));
    exact.or_else(|| event.places.iter().position(is_called))
}

fn rows(reader: Reader, event: &Event, reading: &Reading, registered: &Registered) -> Vec<Read> {
    let kinds = kinds();
    let names = Names { place: &|cell| place_of(reader, event, cell), kind: &|cell| kinds.get(&key(cell)).copied() };
    paste::read(&reading.sheet, &reading.columns, reading.has_head, reading.place, &names, registered)
}

/// Kinds of organisation by what any language calls them.
fn kinds() -> HashMap<String, &'static str> {
    let words = |kind| {
        let readers = LOCALES.into_iter().map(Reader::new);
        let words = readers.map(move |reader| reader.plain(kind_word(reader, kind)));
        words.chain([kind.to_owned()]).map(move |word| (key(&word), kind))
    };
    KINDS.into_iter().flat_map(words).collect()
}

/// Shows what was read, or takes it in.
async fn take(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    multipart: Result<Multipart, MultipartRejection>,
) -> Result<Response, AppError> {
    let fields = fields(multipart).await?;
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    access.require_organizer()?;
    let locale = reader.locale;
    let reading = Reading::of(reader, &event, &fields)?;
    let registered = imports::registered(&ctx, &access, &event).await?;
    let Reading { sheet, columns, also, .. } = &reading;
    let rows = rows(reader, &event, &reading, &registered);
    let mut problems = Problems::default();
    if sheet.rows.is_empty() {
        problems.add("text", td_string!(locale, guests.import_empty));
    } else if sheet.is_cut {
        problems.add("text", td_string!(locale, guests.import_too_many));
    } else if !columns.contains(&Column::Name) {
        problems.add("column-0", td_string!(locale, guests.import_no_name));
    }
    let is_asked = fields.get("act").is_some_and(|act| act == "take");
    let good = rows.iter().filter(|row| row.is_good(*also)).count();
    if is_asked && problems.is_empty() && good == 0 {
        problems.add("text", td_string!(locale, guests.import_none_good));
    }
    if is_asked && problems.is_empty() {
        let entries = entries(&event, &reading, &rows);
        match imports::take_in(&ctx, &access, &event, &reading.attempt, &entries, reading.tells).await? {
            Ok(n) => {
                let to = format!("/import?taken={n}");
                return Ok(Redirect::to(&paths::console(&slug, &to)).into_response());
            }
            Err(refusal) => problems.add("text", refusal_word(reader, refusal)),
        }
    }
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let mut page = Html::new();
    ways(&mut page, reader, &event, &access, "/import");
    if sheet.rows.is_empty() || sheet.is_cut {
        paste_form(&mut page, reader, &event, &fields, &problems);
    } else {
        preview(&mut page, reader, &event, &fields, &reading, &rows, &problems);
    }
    let about = Screen::new(Section::Events, td_string!(locale, guests.import_title)).problems(problems);
    Ok(screen(&ctx, &organizer, reader, status, about, move || page.into_view().into_any()))
}

fn entries(event: &Event, reading: &Reading, rows: &[Read]) -> Vec<Entry> {
    let good = rows.iter().filter(|row| row.is_good(reading.also));
    let entry = |row: &Read| {
        let place = event.places.get(row.place?)?;
        // The list's own number and the row's line: the same row of the same form is one registration.
        let attempt = format!("{}{:08x}", reading.attempt.get(..24)?, row.line);
        Some(Entry {
            place: place.id.clone(),
            guest: row.guest.clone()?,
            attempt,
            language: row.language.unwrap_or(reading.language).to_owned(),
        })
    };
    good.filter_map(entry).collect()
}

pub(super) fn begin(html: &mut Html, reader: Reader, event: &Event) {
    let action = paths::console(&event.slug, "/import");
    html.line(reader, "p", &[], td_string!(reader.locale, guests.import_lead));
    html.open(
        "form",
        &[
            some("class", "answers-form"),
            some("method", "post"),
            some("action", &action),
            some("enctype", "multipart/form-data"),
            some("novalidate", ""),
        ],
    );
}

pub(super) fn pasted(html: &mut Html, reader: Reader, fields: &Fields, problems: &Problems) {
    let field = Field::new("text", td_string!(reader.locale, guests.import_text))
        .hint(td_string!(reader.locale, guests.import_text_hint))
        .error(problems.of("text"));
    text_field::write_lines(html, reader, &field, "text", fields.get("text").map(String::as_str).unwrap_or_default());
}

fn paste_form(html: &mut Html, reader: Reader, event: &Event, fields: &Fields, problems: &Problems) {
    begin(html, reader, event);
    pasted(html, reader, fields, problems);
    button::write(html, reader, td_string!(reader.locale, guests.import_check), Weight::Primary, None, None);
    html.close("form");
}

/// Takes a list back.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown list or one that was taken back, [`AppError::Forbidden`] for roles that may
/// not.
pub async fn undo(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
    form: Result<Form<Fields>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    let id = form.get("import").filter(|id| link::is_attempt(id)).ok_or(AppError::NotFound)?;
    access.require_organizer()?;
    // Pressed twice: the list stands there as taken back already.
    if imports::list(&ctx, &access).await?.iter().any(|list| list.id == *id && list.undone_at.is_some()) {
        return Ok(Redirect::to(&paths::console(&slug, "/import")).into_response());
    }
    let undone = imports::undo(&ctx, &access, &event, id).await?;
    let to = format!("/import?removed={}&of={id}", undone.removed);
    Ok(Redirect::to(&paths::console(&slug, &to)).into_response())
}
