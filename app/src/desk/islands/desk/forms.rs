//! What opens for a moment: a guest without registration, another spelling, the keys, the end on this phone.

use super::screen::{Desk, Opened};
use crate::{
    browser::{http, page, text},
    i18n::*,
};
use leptos::prelude::*;
use rollcall::{Act, Id, operation::is_name, search};

/// The form that is open, if any.
#[component]
pub(super) fn Forms(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    move || {
        screen.opened.get().map(|opened| match opened {
            Opened::WalkIn => view! { <NameForm desk guest=None /> }.into_any(),
            Opened::Correct(guest) => view! { <NameForm desk guest=Some(guest) /> }.into_any(),
            Opened::Keys => view! { <Keys desk /> }.into_any(),
            Opened::End => view! { <End desk /> }.into_any(),
        })
    }
}

fn close(desk: Desk) {
    desk.screen.opened.set(None);
    page::focus("#search");
}

/// A name: of who walked in, or spelled otherwise.
#[component]
fn NameForm(desk: Desk, guest: Option<Id>) -> impl IntoView {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    // Whoever was looked for and not found is often the one who walks in.
    let begin = match guest {
        Some(guest) => screen.shown.with_untracked(|shown| shown.name_of(&guest)),
        None => screen.typed.get_untracked().trim().to_owned(),
    };
    let title = match guest {
        Some(_) => desk.words.correct_title(&begin),
        None => reader.rich(td_string!(locale, desk.walk_in_title)),
    };
    let name = RwSignal::new(begin);
    let fault = RwSignal::new(None::<&'static str>);
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        // Pressed twice: the first press has closed it.
        if screen.opened.with_untracked(Option::is_none) {
            return;
        }
        let typed = name.get_untracked().trim().to_owned();
        if !is_name(&typed) {
            fault.set(Some(if typed.is_empty() {
                td_string!(locale, desk.name_missing)
            } else if typed.chars().any(char::is_alphanumeric) {
                td_string!(locale, desk.name_long)
            } else {
                td_string!(locale, desk.name_wrong)
            }));
            return page::focus("#guest-name");
        }
        desk.with(|session| match guest {
            Some(guest) => session.say(Act::Correct { guest }, Some(typed)),
            None => session.walk_in(typed),
        });
    };
    Effect::new(move |_| page::focus("#guest-name"));
    // Somebody may have registered after all, or be here already.
    let is_known = Memo::new(move |_| {
        let typed = search::fold(&text::decompose(&name.get()));
        guest.is_none()
            && !typed.is_empty()
            && screen.shown.with(|shown| shown.keys.iter().any(|key| key.is_called(&typed)))
    });
    let known = move || {
        let words = reader.rich(td_string!(locale, desk.same_name));
        is_known.get().then(|| view! { <p class="desk-warning" role="status" inner_html=words></p> })
    };
    let error = move || {
        fault.get().map(|text| view! { <p class="c-error" id="guest-name-error" inner_html=reader.rich(text)></p> })
    };
    view! {
        <form class="desk-form" on:submit=send novalidate>
            <h2 inner_html=title></h2>
            {guest.is_none().then(|| view! { <p class="c-hint" inner_html=reader.rich(td_string!(locale, desk.walk_in_hint))></p> })}
            <label class="c-label" for="guest-name" inner_html=reader.rich(td_string!(locale, desk.name))></label>
            {error}
            <input
                class="desk-search__field"
                id="guest-name"
                autocomplete="off"
                spellcheck="false"
                aria-invalid=move || fault.get().map(|_| "true")
                aria-describedby=move || fault.get().map(|_| "guest-name-error")
                prop:value=move || name.get()
                on:input=move |event| name.set(event_target_value(&event))
            />
            {known}
            <p class="desk-form__acts">
                <button
                    type="submit"
                    class="desk-button"
                    inner_html=reader.rich(match guest {
                        Some(_) => td_string!(locale, desk.save),
                        None => td_string!(locale, desk.check_in),
                    })
                ></button>
                <button type="button" class="desk-plain" on:click=move |_| close(desk) inner_html=reader.rich(td_string!(locale, desk.cancel))></button>
            </p>
        </form>
    }
}

/// The keys, what is on this phone, and how to take it off.
#[component]
fn Keys(desk: Desk) -> impl IntoView {
    let reader = desk.words.0;
    let locale = reader.locale;
    let rows = [
        (td_string!(locale, desk.key_type), td_string!(locale, desk.key_type_does)),
        ("Enter", td_string!(locale, desk.key_enter_does)),
        ("↑ ↓", td_string!(locale, desk.key_arrows_does)),
        ("Ctrl + Z", td_string!(locale, desk.key_undo_does)),
        ("F2", td_string!(locale, desk.key_walk_in_does)),
        ("Esc", td_string!(locale, desk.key_escape_does)),
        ("?", td_string!(locale, desk.key_help_does)),
    ];
    let rows = rows.map(|(key, does)| {
        view! {
            <dt>
                <kbd inner_html=reader.rich(key)></kbd>
            </dt>
            <dd inner_html=reader.rich(does)></dd>
        }
    });
    let end = move |_| desk.screen.opened.set(Some(Opened::End));
    Effect::new(move |_| page::focus("#keys-close"));
    view! {
        <section class="desk-form" id="keys-list">
            <h2 inner_html=reader.rich(td_string!(locale, desk.keys_title))></h2>
            <dl class="desk-keys">{rows.collect_view()}</dl>
            <h2 inner_html=reader.rich(td_string!(locale, desk.kept_title))></h2>
            <p inner_html=reader.rich(td_string!(locale, desk.kept_text))></p>
            <p class="desk-form__acts">
                <button type="button" class="desk-button" id="keys-close" on:click=move |_| close(desk) inner_html=reader.rich(td_string!(locale, desk.close))></button>
                <button type="button" class="desk-plain" id="end" on:click=end inner_html=reader.rich(td_string!(locale, desk.end))></button>
            </p>
        </section>
    }
}

/// Asks before the guests go off this phone; what waits holds it up.
#[component]
fn End(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    let press = move |_| {
        desk.with(|session| {
            let session = std::rc::Rc::clone(session);
            http::spawn(async move { session.end_by_hand().await });
        })
    };
    let waits = move || {
        let count = screen.unsent.get();
        let text = td_string!(locale, desk.end_unsent, count = count).to_string();
        (count > 0).then(|| view! { <p class="desk-warning" inner_html=reader.rich(&text)></p> })
    };
    let yes = move || {
        let label = reader.rich(td_string!(locale, desk.end_yes));
        (screen.unsent.get() == 0)
            .then(|| view! { <button type="button" class="desk-button" id="end-yes" on:click=press inner_html=label></button> })
    };
    view! {
        <section class="desk-form" id="end-form">
            <h2 inner_html=reader.rich(td_string!(locale, desk.end))></h2>
            <p inner_html=reader.rich(td_string!(locale, desk.end_text))></p>
            {waits}
            <p class="desk-form__acts">
                {yes}
                <button type="button" class="desk-plain" on:click=move |_| close(desk) inner_html=reader.rich(td_string!(locale, desk.cancel))></button>
            </p>
        </section>
    }
}
