//! A day as three numbers, in the order year, month, day. No calendar to open, no jump from field to field.

use super::{
    Reader,
    field::{self, Field},
    html::{Html, some},
};
use crate::i18n::*;
use leptos::prelude::*;

/// Asks for a day.
#[component]
pub fn DateFields(
    /// Who reads.
    reader: Reader,
    /// The words around it; the year's field has its id, the others `<id>-month` and `<id>-day`.
    field: Field,
    /// The names under which year, month and day are sent.
    names: [&'static str; 3],
    /// What they hold, as typed.
    #[prop(optional)]
    values: [String; 3],
) -> impl IntoView {
    let mut html = Html::new();
    let values = [&values[0], &values[1], &values[2]].map(String::as_str);
    write(&mut html, reader, &field, &names, &values);
    html.into_view()
}

/// Writes the fields that have names: all three, or the year and the month, or the year.
pub fn write(html: &mut Html, reader: Reader, field: &Field, names: &[&str], values: &[&str]) {
    let described_by = field.described_by();
    let invalid = field.invalid();
    html.open("div", &[some("class", field::group_class(invalid.is_some()))]);
    html.open("fieldset", &[("aria-describedby", described_by.as_deref())]);
    field::legend(html, reader, field);
    field::notes(html, reader, field);
    html.open("div", &[some("class", "c-date")]);
    let ids = [field.id.clone(), field.part("-month"), field.part("-day")];
    let labels = [
        td_string!(reader.locale, shell.year),
        td_string!(reader.locale, shell.month),
        td_string!(reader.locale, shell.day),
    ];
    for (index, ((id, label), (name, value))) in ids.iter().zip(labels).zip(names.iter().zip(values)).enumerate() {
        let class = if index == 0 { "c-field c-date__field c-date__field--year" } else { "c-field c-date__field" };
        html.open("div", &[some("class", "c-date__part")]);
        html.line(reader, "label", &[some("class", "c-date__label"), some("for", id)], label);
        html.open(
            "input",
            &[
                some("class", class),
                some("type", "text"),
                some("inputmode", "numeric"),
                some("autocomplete", "off"),
                some("id", id),
                some("name", name),
                some("value", value),
                ("aria-invalid", invalid),
            ],
        );
        html.close("div");
    }
    html.close("div").close("fieldset").close("div");
}
