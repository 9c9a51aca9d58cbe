//! The way out: at once, without script, to a page that says nothing.

use crate::{i18n::*, ui::Reader};
use leptos::prelude::*;

const FORM: &str = "exit";

/// The button that stays in sight. The server forgets the draft and sends the browser to a weather page.
#[component]
pub(super) fn Exit(reader: Reader) -> impl IntoView {
    view! {
        <form class="c-exit" id=FORM method="post" action="/exit">
            <button class="c-exit__button" type="submit" inner_html=reader.rich(td_string!(reader.locale, shell.exit))></button>
        </form>
    }
}

/// Its twin for who goes by keyboard: the second stop of the page.
#[component]
pub(super) fn ExitTwin(reader: Reader) -> impl IntoView {
    view! {
        <button class="c-skip" type="submit" form=FORM inner_html=reader.rich(td_string!(reader.locale, shell.exit))></button>
    }
}
