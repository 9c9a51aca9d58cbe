//! What stands beside a guest's form: who reads it and when it is deleted, and why nobody registers.

use super::when::deleted_on;
use crate::{
    events::{
        paths,
        server::catalogue::Event,
        standing::Standing,
        telling::{said, when},
    },
    i18n::*,
    server::Context,
    ui::{ButtonLink, Reader, Weight},
};
use leptos::prelude::*;

/// The theme, the day.
pub fn heading(ctx: &Context, reader: Reader, event: &Event) -> impl IntoView + use<> {
    let when = when(reader, event, i64::from(ctx.clock().offset_minutes()));
    let title = said(reader, &event.title);
    let href = paths::event(reader, &event.slug);
    view! {
        <p>
            <a href=href>{title}</a>
            <br />
            <span inner_html=reader.rich(&when)></span>
        </p>
    }
}

/// Who receives which of the data, and when names are deleted.
pub fn data(reader: Reader, event: &Event) -> impl IntoView + use<> {
    let locale = reader.locale;
    let given = event.details.hosts.iter().filter(|host| !host.receives.is_empty());
    let given: Vec<_> = given
        .map(|host| {
            let (name, what) = (said(reader, &host.name), said(reader, &host.receives));
            view! { <li>{name} ": " {what}</li> }
        })
        .collect();
    let given = if given.is_empty() {
        view! { <p inner_html=reader.rich(td_string!(locale, registrations.data_nobody))></p> }.into_any()
    } else {
        view! {
            <p inner_html=reader.rich(td_string!(locale, registrations.data_hosts))></p>
            <ul>{given}</ul>
        }
        .into_any()
    };
    let until = td_string!(locale, registrations.data_until, date = deleted_on(reader, event)).to_string();
    view! {
        <section class="c-passage">
            <h2 inner_html=reader.rich(td_string!(locale, registrations.data_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, registrations.data_secretariat))></p>
            {given}
            <p inner_html=reader.rich(&until)></p>
        </section>
    }
}

/// Why nobody registers: title and text.
#[must_use]
pub fn why_closed(reader: Reader, event: &Event) -> (&'static str, &'static str) {
    let locale = reader.locale;
    match event.standing {
        Standing::Cancelled => {
            (td_string!(locale, registrations.off_title), td_string!(locale, registrations.off_text))
        }
        Standing::Held | Standing::Reported => {
            (td_string!(locale, registrations.held_title), td_string!(locale, registrations.held_text))
        }
        _ => (td_string!(locale, registrations.closed_title), td_string!(locale, registrations.closed_text)),
    }
}

/// The page that says so.
pub fn closed(ctx: &Context, reader: Reader, event: &Event) -> impl IntoView + use<> {
    let (title, text) = why_closed(reader, event);
    let heading = heading(ctx, reader, event);
    view! {
        <h1 inner_html=reader.rich(title)></h1>
        {heading}
        <p inner_html=reader.rich(text)></p>
        {ways(reader, &event.slug)}
    }
}

/// To the event, and to all of them.
pub fn ways(reader: Reader, slug: &str) -> impl IntoView + use<> {
    let locale = reader.locale;
    let (event, list) = (paths::event(reader, slug), paths::list(reader));
    view! {
        <div class="c-actions">
            <ButtonLink reader href=event label=td_string!(locale, registrations.to_event) weight=Weight::Quiet />
            <ButtonLink reader href=list label=td_string!(locale, registrations.to_list) weight=Weight::Quiet />
        </div>
    }
}
