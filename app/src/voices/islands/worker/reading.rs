//! Another language, furigana, Japanese beside: in place. Nothing is sent for it but the question for the frame of the
//! page; what was typed stays in its fields.

use super::stage::{Phone, Stage};
use crate::{
    browser::{http, page, press},
    ui::{
        html::Html,
        reader::{lang, locale_of, tag},
        switch,
    },
    voices::{components::thread::More, written::Written},
};
use leptos::prelude::*;

/// The buttons of the languages.
const ENTRIES: &str = ".c-languages__entry";
/// The buttons of how somebody reads.
const SWITCHES: [&str; 2] = ["furigana", "japanese"];
/// What of the frame is in a language.
const FRAME: [&str; 4] = [".c-footer", ".c-exit__button", "a.c-skip", "button.c-skip"];

/// Listens to the frame.
pub(super) fn listen(phone: Phone) {
    page::on("body", "click", move |event: &page::MouseEvent| {
        if let Some(language) = press::button_within(event, ENTRIES) {
            event.prevent_default();
            switch(phone, "language", &language);
        }
        for name in SWITCHES {
            if let Some(value) = press::button_within(event, &format!("button[name={name}]")) {
                event.prevent_default();
                switch(phone, name, &value);
            }
        }
    });
}

fn switch(phone: Phone, name: &str, value: &str) {
    let mut reader = phone.reader.get_untracked();
    match name {
        "language" => match locale_of(value) {
            Some(locale) => reader.locale = locale,
            None => return,
        },
        "furigana" => reader.furigana = value == "on",
        _ => reader.with_japanese = value == "on",
    }
    let stage = with_what_is_typed(&phone.stage.get_untracked());
    // One after the other: the stage is drawn once more in the new language, with what stands in its fields.
    phone.stage.set(stage);
    phone.reader.set(reader);
    page::set_language(lang(reader.locale), reader.class().unwrap_or_default());
    page::replace(&reader.href(phone.path()));
    page::mark_current(ENTRIES, tag(reader.locale));
    let mut html = Html::new();
    switch::write(&mut html, reader);
    page::replace_last(".c-header__tools", ".c-switches, .c-switch", &html.finish());
    if name == "furigana" && !reader.furigana {
        return page::strip_readings();
    }
    http::spawn(async move {
        let Some(frame) = http::page(&reader.href(phone.path())).await else { return };
        // The person may have gone on to a third one.
        if phone.reader.get_untracked().locale == reader.locale {
            page::swap_from(&frame, &FRAME);
            page::set_whole_title(&page::title_in(&frame));
        }
    });
}

/// The stage with what stands in its fields now. What was wrong before is said again when it is sent.
fn with_what_is_typed(stage: &Stage) -> Stage {
    let typed = |name: &str| press::value_in("#question", name);
    match stage {
        Stage::Write { .. } => {
            let written = Written::of(&typed("topic"), &typed("employer"), &typed("text"));
            Stage::Write { written, faults: Vec::new() }
        }
        Stage::Back { .. } => Stage::Back { typed: String::new(), wrong: None },
        Stage::Letters(_) => Stage::Letters(More { text: typed("text"), wrong: None }),
        other => other.clone(),
    }
}
