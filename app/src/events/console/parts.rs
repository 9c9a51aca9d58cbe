//! What several of these screens draw.

use crate::{
    events::{paths, server::catalogue::Event, standing::Standing, words::Words},
    i18n::*,
    ui::{
        Reader, StatusChip, Tone,
        html::{Html, some},
    },
};
use leptos::prelude::*;

/// Where an event stands, in a word.
#[must_use]
pub fn standing_word(reader: Reader, standing: Standing) -> &'static str {
    let locale = reader.locale;
    match standing {
        Standing::Draft => td_string!(locale, planning.standing_draft),
        Standing::Announced => td_string!(locale, planning.standing_announced),
        Standing::PlaceFixed => td_string!(locale, planning.standing_place_fixed),
        Standing::Open => td_string!(locale, planning.standing_open),
        Standing::Full => td_string!(locale, planning.standing_full),
        Standing::Closed => td_string!(locale, planning.standing_closed),
        Standing::Held => td_string!(locale, planning.standing_held),
        Standing::Reported => td_string!(locale, planning.standing_reported),
        Standing::Cancelled => td_string!(locale, planning.standing_cancelled),
    }
}

/// The same as a chip.
pub fn standing_chip(reader: Reader, standing: Standing) -> impl IntoView + use<> {
    let tone = match standing {
        Standing::Open => Tone::Done,
        Standing::Draft | Standing::Announced | Standing::PlaceFixed | Standing::Full => Tone::Waiting,
        Standing::Closed | Standing::Held | Standing::Reported => Tone::Plain,
        Standing::Cancelled => Tone::Wrong,
    };
    view! { <StatusChip reader label=standing_word(reader, standing) tone /> }
}

/// A text of organizers, marked with its language where that is not the page's.
pub fn said(reader: Reader, words: &Words) -> impl IntoView + use<> {
    let said = words.said(reader);
    view! { <span lang=said.lang inner_html=reader.rich(said.text)></span> }
}

/// The way back to the event, below the heading.
pub fn home(reader: Reader, event: &Event) -> impl IntoView + use<> {
    view! {
        <p>
            <a href=paths::console(&event.slug, "")>{said(reader, &event.title)}</a>
        </p>
    }
}

/// Which of its series it is; nothing if it is of none.
pub fn of_series(reader: Reader, event: &Event) -> Option<impl IntoView + use<>> {
    let series = event.series.as_ref()?;
    let number = event.number.map(|number| td_string!(reader.locale, planning.number_of, number = number).to_string());
    Some(view! {
        {said(reader, &series.title)}
        {number.map(|number| view! { " " <span inner_html=reader.rich(&number)></span> })}
    })
}

/// Seats that are given away, and all of them if there is a limit.
#[must_use]
pub fn seats(reader: Reader, taken: u32, all: Option<u32>) -> String {
    match all {
        Some(all) => td_string!(reader.locale, planning.seats_of, taken = taken, all = all).to_string(),
        None => td_string!(reader.locale, planning.seats_no_limit, taken = taken).to_string(),
    }
}

/// A link in a list of them.
pub fn link(reader: Reader, href: String, words: &str) -> impl IntoView + use<> {
    view! {
        <li>
            <a href=href inner_html=reader.rich(words)></a>
        </li>
    }
}

/// Writes the fields of a text in five languages. Those behind the first `open` are folded away until one is used.
pub fn write_words(
    html: &mut Html,
    reader: Reader,
    asked: &AskedWords<'_>,
    value: impl Fn(&str) -> String,
    error: Option<String>,
) {
    use crate::ui::{
        Field, field,
        reader::{LOCALES, endonym, tag},
        text_field::{self, Line},
    };
    // Japanese and English are what most have.
    let mut order = LOCALES;
    order.sort_by_key(|locale| ["ja", "en"].iter().position(|own| *own == tag(*locale)).unwrap_or(2));
    html.open("fieldset", &[some("class", "planning-words")]);
    let legend = Field { required: asked.required, ..Field::new(asked.key, asked.label) };
    field::legend(html, reader, &legend);
    if let Some(hint) = asked.hint {
        html.line(reader, "p", &[some("class", "c-hint")], hint);
    }
    let is_unused = |index: usize| order.iter().skip(index).all(|locale| value(tag(*locale)).is_empty());
    for (index, locale) in order.into_iter().enumerate() {
        if index == asked.open {
            let is_folded = is_unused(index);
            html.open("details", &[some("class", "planning-more"), ("open", (!is_folded).then_some(""))]);
            html.line(reader, "summary", &[], td_string!(reader.locale, planning.other_languages));
        }
        let tag = tag(locale);
        let id = [asked.key, "-", tag].concat();
        let error = error.clone().filter(|_| index == 0);
        let field = Field::new(id.as_str(), endonym(locale)).error(error);
        let typed = value(tag);
        if asked.long {
            text_field::write_lines(html, reader, &field, &id, &typed);
        } else {
            let line = Line {
                name: &id,
                value: &typed,
                kind: "text",
                inputmode: None,
                autocomplete: "off",
                unit: None,
                short: false,
            };
            text_field::write_line(html, reader, &field, &line);
        }
    }
    if asked.open < order.len() {
        html.close("details");
    }
    html.close("fieldset");
}

/// What is asked for in five languages.
#[derive(Clone, Copy, Debug)]
pub struct AskedWords<'a> {
    /// Names and ids begin with it; the language's tag follows.
    pub key: &'a str,
    /// What is asked: a text of `locales/`.
    pub label: &'a str,
    /// What helps.
    pub hint: Option<&'a str>,
    /// Whether it has several lines.
    pub long: bool,
    /// Whether one language at least must be there.
    pub required: bool,
    /// How many languages are shown before one asks for more.
    pub open: usize,
}
