//! `/`: all languages, each in its own script. It guesses one for a line on top and never redirects.

use crate::{
    error::AppError,
    i18n::*,
    server::{Context, page::page, request::suggested},
    ui::{
        Mark, Reader,
        language_list::{language_list, suggestion},
        reader::{LOCALES, lang, tag},
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
    let suggested = suggested(&headers);
    let mut response = page(&ctx, StatusCode::OK, head, move || {
        let address = |locale: Locale| ["/", tag(locale)].concat();
        view! {
            <div class="home-choose">
                <p class="home-choose__brand" translate="no">
                    <Mark />
                    {SITE_NAME}
                </p>
                <h1 class="home-choose__title" inner_html=reader.rich(td_string!(reader.locale, home.choose))></h1>
                {suggested.map(|locale| suggestion(locale, address(locale)))}
                {language_list(&LOCALES, reader.locale, address)}
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

/// The home pages in all languages, for search engines; this page is the one for all others.
fn alternates(base_url: &str) -> Option<HeaderValue> {
    let mut links = format!("<{base_url}/>; rel=\"alternate\"; hreflang=\"x-default\"");
    for locale in LOCALES.into_iter().filter(|locale| *locale != Locale::ja_easy) {
        let (tag, lang) = (tag(locale), lang(locale));
        links.push_str(&format!(", <{base_url}/{tag}>; rel=\"alternate\"; hreflang=\"{lang}\""));
    }
    HeaderValue::from_str(&links).ok()
}
