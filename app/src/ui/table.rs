//! Tables and the way from page to page.

use super::Reader;
use crate::i18n::*;
use leptos::prelude::*;

/// The frame of a table: caption, column heads, and a box that scrolls sideways by itself on a narrow screen.
#[component]
pub fn DataTable(
    /// Who reads.
    reader: Reader,
    /// The id of the caption, one a page.
    id: &'static str,
    /// What the table holds: a text of `locales/`.
    #[prop(into)]
    caption: String,
    /// The heads of the columns: texts of `locales/` or of a definition.
    columns: Vec<String>,
    /// The rows (`<tr>`).
    children: Children,
) -> impl IntoView {
    view! {
        <div class="c-table" role="region" tabindex="0" aria-labelledby=id>
            <table class="c-table__table">
                <caption class="c-table__caption" id=id inner_html=reader.rich(&caption)></caption>
                <thead>
                    <tr>
                        {columns
                            .into_iter()
                            .map(|column| view! { <th scope="col" inner_html=reader.rich(&column)></th> })
                            .collect_view()}
                    </tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
}

/// Links to the page before and after, and where one is in words. Draws nothing when there is one page.
#[component]
pub fn Pagination(
    /// Who reads.
    reader: Reader,
    /// This page, from 1.
    page: u32,
    /// How many there are.
    pages: u32,
    /// The address of a page without its number, which is put behind it: `?state=new&page=`.
    #[prop(into)]
    base: String,
) -> impl IntoView {
    let link = move |rel: &'static str, number: u32, label: &'static str| {
        view! {
            <a class="c-pages__link" rel=rel href=[base.as_str(), &number.to_string()].concat() inner_html=reader.rich(label)></a>
        }
    };
    let title = reader.plain(td_string!(reader.locale, shell.pages));
    let place = td_string!(reader.locale, shell.page_of, page = page, pages = pages).to_string();
    (pages > 1).then(move || {
        view! {
            <nav class="c-pages" aria-label=title>
                {(page > 1).then(|| link("prev", page - 1, td_string!(reader.locale, shell.page_before)))}
                <span class="c-pages__place" aria-current="page" inner_html=reader.rich(&place)></span>
                {(page < pages).then(|| link("next", page + 1, td_string!(reader.locale, shell.page_after)))}
            </nav>
        }
    })
}
