//! `/q/{slug}` and `/q/{slug}/{code}`: where a poster leads. All languages of the questionnaire, each in its own
//! script, like `/`. It never redirects, and nothing is kept.

use super::via::Via;
use crate::{
    error::AppError,
    i18n::*,
    questionnaires::{
        paths,
        server::catalogue::{self, Questionnaire},
    },
    server::{Context, page::page, request::suggested},
    ui::{
        Mark, Reader,
        language_list::{language_list, suggestion},
        reader::{LOCALES, lang, tag},
        shell::{Frame, Head, SITE_NAME},
    },
};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use leptos::prelude::*;

/// Without a channel.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    Ok(draw(&ctx, reader, &headers, &questionnaire, None))
}

/// By a channel; one that nobody made is as good as none.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn show_by(
    State(ctx): State<Context>,
    reader: Reader,
    Path((slug, code)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let questionnaire = catalogue::find_by_slug(&ctx, &slug).await?;
    let channel = Via::of_path(code).channel(&ctx, &questionnaire).await?;
    Ok(draw(&ctx, reader, &headers, &questionnaire, channel))
}

fn draw(
    ctx: &Context,
    reader: Reader,
    headers: &HeaderMap,
    questionnaire: &Questionnaire,
    channel: Option<String>,
) -> Response {
    let definition = questionnaire.current.definition();
    let locales = LOCALES.into_iter().filter(|locale| definition.languages.iter().any(|own| own == tag(*locale)));
    let locales: Vec<_> = locales.collect();
    // Somebody who reads none of them gets the page in the first.
    let spoken = |locale: Locale| locales.contains(&locale).then_some(locale);
    let locale = spoken(reader.locale).or(locales.first().copied()).unwrap_or(reader.locale);
    let reader = Reader { locale, ..reader };
    let suggested = suggested(headers).and_then(spoken);
    let title = definition.title.get(reader.tag()).to_owned();
    let slug = questionnaire.slug.clone();
    let head = Head { reader, title: reader.plain(&title), path: None, bundle: None, frame: Frame::Discreet };
    let mut response = page(ctx, StatusCode::OK, head, move || {
        let address = move |locale: Locale| paths::start_by(Reader::new(locale), &slug, channel.as_deref());
        view! {
            <div class="home-choose">
                <p class="home-choose__brand" translate="no">
                    <Mark />
                    {SITE_NAME}
                </p>
                <p class="home-choose__about" lang=lang(reader.locale) inner_html=reader.rich(&title)></p>
                <h1 class="home-choose__title" inner_html=reader.rich(td_string!(reader.locale, home.choose))></h1>
                {suggested.map(|locale| suggestion(locale, address(locale)))}
                {language_list(&locales, reader.locale, address)}
            </div>
        }
        .into_any()
    });
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("accept-language, cookie"));
    // Search engines find the questionnaire itself; how many come by a poster must not depend on them.
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    response
}
