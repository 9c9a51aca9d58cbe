//! `/{lang}/voice/receipt`: the digits by which somebody comes back, shown once; their last group is typed back. Nothing is
//! remembered between the two: the form carries what the receipt follows from.

use super::{
    parts::{closed, fault_of, go, head, remembered, send, summary, told},
    posted::Posted,
};
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::components::FORM_ID,
    server::{Context, page::page},
    ui::{Field, Reader, TextField, dates::long_day},
    voices::{
        paths,
        server::{attempt::Attempt, entities::voice::State as Step, keys::open_desk},
    },
};
use ::seal::voice::receipt::{GROUP, Receipt, digits_in};
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
        let drawn = draw_new(&ctx, switched, StatusCode::OK, &attempt, &receipt, None);
        return Ok(remembered(&ctx, switched, drawn));
    }
    let locale = reader.locale;
    if !is_last(&receipt, posted.get("last")) {
        let words = td_string!(locale, voices.receipt_wrong).to_owned();
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        return Ok(draw_new(&ctx, reader, refused, &attempt, &receipt, Some(words)));
    }
    let by = long_day(reader, Step::Received.promised(ctx.clock().today()));
    let back = reader.plain(td_string!(locale, voices.ways_back));
    let text = td_string!(locale, voices.kept_text, date = by, back = back).to_string();
    let ways = [(paths::BACK, td_string!(locale, voices.ways_back)), ("/voice", td_string!(locale, home.voice_title))];
    Ok(told(&ctx, reader, (td_string!(locale, voices.kept_heading), &text), paths::WRITE, &ways))
}

/// Whether somebody typed the last group of a receipt, in whatever digits.
pub(super) fn is_last(receipt: &Receipt, typed: &str) -> bool {
    let digits = digits_in(typed);
    digits.len() == GROUP && receipt.groups().last() == Some(&digits)
}

/// Shows a receipt that was just made.
pub(super) fn draw_new(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    attempt: &Attempt,
    receipt: &Receipt,
    wrong: Option<String>,
) -> Response {
    let locale = reader.locale;
    let words = Words {
        heading: td_string!(locale, voices.receipt_heading),
        lead: td_string!(locale, voices.receipt_lead),
        action: paths::RECEIPT,
        act: "next",
    };
    draw(ctx, reader, status, attempt, receipt, wrong, words)
}

/// What differs between the first receipt and a later one.
#[derive(Clone, Copy)]
pub(super) struct Words {
    /// What happened.
    pub(super) heading: &'static str,
    /// What the digits are for.
    pub(super) lead: &'static str,
    /// Where the last group goes.
    pub(super) action: &'static str,
    /// What is asked there.
    pub(super) act: &'static str,
}

pub(super) fn draw(
    ctx: &Context,
    reader: Reader,
    status: StatusCode,
    attempt: &Attempt,
    receipt: &Receipt,
    wrong: Option<String>,
    words: Words,
) -> Response {
    let faults: Vec<_> = wrong.into_iter().map(|words| ("last", words)).collect();
    page(ctx, status, head(reader, None, !faults.is_empty()), || {
        let locale = reader.locale;
        let field = Field::new("last", td_string!(locale, voices.receipt_type)).error(fault_of(&faults, "last"));
        let keep = [
            td_string!(locale, voices.receipt_keep_1),
            td_string!(locale, voices.receipt_keep_2),
            td_string!(locale, voices.receipt_keep_3),
        ];
        let keep = keep.map(|text| view! { <li inner_html=reader.rich(text)></li> }).into_iter().collect_view();
        let groups =
            receipt.groups().into_iter().map(|group| view! { <span class="voice-digits__group">{group}</span> });
        view! {
            <form id=FORM_ID method="post" action=reader.href(words.action) novalidate>
                <input type="hidden" name="attempt" value=attempt.renewed(ctx).written(ctx) autocomplete="off" />
                <input type="hidden" name="act" value=words.act />
                {summary(reader, &faults)}
                <h1 inner_html=reader.rich(words.heading)></h1>
                <p inner_html=reader.rich(words.lead)></p>
                <section class="voice-digits" aria-labelledby="digits">
                    <h2 class="voice-digits__label" id="digits" inner_html=reader.rich(td_string!(locale, voices.receipt_label))></h2>
                    <p class="voice-digits__all" translate="no">{groups.collect_view()}</p>
                </section>
                <ul>{keep}</ul>
                <TextField reader field name="last" inputmode="numeric" short=true />
                {send(reader, td_string!(locale, voices.receipt_go), "next")}
            </form>
        }
        .into_any()
    })
}
