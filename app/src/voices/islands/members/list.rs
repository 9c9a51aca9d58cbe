//! The list: what is due first stands first. The search and the filters run here.

use super::{
    parts::Press,
    screen::{Desk, Row},
    session,
    words::{date, language, looked_after, state},
};
use crate::{
    browser::{http, page, text},
    i18n::*,
    ui::{StatusChip, panel::Tone, reader::NAME},
    voices::standing::{Part, State},
};
use form::Day;
use leptos::prelude::*;

/// The list, its search, and what new members lack.
#[component]
pub(super) fn List(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let screen = desk.screen;
    let has_keys = desk.with(|me| me.key_count() > 0).unwrap_or_default();
    let no_keys = (!has_keys).then(|| super::said(reader, Tone::Waiting, td_string!(locale, members.no_keys)));
    let shown = Memo::new(move |_| found(desk));
    let rows = move || {
        let rows = shown.get();
        match (rows.is_empty(), screen.rows.with(Vec::is_empty)) {
            (true, true) => view! { <p inner_html=reader.rich(td_string!(locale, members.none))></p> }.into_any(),
            (true, false) => {
                view! { <p inner_html=reader.rich(td_string!(locale, members.none_found))></p> }.into_any()
            }
            (false, _) => {
                let rows = rows.into_iter().map(|row| view! { <li>{one(desk, row)}</li> }).collect_view();
                view! { <ul class="members-list">{rows}</ul> }.into_any()
            }
        }
    };
    view! {
        <h2 id="letters" tabindex="-1" inner_html=reader.rich(td_string!(locale, members.list_heading))></h2>
        {no_keys}
        <Without desk />
        <div class="members-tools">
            <div class="c-group">
                <label class="c-label" for="search" inner_html=reader.rich(td_string!(locale, members.search))></label>
                <p class="c-hint" id="search-hint" inner_html=reader.rich(td_string!(locale, members.search_hint))></p>
                <input
                    class="c-field"
                    id="search"
                    type="search"
                    autocomplete="off"
                    spellcheck="false"
                    aria-describedby="search-hint"
                    prop:value=move || screen.search.get()
                    on:input=move |event| screen.search.set(event_target_value(&event))
                />
            </div>
            <p class="c-actions">
                {filter(desk, Part::Open)}
                {filter(desk, Part::Concluded)}
                {move || is_flooded(desk).then(|| filter(desk, Part::Aside))}
                <Press
                    reader
                    label=td_string!(locale, members.mine)
                    pressed=screen.is_mine
                    press=move || screen.is_mine.update(|is_mine| *is_mine = !*is_mine)
                />
                <Press
                    reader
                    label=td_string!(locale, members.refresh)
                    press=move || http::spawn(session::list(desk))
                />
            </p>
        </div>
        {move || aside(desk)}
        {rows}
    }
}

/// Whether something was kept apart, or is looked at.
fn is_flooded(desk: Desk) -> bool {
    let some = desk.screen.facts.with(|facts| facts.as_ref().is_some_and(|facts| facts.aside > 0));
    some || desk.screen.part.get() == Part::Aside
}

/// What is said above voices that came in a flood, and what can be done with all of them.
fn aside(desk: Desk) -> Option<impl IntoView> {
    let reader = desk.reader;
    let locale = reader.locale;
    (desk.screen.part.get() == Part::Aside).then(|| {
        let shown = move || found(desk).into_iter().map(|row| row.voice.id).collect::<Vec<_>>();
        let discard = move || {
            if page::confirm(&reader.plain(td_string!(locale, members.aside_sure))) {
                http::spawn(session::sort(desk, shown(), true));
            }
        };
        view! {
            <p inner_html=reader.rich(td_string!(locale, members.aside_lead))></p>
            <p class="c-actions">
                <Press
                    reader
                    label=td_string!(locale, members.aside_all_in)
                    press=move || http::spawn(session::sort(desk, shown(), false))
                />
                <Press reader label=td_string!(locale, members.aside_discard) press=discard />
            </p>
        }
    })
}

/// A part of the list.
fn filter(desk: Desk, part: Part) -> impl IntoView {
    let locale = desk.reader.locale;
    let screen = desk.screen;
    let label = match part {
        Part::Open => td_string!(locale, members.list_open),
        Part::Concluded => td_string!(locale, members.list_concluded),
        Part::Aside => td_string!(locale, members.list_aside),
    };
    let press = move || {
        screen.part.set(part);
        screen.rows.set(Vec::new());
        http::spawn(session::list(desk));
    };
    let pressed = Signal::derive(move || screen.part.get() == part);
    view! { <Press reader=desk.reader label pressed press /> }
}

/// What the search and the filters leave.
fn found(desk: Desk) -> Vec<Row> {
    let screen = desk.screen;
    let looked_for = text::decompose(screen.search.get().trim()).to_lowercase();
    let own = screen.is_mine.get().then(|| desk.with(|me| me.me().id.clone()).unwrap_or_default());
    let mut rows = screen.rows.get();
    rows.retain(|row| own.is_none() || row.voice.member == own);
    if !looked_for.is_empty() {
        screen.read.with(|read| {
            rows.retain(|row| {
                let note = row.note.as_ref().map(|note| text::decompose(note).to_lowercase());
                note.is_some_and(|note| note.contains(&looked_for))
                    || read.get(&row.voice.id).is_some_and(|words| words.contains(&looked_for))
            });
        });
    }
    rows
}

/// One voice: a button that opens it, and what is known without opening it.
fn one(desk: Desk, row: Row) -> impl IntoView + use<> {
    let reader = desk.reader;
    let locale = reader.locale;
    let Row { voice, note, has_key } = row;
    let (heading, is_named) = match (&note, has_key) {
        (_, false) => (reader.rich(td_string!(locale, members.other_key)), false),
        (None, true) => (reader.rich(td_string!(locale, members.no_note)), false),
        (Some(note), true) => (reader.rich_about(NAME, note), true),
    };
    let facts = desk.screen.facts.get_untracked();
    let today = facts.as_ref().and_then(|facts| Day::parse(&facts.today));
    let due = Day::parse(&voice.due_on);
    let is_late = today.zip(due).is_some_and(|(today, due)| voice.state.is_late(due, today));
    let by = date(reader, &voice.due_on);
    let promise = match voice.state {
        State::Concluded => None,
        _ if is_late => Some(td_string!(locale, members.late, date = by).to_string()),
        _ => Some(td_string!(locale, members.due, date = by).to_string()),
    };
    let tone = match (voice.state, is_late) {
        (_, true) => Tone::Wrong,
        (State::Received, false) => Tone::Waiting,
        (State::Concluded, false) => Tone::Done,
        _ => Tone::Plain,
    };
    let came = td_string!(locale, members.came, date = date(reader, &voice.opened_on)).to_string();
    let count = td_string!(locale, members.count, count = voice.messages).to_string();
    let late =
        voice.late_on.as_ref().map(|day| td_string!(locale, members.said_late, date = date(reader, day)).to_string());
    let waits = voice.is_waiting.then(|| td_string!(locale, members.worker_last).to_owned());
    let ordered = voice.is_ordered.then(|| td_string!(locale, members.row_ordered).to_owned());
    let agreed = voice.is_agreed.then(|| td_string!(locale, members.row_agreed).to_owned());
    let details: Vec<String> = [ordered, agreed, Some(came), promise, late, Some(count), waits]
        .into_iter()
        .flatten()
        .map(|text| reader.rich(&text))
        .collect();
    let name = voice.member.as_ref().and_then(|id| {
        let facts = facts.as_ref()?;
        facts.people.iter().find(|person| person.id == *id).map(|person| looked_after(reader, &person.called))
    });
    let id = voice.id.clone();
    let press = move |_| http::spawn(session::open(desk, id.clone()));
    let class = if is_named { "members-row__open" } else { "members-row__open is-unnamed" };
    view! {
        <article class="members-row">
            <button type="button" class=class disabled=!has_key on:click=press inner_html=heading></button>
            <p class="members-row__state">
                <StatusChip reader label=state(reader, voice.state) tone />
                " · "
                <span translate="no">{language(&voice.language)}</span>
            </p>
            <p class="c-hint" inner_html=details.join(" · ")></p>
            {(desk.screen.part.get_untracked() == Part::Aside).then(|| {
                let id = voice.id.clone();
                let press = move || http::spawn(session::sort(desk, vec![id.clone()], false));
                view! {
                    <p class="c-actions">
                        <Press reader label=td_string!(locale, members.aside_in) press />
                    </p>
                }
            })}
            {name.map(|html| view! { <p class="c-hint" inner_html=html></p> })}
        </article>
    }
}

/// Members who joined later and cannot open what came before.
#[component]
fn Without(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    move || {
        let facts = desk.screen.facts.get()?;
        let without = desk.with(|me| {
            let without = me.without_key(&facts).into_iter();
            without.map(|(number, person)| (number, person.clone())).collect::<Vec<_>>()
        })?;
        let rows = without.into_iter().map(|(number, person)| {
            let text = td_string!(locale, members.give_text, name = NAME, number = number).to_string();
            let (html, id) = (reader.rich_about(&text, &person.called), person.id);
            let press = move || http::spawn(session::give(desk, number, id.clone()));
            view! {
                <li>
                    <p inner_html=html></p>
                    <p class="c-actions">
                        <Press reader label=td_string!(locale, members.give) press />
                    </p>
                </li>
            }
        });
        Some(view! { <ul class="members-without">{rows.collect_view()}</ul> })
    }
}
