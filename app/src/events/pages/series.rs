//! `/{lang}/series/{slug}`: a series, with its index by theme.

use crate::{
    error::AppError,
    events::{
        paths,
        server::catalogue::{self, Event},
        telling::{self, paragraphs, said},
    },
    i18n::*,
    server::{Context, page::page},
    ui::{
        BackLink, Reader, StatusChip,
        dates::long_day,
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;

/// The page of a series. Its next date follows from its events: nobody has to write it down.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown series.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let series = catalogue::find_series(&ctx, &slug).await?;
    let mut events = catalogue::list(&ctx).await?;
    events.retain(|event| event.series.as_ref().is_some_and(|own| own.id == series.id));
    let next = catalogue::next_among(&events, &series.id).cloned();
    // By number, the latest first; what has none stands by its day behind them.
    events.sort_by_key(|event| std::cmp::Reverse((event.number, event.held_on)));
    let path = Some(["/series/", &series.slug].concat());
    let head = Head { reader, title: series.title.plain(reader), path, bundle: None, frame: Frame::Public };
    let offset = i64::from(ctx.clock().offset_minutes());
    let calendar = [ctx.site().base_url.as_str(), &paths::series_calendar(reader, &series.slug)].concat();
    // What calendar programs open as something to look at again and again.
    let subscribe =
        calendar.split_once("://").map_or_else(|| calendar.clone(), |(_, rest)| ["webcal://", rest].concat());
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        let next = match next {
            Some(event) => {
                let when = reader.rich(&telling::when(reader, &event, offset));
                let (label, tone) = telling::standing(reader, event.standing);
                view! {
                    <p inner_html=when></p>
                    <p class="events-title">
                        <a href=paths::event(reader, &event.slug)>{said(reader, &event.title)}</a>
                    </p>
                    <p><StatusChip reader label tone /></p>
                }
                .into_any()
            }
            None => {
                view! { <p class="events-quiet" inner_html=reader.rich(td_string!(locale, events.ahead_none))></p> }
                    .into_any()
            }
        };
        let address = calendar.clone();
        view! {
            <BackLink reader href=paths::list(reader) />
            <h1>{said(reader, &series.title)}</h1>
            {paragraphs(reader, &series.about)}
            <section class="c-passage">
                <h2 inner_html=reader.rich(td_string!(locale, events.series_next))></h2>
                {next}
            </section>
            <section class="c-passage">
                <h2 inner_html=reader.rich(td_string!(locale, events.series_index))></h2>
                {index(reader, &events)}
            </section>
            <section class="c-passage">
                <h2 inner_html=reader.rich(td_string!(locale, events.calendar_series))></h2>
                <p inner_html=reader.rich(td_string!(locale, events.calendar_series_text))></p>
                <p>
                    <a href=subscribe inner_html=reader.rich(td_string!(locale, events.calendar_subscribe))></a>
                </p>
                <p>
                    <span inner_html=reader.rich(td_string!(locale, events.calendar_address))></span>
                    ": "
                    <a class="events-address" href=address translate="no">{calendar}</a>
                </p>
            </section>
        }
        .into_any()
    }))
}

fn index(reader: Reader, events: &[Event]) -> AnyView {
    let locale = reader.locale;
    if events.is_empty() {
        let none = reader.rich(td_string!(locale, events.series_index_none));
        return view! { <p class="events-quiet" inner_html=none></p> }.into_any();
    }
    let rows = events.iter().map(|event| {
        let (label, tone) = telling::standing(reader, event.standing);
        let number = event.number.map(|number| {
            let words = td_string!(locale, events.numbered, number = number).to_string();
            view! { <span inner_html=reader.rich(&words)></span> }
        });
        view! {
            <li>
                <p class="events-quiet">{number} " " <span inner_html=reader.rich(&long_day(reader, event.held_on))></span></p>
                <p class="events-title">
                    <a href=paths::event(reader, &event.slug)>{said(reader, &event.title)}</a>
                </p>
                <p><StatusChip reader label tone /></p>
            </li>
        }
    });
    view! { <ul class="events-rows">{rows.collect_view()}</ul> }.into_any()
}
