//! What was written and answered, and what can be done with it.

use super::{
    letter::letter,
    parts::{Faults, demonstration, fault_of, send, summary},
    sharing::cards,
};
use crate::{
    i18n::*,
    questionnaires::components::FORM_ID,
    ui::{
        Button, Field, LongTextField, Notice, Reader, Weight, button,
        dates::long_day,
        html::{Html, some},
        panel::Tone,
        reader::NAME,
    },
    voices::{
        letters::Letter,
        paths,
        sharing::Shared,
        standing::State,
        written::{Fault, Written},
    },
};
use ::seal::voice::envelope::{Path, Role};
use form::Day;
use leptos::prelude::*;

/// A voice as its worker sees it.
#[derive(Clone, Debug)]
pub struct Shown<'s> {
    /// How far the desk is.
    pub state: State,
    /// By which day the next step was promised.
    pub due: Day,
    /// Whether that day is over.
    pub is_late: bool,
    /// How often members opened it.
    pub opens: i64,
    /// Whether it is kept for longer after its end.
    pub is_kept_long: bool,
    /// Its letters.
    pub letters: &'s [Letter],
    /// So many are not shown.
    pub doubtful: usize,
    /// What the desk asks to pass on, and what was agreed to.
    pub shared: &'s [Shared],
    /// The site's day.
    pub today: Day,
    /// When the worker said that the desk is late.
    pub late_on: Option<Day>,
    /// Whether somebody beside the desk is told then.
    pub is_watched: bool,
    /// Whether whoever runs the server can read everything.
    pub is_demonstration: bool,
}

/// What stands in the field for more, and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct More {
    /// The text.
    pub text: String,
    /// Words, if it was refused.
    pub wrong: Option<String>,
}

impl More {
    /// Reads what is to be added.
    ///
    /// # Errors
    /// What stands in the field then, and why.
    pub fn read(reader: Reader, text: &str) -> Result<Written, Self> {
        let written = Written::of("", "", text);
        let words = match written.faults().first() {
            None => return Ok(written),
            Some((_, Fault::Missing)) => td_string!(reader.locale, voices.fault_text_missing),
            Some((_, Fault::TooLong)) => td_string!(reader.locale, voices.fault_too_long),
        };
        Err(Self { text: written.text.clone(), wrong: Some(words.to_owned()) })
    }
}

/// The whole page.
pub fn thread(reader: Reader, shown: &Shown<'_>, more: &More) -> impl IntoView + use<> {
    let locale = reader.locale;
    let faults: Faults = more.wrong.iter().map(|words| ("text", words.clone())).collect();
    let field = Field::new("text", td_string!(locale, voices.more_label)).error(fault_of(&faults, "text"));
    let doubtful = (shown.doubtful > 0).then(|| {
        let words = td_string!(locale, voices.doubtful, count = shown.doubtful).to_string();
        view! {
            <Notice tone=Tone::Wrong>
                <p inner_html=reader.rich(&words)></p>
            </Notice>
        }
    });
    // What is asked stands in its own place, with what can be said to it.
    let is_asked = |letter: &&Letter| shown.shared.iter().any(|shared| shared.holds(letter.number));
    let letters: Vec<_> =
        shown.letters.iter().filter(|letter| !is_asked(letter)).map(|letter| one(reader, letter)).collect();
    view! {
        {summary(reader, &faults)}
        <h1 inner_html=reader.rich(td_string!(locale, voices.letters_heading))></h1>
        {demonstration(reader, shown.is_demonstration)}
        {standing(reader, shown)}
        {shown.is_late.then(|| late(reader, shown))}
        {doubtful}
        {letters}
        {cards(reader, shown.shared, shown.today)}
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
                <Button reader label=td_string!(locale, voices.close) weight=Weight::Quiet name="act" value="close" />
            </div>
        </form>
        {others(reader, shown.is_kept_long)}
    }
}

/// How far the desk is, what is promised until when, and how often it was opened.
fn standing(reader: Reader, shown: &Shown<'_>) -> impl IntoView + use<> {
    let locale = reader.locale;
    let state = match shown.state {
        State::Received => td_string!(locale, voices.state_received),
        State::Assessed => td_string!(locale, voices.state_assessed),
        State::Addressed => td_string!(locale, voices.state_addressed),
        State::Concluded => td_string!(locale, voices.state_concluded),
    };
    let by = long_day(reader, shown.due);
    let promise = match shown.state {
        State::Concluded => None,
        _ if shown.is_late => Some(td_string!(locale, voices.late, date = by).to_string()),
        _ => Some(td_string!(locale, voices.promised, date = by).to_string()),
    };
    let opened = match shown.opens {
        0 => td_string!(locale, voices.opened_never).to_owned(),
        times => td_string!(locale, voices.opened, count = times).to_string(),
    };
    let tone = if shown.is_late { Tone::Waiting } else { Tone::Plain };
    view! {
        <Notice tone>
            <p inner_html=reader.rich(state)></p>
            {promise.map(|promise| view! { <p inner_html=reader.rich(&promise)></p> })}
            <p inner_html=reader.rich(&opened)></p>
        </Notice>
    }
}

/// What a worker can do about a promise that was broken.
fn late(reader: Reader, shown: &Shown<'_>) -> impl IntoView + use<> {
    let locale = reader.locale;
    let mut html = Html::new();
    html.open(
        "form",
        &[some("class", "voice-part"), some("method", "post"), some("action", &reader.href(paths::LETTERS))],
    );
    match shown.late_on {
        Some(day) => {
            html.line(
                reader,
                "p",
                &[],
                &td_string!(locale, voices.late_said, date = long_day(reader, day)).to_string(),
            );
        }
        None => {
            if shown.is_watched {
                html.line(reader, "p", &[some("class", "c-hint")], td_string!(locale, voices.late_hint));
            }
            html.open("div", &[some("class", "c-actions")]);
            let label = td_string!(locale, voices.late_say);
            button::write(&mut html, reader, label, Weight::Quiet, Some(("act", "late")), None);
            html.close("div");
        }
    }
    html.close("form");
    html.into_view()
}

/// One letter, and who wrote it when.
fn one(reader: Reader, own: &Letter) -> impl IntoView + use<> {
    let locale = reader.locale;
    let date = long_day(reader, own.day);
    let who = match (&own.by, own.role) {
        (Some(name), Role::Worker | Role::Desk | Role::Share) => {
            reader.rich_about(&td_string!(locale, voices.by_desk, name = NAME, date = date).to_string(), name)
        }
        (None, _) => reader.rich(&td_string!(locale, voices.by_you, date = date).to_string()),
    };
    let path = match own.path {
        Path::Server => td_string!(locale, voices.path_server),
        Path::Phone => td_string!(locale, voices.path_phone),
    };
    letter(reader, own, who, path)
}

/// Whether somebody means to delete everything.
pub fn ask_delete(reader: Reader) -> impl IntoView + use<> {
    let locale = reader.locale;
    let letters = reader.href(paths::LETTERS);
    let mut html = Html::new();
    html.open("form", &[some("method", "post"), some("action", &letters)]);
    html.line(reader, "h1", &[], td_string!(locale, voices.delete_heading));
    html.line(reader, "p", &[], td_string!(locale, voices.delete_text));
    html.open("div", &[some("class", "c-actions")]);
    let yes = td_string!(locale, voices.delete_yes);
    button::write(&mut html, reader, yes, Weight::Grave, Some(("act", "delete")), None);
    let no = [some("class", "c-button c-button--quiet"), some("href", &letters)];
    html.line(reader, "a", &no, td_string!(locale, voices.delete_no)).close("div").close("form");
    html.into_view()
}

/// Another receipt, how long it is kept, deleting.
fn others(reader: Reader, is_long: bool) -> impl IntoView + use<> {
    let locale = reader.locale;
    let (kept, other, act) = if is_long {
        (td_string!(locale, voices.keep_is_long), td_string!(locale, voices.keep_short), "keep-short")
    } else {
        (td_string!(locale, voices.keep_is_short), td_string!(locale, voices.keep_long), "keep-long")
    };
    let mut html = Html::new();
    html.open("section", &[some("class", "c-passage")]);
    html.line(reader, "h2", &[], td_string!(locale, voices.other_heading));
    let action = reader.href(paths::LETTERS);
    html.open("form", &[some("class", "voice-part"), some("method", "post"), some("action", &action)]);
    let press = |html: &mut Html, label: &str, weight: Weight, act: &str| {
        html.open("div", &[some("class", "c-actions")]);
        button::write(html, reader, label, weight, Some(("act", act)), None);
        html.close("div");
    };
    html.line(reader, "p", &[], td_string!(locale, voices.change_hint));
    press(&mut html, td_string!(locale, voices.change_receipt), Weight::Quiet, "change");
    html.line(reader, "p", &[], kept);
    press(&mut html, other, Weight::Quiet, act);
    press(&mut html, td_string!(locale, voices.delete), Weight::Grave, "ask-delete");
    html.close("form").close("section");
    html.into_view()
}
