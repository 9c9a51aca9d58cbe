//! One of many, from a menu that opens: for lists too long for rows.

use super::{
    Reader,
    choices::ChoiceRow,
    field::{self, Field},
    html::{Html, flag, some},
};
use crate::i18n::*;
use leptos::prelude::*;

/// A menu of choices; the first entry is no choice.
#[component]
pub fn Select(
    /// Who reads.
    reader: Reader,
    /// The words around it.
    field: Field,
    /// The name under which the choice is sent.
    name: &'static str,
    /// The entries, in order.
    choices: Vec<ChoiceRow>,
) -> impl IntoView {
    let mut html = Html::new();
    write(&mut html, reader, &field, name, &choices);
    html.into_view()
}

/// Writes a menu. An `<option>` holds no markup: readings stand in brackets behind their words, and the Japanese
/// behind the person's language.
pub fn write(html: &mut Html, reader: Reader, field: &Field, name: &str, choices: &[ChoiceRow]) {
    let described_by = field.described_by();
    html.open("div", &[some("class", field::group_class(field.error.is_some()))]);
    field::label(html, reader, field);
    field::notes(html, reader, field);
    html.open(
        "select",
        &[
            some("class", "c-field c-select"),
            some("id", &field.id),
            some("name", name),
            some("autocomplete", "off"),
            ("aria-describedby", described_by.as_deref()),
            ("aria-invalid", field.invalid()),
        ],
    );
    let option = |html: &mut Html, value: &str, text: &str, selected: bool| {
        html.open("option", &[some("value", value), flag("selected", selected)]).text(text).close("option");
    };
    option(html, "", &words(reader, td_string!(reader.locale, shell.choose)), false);
    for choice in choices {
        let mut text = words(reader, &choice.label);
        if let Some(japanese) = &choice.japanese {
            text.push_str(" / ");
            text.push_str(&reader.plain(japanese));
        }
        option(html, &choice.value, &text, choice.checked);
    }
    html.close("select").close("div");
}

fn words(reader: Reader, text: &str) -> String {
    if reader.furigana { form::ruby::in_brackets(text) } else { reader.plain(text) }
}
