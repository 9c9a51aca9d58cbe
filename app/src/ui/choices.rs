//! One of several, or several of them: the whole row is the target.

use super::{
    Reader,
    field::{self, Field},
    html::{Html, flag, some},
};
use leptos::prelude::*;

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChoiceRow {
    /// What the form sends.
    pub value: String,
    /// What the person reads: a text of `locales/` or of a definition.
    pub label: String,
    /// The same in Japanese.
    pub japanese: Option<String>,
    /// What choosing it means, below the label.
    pub hint: Option<String>,
    /// Whether it was chosen before. On a first visit none is.
    pub checked: bool,
    /// Whether it is not quite an answer ("I do not know") and so stands back.
    pub apart: bool,
}

/// Choose one. Without script a choice can be changed but not taken back, so give a row for "no answer".
#[component]
pub fn Radios(
    /// Who reads.
    reader: Reader,
    /// The words around it; the error summary leads to the first row.
    field: Field,
    /// The name under which the choice is sent.
    name: &'static str,
    /// The rows, in order.
    choices: Vec<ChoiceRow>,
) -> impl IntoView {
    let mut html = Html::new();
    write(&mut html, reader, &field, name, &choices, Rows::Radios);
    html.into_view()
}

/// Choose any number.
#[component]
pub fn Checkboxes(
    /// Who reads.
    reader: Reader,
    /// The words around it; the error summary leads to the first row.
    field: Field,
    /// The name under which each choice is sent.
    name: &'static str,
    /// The rows, in order.
    choices: Vec<ChoiceRow>,
) -> impl IntoView {
    let mut html = Html::new();
    write(&mut html, reader, &field, name, &choices, Rows::Boxes);
    html.into_view()
}

/// How a group is laid out, and how many may be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One, one row below the other.
    Radios,
    /// One, side by side where there is room: the steps of a scale.
    Scale,
    /// Any number.
    Boxes,
}

/// Writes a group of rows.
pub fn write(html: &mut Html, reader: Reader, field: &Field, name: &str, choices: &[ChoiceRow], rows: Rows) {
    let kind = if rows == Rows::Boxes { "checkbox" } else { "radio" };
    let described_by = field.described_by();
    // The bar of a refused group stands beside all of it; a border of the fieldset begins at its legend's middle.
    html.open("div", &[some("class", field::group_class(field.error.is_some()))]);
    html.open("fieldset", &[("aria-describedby", described_by.as_deref())]);
    field::legend(html, reader, field);
    field::notes(html, reader, field);
    html.open("div", &[some("class", if rows == Rows::Scale { "c-choices c-choices--scale" } else { "c-choices" })]);
    for (index, choice) in choices.iter().enumerate() {
        html.open("label", &[some("class", if choice.apart { "c-choice c-choice--apart" } else { "c-choice" })]);
        html.open(
            "input",
            &[
                some("class", "c-choice__input"),
                some("type", kind),
                ("id", (index == 0).then_some(field.id.as_str())),
                some("name", name),
                some("value", &choice.value),
                flag("checked", choice.checked),
                some("autocomplete", "off"),
            ],
        );
        html.open("span", &[some("class", "c-choice__label")]);
        field::words(html, reader, &choice.label, choice.japanese.as_deref());
        if let Some(hint) = &choice.hint {
            html.line(reader, "span", &[some("class", "c-choice__hint")], hint);
        }
        html.close("span").close("label");
    }
    html.close("div").close("fieldset").close("div");
}
