//! `/{lang}/voice/write`: door B. The form is one plain form; what it brings is sealed in the moment in which it comes.

use super::{
    parts::{closed, demonstration, fault_of, head, remembered, send, summary},
    posted::Posted,
    receipt,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{components::FORM_ID, server::effort::Client},
    server::{Context, page::page},
    ui::{ChoiceRow, Field, LongTextField, Radios, Reader, TextField},
    voices::{
        components::topic,
        paths,
        server::{
            attempt::Attempt,
            keys::{Desk, open_desk},
            sealing,
        },
        written::{Fault, TOPICS, Written},
    },
};
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;
use std::time::Duration;

/// What is wrong, by field, in the person's words.
type Faults = Vec<(&'static str, String)>;

/// The form.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let Some(desk) = open_desk(&ctx).await? else { return Ok(closed(&ctx, reader, paths::WRITE)) };
    let attempt = Attempt::new(&ctx)?;
    Ok(draw(&ctx, reader, StatusCode::OK, &desk, &attempt, &Written::default(), &Vec::new()))
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
        let drawn = draw(&ctx, switched, StatusCode::OK, &desk, &attempt, &written, &Vec::new());
        return Ok(remembered(&ctx, switched, drawn));
    }
    let locale = reader.locale;
    let mut faults: Faults = written.faults().iter().map(|(field, fault)| (*field, said(reader, *fault))).collect();
    if faults.is_empty() && is_stale {
        let button = reader.plain(td_string!(locale, voices.send));
        faults.push(("text", td_string!(locale, voices.fault_stale, send = button).to_string()));
    }
    if !faults.is_empty() {
        return Ok(draw(&ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, &desk, &attempt, &written, &faults));
    }
    tokio::time::sleep(Duration::from_millis(attempt.too_soon_ms(&ctx))).await;
    match sealing::take_in(&ctx, &desk, client, &attempt, reader.tag(), &written).await {
        Ok(receipt) => Ok(receipt::draw_new(&ctx, reader, StatusCode::OK, &attempt, &receipt, None)),
        Err(AppError::TooManyRequests { retry_after }) => {
            let button = reader.plain(td_string!(locale, voices.send));
            let words = td_string!(locale, voices.fault_busy, seconds = retry_after, send = button).to_string();
            let faults = vec![("text", words)];
            let mut drawn = draw(&ctx, reader, StatusCode::TOO_MANY_REQUESTS, &desk, &attempt, &written, &faults);
            drawn.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(retry_after));
            Ok(drawn)
        }
        // The form's voice was deleted, is full or has another receipt: this is a new one.
        Err(AppError::Conflict | AppError::Expired | AppError::Forbidden) => {
            let button = reader.plain(td_string!(locale, voices.send));
            let words = td_string!(locale, voices.fault_stale, send = button).to_string();
            let attempt = Attempt::new(&ctx)?;
            Ok(draw(&ctx, reader, StatusCode::CONFLICT, &desk, &attempt, &written, &vec![("text", words)]))
        }
        Err(error) => Err(error),
    }
}

fn said(reader: Reader, fault: Fault) -> String {
    let locale = reader.locale;
    match fault {
        Fault::Missing => td_string!(locale, voices.fault_missing),
        Fault::TooLong => td_string!(locale, voices.fault_too_long),
    }
    .to_owned()
}

fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    desk: &Desk,
    attempt: &Attempt,
    written: &Written,
    faults: &Faults,
) -> Response {
    page(ctx, status, head(reader, None, !faults.is_empty()), || {
        let locale = reader.locale;
        let topics = TOPICS.iter().filter_map(|code| {
            let label = topic(reader, code)?.to_owned();
            Some(ChoiceRow {
                value: (*code).to_owned(),
                label,
                checked: written.topic == *code,
                ..ChoiceRow::default()
            })
        });
        let about = Field::new("topic", td_string!(locale, voices.topic)).hint(td_string!(locale, voices.topic_hint));
        let text = Field::new("text", td_string!(locale, voices.text))
            .hint(td_string!(locale, voices.text_hint))
            .error(fault_of(faults, "text"));
        let employer = Field::new("employer", td_string!(locale, voices.employer))
            .hint(td_string!(locale, voices.employer_hint))
            .error(fault_of(faults, "employer"));
        view! {
            <form id=FORM_ID method="post" action=reader.href(paths::WRITE) novalidate>
                <input type="hidden" name="attempt" value=attempt.written(ctx) autocomplete="off" />
                {summary(reader, faults)}
                <h1 inner_html=reader.rich(td_string!(locale, voices.write_heading))></h1>
                {demonstration(reader, desk)}
                <p inner_html=reader.rich(td_string!(locale, voices.write_lead))></p>
                <p inner_html=reader.rich(td_string!(locale, voices.exceptions))></p>
                <Radios reader field=about name="topic" choices=topics.collect() />
                <div class="voice-words" translate="no" spellcheck="false">
                    <LongTextField reader field=text name="text" value=written.text.clone() />
                    <TextField reader field=employer name="employer" value=written.employer.clone() />
                </div>
                <p class="c-hint" inner_html=reader.rich(td_string!(locale, voices.locked_server))></p>
                <p class="c-hint" inner_html=reader.rich(td_string!(locale, voices.phone_limits))></p>
                {send(reader, td_string!(locale, voices.send), "next")}
            </form>
        }
        .into_any()
    })
}
