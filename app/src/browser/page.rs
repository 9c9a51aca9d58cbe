//! The page in the window: its address, title, focus and forms.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{
    Document, Element, EventTarget, FormData, HtmlAnchorElement, HtmlButtonElement, HtmlElement, HtmlFormElement,
};
pub use web_sys::{InputEvent, MouseEvent, SubmitEvent};

/// The path in the address bar, and the query with its question mark.
#[must_use]
pub fn address() -> (String, String) {
    let Some(window) = web_sys::window() else { return (String::new(), String::new()) };
    (window.location().pathname().unwrap_or_default(), window.location().search().unwrap_or_default())
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

/// Leaves the page for another of ours.
pub fn leave_for(path: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().assign(path);
    }
}

/// The title of the window: what it says, and the site's name behind it.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(&[title, " – Entaku"].concat());
    }
}

/// Draws HTML of our own making into an element.
pub fn draw(selector: &str, html: &str) {
    if let Some(element) = find(selector) {
        element.set_inner_html(html);
    }
}

/// The id of the field of words that is being typed into, and what stands in it; `None` for other fields.
#[must_use]
pub fn typed(event: &InputEvent) -> Option<(String, String)> {
    let target = event.target()?;
    if let Some(lines) = target.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        return Some((lines.id(), lines.value()));
    }
    let line = target.dyn_into::<web_sys::HtmlInputElement>().ok()?;
    (line.type_() == "text").then(|| (line.id(), line.value()))
}

/// Hides an element, or shows it.
pub fn hide(selector: &str, is_hidden: bool) {
    if let Some(element) = find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        element.set_hidden(is_hidden);
    }
}

/// What an attribute of an element holds.
#[must_use]
pub fn attribute(selector: &str, name: &str) -> Option<String> {
    find(selector)?.get_attribute(name)
}

/// To the top, and the focus on the first of these that is there, so that a screen reader begins to read the page.
pub fn focus_first(selectors: &[&str]) {
    if let Some(window) = web_sys::window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    let found = selectors.iter().find_map(|selector| find(selector));
    if let Some(element) = found.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.set_attribute("tabindex", "-1");
        let _ = element.focus();
    }
}

/// Calls back for every event of a kind inside an element, as long as the page lives.
pub fn on<Event: JsCast + 'static>(selector: &str, kind: &str, mut handler: impl FnMut(&Event) + 'static) {
    let Some(element) = find(selector) else { return };
    let handler = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        handler(event.unchecked_ref());
    });
    listen(&element, kind, handler);
}

/// Calls back when the person goes back or forward. A page that the browser took from its memory is loaded anew: the
/// draft may have ended meanwhile.
pub fn on_history(mut moved: impl FnMut() + 'static) {
    let Some(window) = web_sys::window() else { return };
    listen(&window, "popstate", Closure::new(move |_| moved()));
    listen(
        &window,
        "pageshow",
        Closure::new(move |event: web_sys::Event| {
            if event.unchecked_ref::<web_sys::PageTransitionEvent>().persisted() {
                reload();
            }
        }),
    );
}

fn listen(target: &EventTarget, kind: &str, handler: Closure<dyn FnMut(web_sys::Event)>) {
    let _ = target.add_event_listener_with_callback(kind, handler.as_ref().unchecked_ref());
    // It lives as long as the page.
    handler.forget();
}

fn document() -> Option<Document> {
    web_sys::window()?.document()
}

fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

/// The name of the button that sends a form; `None` if it was sent without one.
#[must_use]
pub fn button_of(event: &SubmitEvent) -> Option<String> {
    event.submitter()?.dyn_into::<HtmlButtonElement>().ok().map(|button| button.name())
}

/// The values of these fields in the form that is being sent.
#[must_use]
pub fn fields_of(event: &SubmitEvent, names: &[String]) -> Vec<(String, String)> {
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else { return Vec::new() };
    names
        .iter()
        .flat_map(|name| data.get_all(name).iter().map(|value| (name.clone(), value)).collect::<Vec<_>>())
        .filter_map(|(name, value)| Some((name, value.as_string()?)))
        .collect()
}

/// The path and query of the link that was pressed, if it was a plain press on a link to a page. A link within the
/// page (to the field of an error) is the browser's.
#[must_use]
pub fn link_of(event: &web_sys::MouseEvent) -> Option<(String, String)> {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
        return None;
    }
    let element = event.target()?.dyn_into::<Element>().ok()?;
    let link = element.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    link.hash().is_empty().then(|| (link.pathname(), link.search()))
}
