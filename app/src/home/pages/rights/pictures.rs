//! A small picture for each topic, for who finds a picture sooner than a word.

use crate::home::rights::Topic;
use leptos::prelude::*;

/// The picture, drawn as the interface's other signs are. It says nothing that the words beside it do not.
pub(super) fn picture(topic: Topic) -> impl IntoView {
    view! {
        <svg class="c-icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
            <path d=outline(topic) />
        </svg>
    }
}

/// Its lines.
const fn outline(topic: Topic) -> &'static str {
    match topic {
        // A yen sign in a coin.
        Topic::Pay => "M2 10a8 8 0 1 0 16 0a8 8 0 1 0-16 0M6.5 5.5l3.5 5l3.5-5M10 10.5v4.5M7 10.5h6M7 12.8h6",
        // A clock.
        Topic::Time => "M2 10a8 8 0 1 0 16 0a8 8 0 1 0-16 0M10 5v5.5l3.5 2",
        // A cross.
        Topic::Health => "M7.5 2h5v5.5H18v5h-5.5V18h-5v-5.5H2v-5h5.5z",
        // A hand that says stop.
        Topic::Respect => {
            "M5 11V5.5a1.2 1.2 0 0 1 2.4 0V10V3.5a1.2 1.2 0 0 1 2.4 0V10V4a1.2 1.2 0 0 1 2.4 0v6.5V6.5a1.2 1.2 0 0 1 2.4 0V13a5 5 0 0 1-9.6 1.5L3 11.5"
        }
        // A way to another door.
        Topic::Change => "M12 3h5v14h-5M2 10h9.5M8 6.5l3.5 3.5L8 13.5",
        // A card with a face.
        Topic::Papers => {
            "M2 4.5h16v11H2zM5 13c0-3.5 5-3.5 5 0M5.9 8a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0M12 8h4M12 11h4"
        }
        // A house.
        Topic::Home => "M2 10l8-7l8 7M4.5 8v9h11V8M8.5 17v-5h3v5",
        // Somebody tall and somebody small.
        Topic::Family => {
            "M4.7 4.5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M3 17v-4.5c0-5 7.4-5 7.4 0V17M12.7 9.5a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0-3 0M11.8 17v-2c0-3.5 5-3.5 5 0v2"
        }
        // Three at a table.
        Topic::Together => {
            "M2 13.5c0 5 16 5 16 0c0-3-16-3-16 0M3.5 7a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0M8.2 4.5a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0M12.9 7a1.8 1.8 0 1 0 3.6 0a1.8 1.8 0 1 0-3.6 0"
        }
    }
}
