//! Name, languages, switches.

use super::{Frame, SITE_NAME, languages::Languages, switches::Switches};
use crate::ui::{Reader, ring::Mark};
use leptos::prelude::*;

/// The head of the page. On a worker's page the name is no link: a touch there must not lose an answer.
#[component]
pub(super) fn Header(reader: Reader, path: Option<String>, frame: Frame) -> impl IntoView {
    let name = view! {
        <Mark />
        <span class="c-header__name" translate="no">{SITE_NAME}</span>
    };
    let home = match (frame, path.is_some()) {
        (Frame::Worker, _) => None,
        (Frame::Console, _) => Some("/console".to_owned()),
        (Frame::Public | Frame::Discreet, true) => Some(reader.href("")),
        (Frame::Public | Frame::Discreet, false) => Some("/".to_owned()),
    };
    let home = match home {
        Some(href) => view! { <a class="c-header__home" href=href>{name}</a> }.into_any(),
        None => view! { <span class="c-header__home">{name}</span> }.into_any(),
    };
    view! {
        <header class="c-header">
            <div class="c-header__row">{home}</div>
            <div class="c-header__tools">
                <Languages reader path=path.clone() frame />
                <Switches reader path frame />
            </div>
        </header>
    }
}
