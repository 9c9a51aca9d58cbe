//! `/`: all languages, each in its own script. It guesses one for a line on top and never redirects.

use crate::{
    error::AppError,
    i18n::*,
    server::{Context, page::page, request::suggested},
    ui::{
        Mark, Reader,
        reader::{LOCALES, endonym, lang, tag},
        shell::{Frame, Head, SITE_NAME},
    },
};
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;

/// The list.
///
/// # Errors
/// None of its own.
pub async fn show(State(ctx): State<Context>, reader: Reader, headers: HeaderMap) -> Result<Response, AppError> {
    let title = reader.plain(td_string!(reader.locale, home.choose));
    let head = Head { reader, title, path: None, bundle: None, frame: Frame::Public };
    let suggestion = suggested(&headers);
    let mut response = page(&ctx, StatusCode::OK, head, move || {
        let rows = LOCALES.into_iter().map(|locale| row(locale, locale == reader.locale)).collect_view();
        view! {
            <div class="home-choose">
                <p class="home-choose__brand" translate="no">
                    <Mark />
                    {SITE_NAME}
                </p>
                <h1 class="home-choose__title" inner_html=reader.rich(td_string!(reader.locale, home.choose))></h1>
                {suggestion.map(suggest)}
                <ul class="home-choose__list">{rows}</ul>
            </div>
        }
        .into_any()
    });
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    if let Some(links) = alternates(&ctx.site().base_url) {
        headers.insert(header::LINK, links);
    }
    Ok(response)
}

/// One language: its own name, and its name in Japanese for whoever stands beside.
fn row(locale: Locale, is_current: bool) -> impl IntoView {
    let href = ["/", tag(locale)].concat();
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

/// "Go on in …", in the language of the browser.
fn suggest(locale: Locale) -> impl IntoView {
    let reader = Reader::new(locale);
    view! {
        <p class="home-choose__suggestion" lang=reader.lang()>
            <a class="c-button" href=reader.href("") inner_html=reader.rich(td_string!(locale, home.suggestion))></a>
        </p>
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

/// The home pages in all languages, for search engines; this page is the one for all others.
fn alternates(base_url: &str) -> Option<HeaderValue> {
    let mut links = format!("<{base_url}/>; rel=\"alternate\"; hreflang=\"x-default\"");
    for locale in LOCALES.into_iter().filter(|locale| *locale != Locale::ja_easy) {
        let (tag, lang) = (tag(locale), lang(locale));
        links.push_str(&format!(", <{base_url}/{tag}>; rel=\"alternate\"; hreflang=\"{lang}\""));
    }
    HeaderValue::from_str(&links).ok()
}
