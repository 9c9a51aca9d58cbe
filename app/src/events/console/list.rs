//! `/console/events`: all events and series.

use super::parts::{link, of_series, said, seats, standing_chip};
use crate::{
    auth::Organizer,
    console::{Screen, Section, screen},
    error::AppError,
    events::{
        paths,
        server::{
            access::{self, Access},
            catalogue::{self, Event, Series},
        },
    },
    i18n::*,
    server::Context,
    ui::{ButtonLink, DataTable, Reader, Weight, dates::long_day},
};
use axum::{extract::State, http::StatusCode, response::Response};
use leptos::prelude::*;
use std::collections::HashMap;

/// The page.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn show(organizer: Organizer, State(ctx): State<Context>, reader: Reader) -> Result<Response, AppError> {
    let events = catalogue::list_any(&ctx).await?;
    let series = catalogue::list_series(&ctx).await?;
    let access = access::of_all(&ctx, &organizer, &events).await?;
    let today = ctx.clock().today();
    let (mut ahead, past): (Vec<_>, Vec<_>) = events.into_iter().partition(|event| event.held_on >= today);
    ahead.sort_by_key(|event| (event.held_on, event.begins));
    let locale = reader.locale;
    let about = Screen::new(Section::Events, td_string!(locale, planning.title));
    Ok(screen(&ctx, &organizer, reader, StatusCode::OK, about, move || {
        let is_empty = ahead.is_empty() && past.is_empty();
        let empty = is_empty.then(|| {
            view! { <p inner_html=reader.rich(td_string!(locale, planning.list_empty))></p> }
        });
        view! {
            <div class="c-actions">
                <ButtonLink reader href="/console/events/new" label=td_string!(locale, planning.new_event) />
                <ButtonLink
                    reader
                    href="/console/series/new"
                    label=td_string!(locale, planning.new_series)
                    weight=Weight::Quiet
                />
            </div>
            {empty}
            {table(reader, "ahead", td_string!(locale, planning.list_ahead), ahead, &access)}
            {table(reader, "past", td_string!(locale, planning.list_past), past, &access)}
            {all_series(reader, series)}
            <ul class="answers-links">
                {link(reader, "/console/personal-data".to_owned(), td_string!(locale, planning.to_kept))}
                {link(reader, paths::list(reader), td_string!(locale, planning.to_public_list))}
            </ul>
        }
        .into_any()
    }))
}

fn table(
    reader: Reader,
    id: &'static str,
    caption: &'static str,
    events: Vec<Event>,
    access: &HashMap<crate::ids::EventId, Access>,
) -> Option<impl IntoView + use<>> {
    if events.is_empty() {
        return None;
    }
    let locale = reader.locale;
    let columns = [
        td_string!(locale, planning.col_event),
        td_string!(locale, planning.col_day),
        td_string!(locale, planning.col_standing),
        td_string!(locale, planning.col_places),
        td_string!(locale, planning.col_seats),
        td_string!(locale, planning.col_waiting),
        td_string!(locale, planning.col_interested),
    ];
    let columns = columns.map(str::to_owned).to_vec();
    let rows = events.into_iter().map(|event| row(reader, &event, access.get(&event.id))).collect_view();
    Some(view! {
        <DataTable reader id caption columns>
            {rows}
        </DataTable>
    })
}

/// One event. Of one that is others' alone stands what everybody may read.
fn row(reader: Reader, event: &Event, access: Option<&Access>) -> impl IntoView + use<> {
    let title = said(reader, &event.title);
    let name = match access {
        Some(_) => view! { <a href=paths::console(&event.slug, "")>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    let places = event.places.iter().map(|place| view! { <li>{said(reader, &place.name)}</li> }).collect_view();
    let numbers = access.map(|access| {
        let mine = event.places.iter().filter(|place| access.reaches(Some(&place.id))).map(|place| place.taken);
        let taken = mine.clone().map(|taken| taken.registered + taken.offered).sum();
        let all = mine.clone().map(|taken| taken.capacity).sum::<Option<u32>>();
        let waiting: u32 = mine.map(|taken| taken.waiting).sum();
        // Of an event without a place there is nothing to count.
        let seats = if event.places.is_empty() { String::new() } else { seats(reader, taken, all) };
        (seats, waiting, access.reaches(None).then_some(event.interested))
    });
    let numbers = match numbers {
        Some((seats, waiting, interested)) => view! {
            <td inner_html=reader.rich(&seats)></td>
            <td>{waiting}</td>
            <td>{interested}</td>
        }
        .into_any(),
        None => {
            let words = reader.rich(td_string!(reader.locale, planning.others_only));
            view! { <td colspan="3" inner_html=words></td> }.into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">
                {name} {of_series(reader, event).map(|words| view! { <span class="planning-of">{words}</span> })}
            </th>
            <td inner_html=reader.rich(&long_day(reader, event.held_on))></td>
            <td>{standing_chip(reader, event.standing)}</td>
            <td>
                <ul class="planning-places">{places}</ul>
            </td>
            {numbers}
        </tr>
    }
}

fn all_series(reader: Reader, series: Vec<Series>) -> Option<impl IntoView + use<>> {
    if series.is_empty() {
        return None;
    }
    let rows = series.into_iter().map(|series| {
        let edit = ["/console/series/", &series.slug, "/edit"].concat();
        view! {
            <li>
                <a href=edit>{said(reader, &series.title)}</a>
            </li>
        }
    });
    Some(view! {
        <section>
            <h2 inner_html=reader.rich(td_string!(reader.locale, planning.all_series))></h2>
            <ul>{rows.collect_view()}</ul>
        </section>
    })
}
