//! What a page tells browsers and search engines.

use super::SITE_NAME;
use crate::{
    i18n::*,
    ui::{
        Reader,
        reader::{LOCALES, lang, tag},
    },
};
use leptos::prelude::*;

/// Canonical address, the same page in the other languages and what feed readers look for; or the wish not to be listed.
#[component]
pub(super) fn Addresses(
    /// Who reads.
    reader: Reader,
    /// The address behind the language, where there is one to list.
    path: Option<String>,
    /// Whether the page may be listed.
    public: bool,
    /// The site.
    base_url: String,
) -> impl IntoView {
    view! {
        <meta name="color-scheme" content="light dark" />
        {theme_color("#fbf9f4", "(prefers-color-scheme: light)")}
        {theme_color("#16181d", "(prefers-color-scheme: dark)")}
        <meta name="format-detection" content="telephone=no" />
        <link rel="icon" type="image/svg+xml" href="/favicon.svg" />
        {(!public).then(|| view! { <meta name="robots" content="noindex, nofollow" /> })}
        {path.map(|path| alternates(reader, &path, &base_url))}
    }
}

/// What browsers need to put the site on a home screen. iPhones look for an icon of theirs first.
#[component]
pub(super) fn Installable(
    /// The address of the manifest.
    href: String,
) -> impl IntoView {
    view! {
        <link rel="manifest" href=href />
        <link rel="apple-touch-icon" href="/icon-192.png" />
    }
}

/// The colour of the browser's own frame: the paper's. `view!` knows no `media` on `<meta>`.
fn theme_color(color: &'static str, media: &'static str) -> impl IntoView {
    leptos::html::meta().name("theme-color").content(color).attr("media", media)
}

/// Easy Japanese has no tag of its own, and two addresses may not both be "ja": it lists the others but is listed
/// by none.
fn alternates(reader: Reader, path: &str, base_url: &str) -> impl IntoView + use<> {
    let address = |locale: Locale| [base_url, "/", tag(locale), path].concat();
    let others = LOCALES
        .into_iter()
        .filter(|locale| *locale != Locale::ja_easy)
        .map(|locale| view! { <link rel="alternate" hreflang=lang(locale) href=address(locale) /> })
        .collect_view();
    let default = path.is_empty().then(|| {
        view! { <link rel="alternate" hreflang="x-default" href=[base_url, "/"].concat() /> }
    });
    let feed = [SITE_NAME, " – ", &reader.plain(td_string!(reader.locale, events.home_link))].concat();
    view! {
        <link rel="canonical" href=address(reader.locale) />
        {others}
        {default}
        <link rel="alternate" type="application/atom+xml" title=feed href=reader.href("/events/feed.xml") />
    }
}
