//! Buttons that several screens have.

use super::screen::Desk;
use crate::{
    i18n::*,
    ui::{Button, Reader, Weight},
};
use leptos::prelude::*;

/// A button that sends nothing: `press` is all that happens. `label` is a text of `locales/`.
#[component]
pub(super) fn Press(
    /// Who reads.
    reader: Reader,
    /// What it says.
    label: &'static str,
    /// How loud.
    #[prop(default = Weight::Quiet)]
    weight: Weight,
    /// Whether it is on, for one that stays pressed.
    #[prop(optional, into)]
    pressed: Option<Signal<bool>>,
    /// What happens.
    press: impl Fn() + 'static,
) -> impl IntoView {
    let pressed = move || pressed.map(|pressed| pressed.get().to_string());
    view! {
        <button
            type="button"
            class=weight.class()
            aria-pressed=pressed
            on:click=move |_| press()
            inner_html=reader.rich(label)
        ></button>
    }
}

/// The button of a form, or that its work is under way.
#[component]
pub(super) fn Go(
    /// Where.
    desk: Desk,
    /// What it says.
    label: &'static str,
) -> impl IntoView {
    let reader = desk.reader;
    move || match desk.screen.is_busy.get() {
        true => view! { <p role="status" inner_html=reader.rich(td_string!(reader.locale, members.working))></p> }
            .into_any(),
        false => view! {
            <div class="c-actions">
                <Button reader label />
            </div>
        }
        .into_any(),
    }
}
