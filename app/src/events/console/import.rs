//! `/console/events/{slug}/import`: guests pasted from a spreadsheet. What was pasted travels in the form until it is
//! taken in.

use super::guest_parts::{fault_word, hidden, instant, menu, open, place_name, place_rows, refusal_word, tick, ways};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        guest::key,
        paste::{self, Column, Doubt, Read, Sheet},
        paths,
        server::{
            access::Access,
            catalogue::Event,
            guest_list,
            imports::{self, Import},
            link,
            seats::Entry,
        },
    },
    i18n::*,
    server::Context,
    ui::{
        Field, Reader, Tone, Weight, button,
        html::{Html, some},
        reader::{LOCALES, endonym, locale_of, tag},
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

/// Rows that the preview shows; doubtful ones come first.
const SHOWN: usize = 200;

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

type Fields = HashMap<String, String>;

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
struct Reading {
    sheet: Sheet,
    columns: Vec<Column>,
    has_head: bool,
    place: Option<usize>,
    also: bool,
    tells: bool,
    language: &'static str,
    attempt: String,
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
    let Reading { sheet, columns, has_head, place, also, .. } = &reading;
    let rows = paste::read(sheet, columns, *has_head, *place, |cell| place_of(reader, &event, cell), &registered);
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
            language: reading.language.to_owned(),
        })
    };
    good.filter_map(entry).collect()
}

fn begin(html: &mut Html, reader: Reader, event: &Event) {
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

fn pasted(html: &mut Html, reader: Reader, fields: &Fields, problems: &Problems) {
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

fn column_word(reader: Reader, column: Column) -> &'static str {
    let locale = reader.locale;
    match column {
        Column::Nothing => td_string!(locale, guests.column_nothing),
        Column::Name => td_string!(locale, guests.col_name),
        Column::Reading => td_string!(locale, guests.col_reading),
        Column::Organisation => td_string!(locale, guests.col_organisation),
        Column::Phone => td_string!(locale, guests.col_phone),
        Column::Email => td_string!(locale, guests.col_email),
        Column::Place => td_string!(locale, guests.col_place),
        Column::Needs => td_string!(locale, guests.col_needs),
    }
}

fn doubt_words(reader: Reader, doubt: Doubt) -> String {
    let locale = reader.locale;
    match doubt {
        Doubt::Wrong(column, fault) => [column_word(reader, column), fault_word(reader, fault)].join(": "),
        Doubt::NoPlace => td_string!(locale, guests.doubt_no_place).to_owned(),
        Doubt::Repeated(line) => {
            td_string!(locale, guests.doubt_repeated, line = u32::try_from(line).unwrap_or(u32::MAX)).to_string()
        }
        Doubt::Registered => td_string!(locale, guests.doubt_registered).to_owned(),
        Doubt::SameName => td_string!(locale, guests.doubt_same_name).to_owned(),
        Doubt::NoContact => td_string!(locale, guests.doubt_no_contact).to_owned(),
    }
}

fn preview(
    html: &mut Html,
    reader: Reader,
    event: &Event,
    fields: &Fields,
    reading: &Reading,
    rows: &[Read],
    problems: &Problems,
) {
    let locale = reader.locale;
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let good = rows.iter().filter(|row| row.is_good(reading.also)).count();
    begin(html, reader, event);
    hidden(html, "attempt", &reading.attempt);
    let words =
        td_string!(locale, guests.import_count, good = number(good), bad = number(rows.len() - good)).to_string();
    html.line(reader, "p", &[some("id", "count"), some("role", "status")], &words);
    if let Some(error) = problems.of("column-0") {
        html.line(reader, "p", &[some("class", "c-error")], &error);
    }
    let columns: Vec<_> = Column::ALL
        .into_iter()
        .map(|column| (column.as_str().to_owned(), reader.plain(column_word(reader, column))))
        .collect();
    for (index, column) in reading.columns.iter().enumerate() {
        let label = td_string!(locale, guests.column_n, n = number(index + 1)).to_string();
        menu(html, reader, &["column-", &index.to_string()].concat(), &label, &columns, column.as_str());
    }
    tick(html, reader, "head", td_string!(locale, guests.import_head), reading.has_head);
    let none = (String::new(), reader.plain(td_string!(locale, shell.choose)));
    let places: Vec<_> = std::iter::once(none).chain(place_rows(reader, event)).collect();
    let chosen = reading.place.map(|place| (place + 1).to_string()).unwrap_or_default();
    menu(html, reader, "place", td_string!(locale, guests.import_place), &places, &chosen);
    tick(html, reader, "also", td_string!(locale, guests.import_also), reading.also);
    tick(html, reader, "tells", td_string!(locale, guests.import_tells), reading.tells);
    let languages: Vec<_> =
        LOCALES.into_iter().map(|locale| (tag(locale).to_owned(), endonym(locale).to_owned())).collect();
    menu(html, reader, "language", td_string!(locale, guests.col_language), &languages, reading.language);
    pasted(html, reader, fields, problems);
    button::write(html, reader, td_string!(locale, guests.import_recheck), Weight::Quiet, Some(("act", "check")), None);
    if good > 0 {
        let words = td_string!(locale, guests.import_take, n = number(good)).to_string();
        button::write(html, reader, &words, Weight::Primary, Some(("act", "take")), None);
    }
    html.close("form");
    table(html, reader, event, reading, rows);
}

fn table(html: &mut Html, reader: Reader, event: &Event, reading: &Reading, rows: &[Read]) {
    let locale = reader.locale;
    let (doubtful, clear): (Vec<&Read>, Vec<&Read>) = rows.iter().partition(|row| !row.doubts.is_empty());
    html.open(
        "div",
        &[some("class", "c-table"), some("role", "region"), some("tabindex", "0"), some("aria-labelledby", "preview")],
    );
    html.open("table", &[some("class", "c-table__table")]);
    let caption = td_string!(locale, guests.preview_caption);
    html.line(reader, "caption", &[some("class", "c-table__caption"), some("id", "preview")], caption);
    html.open("thead", &[]).open("tr", &[]);
    let heads = reading.columns.iter().map(|column| column_word(reader, *column));
    let first = [
        td_string!(locale, guests.col_line),
        td_string!(locale, guests.col_doubt),
        td_string!(locale, guests.col_place),
    ];
    for words in first.into_iter().chain(heads) {
        html.line(reader, "th", &[some("scope", "col")], words);
    }
    html.close("tr").close("thead").open("tbody", &[]);
    for row in doubtful.into_iter().chain(clear).take(SHOWN) {
        html.open("tr", &[]).open("th", &[some("scope", "row")]).text(&row.line.to_string()).close("th");
        html.open("td", &[]);
        let verdict = if row.is_good(reading.also) {
            td_string!(locale, guests.row_good)
        } else {
            td_string!(locale, guests.row_left_out)
        };
        html.line(reader, "div", &[], verdict);
        for doubt in &row.doubts {
            html.line(reader, "div", &[some("class", "c-hint")], &doubt_words(reader, *doubt));
        }
        html.close("td").open("td", &[]).text(&place_name(reader, event, row.place)).close("td");
        for index in 0..reading.columns.len() {
            let cell = row.cells.get(index).map(String::as_str).unwrap_or_default();
            html.open("td", &[some("translate", "no")]).text(cell).close("td");
        }
        html.close("tr");
    }
    html.close("tbody").close("table").close("div");
    if rows.len() > SHOWN {
        let more = u32::try_from(rows.len() - SHOWN).unwrap_or(u32::MAX);
        html.line(reader, "p", &[], &td_string!(locale, guests.preview_more, n = more).to_string());
    }
}

/// Lists that were taken in, each with the way back.
fn lists(html: &mut Html, ctx: &Context, reader: Reader, event: &Event, lists: &[Import]) {
    if lists.is_empty() {
        return;
    }
    let locale = reader.locale;
    html.line(reader, "h2", &[], td_string!(locale, guests.imports_title));
    html.line(reader, "p", &[], td_string!(locale, guests.undo_text)).open("ul", &[]);
    for list in lists {
        let number = u32::try_from(list.guests).unwrap_or(u32::MAX);
        html.open("li", &[]).text(&instant(ctx, list.at)).text(" ");
        html.rich(reader, &td_string!(locale, guests.import_done, n = number).to_string());
        if list.undone_at.is_some() {
            html.text(" ").rich(reader, td_string!(locale, guests.undone));
        } else {
            let action = paths::console(&event.slug, "/import/undo");
            html.open("form", &[some("method", "post"), some("action", &action)]);
            hidden(html, "import", &list.id);
            button::write(html, reader, td_string!(locale, guests.undo), Weight::Grave, None, None);
            html.close("form");
        }
        html.close("li");
    }
    html.close("ul");
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
    let undone = imports::undo(&ctx, &access, &event, id).await?;
    let to = format!("/import?removed={}&of={id}", undone.removed);
    Ok(Redirect::to(&paths::console(&slug, &to)).into_response())
}
