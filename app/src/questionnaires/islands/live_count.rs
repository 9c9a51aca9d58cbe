//! How many answers a questionnaire has, moving while one looks.

// The macro makes items that nobody could document.
#![allow(missing_docs)]

use crate::{browser::live, i18n::*, questionnaires::types::Count, ui::Reader};
use leptos::prelude::*;

/// Where the counts come from.
const STREAM: &str = "/console/live";

/// A number that the server draws and, where there is script, its events move. Without script, and while the stream
/// is broken, a link shows the number of now.
#[island]
pub fn LiveCount(
    /// Who reads.
    reader: Reader,
    /// Whose answers are counted.
    slug: String,
    /// How many there were when the page was drawn.
    count: u64,
    /// The page itself, for the link; no link where several counts stand on one page.
    href: Option<String>,
) -> impl IntoView {
    let shown = RwSignal::new(count);
    let is_live = RwSignal::new(false);
    Effect::new(move |_| {
        let slug = slug.clone();
        let heard = move |data: String| {
            if let Ok(now) = serde_json::from_str::<Count>(&data)
                && now.slug == slug
            {
                shown.set(now.count);
            }
        };
        live::listen(STREAM, "count", heard, move |is_open| is_live.set(is_open));
    });
    let link = href.map(|href| {
        let refresh = reader.rich(td_string!(reader.locale, answers.refresh));
        view! { <a class="answers-count__refresh" href=href hidden=move || is_live.get() inner_html=refresh></a> }
    });
    view! {
        <span class="answers-count">
            <span class="answers-count__number" role="status" aria-live="polite">{move || shown.get()}</span>
            {link}
        </span>
    }
}
