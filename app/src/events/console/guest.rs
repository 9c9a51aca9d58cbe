//! `/console/events/{slug}/guests/{id}`: one guest; and `/guests/new`: one who called.

use super::{
    guest_attendance,
    guest_form::GuestForm,
    guest_parts::{hidden, instant, kind_word, menu, open, place_rows, refusal_word, status_word, ways},
    own_answers::OwnQuestions,
};
use crate::{
    auth::{Organizer, pages::problems::Problems},
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        server::{
            access::Access,
            catalogue::{Event, Place},
            guest_list::Status,
            link,
            seats::{self, Registering, Registration, Source, Wish},
        },
    },
    i18n::*,
    ids::RegistrationId,
    server::Context,
    ui::{
        Reader, Tone, Weight, button,
        html::{Html, some},
        reader::{LOCALES, endonym, locale_of, tag},
    },
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Done {
    /// `saved`, if something has just been done.
    done: String,
}

/// The guest, if this organizer may see them.
async fn find(ctx: &Context, access: &Access, event: &Event, id: &str) -> Result<Registration, AppError> {
    access.require_guests()?;
    let found = seats::find(ctx, event, &RegistrationId(id.to_owned())).await?;
    if access.reaches(found.row.place_id.as_ref()) { Ok(found) } else { Err(AppError::NotFound) }
}

/// One guest.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event or guest, [`AppError::Forbidden`] for who sees no names.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path((slug, id)): Path<(String, String)>,
    Query(done): Query<Done>,
) -> Result<Response, AppError> {
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    let found = find(&ctx, &access, &event, &id).await?;
    let form = found.guest.as_ref().map(|guest| GuestForm::of(&found.row, guest)).unwrap_or_default();
    let first = match &found.row.repeat_of {
        Some(first) => seats::find(&ctx, &event, first).await.ok(),
        None => None,
    };
    let notice = (done.done == "saved").then(|| (Tone::Done, td_string!(reader.locale, guests.saved).to_owned()));
    let attendance = guest_attendance::of(&ctx, &event, &found.row.id).await?;
    let shown = Shown { found, first, form, attendance, problems: Problems::default(), notice };
    Ok(draw(&ctx, &organizer, reader, &event, &access, shown))
}

/// Corrects, moves, tells apart.
///
/// # Errors
/// As [`show`]; [`AppError::Forbidden`] for roles that change nothing.
pub async fn change(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path((slug, id)): Path<(String, String)>,
    form: Result<Form<GuestForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    access.require_organizer()?;
    let found = find(&ctx, &access, &event, &id).await?;
    let id = found.row.id.clone();
    let mut problems = Problems::default();
    let mut leads_to = id.clone();
    match form.act.as_str() {
        "correct" => {
            if let Some(typed) = form.read(reader, &mut problems) {
                seats::correct(&ctx, &access, &id, &typed, form.note().as_deref()).await?;
            }
        }
        "move" => match place_of(&event, &form.place) {
            Some(place) => {
                if let Err(refusal) = seats::move_guest(&ctx, &access, &event, &id, &place.id).await? {
                    problems.add("place", refusal_word(reader, refusal));
                }
            }
            None => problems.add("place", td_string!(reader.locale, guests.place_missing)),
        },
        "same" => leads_to = seats::merge(&ctx, &access, &id, false).await?,
        "same-newer" => leads_to = seats::merge(&ctx, &access, &id, true).await?,
        "other" => seats::tell_apart(&ctx, &access, &id).await?,
        _ => return Err(AppError::Malformed),
    }
    if problems.is_empty() {
        let to = ["/guests/", leads_to.as_str(), "?done=saved"].concat();
        return Ok(Redirect::to(&paths::console(&slug, &to)).into_response());
    }
    let first = None;
    let form = match (form.act.as_str(), &found.guest) {
        ("correct", _) | (_, None) => form,
        (_, Some(guest)) => GuestForm::of(&found.row, guest),
    };
    let attendance = guest_attendance::of(&ctx, &event, &found.row.id).await?;
    let shown = Shown { found, first, form, attendance, problems, notice: None };
    Ok(draw(&ctx, &organizer, reader, &event, &access, shown))
}

fn place_of<'e>(event: &'e Event, position: &str) -> Option<&'e Place> {
    event.places.get(position.parse::<usize>().ok()?.checked_sub(1)?)
}

struct Shown {
    found: Registration,
    first: Option<Registration>,
    form: GuestForm,
    attendance: Option<rollcall::Attendance>,
    problems: Problems,
    notice: Option<(Tone, String)>,
}

fn draw(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    event: &Event,
    access: &Access,
    shown: Shown,
) -> Response {
    let locale = reader.locale;
    let Shown { found, first, form, attendance, problems, notice } = shown;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let about =
        Screen::new(Section::Events, td_string!(locale, guests.guest_title)).problems(problems.clone()).notice(notice);
    let may_change = access.require_organizer().is_ok();
    let action = paths::console(&event.slug, &["/guests/", found.row.id.as_str()].concat());
    let mut html = Html::new();
    ways(&mut html, reader, event, access, "");
    facts(&mut html, ctx, reader, event, &found);
    guest_attendance::write(&mut html, ctx, reader, event, &found.row.id, attendance.as_ref());
    if let (Some(first), true) = (&first, may_change) {
        same(&mut html, reader, event, first, &action);
    }
    if let (Some(_), true) = (&found.guest, may_change) {
        begin(&mut html, reader, &action, "correct", td_string!(locale, guests.change_title));
        form.write(&mut html, reader, &problems, true);
        button::write(&mut html, reader, td_string!(locale, guests.change_save), Weight::Primary, None, None);
        html.close("form");
        begin(&mut html, reader, &action, "move", td_string!(locale, guests.bulk_move));
        if let Some(error) = problems.of("place") {
            html.line(reader, "p", &[some("class", "c-error")], &error);
        }
        menu(&mut html, reader, "place", td_string!(locale, guests.move_to), &place_rows(reader, event), "");
        button::write(&mut html, reader, td_string!(locale, guests.bulk_move), Weight::Quiet, None, None);
        html.close("form");
        // Both are asked once more on the page that they lead to.
        html.open("form", &[some("method", "post"), some("action", &paths::console(&event.slug, "/guests"))]);
        hidden(&mut html, "id", found.row.id.as_str());
        for (what, words) in
            [("cancel", td_string!(locale, guests.bulk_cancel)), ("delete", td_string!(locale, guests.bulk_delete))]
        {
            if what == "delete" || found.row.state != seats::State::Cancelled {
                button::write(&mut html, reader, words, Weight::Grave, Some(("what", what)), None);
            }
        }
        html.close("form");
        let address =
            [ctx.site().base_url.as_str(), &paths::registration(reader_of(&found, reader), &found.link.reveal())]
                .concat();
        html.line(reader, "h2", &[], td_string!(locale, guests.link_title));
        html.line(reader, "p", &[], td_string!(locale, guests.link_text));
        html.open("p", &[some("translate", "no"), some("class", "sharing-address")]).text(&address).close("p");
    }
    screen(ctx, organizer, reader, status, about, move || html.into_view().into_any())
}

/// In the guest's own language.
fn reader_of(found: &Registration, reader: Reader) -> Reader {
    locale_of(&found.row.language).map_or(reader, Reader::new)
}

fn begin(html: &mut Html, reader: Reader, action: &str, act: &str, title: &str) {
    html.open("form", &[some("class", "answers-form"), some("method", "post"), some("action", action)]);
    html.line(reader, "h2", &[], title);
    hidden(html, "act", act);
}

fn facts(html: &mut Html, ctx: &Context, reader: Reader, event: &Event, found: &Registration) {
    let locale = reader.locale;
    let Registration { row, guest, before, .. } = found;
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let place = row.place_id.as_ref().and_then(|place| event.place(place));
    let place = place.map(|place| place.name.plain(reader)).unwrap_or_default();
    let mut state = reader.plain(status_word(reader, Status::of(row)));
    if *before > 0 {
        state = format!("{state} ({})", before + 1);
    }
    let told = |field: fn(&crate::events::server::entities::guest::Model) -> Option<&str>| {
        text(guest.as_ref().and_then(field))
    };
    let name = if guest.is_some() {
        told(|guest| Some(&guest.name))
    } else {
        reader.plain(td_string!(locale, guests.name_deleted))
    };
    let own = OwnQuestions::of(reader, event);
    let heads = own.heads();
    let answers = heads.iter().map(String::as_str).zip(own.cells(guest.as_ref()));
    html.open("dl", &[some("class", "c-summary")]);
    let facts = [
        (td_string!(locale, guests.col_name), name),
        (td_string!(locale, guests.col_reading), told(|guest| guest.reading.as_deref())),
        (td_string!(locale, guests.col_organisation), told(|guest| Some(&guest.organisation))),
        (td_string!(locale, guests.col_kind), reader.plain(kind_word(reader, row.kind.as_deref().unwrap_or_default()))),
        (td_string!(locale, guests.col_phone), told(|guest| Some(&guest.phone))),
        (td_string!(locale, guests.col_email), told(|guest| guest.email.as_deref())),
        (td_string!(locale, guests.col_place), place),
        (td_string!(locale, guests.col_state), state),
        (td_string!(locale, guests.col_code), link::spaced(&row.code)),
        (td_string!(locale, guests.col_language), locale_of(&row.language).map(endonym).unwrap_or_default().to_owned()),
        (td_string!(locale, guests.col_needs), told(|guest| guest.needs.as_deref())),
        (td_string!(locale, guests.col_came), instant(ctx, row.created_at)),
        (td_string!(locale, guests.col_note), told(|guest| guest.note.as_deref())),
    ];
    for (words, value) in facts.into_iter().chain(answers) {
        if !value.is_empty() {
            html.open("div", &[some("class", "c-summary__row")]).line(
                reader,
                "dt",
                &[some("class", "c-summary__key")],
                words,
            );
            html.open("dd", &[some("class", "c-summary__value"), some("translate", "no")])
                .text(&value)
                .close("dd")
                .close("div");
        }
    }
    html.close("dl");
}

/// Who it may be already, and the two answers.
fn same(html: &mut Html, reader: Reader, event: &Event, first: &Registration, action: &str) {
    let locale = reader.locale;
    begin(html, reader, action, "", td_string!(locale, guests.state_repeat));
    html.line(reader, "p", &[], td_string!(locale, guests.same_text)).open("p", &[]);
    let href = paths::console(&event.slug, &["/guests/", first.row.id.as_str()].concat());
    let name = first.guest.as_ref().map(|guest| guest.name.as_str()).unwrap_or_default();
    html.open("a", &[some("href", &href), some("translate", "no")])
        .text(name)
        .text(" ")
        .text(&link::spaced(&first.row.code));
    html.close("a").close("p");
    for (act, words) in [
        ("same", td_string!(locale, guests.same_yes)),
        ("same-newer", td_string!(locale, guests.same_newer)),
        ("other", td_string!(locale, guests.same_no)),
    ] {
        button::write(html, reader, words, Weight::Quiet, Some(("act", act)), None);
    }
    html.close("form");
}

/// The form for who called.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] for who sees no names.
pub async fn show_new(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    access.require_guests()?;
    let form = GuestForm::blank(link::new_attempt()?);
    Ok(draw_new(&ctx, &organizer, reader, &event, &access, &form, &Problems::default()))
}

/// Registers who called. The desk registers for its own place.
///
/// # Errors
/// As [`show_new`].
pub async fn register(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    form: Result<Form<GuestForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    access.require_guests()?;
    if !link::is_attempt(&form.attempt) {
        return Err(AppError::Malformed);
    }
    let mut problems = Problems::default();
    let typed = form.read(reader, &mut problems);
    let place = place_of(&event, &form.place).filter(|place| access.reaches(Some(&place.id)));
    if place.is_none() {
        problems.add("place", td_string!(reader.locale, guests.place_missing));
    }
    if let (Some(typed), Some(place)) = (typed, place) {
        let language = locale_of(&form.language).map_or("ja", tag);
        let registering = Registering {
            event: &event.id,
            wish: Wish::Seat(place.id.clone()),
            guest: &typed,
            attempt: &form.attempt,
            language,
            follows: false,
            source: Source::Organizer,
            import: None,
        };
        match seats::register_by_hand(&ctx, &access, &event, &registering).await? {
            Ok(id) => {
                let to = ["/guests/", id.as_str(), "?done=saved"].concat();
                return Ok(Redirect::to(&paths::console(&slug, &to)).into_response());
            }
            Err(refusal) => problems.add("place", refusal_word(reader, refusal)),
        }
    }
    Ok(draw_new(&ctx, &organizer, reader, &event, &access, &form, &problems))
}

fn draw_new(
    ctx: &Context,
    organizer: &Organizer,
    reader: Reader,
    event: &Event,
    access: &Access,
    form: &GuestForm,
    problems: &Problems,
) -> Response {
    let locale = reader.locale;
    let status = if problems.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let about = Screen::new(Section::Events, td_string!(locale, guests.new_title)).problems(problems.clone());
    let mut html = Html::new();
    ways(&mut html, reader, event, access, "/guests/new");
    html.line(reader, "p", &[], td_string!(locale, guests.new_lead));
    let action = paths::console(&event.slug, "/guests/new");
    html.open(
        "form",
        &[some("class", "answers-form"), some("method", "post"), some("action", &action), some("novalidate", "")],
    );
    hidden(&mut html, "attempt", &form.attempt);
    form.write(&mut html, reader, problems, false);
    if let Some(error) = problems.of("place") {
        html.line(reader, "p", &[some("class", "c-error")], &error);
    }
    let reaches = |number: &str| place_of(event, number).is_some_and(|place| access.reaches(Some(&place.id)));
    let rows: Vec<_> = place_rows(reader, event).into_iter().filter(|(number, _)| reaches(number)).collect();
    menu(&mut html, reader, "place", td_string!(locale, guests.col_place), &rows, &form.place);
    let languages: Vec<_> =
        LOCALES.into_iter().map(|locale| (tag(locale).to_owned(), endonym(locale).to_owned())).collect();
    menu(&mut html, reader, "language", td_string!(locale, guests.col_language), &languages, &form.language);
    button::write(&mut html, reader, td_string!(locale, guests.new_save), Weight::Primary, None, None);
    html.close("form");
    screen(ctx, organizer, reader, status, about, move || html.into_view().into_any())
}
