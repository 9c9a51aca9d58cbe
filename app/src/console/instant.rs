//! An instant of an organizer's act, as the site's clock on the wall would show it.

use crate::server::clock::Clock;
use leptos::prelude::*;

/// `2026-11-22 15:04` in a `<time>`. Never used for answers: those have a day and no minute.
pub fn instant(clock: &Clock, unix_ms: i64) -> impl IntoView + use<> {
    let text = clock.written(unix_ms);
    let machine = text.replace(' ', "T");
    view! { <time datetime=machine>{text}</time> }
}
