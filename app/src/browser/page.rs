//! The page in the window: its address, title, focus and forms.

use leptos::prelude::request_animation_frame;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Element, Event, FormData, HtmlAnchorElement, HtmlButtonElement, HtmlElement, HtmlFormElement, SubmitEvent};

/// The path in the address bar.
#[must_use]
pub fn path() -> String {
    web_sys::window().and_then(|window| window.location().pathname().ok()).unwrap_or_default()
}

/// Loads the page anew from the server.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Puts a page of ours into the history and the address bar, as a link would.
pub fn push(path: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// The title of the window: what it says, and the site's name behind it.
pub fn set_title(title: &str) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        document.set_title(&[title, " – Entaku"].concat());
    }
}

/// After the next drawing: to the top, and the focus on the first of these that is there, so that a screen reader
/// begins to read the new page.
pub fn focus_first(selectors: &'static [&'static str]) {
    request_animation_frame(move || {
        let Some(window) = web_sys::window() else { return };
        let Some(document) = window.document() else { return };
        window.scroll_to_with_x_and_y(0.0, 0.0);
        let found = selectors.iter().find_map(|selector| document.query_selector(selector).ok().flatten());
        if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            let _ = element.set_attribute("tabindex", "-1");
            let _ = element.focus();
        }
    });
}

/// Calls back when the person goes back or forward, and when the browser shows a page of its memory again.
pub fn on_history(mut moved: impl FnMut() + 'static, mut revived: impl FnMut() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let moved = Closure::<dyn FnMut(Event)>::new(move |_| moved());
    let revived = Closure::<dyn FnMut(web_sys::PageTransitionEvent)>::new(move |event: web_sys::PageTransitionEvent| {
        if event.persisted() {
            revived();
        }
    });
    let _ = window.add_event_listener_with_callback("popstate", moved.as_ref().unchecked_ref());
    let _ = window.add_event_listener_with_callback("pageshow", revived.as_ref().unchecked_ref());
    // They live as long as the page.
    moved.forget();
    revived.forget();
}

/// The name of the button that sends a form; `None` if it was sent without one.
#[must_use]
pub fn button_of(event: &SubmitEvent) -> Option<String> {
    event.submitter()?.dyn_into::<HtmlButtonElement>().ok().map(|button| button.name())
}

/// The values of these fields in the form that is being sent.
#[must_use]
pub fn fields_of(event: &SubmitEvent, names: &[&str]) -> Vec<(String, String)> {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return Vec::new() };
    names
        .iter()
        .flat_map(|name| data.get_all(name).iter().map(|value| ((*name).to_owned(), value)).collect::<Vec<_>>())
        .filter_map(|(name, value)| Some((name, value.as_string()?)))
        .collect()
}

/// The path and query of the link that was pressed, if it was a plain press on a link of this site.
#[must_use]
pub fn link_of(event: &web_sys::MouseEvent) -> Option<(String, String)> {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
        return None;
    }
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    Some((link.pathname(), link.search()))
}
