//! Passing something on: what the worker was asked, what they said, and the letter that then goes out. The form that asks is
//! in `asking`.

use super::{
    call::Failure,
    parts::Press,
    screen::Desk,
    session::{is_wanted, read},
    words::date,
};
use crate::{
    browser::{file, http, page},
    error::AppError,
    i18n::*,
    ui::{Reader, Weight, dates::long_day, panel::Tone},
    voices::{
        components::sharing::{self as parts_of, dates},
        sharing::{Asked, GrantFacts, RecipientKind, Shared},
    },
};
use form::Day;
use leptos::prelude::*;
use serde_json::json;

/// The name of the file that a letter is saved as.
const LETTER: &str = "letter.txt";

/// The site's day.
pub(super) fn today(desk: Desk) -> Option<Day> {
    desk.screen.facts.with_untracked(|facts| facts.as_ref().and_then(|facts| Day::parse(&facts.today)))
}

/// What the worker was asked, and the letter that has just been made.
#[component]
pub(super) fn Passing(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let all = move || {
        let case = desk.screen.case.get()?;
        let today = today(desk)?;
        let untrue = (case.untrue > 0).then(|| {
            let words = td_string!(locale, members.share_untrue, count = case.untrue).to_string();
            super::said(reader, Tone::Wrong, &words)
        });
        Some(view! {
            {untrue}
            {case.shared.iter().map(|shared| one(desk, shared, today)).collect_view()}
        })
    };
    let letter = move || {
        let open = desk.screen.case.with(|case| case.as_ref().map(|case| case.row.id.clone()));
        // Never below another voice.
        let letter = desk.screen.letter.get().filter(|(of, _)| Some(of) == open.as_ref());
        letter.map(|(_, letter)| {
            let text = letter.clone();
            let save = move || {
                if !file::save(LETTER, &text) {
                    desk.complain(td_string!(locale, members.not_done));
                }
            };
            view! {
                <h4 id="letter" tabindex="-1" inner_html=reader.rich(td_string!(locale, members.share_done))></h4>
                <p class="voice-letter__text" translate="no">
                    {letter}
                </p>
                <p class="c-actions">
                    <Press reader label=td_string!(locale, members.share_save) press=save />
                </p>
            }
        })
    };
    view! {
        <section class="members-part">
            <h3 inner_html=reader.rich(td_string!(locale, members.share_heading))></h3>
            <p inner_html=reader.rich(td_string!(locale, members.share_lead))></p>
            {all}
            {letter}
            <super::asking::Ask desk />
        </section>
    }
}

/// The terms, as members read them.
pub(super) fn terms(reader: Reader, shared: &Shared) -> impl IntoView + use<> {
    let until = long_day(reader, shared.proposal.until);
    let until = td_string!(reader.locale, members.share_until_public, date = until).to_string();
    parts_of::terms(reader, &shared.proposal, (td_string!(reader.locale, members.share_meaning), &until))
}

/// One of them.
fn one(desk: Desk, shared: &Shared, today: Day) -> AnyView {
    let reader = desk.reader;
    let locale = reader.locale;
    let (said, grant) = match shared.standing(today) {
        Asked::Open { revoked_on: None } => (td_string!(locale, members.share_waiting).to_owned(), None),
        Asked::Open { revoked_on: Some(day) } => {
            (td_string!(locale, members.share_taken_back, date = date(reader, day)).to_string(), None)
        }
        Asked::Agreed(grant) => {
            let (from, until) = (date(reader, &grant.from_day), date(reader, &grant.until_day));
            let said = match shared.proposal.kind {
                RecipientKind::Public => {
                    td_string!(locale, members.share_agreed_public, from = from, until = until).to_string()
                }
                _ => td_string!(locale, members.share_agreed, from = from, until = until).to_string(),
            };
            (said, Some(grant.clone()))
        }
        Asked::Shown(_) | Asked::Passed => (String::new(), None),
        Asked::Over => (td_string!(locale, members.share_over).to_owned(), None),
        Asked::Ordered(_) => return super::ordering::order(desk, shared).into_any(),
    };
    let is_public = shared.proposal.kind == RecipientKind::Public;
    // Who drafted what everybody will read does not publish it.
    let is_own = is_public && desk.with(|me| shared.by.as_deref() == Some(me.me().called.as_str())).unwrap_or(true);
    let passed = shared.passed_on();
    let passed = (!passed.is_empty()).then(|| {
        let words = td_string!(locale, members.share_passed, dates = dates(reader, &passed)).to_string();
        view! { <p inner_html=reader.rich(&words)></p> }
    });
    // What went can be had once more: a letter may be lost before it is saved.
    let last = shared.facts.grants.iter().rev().find(|grant| !grant.disclosed_on.is_empty()).cloned();
    let again = last.filter(|grant| !is_public && grant.revoked_on.is_none() && !grant.is_over(today)).map(|grant| {
        let (shared, number) = (shared.clone(), grant.disclosed_on.len() - 1);
        let press = move || http::spawn(pass_on(desk, shared.clone(), grant.clone(), number));
        view! {
            <p class="c-actions">
                <Press reader label=td_string!(locale, members.share_again) press />
            </p>
        }
    });
    let waits_for_another = (is_own && grant.as_ref().is_some_and(|grant| grant.is_due(today)))
        .then(|| view! { <p inner_html=reader.rich(td_string!(locale, members.publish_another))></p> });
    let press = grant.filter(|grant| grant.is_due(today) && !is_own).map(|grant| {
        let (shared, number) = (shared.clone(), grant.disclosed_on.len());
        let (check, label) = if is_public {
            (td_string!(locale, members.publish_check), td_string!(locale, members.publish))
        } else {
            ("", td_string!(locale, members.share_pass))
        };
        let press = move || http::spawn(pass_on(desk, shared.clone(), grant.clone(), number));
        view! {
            {(!check.is_empty()).then(|| view! { <p inner_html=reader.rich(check)></p> })}
            <p class="c-actions">
                <Press reader label weight=Weight::Primary press />
            </p>
        }
    });
    view! {
        <article class="voice-letter voice-letter--desk">
            <p>
                <strong inner_html=reader.rich(&said)></strong>
            </p>
            {terms(reader, shared)}
            {passed}
            {again}
            {waits_for_another}
            {press}
        </article>
    }
    .into_any()
}

/// Writes down that the words go, and shows the letter that brings them.
async fn pass_on(desk: Desk, shared: Shared, grant: GrantFacts, number: usize) {
    let locale = desk.reader.locale;
    let is_public = shared.proposal.kind == RecipientKind::Public;
    let question = match is_public {
        true => desk.reader.plain(td_string!(locale, members.publish_sure)),
        false => desk.reader.plain(td_string!(locale, members.share_sure)),
    };
    let Some(case) = desk.screen.case.get_untracked() else { return };
    let is_new = number >= grant.disclosed_on.len();
    if desk.screen.is_busy.get_untracked() || (is_new && !page::confirm(&question)) {
        return;
    }
    let id = case.row.id.clone();
    desk.screen.told.set(None);
    desk.screen.is_busy.set(true);
    if is_public {
        return publish(desk, &id, &shared, &grant).await;
    }
    let body = json!({
        "voice": id,
        "grant": grant.id,
        "words": shared.proposal.words,
        "recipient": shared.proposal.recipient,
        "id": grant.disclosure_id(number),
    });
    let passed = desk.call::<String>("/pass-on", &body).await;
    desk.screen.is_busy.set(false);
    match passed {
        Ok(letter) => {
            desk.screen.letter.set(Some((id.clone(), letter)));
            if is_wanted(desk, &id) && (!is_new || read(desk, &id).await) {
                page::focus_when_drawn("#letter");
            }
        }
        Err(Failure::Refused(AppError::Forbidden | AppError::NotFound)) if is_wanted(desk, &id) => {
            // Taken back meanwhile, or passed on by a colleague.
            read(desk, &id).await;
            desk.complain(td_string!(locale, members.share_refused));
        }
        Err(Failure::Refused(AppError::Expired)) => desk.complain(td_string!(locale, members.waiting_heading)),
        Err(failure) => desk.fail(&failure),
    }
}

/// Puts words on the site that the worker lets everybody read.
async fn publish(desk: Desk, id: &str, shared: &Shared, grant: &GrantFacts) {
    let locale = desk.reader.locale;
    let body = json!({
        "voice": id,
        "grant": grant.id,
        "words": shared.proposal.words,
        "shown": shared.proposal.shown,
        "id": grant.disclosure_id(0),
    });
    let published = desk.call::<()>("/publish", &body).await;
    desk.screen.is_busy.set(false);
    match published {
        Ok(()) => {
            desk.tell(td_string!(locale, members.publish_done));
            if is_wanted(desk, id) {
                read(desk, id).await;
            }
        }
        Err(Failure::Refused(AppError::Forbidden | AppError::NotFound)) if is_wanted(desk, id) => {
            read(desk, id).await;
            desk.complain(td_string!(locale, members.share_refused));
        }
        Err(Failure::Refused(AppError::Expired)) => desk.complain(td_string!(locale, members.waiting_heading)),
        Err(failure) => desk.fail(&failure),
    }
}
