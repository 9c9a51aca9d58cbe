//! Languages as large links: the whole of a page that asks for nothing but the language.

use super::{
    Reader,
    reader::{endonym, lang},
};
use crate::i18n::*;
use leptos::prelude::*;

/// One row per language: its own name, and its name in Japanese for whoever stands beside.
pub fn language_list(locales: &[Locale], current: Locale, address: impl Fn(Locale) -> String) -> AnyView {
    let rows: Vec<_> = locales.iter().map(|locale| row(*locale, address(*locale), *locale == current)).collect();
    view! { <ul class="home-choose__list">{rows}</ul> }.into_any()
}

/// "Go on in …", in the language of the browser.
pub fn suggestion(locale: Locale, href: String) -> impl IntoView {
    let reader = Reader::new(locale);
    view! {
        <p class="home-choose__suggestion" lang=reader.lang()>
            <a class="c-button" href=href inner_html=reader.rich(td_string!(locale, home.suggestion))></a>
        </p>
    }
}

fn row(locale: Locale, href: String, is_current: bool) -> impl IntoView {
    view! {
        <li class="home-choose__item">
            <a
                class="home-choose__link"
                href=href
                lang=lang(locale)
                hreflang=lang(locale)
                aria-current=is_current.then_some("true")
            >
                <span class="home-choose__name">{endonym(locale)}</span>
                {in_japanese(locale).map(|name| view! { <span class="home-choose__japanese" lang="ja">{name}</span> })}
            </a>
        </li>
    }
}

const fn in_japanese(locale: Locale) -> Option<&'static str> {
    match locale {
        Locale::ja => None,
        Locale::ja_easy => Some("ふりがな付き"),
        Locale::en => Some("英語"),
        Locale::zh_Hans => Some("中国語"),
        Locale::vi => Some("ベトナム語"),
    }
}
