//! Check your answers: each question with what was answered and a way to change it.

use super::{
    Reader, field,
    html::{Html, some},
};
use crate::i18n::*;
use leptos::prelude::*;

/// What stands beside a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Texts of `locales/` or of a definition (choices), one a line; they may hold ruby.
    Words(Vec<String>),
    /// What a person typed, as it is.
    Typed(String),
    /// The same, and a word about it, a text of `locales/`.
    TypedWith(String, String),
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// What was asked: a text of `locales/` or of a definition.
    pub key: String,
    /// The same in Japanese.
    pub japanese: Option<String>,
    /// What was answered.
    pub value: Shown,
    /// Where it can be changed.
    pub change: Option<String>,
}

/// The rows as a description list.
#[component]
pub fn SummaryList(
    /// Who reads.
    reader: Reader,
    /// The rows, in order.
    rows: Vec<SummaryRow>,
) -> impl IntoView {
    let mut html = Html::new();
    write(&mut html, reader, &rows);
    html.into_view()
}

/// Writes the rows.
pub fn write(html: &mut Html, reader: Reader, rows: &[SummaryRow]) {
    let change = td_string!(reader.locale, shell.change);
    html.open("dl", &[some("class", "c-summary")]);
    for row in rows {
        html.open("div", &[some("class", "c-summary__row")]);
        html.open("dt", &[some("class", "c-summary__key")]);
        field::words(html, reader, &row.key, row.japanese.as_deref());
        html.close("dt").open("dd", &[some("class", "c-summary__value")]);
        match &row.value {
            Shown::Words(lines) => {
                for line in lines {
                    html.line(reader, "span", &[some("class", "c-summary__line")], line);
                }
            }
            Shown::Typed(text) => write_typed(html, text),
            Shown::TypedWith(text, about) => {
                write_typed(html, text);
                html.line(reader, "p", &[some("class", "c-traces")], about);
            }
        }
        html.close("dd");
        if let Some(href) = &row.change {
            html.open("dd", &[some("class", "c-summary__change")]).open("a", &[some("href", href)]);
            // For who hears the link alone: "Change", then what.
            html.line(reader, "span", &[], change).open("span", &[some("class", "c-unseen")]).text(" ");
            html.text(&reader.plain(&row.key)).close("span").close("a").close("dd");
        }
        html.close("div");
    }
    html.close("dl");
}

fn write_typed(html: &mut Html, text: &str) {
    // Whatever direction their words have, they turn nothing else around.
    html.open("span", &[some("class", "c-summary__typed"), some("dir", "auto")]).text(text).close("span");
}
