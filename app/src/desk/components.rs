//! What the server's pages and the program both draw.

use crate::{
    i18n::*,
    ui::{
        Reader,
        reader::{LOCALES, endonym, lang, tag},
    },
};
use leptos::prelude::*;

/// Links to the same page in other languages; `path` gives its address in one.
pub fn languages(reader: Reader, path: impl Fn(&str) -> String) -> impl IntoView {
    let links = LOCALES.into_iter().filter(|locale| *locale != reader.locale).map(|locale| {
        view! {
            <li>
                <a href=path(tag(locale)) lang=lang(locale) hreflang=lang(locale)>
                    {endonym(locale)}
                </a>
            </li>
        }
    });
    view! {
        <nav class="desk-languages" aria-label=reader.plain(td_string!(reader.locale, desk.languages))>
            <ul>{links.collect_view()}</ul>
        </nav>
    }
}
