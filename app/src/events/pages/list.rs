//! `/{lang}/events`: what is ahead, soonest first; what was, by year, the latest first. `?series=` and `?year=` narrow it.

use crate::{
    error::AppError,
    events::{
        paths,
        server::{
            calendar::series_and_number,
            catalogue::{self, Event, Series},
        },
        standing::Standing,
        telling::{self, said},
    },
    i18n::*,
    server::{Context, page::page},
    ui::{
        Reader, StatusChip,
        shell::{Frame, Head},
    },
};
use axum::{
    extract::{Query, State, rejection::QueryRejection},
    http::StatusCode,
    response::Response,
};
use leptos::prelude::*;
use serde::Deserialize;
use std::{collections::BTreeSet, sync::Arc};

/// What the address says, unread.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    series: String,
    year: String,
}

/// What the list is narrowed to.
#[derive(Clone, Default)]
struct Chosen {
    series: Option<String>,
    year: Option<i32>,
}

impl Chosen {
    /// What no event could have narrows nothing: an address that was typed wrongly shows everything.
    fn of(asked: Asked) -> Self {
        let series = Some(asked.series).filter(|slug| form::names::is_slug(slug));
        Self { series, year: asked.year.parse().ok().filter(|year| (1900..=2200).contains(year)) }
    }

    fn takes(&self, event: &Event) -> bool {
        let series = event.series.as_ref().map(|series| series.slug.as_str());
        self.series.as_deref().is_none_or(|slug| series == Some(slug))
            && self.year.is_none_or(|year| event.held_on.year() == year)
    }

    fn query(&self) -> String {
        let series = self.series.as_ref().map(|slug| ["series=", slug].concat());
        let year = self.year.map(|year| ["year=", &year.to_string()].concat());
        let parts: Vec<_> = [series, year].into_iter().flatten().collect();
        if parts.is_empty() { String::new() } else { ["?", &parts.join("&")].concat() }
    }
}

/// The list.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown language.
pub async fn show(
    State(ctx): State<Context>,
    reader: Reader,
    query: Result<Query<Asked>, QueryRejection>,
) -> Result<Response, AppError> {
    let chosen = Chosen::of(query.map(|Query(asked)| asked).unwrap_or_default());
    let all = catalogue::list(&ctx).await?;
    let years: BTreeSet<i32> = all.iter().map(|event| event.held_on.year()).collect();
    let mut series: Vec<Arc<Series>> = all.iter().filter_map(|event| event.series.clone()).collect();
    series.sort_by(|a, b| a.slug.cmp(&b.slug));
    series.dedup_by(|a, b| a.slug == b.slug);
    let today = ctx.clock().today();
    let (mut ahead, past): (Vec<Event>, Vec<Event>) =
        all.into_iter().filter(|event| chosen.takes(event)).partition(|event| event.held_on >= today);
    ahead.sort_by_key(|event| (event.held_on, event.begins));
    let offset = i64::from(ctx.clock().offset_minutes());
    let title = reader.plain(td_string!(reader.locale, events.home_link));
    let path = Some(["/events", &chosen.query()].concat());
    let head = Head { reader, title, path, bundle: None, frame: Frame::Public };
    Ok(page(&ctx, StatusCode::OK, head, move || {
        let locale = reader.locale;
        let is_narrowed = chosen.series.is_some() || chosen.year.is_some();
        let none = |text: &'static str| {
            let text = if is_narrowed { td_string!(locale, events.none_chosen) } else { text };
            view! { <p class="events-quiet" inner_html=reader.rich(text)></p> }.into_any()
        };
        let coming = match ahead[..] {
            [] => none(td_string!(locale, events.ahead_none)),
            _ => items(reader, ahead.iter(), offset),
        };
        let been = match past[..] {
            [] => none(td_string!(locale, events.past_none)),
            _ => past
                .chunk_by(|a, b| a.held_on.year() == b.held_on.year())
                .map(|year| {
                    let heading = year.first().map(|event| event.held_on.year());
                    view! {
                        <h3 class="events-year">{heading}</h3>
                        {items(reader, year.iter(), offset)}
                    }
                })
                .collect_view()
                .into_any(),
        };
        view! {
            <h1 inner_html=reader.rich(td_string!(locale, events.home_link))></h1>
            <p inner_html=reader.rich(td_string!(locale, events.lead))></p>
            {filter(reader, &chosen, &series, &years)}
            <section class="c-passage">
                <h2 inner_html=reader.rich(td_string!(locale, events.ahead))></h2>
                {coming}
            </section>
            <section class="c-passage">
                <h2 inner_html=reader.rich(td_string!(locale, events.past))></h2>
                {been}
            </section>
            <p class="c-passage">
                <a href=paths::feed(reader) inner_html=reader.rich(td_string!(locale, events.feed_link))></a>
            </p>
        }
        .into_any()
    }))
}

/// Events as rows.
fn items<'e>(reader: Reader, events: impl Iterator<Item = &'e Event>, offset: i64) -> AnyView {
    let rows = events.map(|event| {
        let (label, tone) = telling::standing(reader, event.standing);
        let before = series_and_number(event, reader);
        let before = (!before.is_empty()).then(|| view! { <p class="events-quiet">{before}</p> });
        let places = event.places.iter().map(|place| {
            let is_asked = matches!(event.standing, Standing::Open | Standing::Full);
            let seats = is_asked.then(|| telling::seats(reader, place.taken).join(" / "));
            let seats = seats.map(|seats| view! { ": " <span inner_html=reader.rich(&seats)></span> });
            view! { <p class="events-quiet">{said(reader, &place.name)} {seats}</p> }
        });
        view! {
            <li>
                <p inner_html=reader.rich(&telling::when(reader, event, offset))></p>
                <p class="events-title"><a href=paths::event(reader, &event.slug)>{said(reader, &event.title)}</a></p>
                {before}
                {places.collect_view()}
                <p><StatusChip reader label tone /></p>
            </li>
        }
    });
    view! { <ul class="events-rows">{rows.collect_view()}</ul> }.into_any()
}

/// Links that narrow the list; nothing while there is nothing to choose from.
fn filter(reader: Reader, chosen: &Chosen, series: &[Arc<Series>], years: &BTreeSet<i32>) -> AnyView {
    let locale = reader.locale;
    let link = |to: Chosen, is_on: bool, label: AnyView| {
        let href = [paths::list(reader), to.query()].concat();
        view! { <li><a href=href aria-current=is_on.then_some("true")>{label}</a></li> }.into_any()
    };
    let all = || {
        let label = reader.rich(td_string!(locale, events.filter_all));
        view! { <span inner_html=label></span> }.into_any()
    };
    let mut by_series = vec![link(Chosen { series: None, ..chosen.clone() }, chosen.series.is_none(), all())];
    by_series.extend(series.iter().map(|one| {
        let to = Chosen { series: Some(one.slug.clone()), ..chosen.clone() };
        link(to, chosen.series.as_ref() == Some(&one.slug), said(reader, &one.title).into_any())
    }));
    let mut by_year = vec![link(Chosen { year: None, ..chosen.clone() }, chosen.year.is_none(), all())];
    by_year.extend(years.iter().rev().map(|year| {
        let to = Chosen { year: Some(*year), ..chosen.clone() };
        link(to, chosen.year == Some(*year), view! { {*year} }.into_any())
    }));
    let group = |title: &str, links: Vec<AnyView>| {
        // "All" and one more is no choice.
        (links.len() > 2).then(|| {
            let title = reader.rich(title);
            view! {
                <p class="events-quiet" inner_html=title></p>
                <ul class="events-choices">{links}</ul>
            }
        })
    };
    let is_narrowed = chosen.series.is_some() || chosen.year.is_some();
    if by_series.len() <= 2 && by_year.len() <= 2 && !is_narrowed {
        return ().into_any();
    }
    view! {
        <nav class="events-filter" aria-label=reader.plain(td_string!(locale, events.filter))>
            {group(td_string!(locale, events.filter_series), by_series)}
            {group(td_string!(locale, events.filter_year), by_year)}
            {is_narrowed
                .then(|| {
                    let label = reader.rich(td_string!(locale, events.show_all));
                    view! { <p><a href=paths::list(reader) inner_html=label></a></p> }
                })}
        </nav>
    }
    .into_any()
}
