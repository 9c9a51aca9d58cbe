//! What the desk asks to pass on: the exact words, to whom, until when, and what the worker said to it.

use crate::{
    i18n::*,
    ui::{
        Button, Reader, Weight,
        dates::long_day,
        reader::{NAME, endonym, locale_of},
    },
    voices::{
        paths,
        sharing::{Asked, Proposal, RecipientKind, Scope, Shared},
    },
};
use form::Day;
use leptos::prelude::*;

/// A kind of recipient, in words.
#[must_use]
pub fn kind(reader: Reader, kind: RecipientKind) -> &'static str {
    let locale = reader.locale;
    match kind {
        RecipientKind::LabourOffice => td_string!(locale, voices.kind_labour_office),
        RecipientKind::Union => td_string!(locale, voices.kind_union),
        RecipientKind::Lawyer => td_string!(locale, voices.kind_lawyer),
        RecipientKind::Embassy => td_string!(locale, voices.kind_embassy),
        RecipientKind::Ministry => td_string!(locale, voices.kind_ministry),
        RecipientKind::Employer => td_string!(locale, voices.kind_employer),
        RecipientKind::Supervisor => td_string!(locale, voices.kind_supervisor),
        RecipientKind::Public => td_string!(locale, voices.kind_public),
    }
}

/// A stored day in words; as it stands if it is none.
fn date(reader: Reader, day: &str) -> String {
    Day::parse(day).map_or_else(|| day.to_owned(), |day| long_day(reader, day))
}

/// Days in words, one after the other.
#[must_use]
pub fn dates(reader: Reader, days: &[&str]) -> String {
    days.iter().map(|day| date(reader, day)).collect::<Vec<_>>().join(", ")
}

/// The terms: to whom, which words, how often and until when.
pub fn terms(reader: Reader, proposal: &Proposal) -> impl IntoView + use<> {
    let locale = reader.locale;
    let (language, lang) = locale_of(&proposal.language).map_or_else(
        || (proposal.language.clone(), None),
        |locale| (endonym(locale).to_owned(), Some(Reader::new(locale).lang())),
    );
    let shown = proposal.shown.as_ref().map(|(tag, text)| {
        let lang = locale_of(tag).map(|locale| Reader::new(locale).lang());
        view! {
            <p inner_html=reader.rich(td_string!(locale, voices.share_meaning))></p>
            <p class="voice-letter__text" translate="no" lang=lang>
                {text.clone()}
            </p>
        }
    });
    let until = long_day(reader, proposal.until);
    let until = match proposal.scope {
        Scope::Once => td_string!(locale, voices.share_until_once, date = until).to_string(),
        Scope::Repeatedly => td_string!(locale, voices.share_until_often, date = until).to_string(),
    };
    let words = td_string!(locale, voices.share_words, language = language).to_string();
    view! {
        <p inner_html=reader.rich(td_string!(locale, voices.share_to))></p>
        <p>
            <strong translate="no">{proposal.recipient.clone()}</strong>
            <br />
            <span inner_html=reader.rich(kind(reader, proposal.kind))></span>
        </p>
        <p inner_html=reader.rich(&words)></p>
        <p class="voice-letter__text" translate="no" lang=lang>
            {proposal.words.clone()}
        </p>
        {shown}
        <p inner_html=reader.rich(&until)></p>
    }
}

/// One of them, and what can be done about it.
pub fn card(reader: Reader, own: &Shared, today: Day) -> impl IntoView + use<> {
    let locale = reader.locale;
    let drafted = date(reader, &own.facts.drafted_on);
    let name = own.by.clone().unwrap_or_default();
    let who = td_string!(locale, voices.by_desk, name = NAME, date = drafted).to_string();
    let (said, act) = match own.standing(today) {
        Asked::Open { revoked_on } => {
            let back =
                revoked_on.map(|day| td_string!(locale, voices.share_taken_back, date = date(reader, day)).to_string());
            let said = [back, Some(td_string!(locale, voices.share_open).to_owned())];
            (said, Some(("ask-agree", td_string!(locale, voices.share_agree), "share", own.facts.id.clone())))
        }
        Asked::Agreed(grant) => {
            let (from, until) = (date(reader, &grant.from_day), date(reader, &grant.until_day));
            let said = td_string!(locale, voices.share_agreed, from = from, until = until).to_string();
            (
                [Some(said), None],
                Some(("withdraw", td_string!(locale, voices.share_withdraw), "grant", grant.id.clone())),
            )
        }
        Asked::Over => ([Some(td_string!(locale, voices.share_over).to_owned()), None], None),
    };
    let passed = own.passed_on();
    let passed = (!passed.is_empty())
        .then(|| td_string!(locale, voices.share_passed, dates = dates(reader, &passed)).to_string());
    let said: Vec<_> = said
        .into_iter()
        .flatten()
        .chain(passed)
        .map(|text| view! { <p class="c-hint" inner_html=reader.rich(&text)></p> })
        .collect();
    let form = act.map(|(act, label, name, id)| {
        view! {
            <form method="post" action=reader.href(paths::LETTERS)>
                <input type="hidden" name=name value=id autocomplete="off" />
                <div class="c-actions">
                    <Button reader label weight=Weight::Quiet name="act" value=act />
                </div>
            </form>
        }
    });
    view! {
        <article class="voice-letter voice-letter--desk">
            <h3 class="voice-letter__who" inner_html=reader.rich_about(&who, &name)></h3>
            {terms(reader, &own.proposal)}
            {said}
            {form}
        </article>
    }
}

/// All of them, if there are some.
pub fn cards(reader: Reader, shared: &[Shared], today: Day) -> impl IntoView + use<> {
    (!shared.is_empty()).then(|| {
        let cards: Vec<_> = shared.iter().map(|own| card(reader, own, today)).collect();
        view! {
            <section class="c-passage" id="shared">
                <h2 inner_html=reader.rich(td_string!(reader.locale, voices.share_heading))></h2>
                {cards}
            </section>
        }
    })
}

/// Whether somebody means to say yes.
pub fn ask_agree(reader: Reader, own: &Shared, today: Day) -> impl IntoView + use<> {
    let locale = reader.locale;
    let first = own.proposal.kind.first_day(today);
    let waits = (first > today)
        .then(|| td_string!(locale, voices.agree_wait, date = long_day(reader, first)).to_string())
        .map(|text| view! { <p inner_html=reader.rich(&text)></p> });
    view! {
        <form method="post" action=reader.href(paths::LETTERS)>
            <h1 inner_html=reader.rich(td_string!(locale, voices.agree_heading))></h1>
            <div class="voice-letter voice-letter--desk">{terms(reader, &own.proposal)}</div>
            <p inner_html=reader.rich(td_string!(locale, voices.agree_text))></p>
            {waits}
            <input type="hidden" name="share" value=own.facts.id.clone() autocomplete="off" />
            <div class="c-actions">
                <Button
                    reader
                    label=td_string!(locale, voices.agree_yes)
                    weight=Weight::Primary
                    name="act"
                    value="agree"
                />
                <a
                    class="c-button c-button--quiet"
                    href=reader.href(paths::LETTERS)
                    inner_html=reader.rich(td_string!(locale, voices.agree_no))
                ></a>
            </div>
        </form>
    }
}
