//! `/{lang}/voice/letters`: what was written and answered, for who gave the receipt. One address; everything is posted.

use super::{
    parts::{closed, demonstration, fault_of, go, head, send, summary, told, with_cookies},
    posted::Posted,
    receipt::{self, is_last},
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{components::FORM_ID, server::effort::Client},
    server::{Context, page::page},
    ui::{Button, Field, LongTextField, Notice, Reader, Weight, dates::long_day, panel::Tone},
    voices::{
        components, paths,
        server::{
            attempt::Attempt,
            deletion,
            keys::{Desk, open_desk},
            letters::{self, Letter, Letters},
            sealing,
            visit::{self, Visit},
        },
        standing::{KEPT_DAYS_LONG, State as Step},
        written::{Fault, Written},
    },
};
use ::seal::voice::envelope::{Path, Role};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode},
    response::Response,
};
use leptos::prelude::*;

/// What stands in the field for more, and what is wrong with it.
#[derive(Default)]
struct More {
    text: String,
    wrong: Option<String>,
}

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

/// Writes more, closes, deletes, gets another receipt, keeps longer.
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
    let Some(desk) = open_desk(&ctx).await? else { return Ok(closed(&ctx, reader, paths::BACK)) };
    let locale = reader.locale;
    let act = posted.get("act");
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
        "delete" => {
            deletion::delete(&ctx, &visit.voice).await?;
            let words = (td_string!(locale, voices.deleted_heading), td_string!(locale, voices.deleted_text));
            let drawn = told(&ctx, reader, words, paths::BACK, &[("/voice", td_string!(locale, home.voice_title))]);
            Ok(with_cookies(drawn, [visit::end(&ctx, &headers)?]))
        }
        "keep-long" | "keep-short" => {
            deletion::keep(&ctx, &visit.voice, act == "keep-long").await?;
            Ok(go(reader, paths::LETTERS, []))
        }
        "change" => change(&ctx, reader, StatusCode::OK, &Attempt::new(&ctx)?, None),
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
            let wrong = switched.is_none().then(|| td_string!(locale, voices.receipt_wrong).to_owned());
            let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
            change(&ctx, switched.unwrap_or(reader), status, &attempt, wrong)
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
    let written = Written::of("", "", text);
    if let Some((_, fault)) = written.faults().first() {
        let words = match fault {
            Fault::Missing => td_string!(locale, voices.fault_text_missing),
            Fault::TooLong => td_string!(locale, voices.fault_too_long),
        };
        let more = More { text: written.text.clone(), wrong: Some(words.to_owned()) };
        return Ok(draw(ctx, reader, StatusCode::UNPROCESSABLE_ENTITY, desk, letters, &more));
    }
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

fn change(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    attempt: &Attempt,
    wrong: Option<String>,
) -> Result<Response, AppError> {
    let receipt = attempt.receipt(ctx).ok_or(AppError::Malformed)?;
    let locale = reader.locale;
    let words = receipt::Words {
        heading: td_string!(locale, voices.change_heading),
        lead: td_string!(locale, voices.change_lead),
        action: paths::LETTERS,
        act: "change-to",
    };
    Ok(receipt::draw(ctx, reader, status, attempt, &receipt, wrong, words))
}

fn draw_ask(ctx: &Context, reader: Reader) -> Response {
    page(ctx, StatusCode::OK, head(reader, Some(paths::LETTERS), false), || {
        let locale = reader.locale;
        view! {
            <form method="post" action=reader.href(paths::LETTERS)>
                <h1 inner_html=reader.rich(td_string!(locale, voices.delete_heading))></h1>
                <p inner_html=reader.rich(td_string!(locale, voices.delete_text))></p>
                <div class="c-actions">
                    <Button
                        reader
                        label=td_string!(locale, voices.delete_yes)
                        weight=Weight::Grave
                        name="act"
                        value="delete"
                    />
                    <a
                        class="c-button c-button--quiet"
                        href=reader.href(paths::LETTERS)
                        inner_html=reader.rich(td_string!(locale, voices.delete_no))
                    ></a>
                </div>
            </form>
        }
        .into_any()
    })
}

fn draw(ctx: &Context, reader: Reader, status: StatusCode, desk: &Desk, letters: &Letters, more: &More) -> Response {
    let faults: Vec<_> = more.wrong.iter().map(|words| ("text", words.clone())).collect();
    page(ctx, status, head(reader, Some(paths::LETTERS), !faults.is_empty()), || {
        let locale = reader.locale;
        let field = Field::new("text", td_string!(locale, voices.more_label)).error(fault_of(&faults, "text"));
        let doubtful = (letters.doubtful > 0).then(|| {
            let words = td_string!(locale, voices.doubtful, count = letters.doubtful).to_string();
            view! {
                <Notice tone=Tone::Wrong>
                    <p inner_html=reader.rich(&words)></p>
                </Notice>
            }
        });
        view! {
            {summary(reader, &faults)}
            <h1 inner_html=reader.rich(td_string!(locale, voices.letters_heading))></h1>
            {demonstration(reader, desk)}
            {standing(ctx, reader, letters)}
            {doubtful}
            {letters.letters.iter().map(|letter| one(reader, letter)).collect_view()}
            <form id=FORM_ID method="post" action=reader.href(paths::LETTERS) novalidate>
                <input type="hidden" name="act" value="add" />
                <div class="voice-words" translate="no" spellcheck="false">
                    <LongTextField reader field name="text" value=more.text.clone() />
                </div>
                {send(reader, td_string!(locale, voices.send), "next")}
            </form>
            <form class="voice-part" method="post" action=reader.href(paths::LETTERS)>
                <p class="c-hint" inner_html=reader.rich(td_string!(locale, voices.close_hint))></p>
                <div class="c-actions">
                    <Button
                        reader
                        label=td_string!(locale, voices.close)
                        weight=Weight::Quiet
                        name="act"
                        value="close"
                    />
                </div>
            </form>
            {others(reader, letters)}
        }
        .into_any()
    })
}

/// How far the desk is, what is promised until when, and how often it was opened.
fn standing(ctx: &Context, reader: Reader, letters: &Letters) -> impl IntoView + use<> {
    let locale = reader.locale;
    let voice = &letters.voice;
    let state = match voice.state {
        Step::Received => td_string!(locale, voices.state_received),
        Step::Assessed => td_string!(locale, voices.state_assessed),
        Step::Addressed => td_string!(locale, voices.state_addressed),
        Step::Concluded => td_string!(locale, voices.state_concluded),
    };
    let by = long_day(reader, voice.due_on.0);
    let is_late = voice.state.is_late(voice.due_on.0, ctx.clock().today());
    let promise = match voice.state {
        Step::Concluded => None,
        _ if is_late => Some(td_string!(locale, voices.late, date = by).to_string()),
        _ => Some(td_string!(locale, voices.promised, date = by).to_string()),
    };
    let opened = match voice.opens {
        0 => td_string!(locale, voices.opened_never).to_owned(),
        times => td_string!(locale, voices.opened, count = times).to_string(),
    };
    let tone = if is_late { Tone::Waiting } else { Tone::Plain };
    view! {
        <Notice tone>
            <p inner_html=reader.rich(state)></p>
            {promise.map(|promise| view! { <p inner_html=reader.rich(&promise)></p> })}
            <p inner_html=reader.rich(&opened)></p>
        </Notice>
    }
}

/// One letter, and who wrote it when.
fn one(reader: Reader, letter: &Letter) -> impl IntoView + use<> {
    let locale = reader.locale;
    let date = long_day(reader, letter.day);
    let who = match (&letter.by, letter.role) {
        (Some(name), _) => reader.rich_about(
            &td_string!(locale, voices.by_desk, name = crate::ui::reader::NAME, date = date).to_string(),
            name,
        ),
        (None, _) => reader.rich(&td_string!(locale, voices.by_you, date = date).to_string()),
    };
    let path = match letter.path {
        Path::Server => td_string!(locale, voices.path_server),
        Path::Phone => td_string!(locale, voices.path_phone),
    };
    components::letter(reader, letter, who, path)
}

/// Another receipt, how long it is kept, deleting.
fn others(reader: Reader, letters: &Letters) -> impl IntoView + use<> {
    let locale = reader.locale;
    let is_long = letters.voice.kept_days >= KEPT_DAYS_LONG;
    let (kept, other, act) = if is_long {
        (td_string!(locale, voices.keep_is_long), td_string!(locale, voices.keep_short), "keep-short")
    } else {
        (td_string!(locale, voices.keep_is_short), td_string!(locale, voices.keep_long), "keep-long")
    };
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(locale, voices.other_heading))></h2>
            <form class="voice-part" method="post" action=reader.href(paths::LETTERS)>
                <p inner_html=reader.rich(td_string!(locale, voices.change_hint))></p>
                <div class="c-actions">
                    <Button
                        reader
                        label=td_string!(locale, voices.change_receipt)
                        weight=Weight::Quiet
                        name="act"
                        value="change"
                    />
                </div>
                <p inner_html=reader.rich(kept)></p>
                <div class="c-actions">
                    <Button reader label=other weight=Weight::Quiet name="act" value=act />
                </div>
                <div class="c-actions">
                    <Button
                        reader
                        label=td_string!(locale, voices.delete)
                        weight=Weight::Grave
                        name="act"
                        value="ask-delete"
                    />
                </div>
            </form>
        </section>
    }
}
