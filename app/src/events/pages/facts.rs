//! When and where an event is, with its seats: the list of facts on its page.

use crate::{
    events::{
        server::{
            catalogue::{Event, Place},
            entities::place::Kind,
        },
        standing::Standing,
        telling::{self, said, spoken},
    },
    i18n::*,
    ui::{Reader, dates::long_day_of_week},
};
use leptos::prelude::*;

/// The list.
pub(super) fn facts(reader: Reader, event: &Event, site_offset_minutes: i64) -> AnyView {
    let locale = reader.locale;
    let details = &event.details;
    let mut rows =
        vec![text(reader, td_string!(locale, events.when), &telling::when(reader, event, site_offset_minutes))];
    if event.places.is_empty() && event.standing.is_ahead() {
        rows.push(text(reader, td_string!(locale, events.where_at), td_string!(locale, events.place_unknown)));
    }
    rows.extend(event.places.iter().map(|place| where_at(reader, event, place)));
    if let Some(last) = event.register_until.filter(|_| event.standing.is_ahead()) {
        rows.push(text(reader, td_string!(locale, events.register_until), &long_day_of_week(reader, last)));
    }
    if !details.languages.is_empty() {
        let names = details.languages.iter().map(|tag| spoken(tag)).collect::<Vec<_>>().join(", ");
        let names = view! { <span translate="no">{names}</span> }.into_any();
        rows.push(row(reader, td_string!(locale, events.languages), names));
    }
    if !details.interpretation.is_empty() {
        let words = said(reader, &details.interpretation).into_any();
        rows.push(row(reader, td_string!(locale, events.interpretation), words));
    }
    let invited: Vec<_> = details
        .programme
        .iter()
        .flat_map(|item| &item.speakers)
        .filter(|speaker| speaker.is_invited)
        .map(|speaker| {
            let name = (!speaker.name.is_empty()).then(|| view! { <span translate="no">{speaker.name.clone()}</span> });
            let comma = (!speaker.name.is_empty() && !speaker.organisation.is_empty()).then_some(", ");
            view! { <p class="events-line">{name} {comma} {said(reader, &speaker.organisation)}</p> }
        })
        .collect();
    if !invited.is_empty() {
        rows.push(row(reader, td_string!(locale, events.lecturers), invited.into_any()));
    }
    view! { <dl class="c-summary events-facts">{rows}</dl> }.into_any()
}

/// A place: what it is called, where it is or that this is told later, how to get in, and its seats.
fn where_at(reader: Reader, event: &Event, place: &Place) -> AnyView {
    let locale = reader.locale;
    let exactly = match (&place.address, place.kind) {
        (Some(address), _) => view! { <p class="events-text">{said(reader, address)}</p> }.into_any(),
        // Of what is over nobody will be told more.
        (None, _) if !event.standing.is_ahead() => ().into_any(),
        (None, Kind::Online) => {
            view! { <p inner_html=reader.rich(td_string!(locale, events.online_how))></p> }.into_any()
        }
        (None, Kind::Venue) => {
            view! { <p inner_html=reader.rich(td_string!(locale, events.place_unknown))></p> }.into_any()
        }
    };
    let is_named = place.name.plain(reader) == reader.plain(td_string!(locale, events.online));
    let online = (place.kind == Kind::Online && !is_named).then(|| {
        let word = reader.rich(td_string!(locale, events.online));
        view! { " (" <span inner_html=word></span> ")" }
    });
    let access = (!place.access.is_empty()).then(|| {
        let label = reader.rich(td_string!(locale, events.access));
        view! {
            <p class="events-quiet" inner_html=label></p>
            <p class="events-text">{said(reader, &place.access)}</p>
        }
    });
    // Seats matter while somebody can still have one.
    let seats = matches!(event.standing, Standing::Open | Standing::Full).then(|| {
        let lines = telling::seats(reader, place.taken).into_iter();
        lines.map(|line| view! { <p class="events-seats" inner_html=reader.rich(&line)></p> }).collect_view()
    });
    let content = view! {
        <p class="events-place">{said(reader, &place.name)} {online}</p>
        {exactly}
        {seats}
        {access}
    };
    row(reader, td_string!(locale, events.where_at), content.into_any())
}

fn text(reader: Reader, key: &str, value: &str) -> AnyView {
    let value = reader.rich(value);
    row(reader, key, view! { <span inner_html=value></span> }.into_any())
}

fn row(reader: Reader, key: &str, value: AnyView) -> AnyView {
    view! {
        <div class="c-summary__row">
            <dt class="c-summary__key" inner_html=reader.rich(key)></dt>
            <dd class="c-summary__value">{value}</dd>
        </div>
    }
    .into_any()
}
