//! A letter, and what it is about.

use crate::{
    i18n::*,
    ui::{Reader, reader::locale_of},
    voices::letters::Letter,
};
use ::seal::voice::envelope::Role;
use leptos::prelude::*;

/// A topic's word; `None` for a code that is none.
#[must_use]
pub fn topic(reader: Reader, code: &str) -> Option<&'static str> {
    let locale = reader.locale;
    Some(match code {
        "wages" => td_string!(locale, voices.topic_wages),
        "hours" => td_string!(locale, voices.topic_hours),
        "safety" => td_string!(locale, voices.topic_safety),
        "violence" => td_string!(locale, voices.topic_violence),
        "dismissal" => td_string!(locale, voices.topic_dismissal),
        "housing" => td_string!(locale, voices.topic_housing),
        "papers" => td_string!(locale, voices.topic_papers),
        "other" => td_string!(locale, voices.topic_other),
        _ => return None,
    })
}

/// One letter. What somebody wrote is no text of ours: it is neither translated nor checked by the browser. `who` is HTML,
/// `path` a text of `locales/`.
pub fn letter(reader: Reader, letter: &Letter, who: String, path: &str) -> impl IntoView + use<> {
    let message = &letter.message;
    let lang = locale_of(&message.language).map(|locale| Reader::new(locale).lang());
    let about = topic(reader, &message.topic).map(|word| view! { <p inner_html=reader.rich(word)></p> });
    let employer = (!message.employer.is_empty()).then(|| view! { <p translate="no">{message.employer.clone()}</p> });
    let class = if letter.role == Role::Worker { "voice-letter" } else { "voice-letter voice-letter--desk" };
    view! {
        <article class=class>
            <h2 class="voice-letter__who" inner_html=who></h2>
            {about}
            {employer}
            <p class="voice-letter__text" translate="no" lang=lang>{message.text.clone()}</p>
            <p class="c-hint" inner_html=reader.rich(path)></p>
        </article>
    }
}
