//! The list on top of a page that was refused: what is wrong, each line leading to its field.

use super::Reader;
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
    let title = td_string!(reader.locale, shell.error_title);
    view! {
        <div class="c-errors" id=ERRORS_ID role="alert" tabindex="-1" aria-labelledby="errors-title" autofocus>
            <h2 class="c-errors__title" id="errors-title" inner_html=reader.rich(title)></h2>
            <ul class="c-errors__list">
                {errors
                    .into_iter()
                    .map(|(href, text)| view! { <li><a href=href inner_html=reader.rich(&text)></a></li> })
                    .collect_view()}
            </ul>
        </div>
    }
}

/// What the title of a refused page begins with, its space included: "Error: ".
#[must_use]
pub fn error_prefix(reader: Reader) -> String {
    let mut prefix = reader.plain(td_string!(reader.locale, shell.error_prefix));
    prefix.push(' ');
    prefix
}
