//! `/{lang}/voice/letters`: what was written and answered, for who gave the receipt. One address; everything is posted.

use super::{
    parts::{closed, go, head, told, with_cookies},
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
            forms::ReceiptWords,
            sharing,
            thread::{self, More, Shown},
        },
        paths,
        server::{
            agreeing,
            attempt::Attempt,
            deletion,
            keys::{Desk, open_desk},
            late,
            letters::{self, Letters},
            sealing,
            visit::{self, Visit},
        },
        sharing::Shared,
        standing::KEPT_DAYS,
        worker::is_last,
    },
};
use ::seal::voice::envelope::Role;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::Response,
};
use leptos::prelude::*;

/// The letters; who gave no receipt is led to where it is given.
///
/// # Errors
/// When the database fails.
pub async fn show(State(ctx): State<Context>, reader: Reader, headers: HeaderMap) -> Result<Response, AppError> {
    let Some(desk) = open_desk(&ctx).await? else { return Ok(closed(&ctx, reader, paths::BACK)) };
    match opened(&ctx, &desk, &headers).await? {
        Some((_, letters)) => Ok(draw(&ctx, reader, StatusCode::OK, &desk, &letters, &More::default())),
        None => Ok(go(reader, paths::BACK, [visit::end(&ctx, &headers)?])),
    }
}

/// Writes more, closes, deletes, gets another receipt, keeps longer, agrees and takes it back.
///
/// # Errors
/// [`AppError::Malformed`] for what no button sends.
pub async fn press(
    State(ctx): State<Context>,
    reader: Reader,
    headers: HeaderMap,
    client: Client,
    posted: Posted,
) -> Result<Response, AppError> {
    let locale = reader.locale;
    let act = posted.get("act");
    let Some(desk) = open_desk(&ctx).await? else {
        // Nobody needs the desk to take back what is theirs.
        if let Some(visit) = visit::find(&ctx, &headers) {
            match act {
                "delete" => return delete(&ctx, reader, &headers, &visit).await,
                "withdraw" => agreeing::withdraw(&ctx, &visit.voice, &visit.worker, posted.get("grant")).await?,
                _ => {}
            }
        }
        return Ok(closed(&ctx, reader, paths::BACK));
    };
    if act == "close" {
        let words = (td_string!(locale, voices.closed_heading), td_string!(locale, voices.closed_text));
        let drawn = told(&ctx, reader, words, paths::BACK, &[(paths::BACK, td_string!(locale, voices.ways_back))]);
        return Ok(with_cookies(drawn, [visit::end(&ctx, &headers)?]));
    }
    let Some((visit, letters)) = opened(&ctx, &desk, &headers).await? else {
        // Pressed twice: the first press has changed the receipt, and its answer was lost.
        if act == "change-to"
            && let Some(begun) = resumed(&ctx, &desk, client, &posted).await?
        {
            return Ok(go(reader, paths::LETTERS, [begun]));
        }
        return Ok(go(reader, paths::BACK, [visit::end(&ctx, &headers)?]));
    };
    match act {
        "add" => add(&ctx, reader, &desk, &visit, &letters, posted.get("text")).await,
        "ask-delete" => Ok(draw_ask(&ctx, reader)),
        "delete" => delete(&ctx, reader, &headers, &visit).await,
        "keep-long" | "keep-short" => {
            deletion::keep(&ctx, &visit.voice, act == "keep-long").await?;
            Ok(go(reader, paths::LETTERS, []))
        }
        "ask-agree" => match letters.shared.iter().find(|shared| shared.facts.id == posted.get("share")) {
            Some(shared) => Ok(draw_agree(&ctx, reader, shared)),
            None => Ok(go(reader, paths::LETTERS, [])),
        },
        "agree" => {
            agreeing::agree(&ctx, &desk, &letters, &visit.worker, posted.get("share")).await?;
            Ok(go(reader, paths::LETTERS, []))
        }
        "late" => match late::say(&ctx, &visit.voice).await {
            // Answered meanwhile: the letters say so.
            Ok(()) | Err(AppError::Conflict) => Ok(go(reader, paths::LETTERS, [])),
            Err(error) => Err(error),
        },
        "withdraw" => {
            agreeing::withdraw(&ctx, &visit.voice, &visit.worker, posted.get("grant")).await?;
            Ok(go(reader, paths::LETTERS, []))
        }
        "change" => change(&ctx, reader, StatusCode::OK, &Attempt::new(&ctx)?),
        "change-to" => {
            let attempt = Attempt::read(&ctx, posted.get("attempt")).filter(|attempt| attempt.is_fresh(&ctx));
            let Some(attempt) = attempt else {
                return Ok(go(reader, paths::LETTERS, []));
            };
            let receipt = attempt.receipt(&ctx).ok_or(AppError::Malformed)?;
            if posted.switch(reader).is_none() && is_last(&receipt, posted.get("last")) {
                let after = sealing::stretch(&ctx, &desk, client, &receipt).await?;
                deletion::change_receipt(&ctx, &desk, &letters, &visit.worker, &after).await?;
                let begun = visit::begin(&ctx, &visit.voice, &after)?;
                visit::end(&ctx, &headers)?;
                return Ok(go(reader, paths::LETTERS, [begun]));
            }
            let switched = posted.switch(reader);
            let status = if switched.is_none() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            change(&ctx, switched.unwrap_or(reader), status, &attempt)
        }
        _ => Err(AppError::Malformed),
    }
}

/// The visit of who has just got another receipt, by the form that showed it.
async fn resumed(ctx: &Context, desk: &Desk, client: Client, posted: &Posted) -> Result<Option<HeaderValue>, AppError> {
    let attempt = Attempt::read(ctx, posted.get("attempt")).filter(|attempt| attempt.is_fresh(ctx));
    let Some(receipt) = attempt.and_then(|attempt| attempt.receipt(ctx)) else { return Ok(None) };
    if !is_last(&receipt, posted.get("last")) {
        return Ok(None);
    }
    let worker = sealing::stretch(ctx, desk, client, &receipt).await?;
    match letters::find(ctx, &worker).await {
        Ok(row) => visit::begin(ctx, &row.id, &worker).map(Some),
        Err(AppError::NotFound) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Who visits, and what they may read.
async fn opened(ctx: &Context, desk: &Desk, headers: &HeaderMap) -> Result<Option<(Visit, Letters)>, AppError> {
    let Some(visit) = visit::find(ctx, headers) else { return Ok(None) };
    let row = match letters::find(ctx, &visit.worker).await {
        Ok(row) => row,
        Err(AppError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let opened = letters::open(ctx, desk, row, &visit.worker).await?;
    Ok(opened.map(|letters| (visit, letters)))
}

async fn add(
    ctx: &Context,
    reader: Reader,
    desk: &Desk,
    visit: &Visit,
    letters: &Letters,
    text: &str,
) -> Result<Response, AppError> {
    let locale = reader.locale;
    let written = match More::read(reader, text) {
        Ok(written) => written,
        Err(more) => return Ok(draw(ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, desk, letters, &more)),
    };
    // Pressed twice.
    if letters.letters.last().is_some_and(|last| last.role == Role::Worker && last.message.text == written.text) {
        return Ok(go(reader, paths::LETTERS, []));
    }
    match sealing::add(ctx, desk, letters, &visit.worker, reader.tag(), &written).await {
        Ok(()) => Ok(go(reader, paths::LETTERS, [])),
        Err(AppError::Forbidden) => {
            let wrong = Some(td_string!(locale, voices.fault_full).to_owned());
            let more = More { text: written.text.clone(), wrong };
            Ok(draw(ctx, reader, StatusCode::CONFLICT, desk, letters, &more))
        }
        Err(AppError::Conflict) => {
            let row = letters::find(ctx, &visit.worker).await?;
            let now = letters::open(ctx, desk, row, &visit.worker).await?.ok_or(AppError::NotFound)?;
            let wrong = Some(td_string!(locale, voices.changed_elsewhere).to_owned());
            let more = More { text: written.text.clone(), wrong };
            Ok(draw(ctx, reader, StatusCode::CONFLICT, desk, &now, &more))
        }
        Err(error) => Err(error),
    }
}

fn change(ctx: &Context, reader: Reader, status: StatusCode, attempt: &Attempt) -> Result<Response, AppError> {
    let receipt = attempt.receipt(ctx).ok_or(AppError::Malformed)?;
    Ok(receipt::draw(ctx, reader, status, attempt, &receipt, ReceiptWords::of_other(reader)))
}

fn draw_ask(ctx: &Context, reader: Reader) -> Response {
    let head = head(reader, Some(paths::LETTERS), false);
    page(ctx, StatusCode::OK, head, || thread::ask_delete(reader).into_any())
}

async fn delete(ctx: &Context, reader: Reader, headers: &HeaderMap, visit: &Visit) -> Result<Response, AppError> {
    deletion::delete(ctx, &visit.voice).await?;
    let locale = reader.locale;
    let words = (td_string!(locale, voices.deleted_heading), td_string!(locale, voices.deleted_text));
    let drawn = told(ctx, reader, words, paths::BACK, &[("/voice", td_string!(locale, home.voice_title))]);
    Ok(with_cookies(drawn, [visit::end(ctx, headers)?]))
}

fn draw_agree(ctx: &Context, reader: Reader, shared: &Shared) -> Response {
    let head = head(reader, Some(paths::LETTERS), false);
    let today = ctx.clock().today();
    page(ctx, StatusCode::OK, head, || sharing::ask_agree(reader, shared, today).into_any())
}

fn draw(ctx: &Context, reader: Reader, status: StatusCode, desk: &Desk, letters: &Letters, more: &More) -> Response {
    let voice = &letters.voice;
    let shown = Shown {
        state: voice.state,
        due: voice.due_on.0,
        is_late: voice.state.is_late(voice.due_on.0, ctx.clock().today()),
        opens: voice.opens,
        is_kept_long: voice.kept_days > KEPT_DAYS,
        letters: &letters.letters,
        doubtful: letters.doubtful,
        shared: &letters.shared,
        today: ctx.clock().today(),
        late_on: voice.late_on.map(|day| day.0),
        is_watched: late::is_watched(ctx),
        is_demonstration: desk.is_demonstration(),
    };
    let head = head(reader, Some(paths::LETTERS), more.wrong.is_some());
    page(ctx, status, head, || thread::thread(reader, &shown, more).into_any())
}
