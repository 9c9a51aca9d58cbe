//! One voice: its letters, the desk's note, who looks after it, the answer.

use super::{
    parts::Go,
    passing::Passing,
    screen::Desk,
    session,
    words::{date, language, path, state, who},
};
use crate::{
    browser::{http, page, press},
    i18n::*,
    ui::{Button, ChoiceRow, Field, LongTextField, Radios, StatusChip, panel::Tone},
    voices::{
        components,
        member::Case,
        sharing::Shared,
        standing::{NEWS_WITHIN, State},
        written::TEXT_BYTES,
    },
};
use leptos::{ev::SubmitEvent, prelude::*};

/// The steps that an answer may bring, as they are sent.
const STEPS: [(&str, State); 3] =
    [("assessed", State::Assessed), ("addressed", State::Addressed), ("concluded", State::Concluded)];

/// The voice that is open.
#[component]
pub(super) fn One(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let case = move || desk.screen.case.get();
    let head = move || case().map(|case| head(desk, &case));
    let letters = Memo::new(move |_| {
        case().map(|case| {
            let numbers = |shared: &Shared| [shared.facts.words_number, shared.facts.shown_number];
            let asked: Vec<_> = case.shared.iter().flat_map(numbers).collect();
            (case.letters.clone(), case.doubtful, asked)
        })
    });
    let letters = move || {
        let (letters, doubtful, asked) = letters.get()?;
        let words = td_string!(locale, members.doubtful, count = doubtful).to_string();
        let doubtful = (doubtful > 0).then(|| super::said(reader, Tone::Wrong, &words));
        let letters = letters
            .iter()
            // What the worker is asked stands in its own place.
            .filter(|letter| !asked.contains(&letter.number))
            .map(|letter| components::letter(reader, letter, who(reader, letter), path(reader, letter.path)));
        Some(view! {
            {doubtful}
            {letters.collect_view()}
        })
    };
    view! {
        <p>
            <button
                type="button"
                class="c-back"
                on:click=move |_| page::back()
                inner_html=reader.rich(td_string!(locale, members.back))
            ></button>
        </p>
        {head}
        {letters}
        <Reply desk />
        <Passing desk />
        <Note desk />
        <Assign desk />
    }
}

/// What is known of it.
fn head(desk: Desk, case: &Case) -> impl IntoView + use<> {
    let reader = desk.reader;
    let locale = reader.locale;
    let row = &case.row;
    let heading = td_string!(locale, members.one_heading, date = date(reader, &row.opened_on)).to_string();
    let reads = td_string!(locale, members.reads_in, language = language(&row.language)).to_string();
    let opens = td_string!(locale, members.opens, count = row.opens).to_string();
    let late =
        row.late_on.as_ref().map(|day| td_string!(locale, members.said_late, date = date(reader, day)).to_string());
    let kept = case.is_kept_long.then(|| td_string!(locale, members.kept_long).to_owned());
    let due = match row.state {
        State::Concluded => None,
        _ => Some(td_string!(locale, members.due, date = date(reader, &row.due_on)).to_string()),
    };
    let facts = [Some(reads), due, late, Some(opens), kept].into_iter().flatten();
    let facts = facts.map(|text| view! { <li inner_html=reader.rich(&text)></li> }).collect_view();
    view! {
        <h2 id="one" tabindex="-1" inner_html=reader.rich(&heading)></h2>
        <p>
            <StatusChip reader label=state(reader, row.state) />
        </p>
        <ul>{facts}</ul>
    }
}

/// The answer, and how far the desk is with it.
#[component]
fn Reply(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let screen = desk.screen;
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if screen.is_busy.get_untracked() {
            return;
        }
        let written = press::value_of(&event, "text").replace("\r\n", "\n").trim().to_owned();
        let step = press::value_of(&event, "step");
        let state = STEPS.iter().find(|(code, _)| *code == step).map(|(_, state)| *state);
        let fault = match state {
            _ if written.is_empty() => Some(("text", td_string!(locale, members.fault_text).to_owned())),
            _ if written.len() > TEXT_BYTES => Some(("text", td_string!(locale, members.fault_long).to_owned())),
            None => Some(("step", td_string!(locale, members.fault_step).to_owned())),
            Some(_) => None,
        };
        let wrong = fault.as_ref().map(|(field, _)| ["#", field].concat());
        screen.draft.set((written.clone(), step));
        screen.fault.set(fault);
        match (wrong, state) {
            (None, Some(state)) => http::spawn(session::reply(desk, written, state)),
            (Some(field), _) => page::focus_when_drawn(&field),
            (None, None) => {}
        }
    };
    let fields = move || {
        let (fault, (text, step)) = (screen.fault.get(), screen.draft.get());
        let fault = |name: &str| fault.as_ref().filter(|(field, _)| *field == name).map(|(_, words)| words.clone());
        let answer = Field::new("text", td_string!(locale, members.reply))
            .hint(td_string!(locale, members.reply_hint))
            .error(fault("text"));
        let hint = td_string!(locale, members.step_hint, days = NEWS_WITHIN).to_string();
        let how_far = Field::new("step", td_string!(locale, members.step)).hint(hint).error(fault("step"));
        let choices = STEPS.map(|(value, state)| ChoiceRow {
            value: value.to_owned(),
            label: match state {
                State::Assessed | State::Received => td_string!(locale, members.step_assessed),
                State::Addressed => td_string!(locale, members.step_addressed),
                State::Concluded => td_string!(locale, members.step_concluded),
            }
            .to_owned(),
            checked: value == step,
            ..ChoiceRow::default()
        });
        view! {
            <LongTextField reader field=answer name="text" value=text />
            <Radios reader field=how_far name="step" choices=choices.to_vec() />
        }
    };
    view! {
        <form class="members-part" on:submit=send novalidate translate="no">
            {fields}
            <Go desk label=td_string!(locale, members.send) />
        </form>
    }
}

/// What the desk notes for itself.
#[component]
fn Note(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if desk.screen.is_busy.get_untracked() {
            return;
        }
        let note = press::value_of(&event, "note").trim().to_owned();
        http::spawn(session::note(desk, note));
    };
    let field = move || {
        let note = desk.screen.case.get().and_then(|case| desk.with(|me| me.note(&case.row)).flatten());
        let field = Field::new("note", td_string!(locale, members.note)).hint(td_string!(locale, members.note_hint));
        view! { <LongTextField reader field name="note" value=note.unwrap_or_default() /> }
    };
    view! {
        <form class="members-part" on:submit=send novalidate translate="no">
            {field}
            <div class="c-actions">
                <Button reader label=td_string!(locale, members.note_save) weight=crate::ui::Weight::Quiet />
            </div>
        </form>
    }
}

/// Who looks after it: chosen is said at once.
#[component]
fn Assign(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let choose = move |event| {
        let chosen = event_target_value(&event);
        http::spawn(session::assign(desk, (!chosen.is_empty()).then_some(chosen)));
    };
    let options = move || {
        let now = desk.screen.case.get().and_then(|case| case.row.member.clone()).unwrap_or_default();
        let people = desk.screen.facts.get().map(|facts| facts.people).unwrap_or_default();
        let there = people.into_iter().filter(|person| person.left_on.is_none() || person.id == now);
        let options = there.map(|person| {
            let is_chosen = person.id == now;
            view! { <option value=person.id selected=is_chosen>{person.called}</option> }
        });
        view! {
            <option value="" selected=now.is_empty()>{reader.plain(td_string!(locale, members.nobody))}</option>
            {options.collect_view()}
        }
    };
    view! {
        <div class="members-part c-group">
            <label class="c-label" for="assign" inner_html=reader.rich(td_string!(locale, members.assign))></label>
            <select class="c-field c-select" id="assign" autocomplete="off" on:change=choose>
                {options}
            </select>
        </div>
    }
}
