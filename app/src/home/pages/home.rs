//! `/{lang}`: the two doors of people at work, then a quieter part for everybody else.

use super::head;
use crate::{
    error::AppError,
    events::{self, server::catalogue::Event, telling::said},
    i18n::*,
    questionnaires::server::catalogue,
    server::{Context, page::page},
    ui::{Reader, Ring, dates::long_day_of_week, shell::Frame},
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;

/// The home page. The first door leads to the first questionnaire that is open; while none is, there is one door.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let open = catalogue::list(&ctx).await?.into_iter().find(|questionnaire| questionnaire.is_open);
    let questionnaire = open.map(|open| ["/questionnaires/", &open.slug].concat());
    let events = events::server::catalogue::list(&ctx).await?;
    let next = events.into_iter().filter(|event| event.standing.is_ahead());
    let next = next.min_by_key(|event| (event.held_on, event.begins));
    let head = head(reader, td_string!(reader.locale, home.title), "", Frame::Public);
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        view! {
            <h1 class="home-heading" inner_html=reader.rich(td_string!(locale, home.heading))></h1>
            <p class="home-lead" inner_html=reader.rich(td_string!(locale, home.lead))></p>
            <nav class="home-doors" aria-label=reader.plain(td_string!(locale, home.doors))>
                {questionnaire
                    .map(|path| {
                        let (title, text) =
                            (td_string!(locale, home.door_questions), td_string!(locale, home.door_questions_text));
                        door(reader, &path, title, text, 8)
                    })}
                {door(reader, "/voice", td_string!(locale, home.door_voice), td_string!(locale, home.door_voice_text), 1)}
            </nav>
            <section class="home-visitors">
                <h2 inner_html=reader.rich(td_string!(locale, home.visitors))></h2>
                <p inner_html=reader.rich(td_string!(locale, home.visitors_text))></p>
                {next.map(|event| next_event(reader, &event))}
                <ul class="home-visitors__links">
                    {link(events::paths::list(reader), reader.rich(td_string!(locale, events.home_link)))}
                    {link(reader.href("/privacy"), reader.rich(td_string!(locale, home.visitors_privacy)))}
                    {link(reader.href("/accessibility"), reader.rich(td_string!(locale, shell.accessibility)))}
                    {link("/console".to_owned(), reader.rich(td_string!(locale, home.visitors_console)))}
                </ul>
            </section>
        }
        .into_any()
    }))
}

/// A door: the whole of it is the link. Its ring tells who comes in: everybody around the table, or one who speaks.
fn door(reader: Reader, path: &str, title: &str, text: &str, taken: u32) -> impl IntoView + use<> {
    view! {
        <a class="home-door" href=reader.href(path)>
            <Ring seats=8 taken />
            <span class="home-door__title" inner_html=reader.rich(title)></span>
            <span class="home-door__text" inner_html=reader.rich(text)></span>
        </a>
    }
}

/// The event that comes next, wherever it belongs.
fn next_event(reader: Reader, event: &Event) -> impl IntoView + use<> {
    let date = long_day_of_week(reader, event.held_on);
    let words = reader.rich(&td_string!(reader.locale, events.home_next, date = date).to_string());
    view! {
        <p>
            <span inner_html=words></span>
            " "
            <a href=events::paths::event(reader, &event.slug)>{said(reader, &event.title)}</a>
        </p>
    }
}

fn link(href: String, label: String) -> impl IntoView {
    view! {
        <li>
            <a class="c-footer__link" href=href inner_html=label></a>
        </li>
    }
}
