//! Whether a guest came, on their page; and a desk that works without script, for who has nothing else.

use super::guest_parts::{instant, open};
use crate::{
    auth::Organizer,
    error::AppError,
    events::{
        paths,
        server::{
            attendance::{self, by_hand, wire_id},
            catalogue::Event,
            seats,
        },
    },
    i18n::*,
    ids::RegistrationId,
    server::Context,
    ui::{
        Reader, Weight, button,
        html::{Html, some},
    },
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    response::{IntoResponse, Redirect, Response},
};
use rollcall::{Act, Attendance, Id, Note};
use serde::Deserialize;

/// What is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct AttendanceForm {
    /// `arrive`, `leave` or `undo`.
    act: String,
    /// Where, by its position from 1.
    place: String,
}

/// How a guest attends.
///
/// # Errors
/// When the database fails.
pub(super) async fn of(ctx: &Context, event: &Event, id: &RegistrationId) -> Result<Option<Attendance>, AppError> {
    let rolled = attendance::roll(ctx, event).await?;
    Ok(wire_id(id.as_str()).and_then(|id| rolled.roll.of_guest(&id).cloned()))
}

/// Draws it, and what may be said.
pub(super) fn write(
    html: &mut Html,
    ctx: &Context,
    reader: Reader,
    event: &Event,
    id: &RegistrationId,
    attendance: Option<&Attendance>,
) {
    let locale = reader.locale;
    html.line(reader, "h2", &[some("id", "attendance")], td_string!(locale, desk.guest_title));
    let name =
        |id: &Id| attendance::place_of(event, *id).map(|(_, place)| place.name.plain(reader)).unwrap_or_default();
    let mut lines = Vec::new();
    if let Some(attendance) = attendance {
        let (place, time) = (name(&attendance.came_to), instant(ctx, attendance.came_at));
        lines.push(td_string!(locale, desk.guest_came, place = place, time = time).to_string());
        if let Some(left) = attendance.left_at {
            let time = instant(ctx, left);
            lines.push(td_string!(locale, desk.guest_left, time = time).to_string());
        }
        for note in &attendance.notes {
            lines.push(match note {
                Note::AlsoAt(place) => {
                    let place = name(place);
                    td_string!(locale, desk.guest_also, place = place).to_string()
                }
                Note::SaidToBeAt(place) => {
                    let place = name(place);
                    td_string!(locale, desk.guest_moved, place = place).to_string()
                }
            });
        }
    } else {
        lines.push(td_string!(locale, desk.guest_not_come).to_owned());
    }
    for line in lines {
        html.line(reader, "p", &[], &line);
    }
    let action = paths::console(&event.slug, &["/guests/", id.as_str(), "/attendance"].concat());
    html.open("form", &[some("method", "post"), some("action", &action)]);
    if let Some(attendance) = attendance {
        if attendance.here.is_some() {
            button::write(html, reader, td_string!(locale, desk.leave), Weight::Quiet, Some(("act", "leave")), None);
            html.text(" ");
        }
        let words = td_string!(locale, desk.guest_undo);
        button::write(html, reader, words, Weight::Quiet, Some(("act", "undo")), None);
    } else {
        for (position, place) in (1..).zip(&event.places) {
            let place = place.name.plain(reader);
            let words = td_string!(locale, desk.guest_arrive, place = place).to_string();
            button::write(html, reader, &words, Weight::Quiet, Some(("place", &position.to_string())), None);
        }
    }
    html.close("form");
}

/// Says that a guest came, or that they did not after all.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event or guest, [`AppError::Forbidden`] for who sees no names there.
pub async fn change(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path((slug, id)): Path<(String, String)>,
    form: Result<Form<AttendanceForm>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(form) = form.map_err(|_| AppError::Malformed)?;
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    access.require_guests()?;
    let found = seats::find(&ctx, &event, &RegistrationId(id)).await?;
    if !access.reaches(found.row.place_id.as_ref()) {
        return Err(AppError::NotFound);
    }
    let guest = wire_id(found.row.id.as_str()).ok_or(AppError::NotFound)?;
    if form.act == "undo" {
        by_hand::take_back(&ctx, &access, &event, guest).await?;
    } else if form.act == "leave" {
        by_hand::say(&ctx, &access, &event, Act::Leave { guest }).await?;
    } else {
        let position = form.place.parse::<usize>().ok().and_then(|position| position.checked_sub(1));
        let place = position.and_then(|position| event.places.get(position)).ok_or(AppError::Malformed)?;
        let place = wire_id(place.id.as_str()).ok_or(AppError::NotFound)?;
        by_hand::say(&ctx, &access, &event, Act::Arrive { guest, place }).await?;
    }
    let to = ["/guests/", found.row.id.as_str(), "?done=saved"].concat();
    Ok(Redirect::to(&paths::console(&slug, &to)).into_response())
}
