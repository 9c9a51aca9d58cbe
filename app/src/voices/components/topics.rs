//! What it is about: a picture and a word each, so that nobody has to type or read much.

use super::letter::topic;
use crate::{
    i18n::*,
    ui::{
        Field, Reader, field,
        html::{Html, flag, some},
    },
    voices::written::TOPICS,
};
use leptos::prelude::*;

/// The lines of a topic's picture, on a square of 24.
fn picture(code: &str) -> &'static str {
    match code {
        "wages" => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M8.5 7l3.5 5l3.5-5M12 12v5.5M9 12.5h6M9 15h6",
        "hours" => "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18M12 7v5l3.5 2",
        "safety" => "M5 4h14v16H5zM12 8v8M8 12h8",
        "violence" => "M12 4l9 16H3zM12 10v4.5M12 17v.5",
        "dismissal" => "M14 4H5v16h9M10 12h11M17.5 8.5L21 12l-3.5 3.5",
        "housing" => "M4 11l8-7l8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
        "papers" => "M6 3h12v18H6zM12 7.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5M9 16.5h6",
        _ => "M4 5h16v11H10l-5 4v-4H4z",
    }
}

/// The choices; one is chosen at most.
pub fn topics(reader: Reader, chosen: &str) -> impl IntoView + use<> {
    let locale = reader.locale;
    let about = Field::new("topic", td_string!(locale, voices.topic)).hint(td_string!(locale, voices.topic_hint));
    let described_by = about.described_by();
    let mut html = Html::new();
    html.open("fieldset", &[("aria-describedby", described_by.as_deref())]);
    field::legend(&mut html, reader, &about);
    field::notes(&mut html, reader, &about);
    html.open("div", &[some("class", "c-choices")]);
    for (index, (code, label)) in TOPICS.iter().filter_map(|code| Some((code, topic(reader, code)?))).enumerate() {
        html.open("label", &[some("class", "c-choice")]);
        html.open(
            "input",
            &[
                some("class", "c-choice__input"),
                some("type", "radio"),
                ("id", (index == 0).then_some("topic")),
                some("name", "topic"),
                some("value", code),
                flag("checked", *code == chosen),
                some("autocomplete", "off"),
            ],
        );
        html.open("svg", &[some("class", "voice-picture"), some("viewBox", "0 0 24 24"), some("aria-hidden", "true")]);
        html.open("path", &[some("d", picture(code))]).close("path").close("svg");
        html.line(reader, "span", &[some("class", "c-choice__label")], label).close("label");
    }
    html.close("div").close("fieldset");
    html.into_view()
}
