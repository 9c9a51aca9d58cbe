//! The only place where `<textarea>` may stand.

use leptos::prelude::*;

/// A field for several lines. The value is escaped here, because leptos 0.8 writes a textarea's children raw; a
/// newline guards the value's own first newline, which HTML would swallow.
#[component]
pub fn SafeTextarea(
    /// The element's id.
    id: String,
    /// The field's name.
    name: &'static str,
    /// What it holds.
    value: String,
    /// Ids of hint and error.
    #[prop(optional_no_strip)]
    described_by: Option<String>,
    /// Whether the value was refused.
    #[prop(optional)]
    invalid: bool,
) -> impl IntoView {
    let mut escaped = String::with_capacity(value.len() + 1);
    escaped.push('\n');
    form::html::escape(&value, &mut escaped);
    view! {
        <textarea
            class="c-field c-field--long"
            id=id
            name=name
            rows="6"
            autocomplete="off"
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
            inner_html=escaped
        ></textarea>
    }
}
