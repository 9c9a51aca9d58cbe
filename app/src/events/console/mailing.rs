//! `/console/events/{slug}/mailings/{id}`: whom one mailing did not reach: people to call, mails that failed.

use super::guest_parts::{hidden, mail_word, open, ways};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        server::{
            link,
            mailing_list::{self, Missed},
        },
    },
    i18n::*,
    server::Context,
    ui::{
        Reader, Weight, button,
        html::{Html, some},
    },
};
use axum::{
    extract::{Form, Path, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use leptos::prelude::*;
use serde::Deserialize;

/// Which call was made, or not after all.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Ticked {
    call: String,
    done: String,
}

/// The page.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event or mailing, [`AppError::Forbidden`] for who sees no names.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Path((slug, id)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    let (to_call, failed) = mailing_list::missed(&ctx, &access, &event, &id).await?;
    let told = mailing_list::list(&ctx, &event).await?.into_iter().find(|told| told.id == id);
    let told = told.ok_or(AppError::NotFound)?;
    let locale = reader.locale;
    let may_change = access.require_organizer().is_ok();
    let mut html = Html::new();
    ways(&mut html, reader, &event, &access, "");
    for (language, text) in told.words.iter().flat_map(|words| words.iter()) {
        html.open("p", &[some("lang", language), some("translate", "no")]).text(text).close("p");
    }
    html.line(reader, "h2", &[], td_string!(locale, guests.call_title));
    if to_call.is_empty() {
        html.line(reader, "p", &[], td_string!(locale, guests.call_nobody));
    }
    let action = paths::console(&slug, &["/mailings/", &id].concat());
    html.open("ul", &[]);
    for missed in &to_call {
        html.open("li", &[]);
        person(&mut html, reader, missed);
        if let (Some(call), true) = (&missed.call, may_change) {
            html.open("form", &[some("method", "post"), some("action", &action)]);
            hidden(&mut html, "call", &call.id);
            let is_done = call.done_at.is_some();
            hidden(&mut html, "done", if is_done { "no" } else { "yes" });
            let words = if is_done {
                html.line(reader, "p", &[], td_string!(locale, guests.call_reached));
                td_string!(locale, guests.call_undo)
            } else {
                td_string!(locale, guests.call_done)
            };
            button::write(&mut html, reader, words, Weight::Quiet, None, None);
            html.close("form");
        }
        html.close("li");
    }
    html.close("ul");
    if !failed.is_empty() {
        html.line(reader, "h2", &[], td_string!(locale, guests.failed_title)).open("ul", &[]);
        for missed in &failed {
            html.open("li", &[]);
            person(&mut html, reader, missed);
            let fault = match missed.fault.as_str() {
                "refused" => td_string!(locale, guests.mail_fault_refused),
                _ => td_string!(locale, guests.mail_fault_other),
            };
            html.line(reader, "p", &[], fault).close("li");
        }
        html.close("ul");
    }
    let about = Screen::new(Section::Events, mail_word(reader, told.kind));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || html.into_view().into_any()))
}

fn person(html: &mut Html, reader: Reader, missed: &Missed) {
    html.open("p", &[]);
    match &missed.guest {
        Some(guest) => {
            html.open("span", &[some("translate", "no")]).text(&guest.name);
            for told in [guest.reading.as_deref().unwrap_or_default(), &guest.organisation] {
                if !told.is_empty() {
                    html.text(" · ").text(told);
                }
            }
            html.close("span");
            if !guest.phone.is_empty() {
                let digits = ["tel:", &guest.phone_key].concat();
                html.text(" ")
                    .open("a", &[some("href", &digits), some("translate", "no")])
                    .text(&guest.phone)
                    .close("a");
            }
        }
        None => {
            html.rich(reader, td_string!(reader.locale, guests.name_deleted));
        }
    }
    html.text(" ").text(&link::spaced(&missed.row.code)).close("p");
}

/// Ticks a call or takes the tick back.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event or mailing, [`AppError::Forbidden`] for roles that change nothing.
pub async fn tick(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path((slug, id)): Path<(String, String)>,
    form: Result<Form<Ticked>, FormRejection>,
) -> Result<Response, AppError> {
    let Form(Ticked { call, done }) = form.map_err(|_| AppError::Malformed)?;
    let (event, access) = open(&ctx, &organizer, &slug).await?;
    mailing_list::tick(&ctx, &access, &event, &id, &call, done == "yes").await?;
    Ok(Redirect::to(&paths::console(&slug, &["/mailings/", &id].concat())).into_response())
}
