//! `/{lang}/voice/back`: coming back with the receipt. It is posted, never kept, and never stands in an address.

use super::{
    parts::{closed, demonstration, fault_of, go, head, remembered, send, summary},
    posted::Posted,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{components::FORM_ID, server::effort::Client},
    server::{Context, page::page},
    ui::{Field, Reader, TextField},
    voices::{
        paths,
        server::{
            keys::{Desk, open_desk},
            letters, sealing, visit,
        },
    },
};
use ::seal::voice::receipt::{Fault, Receipt};
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
    Ok(draw(&ctx, reader, StatusCode::OK, &desk, "", None))
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
        Err(fault) => return Ok(draw(&ctx, reader, refused, &desk, typed, Some(said(reader, fault)))),
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

fn said(reader: Reader, fault: Fault) -> String {
    let locale = reader.locale;
    match fault {
        Fault::Missing => td_string!(locale, voices.back_missing).to_owned(),
        Fault::NotDigits => td_string!(locale, voices.back_not_digits).to_owned(),
        Fault::TooFew(count) => td_string!(locale, voices.back_too_few, count = count).to_string(),
        Fault::TooMany(count) => td_string!(locale, voices.back_too_many, count = count).to_string(),
        Fault::Mistyped => td_string!(locale, voices.back_mistyped).to_owned(),
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
    let faults: Vec<_> = wrong.into_iter().map(|words| ("digits", words)).collect();
    page(ctx, status, head(reader, None, !faults.is_empty()), || {
        let locale = reader.locale;
        let field = Field::new("digits", td_string!(locale, voices.back_label))
            .hint(td_string!(locale, voices.back_hint))
            .error(fault_of(&faults, "digits"));
        // What was typed wrong stays, so that it can be compared; what is right is a secret and does not.
        let value = if faults.is_empty() { String::new() } else { typed.to_owned() };
        view! {
            <form id=FORM_ID method="post" action=reader.href(paths::BACK) novalidate>
                {summary(reader, &faults)}
                <h1 inner_html=reader.rich(td_string!(locale, voices.back_heading))></h1>
                {demonstration(reader, desk)}
                <TextField reader field name="digits" value=value inputmode="numeric" />
                {send(reader, td_string!(locale, voices.back_go), "next")}
            </form>
        }
        .into_any()
    })
}
