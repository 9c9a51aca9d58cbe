//! The desk in the browser. `session` says, keeps, sends and learns; `screen` is what is shown, as signals; the rest
//! draws it. The rules are those of the crate `rollcall`.

mod camera;
mod forms;
mod keyboard;
mod numbers;
mod results;
mod screen;
mod session;
mod words;

use crate::{
    browser::http,
    desk::{components::languages, paths},
    i18n::*,
    ui::Reader,
};
use camera::Scanner;
use forms::Forms;
use leptos::prelude::*;
use numbers::{AllPlaces, Figures};
use results::{Latest, Results, SearchField, Tools};
use screen::{Desk, Phase, Screen};
use words::Words;

/// Everything of a desk's page. The server draws it asleep; what it is about stands in the address.
#[island]
pub fn ReceptionDesk(
    /// Who reads.
    reader: Reader,
) -> impl IntoView {
    let desk = Desk { screen: Screen::new(), session: StoredValue::new_local(None), words: Words(reader) };
    Effect::new(move |_| http::spawn(session::wake(desk)));
    let work = move || match desk.screen.phase.get() {
        Phase::Open => view! { <Open desk /> }.into_any(),
        phase => closed(desk, phase).into_any(),
    };
    view! {
        {work}
        {move || other_languages(desk)}
    }
}

/// The same desk in other languages, while their pages can be fetched.
fn other_languages(desk: Desk) -> Option<impl IntoView> {
    let id = desk.screen.id.get();
    let is_reached = desk.screen.is_connected.get() || desk.screen.phase.get() != Phase::Open;
    (!id.is_empty() && is_reached).then(|| languages(desk.words.0, move |tag| paths::page(tag, &id)))
}

/// What is said instead of a desk.
fn closed(desk: Desk, phase: Phase) -> impl IntoView {
    let locale = desk.words.0.locale;
    let text = match phase {
        Phase::Loading | Phase::Open => td_string!(locale, desk.loading),
        Phase::UnknownPhone => td_string!(locale, desk.unknown_phone),
        Phase::FirstNetwork => td_string!(locale, desk.first_network),
        Phase::Over => td_string!(locale, desk.over),
        Phase::OtherWindow => td_string!(locale, desk.other_window),
        Phase::Ended => td_string!(locale, desk.ended),
    };
    let unsent = move || {
        let count = desk.screen.unsent.get();
        (count > 0).then(|| view! { <p inner_html=desk.words.unsent(count)></p> })
    };
    view! {
        <h1 inner_html=desk.words.0.rich(td_string!(locale, desk.title))></h1>
        <p class="desk-closed" role="status" inner_html=desk.words.0.rich(text)></p>
        {unsent}
    }
}

/// The desk at work.
#[component]
fn Open(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let locale = desk.words.0.locale;
    keyboard::listen(desk);
    let (title, place) = (move || screen.facts.get().title, move || screen.place_name());
    let no_storage = move || {
        let text = td_string!(locale, desk.no_storage);
        (!screen.is_kept.get())
            .then(|| view! { <p class="desk-warning" role="alert" inner_html=desk.words.0.rich(text)></p> })
    };
    let refused = move || {
        let count = screen.refused.get();
        let text = td_string!(locale, desk.refused, count = count).to_string();
        (count > 0).then(|| view! { <p class="desk-warning" inner_html=desk.words.0.rich(&text)></p> })
    };
    view! {
        <header class="desk-head">
            <h1 class="desk-head__place">
                <span translate="no">{place}</span>
                " "
                <small translate="no">{move || screen.facts.get().name}</small>
            </h1>
            <p class="desk-head__title" translate="no">
                {title}
            </p>
            <Connection desk />
        </header>
        {no_storage}
        {refused}
        <div class="desk-room">
            <div class="desk-room__work">
                <SearchField desk />
                <Said desk />
                <Scanner desk />
                <Forms desk />
                <Results desk />
                <Tools desk />
            </div>
            <div class="desk-room__side">
                <Figures desk />
                <AllPlaces desk />
                <Latest desk />
            </div>
        </div>
    }
}

/// Whether the server is heard, and what it has not been told.
#[component]
fn Connection(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let locale = desk.words.0.locale;
    let fails = move || screen.fails.get() && screen.unsent.get() > 0;
    let state = move || match (screen.is_connected.get(), fails()) {
        (false, _) => td_string!(locale, desk.cut_off),
        (true, true) => td_string!(locale, desk.send_fails),
        (true, false) => td_string!(locale, desk.connected),
    };
    let class = move || if screen.is_connected.get() && !fails() { "desk-net is-on" } else { "desk-net is-off" };
    let unsent = move || match screen.unsent.get() {
        0 => desk.words.0.rich(td_string!(locale, desk.all_sent)),
        count => desk.words.unsent(count),
    };
    let send = move || {
        let press = move |_| desk.with(session::Session::send_again);
        let text = desk.words.0.rich(td_string!(locale, desk.send_now));
        (screen.unsent.get() > 0)
            .then(|| view! { <button type="button" class="desk-plain" on:click=press inner_html=text></button> })
    };
    view! {
        <p class=class>
            <span role="status" inner_html=move || desk.words.0.rich(state())></span>
            " "
            <span id="unsent" inner_html=unsent></span>
            " "
            {send}
        </p>
    }
}

/// What has just happened, and for a moment the way back.
#[component]
fn Said(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let words = desk.words;
    let class = move || match screen.said.get().map(|said| said.tone) {
        Some(tone) => ["desk-said is-", tone.name()].concat(),
        None => "desk-said".to_owned(),
    };
    let text = move || screen.said.get().map(|said| said.html).unwrap_or_default();
    let undo = move || {
        let operation = screen.said.get().and_then(|said| said.undo)?;
        let press = move |_| desk.with(|session| session.undo(operation));
        let label = words.0.rich(td_string!(words.0.locale, desk.undo));
        Some(view! { <button type="button" class="desk-said__undo" on:click=press inner_html=label></button> })
    };
    view! {
        <div class=class>
            <p role="status" aria-live="assertive" id="said" inner_html=text></p>
            {undo}
        </div>
    }
}
