//! `/{lang}/voice/receipt`: the digits by which somebody comes back, shown once; their last group is typed back. Nothing is
//! remembered between the two: the form carries what the receipt follows from.

use super::{
    parts::{closed, go, head, remembered, told},
    posted::Posted,
};
use crate::{
    error::AppError,
    i18n::*,
    server::{Context, page::page},
    ui::{Reader, dates::long_day},
    voices::{
        components::forms::{self, ReceiptWords},
        paths,
        server::{attempt::Attempt, keys::open_desk},
        standing::State as Step,
        worker::is_last,
    },
};
use ::seal::voice::receipt::Receipt;
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// Nobody comes here but by a form: who asks for the address is led to writing.
pub async fn show(reader: Reader) -> Response {
    go(reader, paths::WRITE, [])
}

/// Looks whether the last group is the right one, and says by when there is an answer.
///
/// # Errors
/// When the database fails.
pub async fn check(State(ctx): State<Context>, reader: Reader, posted: Posted) -> Result<Response, AppError> {
    let Some(_) = open_desk(&ctx).await? else { return Ok(closed(&ctx, reader, paths::WRITE)) };
    let attempt = Attempt::read(&ctx, posted.get("attempt")).filter(|attempt| attempt.is_fresh(&ctx));
    let Some((attempt, receipt)) = attempt.and_then(|attempt| Some((attempt.clone(), attempt.receipt(&ctx)?))) else {
        return Ok(go(reader, paths::BACK, []));
    };
    if let Some(switched) = posted.switch(reader) {
        let drawn = draw_new(&ctx, switched, StatusCode::OK, &attempt, &receipt);
        return Ok(remembered(&ctx, switched, drawn));
    }
    let locale = reader.locale;
    if !is_last(&receipt, posted.get("last")) {
        return Ok(draw_new(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, &attempt, &receipt));
    }
    let by = long_day(reader, Step::Received.promised(ctx.clock().today()));
    let back = reader.plain(td_string!(locale, voices.ways_back));
    let text = td_string!(locale, voices.kept_text, date = by, back = back).to_string();
    let ways = [(paths::BACK, td_string!(locale, voices.ways_back)), ("/voice", td_string!(locale, home.voice_title))];
    Ok(told(&ctx, reader, (td_string!(locale, voices.kept_heading), &text), paths::WRITE, &ways))
}

/// Shows a receipt that was just made.
pub(super) fn draw_new(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    attempt: &Attempt,
    receipt: &Receipt,
) -> Response {
    draw(ctx, reader, status, attempt, receipt, ReceiptWords::of_first(reader))
}

/// Shows a receipt, the first or a later one; refused where what was typed back is not its last group.
pub(super) fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    attempt: &Attempt,
    receipt: &Receipt,
    words: ReceiptWords,
) -> Response {
    let is_wrong = status.is_client_error();
    page(ctx, status, head(reader, None, is_wrong), || {
        let attempt = attempt.renewed(ctx).written(ctx);
        forms::receipt(reader, words, receipt, Some(attempt), is_wrong).into_any()
    })
}
