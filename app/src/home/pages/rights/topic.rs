//! `/{lang}/voice/rights/{topic}`: what the law says, what somebody can do now, where to take care, whom to call.

use super::{
    cited, desk_way, head, note, ways,
    words::{self, Said},
};
use crate::{
    error::AppError,
    home::{
        pages::{passage, voice::own_line},
        rights::Topic,
    },
    i18n::*,
    server::{Context, page::page},
    ui::Reader,
    voices::paths,
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// One topic.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language or topic.
pub async fn show(
    State(ctx): State<Context>,
    Path((_, slug)): Path<(String, String)>,
    reader: Reader,
) -> Result<Response, AppError> {
    let topic = Topic::of(&slug).ok_or(AppError::NotFound)?;
    let locale = reader.locale;
    let mut next = vec![(paths::RIGHTS, td_string!(locale, rights.all))];
    next.extend(desk_way(&ctx, reader).await?);
    next.push(("/voice", td_string!(locale, shell.more_lines)));
    Ok(page(&ctx, StatusCode::OK, head(reader, &["/", topic.slug()].concat()), move || {
        let danger = topic.may_be_urgent().then(|| {
            let text = td_string!(locale, home.voice_danger_text);
            passage(reader, td_string!(locale, home.voice_danger), &[text])
        });
        view! {
            <h1 inner_html=reader.rich(words::title(locale, topic))></h1>
            <p class="c-hint" inner_html=reader.rich(td_string!(locale, rights.how))></p>
            {danger}
            {part(reader, td_string!(locale, rights.law), &words::laws(locale, topic))}
            {part(reader, td_string!(locale, rights.now), &words::steps(locale, topic))}
            {part(reader, td_string!(locale, rights.care), &words::cares(locale, topic))}
            {own_line(reader)}
            {ways(reader, next)}
            {note(reader)}
        }
        .into_any()
    }))
}

/// A heading and its sentences, each with what it rests on.
fn part(reader: Reader, heading: &str, said: &[Said]) -> impl IntoView + use<> {
    let items: Vec<_> = said
        .iter()
        .map(|(sentence, law)| {
            view! {
                <li>
                    <span inner_html=reader.rich(sentence)></span>
                    {cited(reader, law)}
                </li>
            }
        })
        .collect();
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(heading)></h2>
            <ul>{items}</ul>
        </section>
    }
}
