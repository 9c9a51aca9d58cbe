//! The languages: all of them in sight, each in its own script.

use super::{Frame, QUESTION_FORM};
use crate::{
    i18n::Locale,
    ui::{
        Reader,
        reader::{LOCALES, endonym, lang, tag},
    },
};
use leptos::prelude::*;

/// The switcher; it leads to the same page. The list of languages, which is one itself, has none.
#[component]
pub(super) fn Languages(reader: Reader, path: Option<String>, frame: Frame) -> impl IntoView {
    let entries = match (frame, path) {
        (frame, path) if frame.has_form(path.as_ref()) => entries(reader, button),
        (Frame::Console, _) => view! {
            <form class="c-languages__form" method="post">
                {entries(reader, remember)}
            </form>
        }
        .into_any(),
        (_, Some(path)) => entries(reader, move |locale, current| link(&path, locale, current)),
        (_, None) => return None,
    };
    // The word is English in every language, so that who reads none of this page still finds it.
    Some(view! {
        <nav class="c-languages" aria-labelledby="languages">
            <span class="c-languages__title" id="languages" lang="en">
                <Globe />
                "Language"
            </span>
            {entries}
        </nav>
    })
}

/// The list, each row drawn by `entry`, which is told the language and the value of `aria-current`.
fn entries(reader: Reader, entry: impl Fn(Locale, Option<&'static str>) -> AnyView) -> AnyView {
    let rows = LOCALES.into_iter().map(|locale| {
        let current = (locale == reader.locale).then_some("true");
        view! { <li class="c-languages__item">{entry(locale, current)}</li> }
    });
    view! { <ul class="c-languages__list">{rows.collect_view()}</ul> }.into_any()
}

fn link(path: &str, locale: Locale, current: Option<&'static str>) -> AnyView {
    let href = ["/", tag(locale), path].concat();
    view! {
        <a class="c-languages__entry" href=href lang=lang(locale) hreflang=lang(locale) aria-current=current>
            {endonym(locale)}
        </a>
    }
    .into_any()
}

fn button(locale: Locale, current: Option<&'static str>) -> AnyView {
    view! {
        <button
            class="c-languages__entry"
            type="submit"
            form=QUESTION_FORM
            name="language"
            value=tag(locale)
            formnovalidate
            lang=lang(locale)
            aria-current=current
        >
            {endonym(locale)}
        </button>
    }
    .into_any()
}

/// Where the address names no language, it is remembered and the same page comes again.
fn remember(locale: Locale, current: Option<&'static str>) -> AnyView {
    view! {
        <button
            class="c-languages__entry"
            type="submit"
            formaction=["/", tag(locale), "/reading"].concat()
            lang=lang(locale)
            aria-current=current
        >
            {endonym(locale)}
        </button>
    }
    .into_any()
}

#[component]
fn Globe() -> impl IntoView {
    view! {
        <svg class="c-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <circle cx="10" cy="10" r="7.5" />
            <path d="M2.5 10h15M10 2.5c-5 4.5-5 10.5 0 15m0-15c5 4.5 5 10.5 0 15" />
        </svg>
    }
}
