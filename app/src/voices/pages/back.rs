//! `/{lang}/voice/back`: coming back with the receipt. It is posted, never kept, and never stands in an address.

use super::{
    parts::{closed, draw_with_program, go, head, remembered},
    posted::Posted,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::server::effort::Client,
    server::{Context, page::page},
    ui::Reader,
    voices::{
        components::forms,
        islands::worker::Begin,
        paths,
        server::{
            attempt::Attempt,
            keys::{Desk, open_desk},
            letters, sealing, visit,
        },
    },
};
use ::seal::voice::receipt::Receipt;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;

/// The form.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let Some(desk) = open_desk(&ctx).await? else { return Ok(closed(&ctx, reader, paths::BACK)) };
    Ok(draw_with_program(&ctx, reader, &desk, Begin::Back, &Attempt::new(&ctx)?))
}

/// Opens what belongs to the digits, for a quarter of an hour.
///
/// # Errors
/// When the database fails.
pub async fn open(
    State(ctx): State<Context>,
    reader: Reader,
    client: Client,
    posted: Posted,
) -> Result<Response, AppError> {
    let Some(desk) = open_desk(&ctx).await? else { return Ok(closed(&ctx, reader, paths::BACK)) };
    let typed = posted.get("digits");
    if let Some(switched) = posted.switch(reader) {
        let drawn = draw(&ctx, switched, StatusCode::OK, &desk, typed, None);
        return Ok(remembered(&ctx, switched, drawn));
    }
    let refused = StatusCode::UNPROCESSABLE_ENTITY;
    let receipt = match Receipt::parse(typed) {
        Ok(receipt) => receipt,
        Err(fault) => return Ok(draw(&ctx, reader, refused, &desk, typed, Some(forms::no_receipt(reader, fault)))),
    };
    let locale = reader.locale;
    let worker = match sealing::stretch(&ctx, &desk, client, &receipt).await {
        Ok(worker) => worker,
        Err(AppError::TooManyRequests { retry_after }) => {
            let button = reader.plain(td_string!(locale, voices.back_go));
            let words = td_string!(locale, voices.fault_busy, seconds = retry_after, send = button).to_string();
            let mut drawn = draw(&ctx, reader, StatusCode::TOO_MANY_REQUESTS, &desk, typed, Some(words));
            drawn.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            return Ok(drawn);
        }
        Err(error) => return Err(error),
    };
    match letters::find(&ctx, &worker).await {
        Ok(row) => {
            let id = row.id.clone();
            if letters::open(&ctx, &desk, row, &worker).await?.is_none() {
                // After a restore, until the keys of voices are back: they are kept apart.
                let words = td_string!(locale, voices.back_locked).to_owned();
                return Ok(draw(&ctx, reader, StatusCode::CONFLICT, &desk, typed, Some(words)));
            }
            Ok(go(reader, paths::LETTERS, [visit::begin(&ctx, &id, &worker)?]))
        }
        Err(AppError::NotFound) => {
            let words = td_string!(locale, voices.back_unknown).to_owned();
            Ok(draw(&ctx, reader, StatusCode::NOT_FOUND, &desk, typed, Some(words)))
        }
        Err(error) => Err(error),
    }
}

fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    desk: &Desk,
    typed: &str,
    wrong: Option<String>,
) -> Response {
    page(ctx, status, head(reader, None, wrong.is_some()), || {
        forms::back(reader, typed, wrong, desk.is_demonstration()).into_any()
    })
}
