//! Name, languages, switches.

use super::{Frame, SITE_NAME, languages::Languages, switches::Switches};
use crate::ui::{Reader, ring::Mark};
use leptos::prelude::*;

/// The head of the page; the list of languages, which is the door of the site, has none. On a worker's page the name
/// is no link: a touch there must not lose an answer.
#[component]
pub(super) fn Header(reader: Reader, path: Option<String>, frame: Frame) -> impl IntoView {
    if path.is_none() && frame.is_public() {
        return None;
    }
    let name = view! {
        <Mark />
        <span class="c-header__name" translate="no">{SITE_NAME}</span>
    };
    let home = match frame {
        Frame::Worker | Frame::Voice | Frame::Desk => None,
        Frame::Console => Some("/console".to_owned()),
        Frame::Public | Frame::Discreet | Frame::Guest => Some(reader.href("")),
    };
    let home = match home {
        Some(href) => view! { <a class="c-header__home" href=href>{name}</a> }.into_any(),
        None => view! { <span class="c-header__home">{name}</span> }.into_any(),
    };
    Some(view! {
        <header class="c-header">
            <div class="c-header__row">{home}</div>
            <div class="c-header__tools">
                <Languages reader path=path.clone() frame />
                <Switches reader path frame />
            </div>
        </header>
    })
}
