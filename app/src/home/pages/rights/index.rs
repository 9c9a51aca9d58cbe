//! `/{lang}/voice/rights`: the topics of the library.

use super::{desk_way, head, note, pictures::picture, ways, words};
use crate::{
    error::AppError,
    home::rights::Topic,
    i18n::*,
    server::{Context, page::page},
    ui::Reader,
    voices::paths,
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// The list.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let locale = reader.locale;
    let mut next = vec![("/voice", td_string!(locale, home.voice_title))];
    next.extend(desk_way(&ctx, reader).await?);
    Ok(page(&ctx, StatusCode::OK, head(reader, ""), move || {
        view! {
            <h1 inner_html=reader.rich(td_string!(locale, rights.heading))></h1>
            <p inner_html=reader.rich(td_string!(locale, rights.lead))></p>
            <ul class="home-choose__list">{Topic::ALL.map(|topic| row(reader, topic)).into_iter().collect_view()}</ul>
            {ways(reader, next)}
            {note(reader)}
        }
        .into_any()
    }))
}

/// A topic; its Japanese name stands beside it for who shows the page to somebody.
fn row(reader: Reader, topic: Topic) -> impl IntoView {
    let href = reader.href(&[paths::RIGHTS, "/", topic.slug()].concat());
    let is_japanese = matches!(reader.locale, Locale::ja | Locale::ja_easy);
    let japanese = (!is_japanese).then(|| {
        view! { <span class="home-choose__japanese" lang="ja">{words::title(Locale::ja, topic)}</span> }
    });
    view! {
        <li class="home-choose__item">
            <a class="home-choose__link" href=href>
                <span class="home-choose__name">
                    {picture(topic)}
                    " "
                    <span inner_html=reader.rich(words::title(reader.locale, topic))></span>
                </span>
                {japanese}
            </a>
        </li>
    }
}
