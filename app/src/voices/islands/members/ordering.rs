//! What must be passed on without the worker's yes: what one member asked, and what another one answers.

use super::{
    call::Failure,
    parts::Press,
    passing::terms,
    screen::Desk,
    session::{is_wanted, read},
    words::date,
};
use crate::{
    browser::{http, page},
    error::AppError,
    i18n::*,
    ui::{Weight, panel::Tone, reader::NAME},
    voices::sharing::{OrderFacts, Shared},
};
use leptos::prelude::*;
use serde_json::json;

/// One of them, and what can be done about it.
pub(super) fn order(desk: Desk, shared: &Shared) -> impl IntoView + use<> {
    let reader = desk.reader;
    let locale = reader.locale;
    let case = desk.screen.case.get();
    let signer = case.as_ref().and_then(|case| desk.with(|me| me.orderer(case, shared).cloned())).flatten();
    let own = desk.with(|me| me.me().id.clone()).unwrap_or_default();
    let is_own = signer.as_ref().is_some_and(|signer| signer.id == own);
    let facts = shared.facts.order.as_ref();
    let today = super::passing::today(desk);
    let is_open = facts.zip(today).is_some_and(|(facts, today)| facts.is_open(today));
    let said = match facts {
        Some(OrderFacts { disclosed_on: Some(day), .. }) => {
            td_string!(locale, members.order_done, date = date(reader, day)).to_string()
        }
        Some(OrderFacts { refused_on: Some(day), .. }) => {
            td_string!(locale, members.order_refused, date = date(reader, day)).to_string()
        }
        _ if !is_open => td_string!(locale, members.order_lapsed).to_owned(),
        _ if is_own => td_string!(locale, members.order_waits).to_owned(),
        _ => td_string!(locale, members.order_asked, name = NAME).to_string(),
    };
    let said = match &signer {
        Some(signer) => reader.rich_about(&said, &signer.called),
        None => reader.rich(td_string!(locale, members.order_untrue)),
    };
    let presses = (is_open && !is_own && signer.is_some()).then(|| {
        let (yes, no) = (shared.clone(), shared.clone());
        view! {
            <p inner_html=reader.rich(td_string!(locale, members.order_check))></p>
            <p class="c-actions">
                <Press
                    reader
                    label=td_string!(locale, members.order_approve)
                    weight=Weight::Grave
                    press=move || http::spawn(approve(desk, yes.clone(), true))
                />
                <Press
                    reader
                    label=td_string!(locale, members.order_refuse)
                    press=move || http::spawn(refuse(desk, no.clone()))
                />
            </p>
        }
    });
    // A letter may be lost before it is saved; the two who signed can have it again.
    let again = facts.is_some_and(|facts| facts.disclosed_on.is_some()).then(|| {
        let shared = shared.clone();
        view! {
            <p class="c-actions">
                <Press
                    reader
                    label=td_string!(locale, members.share_again)
                    press=move || http::spawn(approve(desk, shared.clone(), false))
                />
            </p>
        }
    });
    view! {
        <article class="voice-letter voice-letter--desk">
            <p>
                <strong inner_html=said></strong>
            </p>
            {signer.is_none().then(|| super::said(reader, Tone::Wrong, td_string!(locale, members.order_untrue)))}
            {terms(reader, shared)}
            {presses}
            {again}
        </article>
    }
}

/// Answers for it too, and shows the letter that brings the words; or shows that again.
async fn approve(desk: Desk, shared: Shared, is_new: bool) {
    let locale = desk.reader.locale;
    let (Some(me), Some(case)) = (desk.unlocked(), desk.screen.case.get_untracked()) else { return };
    let Some(facts) = &shared.facts.order else { return };
    let question = desk.reader.plain(td_string!(locale, members.order_sure));
    if desk.screen.is_busy.get_untracked() || (is_new && !page::confirm(&question)) {
        return;
    }
    let Some(signature) = me.approve(&case, &shared) else {
        return desk.complain(td_string!(locale, members.order_untrue));
    };
    let id = case.row.id.clone();
    let body = json!({
        "voice": id,
        "order": facts.id,
        "signature": signature,
        "words": shared.proposal.words,
        "recipient": shared.proposal.recipient,
    });
    desk.screen.told.set(None);
    desk.screen.is_busy.set(true);
    let approved = desk.call::<String>("/approve", &body).await;
    desk.screen.is_busy.set(false);
    match approved {
        Ok(letter) => {
            desk.screen.letter.set(Some((id.clone(), letter)));
            if is_wanted(desk, &id) && (!is_new || read(desk, &id).await) {
                page::focus_when_drawn("#letter");
            }
        }
        Err(failure) => refused(desk, &id, &failure).await,
    }
}

/// Says no.
async fn refuse(desk: Desk, shared: Shared) {
    let locale = desk.reader.locale;
    let Some(case) = desk.screen.case.get_untracked() else { return };
    let Some(facts) = &shared.facts.order else { return };
    let question = desk.reader.plain(td_string!(locale, members.order_no_sure));
    if desk.screen.is_busy.get_untracked() || !page::confirm(&question) {
        return;
    }
    let id = case.row.id.clone();
    desk.screen.told.set(None);
    desk.screen.is_busy.set(true);
    let said = desk.call::<()>("/refuse", &json!({ "voice": id, "order": facts.id })).await;
    desk.screen.is_busy.set(false);
    match said {
        Ok(()) => {
            if is_wanted(desk, &id) {
                read(desk, &id).await;
            }
            desk.tell(td_string!(locale, members.order_said_no));
        }
        Err(failure) => refused(desk, &id, &failure).await,
    }
}

/// What came in between: a colleague decided, or the worker deleted everything.
async fn refused(desk: Desk, id: &str, failure: &Failure) {
    let locale = desk.reader.locale;
    match failure {
        Failure::Refused(AppError::Forbidden | AppError::NotFound | AppError::Conflict) if is_wanted(desk, id) => {
            read(desk, id).await;
            desk.complain(td_string!(locale, members.order_over));
        }
        Failure::Refused(AppError::Expired) => desk.complain(td_string!(locale, members.waiting_heading)),
        failure => desk.fail(failure),
    }
}
