//! What the desk asks to pass on: the exact words, to whom, until when, and what the worker said to it.

use crate::{
    i18n::*,
    ui::{
        Reader, Weight, button,
        dates::long_day,
        html::{Html, some},
        reader::{NAME, endonym, locale_of},
    },
    voices::{
        paths,
        sharing::{Asked, Basis, OrderFacts, Proposal, RecipientKind, Scope, Shared},
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

/// Why something may be passed on without a yes, in words.
#[must_use]
pub fn basis(reader: Reader, basis: Basis) -> &'static str {
    match basis {
        Basis::CourtOrder => td_string!(reader.locale, voices.basis_court),
        Basis::DangerToLife => td_string!(reader.locale, voices.basis_danger),
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

/// What somebody wrote, in its own language: neither translated nor laid out anew.
fn write_words(html: &mut Html, tag: &str, text: &str) {
    let lang = locale_of(tag).map(|locale| Reader::new(locale).lang());
    html.open("p", &[some("class", "voice-letter__text"), some("translate", "no"), ("lang", lang)]);
    html.text(text).close("p");
}

/// The terms: to whom, which words, how often and until when.
fn write_terms(html: &mut Html, reader: Reader, proposal: &Proposal, (meaning, shown_until): (&str, &str)) {
    let locale = reader.locale;
    html.line(reader, "p", &[], td_string!(locale, voices.share_to));
    if proposal.kind == RecipientKind::Public {
        html.open("p", &[]).open("strong", &[]).rich(reader, kind(reader, proposal.kind)).close("strong").close("p");
    } else {
        html.open("p", &[]).open("strong", &[some("translate", "no")]).text(&proposal.recipient).close("strong");
        html.open("br", &[]).rich(reader, kind(reader, proposal.kind)).close("p");
    }
    let language = match locale_of(&proposal.language) {
        Some(locale) => endonym(locale).to_owned(),
        None => proposal.language.clone(),
    };
    html.line(reader, "p", &[], &td_string!(locale, voices.share_words, language = language).to_string());
    write_words(html, &proposal.language, &proposal.words);
    if let Some((tag, text)) = &proposal.shown {
        html.line(reader, "p", &[], meaning);
        write_words(html, tag, text);
    }
    if let Some(basis) = proposal.order {
        html.line(reader, "p", &[], self::basis(reader, basis));
        return;
    }
    let until = long_day(reader, proposal.until);
    let until = match proposal.scope {
        _ if proposal.kind == RecipientKind::Public => shown_until.to_owned(),
        Scope::Once => td_string!(locale, voices.share_until_once, date = until).to_string(),
        Scope::Repeatedly => td_string!(locale, voices.share_until_often, date = until).to_string(),
    };
    html.line(reader, "p", &[], &until);
}

/// The same for the worker, whose yes it is.
fn write_own_terms(html: &mut Html, reader: Reader, proposal: &Proposal) {
    let locale = reader.locale;
    let until = long_day(reader, proposal.until);
    let until = td_string!(locale, voices.share_until_public, date = until).to_string();
    write_terms(html, reader, proposal, (td_string!(locale, voices.share_meaning), &until));
}

/// The terms as a view, for members: `words` says what a translation is, and how long everybody reads it.
pub fn terms(reader: Reader, proposal: &Proposal, words: (&str, &str)) -> impl IntoView + use<> {
    let mut html = Html::new();
    html.open("div", &[]);
    write_terms(&mut html, reader, proposal, words);
    html.close("div");
    html.into_view()
}

/// The form of one press about something that is named by its id.
fn write_press(html: &mut Html, reader: Reader, (act, label): (&str, &str), (name, id): (&str, &str)) {
    html.open("form", &[some("method", "post"), some("action", &reader.href(paths::LETTERS))]);
    html.open("input", &[some("type", "hidden"), some("name", name), some("value", id), some("autocomplete", "off")]);
    html.open("div", &[some("class", "c-actions")]);
    button::write(html, reader, label, Weight::Quiet, Some(("act", act)), None);
    html.close("div").close("form");
}

/// One of them, and what can be done about it.
fn write_card(html: &mut Html, reader: Reader, own: &Shared, today: Day) {
    let locale = reader.locale;
    let drafted = date(reader, &own.facts.drafted_on);
    let name = own.by.as_deref().unwrap_or_default();
    let who = td_string!(locale, voices.by_desk, name = NAME, date = drafted).to_string();
    html.open("article", &[some("class", "voice-letter voice-letter--desk")]);
    html.open("h3", &[some("class", "voice-letter__who")]).raw(&reader.rich_about(&who, name)).close("h3");
    write_own_terms(html, reader, &own.proposal);
    let hint = [some("class", "c-hint")];
    let say = |html: &mut Html, text: &str| {
        html.line(reader, "p", &hint, text);
    };
    let passed = own.passed_on();
    if !passed.is_empty() {
        say(html, &td_string!(locale, voices.share_passed, dates = dates(reader, &passed)).to_string());
    }
    match own.standing(today) {
        Asked::Open { revoked_on } => {
            if let Some(day) = revoked_on {
                say(html, &td_string!(locale, voices.share_taken_back, date = date(reader, day)).to_string());
            }
            say(html, td_string!(locale, voices.share_open));
            let press = ("ask-agree", td_string!(locale, voices.share_agree));
            write_press(html, reader, press, ("share", &own.facts.id));
        }
        Asked::Agreed(grant) => {
            let (from, until) = (date(reader, &grant.from_day), date(reader, &grant.until_day));
            let said = match own.proposal.kind {
                RecipientKind::Public => td_string!(locale, voices.share_agreed_public, from = from).to_string(),
                _ => td_string!(locale, voices.share_agreed, from = from, until = until).to_string(),
            };
            say(html, &said);
            write_press(html, reader, ("withdraw", td_string!(locale, voices.share_withdraw)), ("grant", &grant.id));
        }
        Asked::Shown(grant) => {
            write_press(html, reader, ("withdraw", td_string!(locale, voices.share_withdraw)), ("grant", &grant.id));
        }
        Asked::Passed => {}
        Asked::Over => say(html, td_string!(locale, voices.share_over)),
        Asked::Ordered(facts) => say(html, &ordered(reader, facts, today)),
    }
    html.close("article");
}

/// Where it stands with what two members decide, as the worker is told.
fn ordered(reader: Reader, facts: Option<&OrderFacts>, today: Day) -> String {
    let locale = reader.locale;
    match facts {
        Some(OrderFacts { disclosed_on: Some(day), .. }) => {
            td_string!(locale, voices.order_done, date = date(reader, day)).to_string()
        }
        Some(OrderFacts { refused_on: Some(day), .. }) => {
            td_string!(locale, voices.order_refused, date = date(reader, day)).to_string()
        }
        Some(facts) if !facts.is_open(today) => td_string!(locale, voices.order_over).to_owned(),
        _ => td_string!(locale, voices.order_asked).to_owned(),
    }
}

/// All of them, if there are some.
pub fn cards(reader: Reader, shared: &[Shared], today: Day) -> impl IntoView + use<> {
    (!shared.is_empty()).then(|| {
        let mut html = Html::new();
        html.open("section", &[some("class", "c-passage"), some("id", "shared")]);
        let is_question = shared.iter().any(|own| !matches!(own.standing(today), Asked::Ordered(_)));
        let heading = match is_question {
            true => td_string!(reader.locale, voices.share_heading),
            false => td_string!(reader.locale, voices.order_heading),
        };
        html.line(reader, "h2", &[], heading);
        for own in shared {
            write_card(&mut html, reader, own, today);
        }
        html.close("section");
        html.into_view()
    })
}

/// Whether somebody means to say yes.
pub fn ask_agree(reader: Reader, own: &Shared, today: Day) -> impl IntoView + use<> {
    let locale = reader.locale;
    let letters = reader.href(paths::LETTERS);
    let mut html = Html::new();
    html.open("form", &[some("method", "post"), some("action", &letters)]);
    html.line(reader, "h1", &[], td_string!(locale, voices.agree_heading));
    html.open("div", &[some("class", "voice-letter voice-letter--desk")]);
    write_own_terms(&mut html, reader, &own.proposal);
    html.close("div");
    let is_public = own.proposal.kind == RecipientKind::Public;
    let (text, yes) = match is_public {
        true => (td_string!(locale, voices.agree_public), td_string!(locale, voices.agree_yes_public)),
        false => (td_string!(locale, voices.agree_text), td_string!(locale, voices.agree_yes)),
    };
    html.line(reader, "p", &[], text);
    let first = own.proposal.kind.first_day(today);
    if first > today {
        let date = long_day(reader, first);
        let wait = match is_public {
            true => td_string!(locale, voices.agree_wait_public, date = date).to_string(),
            false => td_string!(locale, voices.agree_wait, date = date).to_string(),
        };
        html.line(reader, "p", &[], &wait);
    }
    let id = own.facts.id.as_str();
    html.open(
        "input",
        &[some("type", "hidden"), some("name", "share"), some("value", id), some("autocomplete", "off")],
    );
    html.open("div", &[some("class", "c-actions")]);
    button::write(&mut html, reader, yes, Weight::Primary, Some(("act", "agree")), None);
    let no = [some("class", "c-button c-button--quiet"), some("href", &letters)];
    html.line(reader, "a", &no, td_string!(locale, voices.agree_no));
    html.close("div").close("form");
    html.into_view()
}
