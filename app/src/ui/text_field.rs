//! Fields to type into: one line, with a unit behind it or not, and several lines.

use super::{
    Reader,
    field::{self, Field},
    html::{Html, some},
    textarea,
};
use leptos::prelude::*;

/// One line of text. A number is one too, with `inputmode="numeric"`: `type="number"` loses what it cannot read.
#[component]
pub fn TextField(
    /// Who reads.
    reader: Reader,
    /// The words around it.
    field: Field,
    /// The name under which it is sent.
    name: &'static str,
    /// What it holds.
    #[prop(optional, into)]
    value: String,
    /// `text`, `tel`, `email` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Which keys a phone offers: `numeric`, `tel`, `email`.
    #[prop(optional)]
    inputmode: Option<&'static str>,
    /// What a browser may fill in; worker pages leave it off, so that a shared phone offers nothing to the next.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// What is counted ("hours"), behind the field: a text of `locales/` or of a definition.
    #[prop(optional_no_strip)]
    unit: Option<String>,
    /// Room for about six characters instead of a whole line.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let mut html = Html::new();
    let line = Line { name, value: &value, kind, inputmode, autocomplete, unit: unit.as_deref(), short };
    write_line(&mut html, reader, &field, &line);
    html.into_view()
}

/// What makes one line of text.
pub struct Line<'a> {
    /// The name under which it is sent.
    pub name: &'a str,
    /// What it holds.
    pub value: &'a str,
    /// `text`, `tel`, `email` or `password`.
    pub kind: &'a str,
    /// Which keys a phone offers.
    pub inputmode: Option<&'a str>,
    /// What a browser may fill in.
    pub autocomplete: &'a str,
    /// What is counted, behind the field.
    pub unit: Option<&'a str>,
    /// Room for about six characters.
    pub short: bool,
}

/// Writes one line of text.
pub fn write_line(html: &mut Html, reader: Reader, field: &Field, line: &Line<'_>) {
    let unit_id = field.part("-unit");
    let mut described_by = field.described_by();
    if line.unit.is_some() {
        let ids = described_by.get_or_insert_default();
        if !ids.is_empty() {
            ids.push(' ');
        }
        ids.push_str(&unit_id);
    }
    html.open("div", &[some("class", field::group_class(field.error.is_some()))]);
    field::label(html, reader, field);
    field::notes(html, reader, field);
    html.open("div", &[some("class", "c-line")]);
    html.open(
        "input",
        &[
            some("class", if line.short { "c-field c-field--short" } else { "c-field" }),
            some("type", line.kind),
            some("id", &field.id),
            some("name", line.name),
            some("value", line.value),
            ("inputmode", line.inputmode),
            some("autocomplete", line.autocomplete),
            some("autocapitalize", "off"),
            some("spellcheck", "false"),
            ("aria-describedby", described_by.as_deref()),
            ("aria-invalid", field.invalid()),
            ("aria-required", field.required.then_some("true")),
        ],
    );
    if let Some(unit) = line.unit {
        html.line(reader, "span", &[some("class", "c-line__unit"), some("id", &unit_id)], unit);
    }
    html.close("div").close("div");
}

/// Several lines of text.
#[component]
pub fn LongTextField(
    /// Who reads.
    reader: Reader,
    /// The words around it.
    field: Field,
    /// The name under which it is sent.
    name: &'static str,
    /// What it holds.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let mut html = Html::new();
    write_lines(&mut html, reader, &field, name, &value);
    html.into_view()
}

/// Writes several lines of text.
pub fn write_lines(html: &mut Html, reader: Reader, field: &Field, name: &str, value: &str) {
    html.open("div", &[some("class", field::group_class(field.error.is_some()))]);
    field::label(html, reader, field);
    field::notes(html, reader, field);
    textarea::write(html, field, name, value);
    html.close("div");
}
