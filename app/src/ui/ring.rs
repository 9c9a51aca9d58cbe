//! The mark: seats around a table. It repeats as the ring of progress and counters.

use leptos::prelude::*;

/// The mark itself: eight seats around an open circle, one of them taken by who speaks. Decoration: the name stands
/// beside it.
#[component]
pub fn Mark() -> impl IntoView {
    view! {
        <svg class="c-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
            <circle class="c-mark__table" cx="16" cy="16" r="6.5" />
            <circle class="c-mark__seats" cx="16" cy="16" r="12.5" pathLength="8" />
            <circle class="c-mark__voice" cx="16" cy="3.5" r="3" />
        </svg>
    }
}

/// How far, as seats taken around a table. Decoration: the words beside it say the same.
#[component]
pub fn Ring(
    /// How many seats, 1 to 60.
    seats: u32,
    /// How many of them are taken.
    taken: u32,
) -> impl IntoView {
    // A dash of no length with round ends is a dot, and `pathLength` puts one at every seat. The dots of those who
    // sit are followed by a gap as long as the rest.
    let taken = taken.min(seats);
    let mut dashes = "0 1 ".repeat(taken.saturating_sub(1) as usize);
    dashes.push_str("0 ");
    dashes.push_str(&seats.to_string());
    view! {
        <svg class="c-ring" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
            <circle class="c-ring__seats" cx="16" cy="16" r="13" pathLength=seats />
            {(taken > 0)
                .then(|| view! { <circle class="c-ring__taken" cx="16" cy="16" r="13" pathLength=seats stroke-dasharray=dashes /> })}
        </svg>
    }
}
