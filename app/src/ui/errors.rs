//! The list on top of a page that was refused: what is wrong, each line leading to its field.

use super::{
    Reader,
    html::{Html, flag, some},
};
use crate::i18n::*;
use leptos::prelude::*;

/// The id of the summary, for an island that has to move the focus there.
pub const ERRORS_ID: &str = "errors";

/// What is wrong, first thing in `<main>`. It takes the focus when the page opens (`autofocus`), without script too;
/// an island that draws it focuses [`ERRORS_ID`] itself. The page's title begins with [`error_prefix`].
#[component]
pub fn ErrorSummary(
    /// Who reads.
    reader: Reader,
    /// For each error the address of its field (`#answer`) and its words, the same as beside the field: texts of
    /// `locales/` or of a definition.
    errors: Vec<(String, String)>,
) -> impl IntoView {
    let mut html = Html::new();
    write(&mut html, reader, &errors);
    html.into_view()
}

/// Writes the summary.
pub fn write(html: &mut Html, reader: Reader, errors: &[(String, String)]) {
    html.open(
        "div",
        &[
            some("class", "c-errors"),
            some("id", ERRORS_ID),
            some("role", "alert"),
            some("tabindex", "-1"),
            some("aria-labelledby", "errors-title"),
            flag("autofocus", true),
        ],
    );
    let title = td_string!(reader.locale, shell.error_title);
    html.line(reader, "h2", &[some("class", "c-errors__title"), some("id", "errors-title")], title);
    html.open("ul", &[some("class", "c-errors__list")]);
    for (href, text) in errors {
        html.open("li", &[]).line(reader, "a", &[some("href", href)], text).close("li");
    }
    html.close("ul").close("div");
}

/// What the title of a refused page begins with, its space included: "Error: ".
#[must_use]
pub fn error_prefix(reader: Reader) -> String {
    let mut prefix = reader.plain(td_string!(reader.locale, shell.error_prefix));
    prefix.push(' ');
    prefix
}
