//! `/{lang}/voice/write`: door B. The form is one plain form; what it brings is sealed in the moment in which it comes.

use super::{
    parts::{closed, draw_with_program, head, remembered},
    posted::Posted,
    receipt,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::server::effort::Client,
    server::{Context, page::page},
    ui::Reader,
    voices::{
        components::{
            forms::{self, Writing, said},
            parts::Faults,
        },
        islands::worker::Begin,
        paths,
        server::{
            attempt::Attempt,
            keys::{Desk, open_desk},
            sealing,
        },
        written::Written,
    },
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;
use std::time::Duration;

/// The form.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let Some(desk) = open_desk(&ctx).await? else { return Ok(closed(&ctx, reader, paths::WRITE)) };
    let attempt = Attempt::new(&ctx)?;
    Ok(draw_with_program(&ctx, reader, &desk, Begin::Write, &attempt))
}

/// Takes it in and shows the receipt, once. A language button shows the same form in the other language.
///
/// # Errors
/// When the database fails; then nothing is stored.
pub async fn take(
    State(ctx): State<Context>,
    reader: Reader,
    client: Client,
    posted: Posted,
) -> Result<Response, AppError> {
    let Some(desk) = open_desk(&ctx).await? else { return Ok(closed(&ctx, reader, paths::WRITE)) };
    let written = Written::of(posted.get("topic"), posted.get("employer"), posted.get("text"));
    let attempt = Attempt::read(&ctx, posted.get("attempt"));
    let (attempt, is_stale) = match attempt {
        Some(attempt) => (attempt, false),
        None => (Attempt::new(&ctx)?, true),
    };
    if let Some(switched) = posted.switch(reader) {
        let drawn = draw(&ctx, switched, StatusCode::OK, &desk, &attempt, (&written, &Vec::new()));
        return Ok(remembered(&ctx, switched, drawn));
    }
    let locale = reader.locale;
    let mut faults: Faults = written.faults().iter().map(|(field, fault)| (*field, said(reader, *fault))).collect();
    if faults.is_empty() && is_stale {
        let button = reader.plain(td_string!(locale, voices.send));
        faults.push(("text", td_string!(locale, voices.fault_stale, send = button).to_string()));
    }
    if !faults.is_empty() {
        return Ok(draw(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, &desk, &attempt, (&written, &faults)));
    }
    tokio::time::sleep(Duration::from_millis(attempt.too_soon_ms(&ctx))).await;
    match sealing::take_in(&ctx, &desk, client, &attempt, reader.tag(), &written).await {
        Ok(receipt) => Ok(receipt::draw_new(&ctx, reader, StatusCode::OK, &attempt, &receipt)),
        Err(AppError::TooManyRequests { retry_after }) => {
            let button = reader.plain(td_string!(locale, voices.send));
            let words = td_string!(locale, voices.fault_busy, seconds = retry_after, send = button).to_string();
            let faults = vec![("text", words)];
            let mut drawn = draw(&ctx, reader, StatusCode::TOO_MANY_REQUESTS, &desk, &attempt, (&written, &faults));
            drawn.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            Ok(drawn)
        }
        // The form's voice was deleted, is full or has another receipt: this is a new one.
        Err(AppError::Conflict | AppError::Expired | AppError::Forbidden) => {
            let button = reader.plain(td_string!(locale, voices.send));
            let words = td_string!(locale, voices.fault_stale, send = button).to_string();
            let attempt = Attempt::new(&ctx)?;
            Ok(draw(&ctx, reader, StatusCode::CONFLICT, &desk, &attempt, (&written, &vec![("text", words)])))
        }
        Err(error) => Err(error),
    }
}

/// Draws the form, without a program: what was sent here once goes on here.
fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    desk: &Desk,
    attempt: &Attempt,
    (written, faults): (&Written, &Faults),
) -> Response {
    page(ctx, status, head(reader, None, !faults.is_empty()), || {
        let drawn = Writing {
            written,
            faults,
            attempt: Some(attempt.written(ctx)),
            is_on_phone: false,
            is_demonstration: desk.is_demonstration(),
        };
        forms::write(reader, &drawn).into_any()
    })
}
