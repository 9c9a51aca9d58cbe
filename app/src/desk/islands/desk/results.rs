//! Looking for a guest, and what can be done with who was found. Nothing is listed until something is typed, unless
//! somebody wants the list: names are not for whoever passes by.

use super::screen::{Desk, Opened};
use crate::{browser::text, i18n::*};
use leptos::prelude::*;
use rollcall::{Act, Entry, Guest, Id, Note, desk::Standing};

/// The field, how many were found, and whoever is not among them.
#[component]
pub(super) fn SearchField(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    let count = move || {
        let found = screen.found();
        if screen.typed.get().trim().is_empty() {
            return String::new();
        }
        match found.get(screen.marked.get()).or(found.first()) {
            None => reader.rich(td_string!(locale, desk.found_none)),
            Some(at) => {
                let words = reader.rich(&td_string!(locale, desk.found, count = found.len()).to_string());
                let name = screen.shown.with(|shown| shown.people.get(*at).map(|guest| guest.name.clone()));
                let mut html = words + " · ";
                form::html::escape(&name.unwrap_or_default(), &mut html);
                html
            }
        }
    };
    let typed = move |event| {
        screen.typed.set(event_target_value(&event));
        screen.marked.set(0);
        // What was said of the one before is not about this one.
        if screen.said.with_untracked(|said| said.as_ref().is_some_and(|said| said.undo.is_none())) {
            screen.said.set(None);
        }
    };
    let walk_in = move |_| screen.opened.set(Some(Opened::WalkIn));
    view! {
        <div class="desk-search">
            <label class="desk-search__label" for="search" inner_html=reader.rich(td_string!(locale, desk.search))></label>
            <input
                class="desk-search__field"
                id="search"
                type="search"
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby="search-hint found-count"
                autofocus
                prop:value=move || screen.typed.get()
                on:input=typed
            />
            <p
                class="c-hint"
                id="search-hint"
                hidden=move || !screen.typed.get().is_empty()
                inner_html=reader.rich(td_string!(locale, desk.search_hint))
            ></p>
            <div class="desk-search__row">
                <p class="desk-search__count" id="found-count" role="status" inner_html=count></p>
                <button type="button" class="desk-plain" id="new-guest" on:click=walk_in inner_html=reader.rich(td_string!(locale, desk.walk_in))></button>
            </div>
        </div>
    }
}

/// What else can be done: tickets, the whole list, sound, keys.
#[component]
pub(super) fn Tools(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    let switch = move |_| screen.wants_list.update(|wants| *wants = !*wants);
    let sound = move |_| screen.has_sound.update(|has| *has = !*has);
    let keys = move |_| screen.opened.set(Some(Opened::Keys));
    let scan = move |_| screen.scans.update(|scans| *scans = !*scans);
    let pressed = |is: bool| if is { "true" } else { "false" };
    let scan_label = move || match screen.scans.get() {
        true => reader.rich(td_string!(locale, desk.camera_stop)),
        false => reader.rich(td_string!(locale, desk.camera)),
    };
    view! {
        <div class="desk-tools">
            <button type="button" class="desk-plain" id="scan" aria-pressed=move || pressed(screen.scans.get()) on:click=scan inner_html=scan_label></button>
            <button type="button" class="desk-plain" id="whole-list" aria-pressed=move || pressed(screen.wants_list.get()) on:click=switch inner_html=reader.rich(td_string!(locale, desk.show_list))></button>
            <button type="button" class="desk-plain" id="sound" aria-pressed=move || pressed(screen.has_sound.get()) on:click=sound inner_html=reader.rich(td_string!(locale, desk.sound))></button>
            <button type="button" class="desk-plain" id="keys" on:click=keys inner_html=reader.rich(td_string!(locale, desk.keys))></button>
        </div>
    }
}

/// Who was found.
#[component]
pub(super) fn Results(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let rows = move || {
        let (found, marked) = (screen.found(), screen.marked.get());
        let is_searched = !screen.typed.get().trim().is_empty();
        let people: Vec<Guest> =
            screen.shown.with(|shown| found.iter().filter_map(|at| shown.people.get(*at).cloned()).collect());
        let rows = people.into_iter().enumerate();
        rows.map(|(at, guest)| row(desk, guest, is_searched && at == marked)).collect_view()
    };
    view! {
        <ul class="desk-found" id="found">
            {rows}
        </ul>
    }
}

fn row(desk: Desk, guest: Guest, is_marked: bool) -> impl IntoView {
    let screen = desk.screen;
    let words = desk.words;
    let reader = words.0;
    let locale = reader.locale;
    let own = screen.facts.with(|facts| facts.place);
    let attendance = screen.shown.with(|shown| shown.roll.of_guest(&guest.id).cloned());
    let is_walk_in = screen.shown.with(|shown| shown.roll.is_walk_in(&guest.id)) && guest.code.is_empty();
    let is_here = attendance.as_ref().is_some_and(|attendance| attendance.here == own && own.is_some());
    let elsewhere = attendance.as_ref().and_then(|attendance| attendance.here).filter(|here| Some(*here) != own);

    let mut marks: Vec<String> = Vec::new();
    if let Some(place) = guest.place.filter(|place| Some(*place) != own && !is_walk_in) {
        marks.push(words.for_place(&screen.name_of_place(&place)));
    }
    let is_unsure = attendance
        .as_ref()
        .is_some_and(|attendance| attendance.notes.iter().any(|note| matches!(note, Note::AlsoAt(_))));
    if is_unsure {
        marks.push(reader.rich(td_string!(locale, desk.unsure)));
    }
    match guest.standing {
        Standing::Registered => {}
        Standing::Waiting => marks.push(reader.rich(td_string!(locale, desk.standing_waiting))),
        Standing::Other if is_walk_in => marks.push(reader.rich(td_string!(locale, desk.standing_walk_in))),
        Standing::Other => marks.push(reader.rich(td_string!(locale, desk.standing_other))),
    }
    let state = attendance.as_ref().map(|attendance| match (attendance.here, attendance.left_at) {
        (None, Some(left)) => words.went(left),
        (Some(_), _) if is_here => words.came(attendance.came_at),
        _ => words.came_to(&screen.name_of_place(&attendance.came_to), attendance.came_at),
    });
    let class = match (is_here, is_marked) {
        (true, true) => "desk-guest is-here is-marked",
        (true, false) => "desk-guest is-here",
        (false, true) => "desk-guest is-marked",
        (false, false) => "desk-guest",
    };
    let id = guest.id;
    let check_in = move |_| desk.with(|session| session.check_in(id));
    let leave = move |_| desk.with(|session| session.say(Act::Leave { guest: id }, None));
    let came_here = move |_| {
        if let Some(place) = own {
            desk.with(|session| session.say(Act::Move { guest: id, place }, None));
        }
    };
    let correct = move |_| screen.opened.set(Some(Opened::Correct(id)));
    let take_back = move |_| {
        desk.with(|session| {
            if let Some(operation) = session.last_of(&id) {
                session.undo(operation);
            }
        });
    };
    let button = |class: &'static str, label: &str| (class, reader.rich(label));
    let main = if is_here {
        None
    } else if elsewhere.is_some() {
        let (class, label) = button("desk-button", td_string!(locale, desk.came_here));
        Some(view! { <button type="button" class=class on:click=came_here inner_html=label></button> }.into_any())
    } else {
        let text = if attendance.is_some() { td_string!(locale, desk.back) } else { td_string!(locale, desk.check_in) };
        let (class, label) = button("desk-button", text);
        Some(view! { <button type="button" class=class on:click=check_in inner_html=label></button> }.into_any())
    };
    let has_come = attendance.is_some();
    view! {
        <li class=class aria-current=is_marked.then_some("true")>
            <div class="desk-guest__who">
                <span class="desk-guest__name" translate="no">{guest.name.clone()}</span>
                " "
                <span class="desk-guest__reading" translate="no" lang="ja">{guest.reading.clone()}</span>
                <span class="desk-guest__organisation" translate="no">{guest.organisation.clone()}</span>
                <span class="desk-guest__marks">
                    {marks.into_iter().map(|mark| view! { <span class="desk-mark" inner_html=mark></span> }).collect_view()}
                </span>
                {state.map(|state| view! { <strong class="desk-guest__state" inner_html=state></strong> })}
            </div>
            <div class="desk-guest__acts">
                {main}
                <details class="desk-more">
                    <summary aria-label=words.more_of(&guest.name) inner_html=reader.rich(td_string!(locale, desk.more))></summary>
                    <div class="desk-more__acts">
                        {is_here.then(|| view! { <button type="button" class="desk-plain" on:click=leave inner_html=reader.rich(td_string!(locale, desk.leave))></button> })}
                        {has_come.then(|| view! { <button type="button" class="desk-plain" on:click=take_back inner_html=reader.rich(td_string!(locale, desk.undo))></button> })}
                        <button type="button" class="desk-plain" on:click=correct inner_html=reader.rich(td_string!(locale, desk.correct))></button>
                    </div>
                </details>
            </div>
        </li>
    }
}

/// What this desk said last, each with the way back.
#[component]
pub(super) fn Latest(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    let rows = move || {
        let latest = screen.shown.with(|shown| shown.latest.clone());
        if latest.is_empty() {
            return view! { <p inner_html=reader.rich(td_string!(locale, desk.latest_none))></p> }.into_any();
        }
        let rows = latest.into_iter().map(|(whom, entry)| said(desk, whom, &entry)).collect_view();
        view! { <ol class="desk-log">{rows}</ol> }.into_any()
    };
    view! {
        <details class="desk-part" id="latest">
            <summary inner_html=reader.rich(td_string!(locale, desk.latest))></summary>
            {rows}
        </details>
    }
}

fn said(desk: Desk, whom: Option<Id>, entry: &Entry) -> impl IntoView + use<> {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    let id = entry.operation.id;
    let (name, is_undone) =
        screen.shown.with(|shown| (whom.map(|guest| shown.name_of(&guest)), shown.roll.is_undone(&id)));
    let can_undo = !is_undone && !matches!(entry.operation.act, Act::Undo { .. });
    let press = move |_| desk.with(|session| session.undo(id));
    view! {
        <li>
            <span class="desk-log__time">{text::clock(entry.at)}</span>
            " "
            <span inner_html=desk.words.act(&entry.operation.act)></span>
            " "
            <span translate="no">{name}</span>
            " "
            {is_undone.then(|| view! { <em inner_html=reader.rich(td_string!(locale, desk.undone))></em> })}
            {can_undo.then(|| view! { <button type="button" class="desk-plain" on:click=press inner_html=reader.rich(td_string!(locale, desk.undo))></button> })}
        </li>
    }
}
