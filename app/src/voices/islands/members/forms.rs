//! Before the letters: asking to join, waiting for the root, unlocking.

use super::{
    parts::{Go, Press},
    screen::{Desk, Fault, Phase},
    session,
};
use crate::{
    browser::{device, http, page, press},
    i18n::*,
    ui::{Field, TextField, Weight},
    voices::member::{CALLED_CHARS, PASSPHRASE_CHARS},
};
use leptos::{ev::SubmitEvent, prelude::*};
use zeroize::Zeroizing;

/// Groups of a suggested passphrase, and signs of each: 100 bits.
const GROUPS: usize = 5;
const GROUP: usize = 4;

/// A passphrase that nobody guesses: signs that no eye takes for others.
fn suggested() -> String {
    const SIGNS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz023456789";
    let random = device::random::<{ GROUPS * GROUP }>();
    let signs: Vec<char> = random.iter().map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    signs.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn fault_of(fault: &Fault, name: &str) -> Option<String> {
    fault.as_ref().filter(|(field, _)| *field == name).map(|(_, words)| words.clone())
}

/// How somebody becomes a member.
#[component]
pub(super) fn Join(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let screen = desk.screen;
    let suggestion = suggested();
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if screen.is_busy.get_untracked() {
            return;
        }
        let (called, passphrase) =
            (press::value_of(&event, "called").trim().to_owned(), press::value_of(&event, "passphrase"));
        let fault = if called.is_empty() || called.chars().count() > CALLED_CHARS {
            Some(("called", td_string!(locale, members.fault_called, count = CALLED_CHARS).to_string()))
        } else if passphrase.chars().count() < PASSPHRASE_CHARS {
            Some(("passphrase", td_string!(locale, members.fault_short, count = PASSPHRASE_CHARS).to_string()))
        } else if passphrase != press::value_of(&event, "again") {
            Some(("again", td_string!(locale, members.fault_differs).to_owned()))
        } else {
            None
        };
        let wrong = fault.as_ref().map(|(field, _)| ["#", field].concat());
        screen.draft.set((called.clone(), String::new()));
        screen.fault.set(fault);
        match wrong {
            Some(field) => page::focus_when_drawn(&field),
            None => http::spawn(session::join(desk, called, Zeroizing::new(passphrase))),
        }
    };
    let fields = move || {
        let fault = screen.fault.get();
        let hint = td_string!(locale, members.new_passphrase_hint, count = PASSPHRASE_CHARS).to_string();
        let called = Field::new("called", td_string!(locale, members.called))
            .hint(td_string!(locale, members.called_hint))
            .error(fault_of(&fault, "called"));
        let new = Field::new("passphrase", td_string!(locale, members.new_passphrase))
            .hint(hint)
            .error(fault_of(&fault, "passphrase"));
        let again = Field::new("again", td_string!(locale, members.same_passphrase)).error(fault_of(&fault, "again"));
        view! {
            <TextField reader field=called name="called" value=screen.draft.get_untracked().0 />
            <TextField reader field=new name="passphrase" kind="password" autocomplete="new-password" />
            <TextField reader field=again name="again" kind="password" autocomplete="new-password" />
        }
    };
    view! {
        <form on:submit=send novalidate>
            <h2 inner_html=reader.rich(td_string!(locale, members.join_heading))></h2>
            <p inner_html=reader.rich(td_string!(locale, members.join_text))></p>
            <p inner_html=reader.rich(td_string!(locale, members.join_lost))></p>
            {fields}
            <p class="c-hint" inner_html=reader.rich(td_string!(locale, members.suggestion))></p>
            <p class="members-digits" translate="no">{suggestion}</p>
            <Go desk label=td_string!(locale, members.join) />
        </form>
    }
}

/// The digits that are read to whoever keeps the root.
#[component]
pub(super) fn Waiting(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let digits = move || {
        let me = desk.screen.facts.with(|facts| facts.as_ref().and_then(|facts| facts.me.clone()));
        me.map(|me| me.person.digits()).unwrap_or_default()
    };
    let press = move || http::spawn(session::wake(desk));
    // Whoever has lost the passphrase before anybody signed begins with other keys.
    let anew = move || desk.screen.phase.set(Phase::Stranger);
    view! {
        <h2 inner_html=reader.rich(td_string!(locale, members.waiting_heading))></h2>
        <p inner_html=reader.rich(td_string!(locale, members.waiting_text))></p>
        <p inner_html=reader.rich(td_string!(locale, members.waiting_digits))></p>
        <p class="members-digits" translate="no">{digits}</p>
        <p class="c-actions">
            <Press reader label=td_string!(locale, members.again) weight=Weight::Primary press />
            <Press reader label=td_string!(locale, members.join) press=anew />
        </p>
    }
}

/// The passphrase.
#[component]
pub(super) fn Unlock(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let screen = desk.screen;
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        if !screen.is_busy.get_untracked() {
            screen.fault.set(None);
            http::spawn(session::unlock(desk, Zeroizing::new(press::value_of(&event, "passphrase"))));
        }
    };
    let field = move || {
        let field = Field::new("passphrase", td_string!(locale, members.passphrase))
            .error(fault_of(&screen.fault.get(), "passphrase"));
        view! { <TextField reader field name="passphrase" kind="password" autocomplete="current-password" /> }
    };
    view! {
        <form on:submit=send novalidate>
            <h2 inner_html=reader.rich(td_string!(locale, members.locked_heading))></h2>
            {field}
            <Go desk label=td_string!(locale, members.unlock) />
            <p class="c-hint" inner_html=reader.rich(td_string!(locale, members.lost))></p>
        </form>
    }
}
