//! The notes on top, fields that were refused, the button of a form.

use crate::{
    i18n::*,
    ui::{Button, ErrorSummary, Notice, Reader, Weight, panel::Tone},
};
use leptos::prelude::*;

/// What is wrong, by field, in the person's words.
pub type Faults = Vec<(&'static str, String)>;

/// That the desk is a demonstration, where it is one.
pub fn demonstration(reader: Reader, is_one: bool) -> impl IntoView + use<> {
    is_one.then(|| {
        view! {
            <Notice tone=Tone::Wrong>
                <p inner_html=reader.rich(td_string!(reader.locale, voices.demonstration))></p>
            </Notice>
        }
    })
}

/// What is wrong, in front of everything; each leads to its field.
pub fn summary(reader: Reader, faults: &Faults) -> impl IntoView + use<> {
    let errors: Vec<_> = faults.iter().map(|(field, words)| (["#", field].concat(), words.clone())).collect();
    (!errors.is_empty()).then(|| view! { <ErrorSummary reader errors /> })
}

/// What is wrong with one field.
#[must_use]
pub fn fault_of(faults: &Faults, field: &str) -> Option<String> {
    faults.iter().find(|(own, _)| *own == field).map(|(_, words)| words.clone())
}

/// The button that sends the form of the page.
pub fn send(reader: Reader, label: &'static str, act: &'static str) -> impl IntoView + use<> {
    view! {
        <div class="c-actions">
            <Button reader label=label weight=Weight::Primary name="go" value=act />
        </div>
    }
}

/// A heading, a paragraph, and ways on.
pub fn told(
    reader: Reader,
    (heading, text): (&str, &str),
    ways: &[(&'static str, &'static str)],
) -> impl IntoView + use<> {
    let ways: Vec<_> = ways
        .iter()
        .map(|(path, label)| {
            view! {
                <li>
                    <a href=reader.href(path) inner_html=reader.rich(label)></a>
                </li>
            }
        })
        .collect();
    view! {
        <h1 inner_html=reader.rich(heading)></h1>
        <p inner_html=reader.rich(text)></p>
        <ul>{ways}</ul>
    }
}

/// A hidden field of door B; where script carries the form there is none.
pub fn hidden(name: &'static str, value: Option<String>) -> impl IntoView + use<> {
    value.map(|value| view! { <input type="hidden" name=name value=value autocomplete="off" /> })
}
