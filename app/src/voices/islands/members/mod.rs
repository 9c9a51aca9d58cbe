//! The desk in a member's browser. Everything that was sealed is opened here and nowhere else; nothing of it is stored. The
//! rules are those of [`crate::voices::member`]; `session` calls and remembers, `screen` is what is shown, as signals, the
//! rest draws it.

mod asking;
mod call;
mod forms;
mod list;
mod one;
mod ordering;
mod parts;
mod passing;
mod screen;
mod session;
mod words;

use crate::{
    browser::http,
    i18n::*,
    ui::{Notice, Reader, Weight, panel::Tone},
};
use forms::{Join, Unlock, Waiting};
use leptos::prelude::*;
use list::List;
use one::One;
use parts::Press;
use screen::{Desk, Phase};

/// Everything of the members' page below its heading. The server draws it asleep.
#[island]
pub fn MembersDesk(
    /// Who reads.
    reader: Reader,
) -> impl IntoView {
    let desk = Desk::new(reader);
    Effect::new(move |_| {
        session::watch(desk);
        http::spawn(session::wake(desk));
    });
    let screen = desk.screen;
    let told = move || {
        screen.told.get().map(|(tone, html)| {
            view! {
                <Notice tone>
                    <p inner_html=html></p>
                </Notice>
            }
        })
    };
    let demonstration = move || {
        let is_one = screen.facts.with(|facts| facts.as_ref().is_some_and(|facts| facts.is_demonstration));
        is_one.then(|| said(reader, Tone::Wrong, td_string!(reader.locale, members.demonstration)))
    };
    let work = move || match screen.phase.get() {
        Phase::Asleep => ().into_any(),
        Phase::Asking => {
            view! { <p inner_html=reader.rich(td_string!(reader.locale, members.loading))></p> }.into_any()
        }
        Phase::Unreachable => view! { <Again desk text=td_string!(reader.locale, members.unreachable) /> }.into_any(),
        Phase::SignedOut => view! { <Again desk text=td_string!(reader.locale, members.signed_out) /> }.into_any(),
        Phase::NoRoot => no_root(reader).into_any(),
        Phase::Stranger => view! { <Join desk /> }.into_any(),
        Phase::Waiting => view! { <Waiting desk /> }.into_any(),
        Phase::Locked => view! { <Unlock desk /> }.into_any(),
        Phase::Open => view! { <Open desk /> }.into_any(),
    };
    view! {
        {demonstration}
        <div role="status">{told}</div>
        {work}
    }
}

/// A sentence in a box.
fn said(reader: Reader, tone: Tone, text: &str) -> impl IntoView + use<> {
    let html = reader.rich(text);
    view! {
        <Notice tone>
            <p inner_html=html></p>
        </Notice>
    }
}

fn no_root(reader: Reader) -> impl IntoView {
    view! {
        <h2 inner_html=reader.rich(td_string!(reader.locale, members.no_root_heading))></h2>
        <p inner_html=reader.rich(td_string!(reader.locale, members.no_root_text))></p>
    }
}

/// What went wrong, and another try.
#[component]
fn Again(desk: Desk, text: &'static str) -> impl IntoView {
    let reader = desk.reader;
    view! {
        <p inner_html=reader.rich(text)></p>
        <p class="c-actions">
            <Press
                reader
                label=td_string!(reader.locale, members.again)
                weight=Weight::Primary
                press=move || http::spawn(session::wake(desk))
            />
        </p>
    }
}

/// Unlocked: the list, or one voice, and how to lock.
#[component]
fn Open(desk: Desk) -> impl IntoView {
    let reader = desk.reader;
    let locale = reader.locale;
    let screen = desk.screen;
    // By its id, so that what is typed for one voice never stands below another.
    let one = Memo::new(move |_| screen.case.with(|case| case.as_ref().map(|case| case.row.id.clone())));
    let work = move || match one.get() {
        Some(_) => view! { <One desk /> }.into_any(),
        None => view! { <List desk /> }.into_any(),
    };
    let root = desk.with(|me| me.fingerprint()).unwrap_or_default();
    let root = td_string!(locale, members.root, digits = root).to_string();
    let minutes = td_string!(locale, members.lock_hint, minutes = session::IDLE_MINUTES).to_string();
    view! {
        {work}
        <section class="members-foot">
            <p class="c-actions">
                <Press reader label=td_string!(locale, members.lock) press=move || session::lock(desk) />
            </p>
            <p class="c-hint" inner_html=reader.rich(&minutes)></p>
            <p class="c-hint" inner_html=reader.rich(&root)></p>
        </section>
    }
}
