//! The page in the window: its address, title, focus and forms.

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, DomParser, Element, EventTarget, HtmlElement, SupportedType};
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

/// One step back in the history.
pub fn back() {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.back();
    }
}

/// Puts another address of ours in the place of this one: *back* leads past it.
pub fn replace(path: &str) {
    if let Some(history) = web_sys::window().and_then(|window| window.history().ok()) {
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(path));
    }
}

/// Leaves for another page, and *back* does not lead here again.
pub fn leave_and_forget(url: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().replace(url);
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

/// Empties the page at once, its title too.
pub fn clear() {
    draw("body", "");
    set_whole_title("");
}

/// The title of the window, with the site's name.
#[must_use]
pub fn title() -> String {
    document().map(|document| document.title()).unwrap_or_default()
}

/// The title of a page of ours that was fetched.
#[must_use]
pub fn title_in(html: &str) -> String {
    parsed(html).map(|page| page.title()).unwrap_or_default()
}

/// Sets a title as [`title`] gives it.
pub fn set_whole_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Asks something that is answered by yes or no.
#[must_use]
pub fn confirm(question: &str) -> bool {
    web_sys::window().and_then(|window| window.confirm_with_message(question).ok()).unwrap_or_default()
}

/// The name of the button within an element that has the focus.
#[must_use]
pub fn focused_name(selector: &str) -> Option<String> {
    let focused = document()?.active_element()?;
    focused.closest(selector).ok()??;
    focused.get_attribute("name")
}

/// Whether the element that has the focus is such a one.
#[must_use]
pub fn is_focused(selector: &str) -> bool {
    document()
        .and_then(|document| document.active_element())
        .is_some_and(|element| element.matches(selector).unwrap_or_default())
}

/// Enter in a field of a page of the way presses *Continue*, not the first button of the frame.
pub fn put_default_button() {
    const SELECTOR: &str = "body > button[name=go][hidden]";
    if let Some(body) = find("body").filter(|_| !exists(SELECTOR)) {
        let button = "<button type=\"submit\" form=\"question\" name=\"go\" value=\"next\" hidden tabindex=\"-1\" aria-hidden=\"true\"></button>";
        let _ = body.insert_adjacent_html("afterbegin", button);
    }
}

/// Says something in an element, as plain words.
pub fn set_text(selector: &str, text: &str) {
    if let Some(element) = find(selector) {
        element.set_text_content(Some(text));
    }
}

/// Whether the page has such an element.
#[must_use]
pub fn exists(selector: &str) -> bool {
    find(selector).is_some()
}

/// The language of the page, and the class that its style hangs on.
pub fn set_language(lang: &str, class: &str) {
    set_attribute("html", "lang", lang);
    set_attribute("html", "class", class);
}

/// Takes these elements from a page of ours that was fetched, in place of those that are here. What is missing in
/// either stays as it is.
pub fn swap_from(html: &str, selectors: &[&str]) {
    let Some(page) = parsed(html) else { return };
    for selector in selectors {
        if let (Some(here), Some(there)) = (find(selector), page.query_selector(selector).ok().flatten()) {
            let _ = here.replace_with_with_node_1(&there);
        }
    }
}

/// What an attribute holds in a page of ours that was fetched.
#[must_use]
pub fn attribute_in(html: &str, selector: &str, name: &str) -> Option<String> {
    parsed(html)?.query_selector(selector).ok()??.get_attribute(name)
}

/// The HTML within an element.
#[must_use]
pub fn inner(selector: &str) -> Option<String> {
    Some(find(selector)?.inner_html())
}

/// The HTML within an element of a page of ours that was fetched.
#[must_use]
pub fn inner_in(html: &str, selector: &str) -> Option<String> {
    Some(parsed(html)?.query_selector(selector).ok()??.inner_html())
}

/// Says which of these links or buttons stands for the language of the page.
pub fn mark_current(selector: &str, tag: &str) {
    let Some(entries) = document().and_then(|document| document.query_selector_all(selector).ok()) else { return };
    for index in 0..entries.length() {
        let Some(entry) = entries.item(index).and_then(|entry| entry.dyn_into::<Element>().ok()) else { continue };
        let named = entry.get_attribute("value").or_else(|| entry.get_attribute("href")).unwrap_or_default();
        let is_current = named == tag || named.strip_prefix('/').and_then(|path| path.split('/').next()) == Some(tag);
        let _ = if is_current {
            entry.set_attribute("aria-current", "true")
        } else {
            entry.remove_attribute("aria-current")
        };
    }
}

/// Puts HTML at the end of an element, in place of what stands there under this selector.
pub fn replace_last(selector: &str, old: &str, html: &str) {
    let Some(element) = find(selector) else { return };
    if let Ok(Some(old)) = element.query_selector(old) {
        old.remove();
    }
    if !html.is_empty() {
        let _ = element.insert_adjacent_html("beforeend", html);
    }
}

/// The name of the site leads nowhere any more: a touch there must not lose an answer.
pub fn unlink_home() {
    if let Some(home) = find("a.c-header__home") {
        let _ = home.remove_attribute("href");
    }
}

/// The program answers for the server from now on; style and tests see it.
pub fn set_awake() {
    set_attribute("html", "data-awake", "yes");
}

/// Takes the readings out of the whole page; the words stay.
pub fn strip_readings() {
    while let Some(ruby) = find("ruby") {
        while let Ok(Some(reading)) = ruby.query_selector("rt, rp") {
            reading.remove();
        }
        let words = ruby.text_content().unwrap_or_default();
        let _ = ruby.replace_with_with_str_1(&words);
    }
}

/// Puts the focus on an element.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// Puts the focus on an element of what is being drawn just now.
pub fn focus_when_drawn(selector: &str) {
    let selector = selector.to_owned();
    super::http::spawn(async move {
        super::device::sleep(0).await;
        focus(&selector);
    });
}

/// Asks before the page is left, as long as this says so. The browser's own words are used, and only after a touch.
pub fn ask_before_leaving(is_asked: impl Fn() -> bool + 'static) {
    let Some(window) = web_sys::window() else { return };
    listen(
        &window,
        "beforeunload",
        Closure::new(move |event: web_sys::Event| {
            if is_asked() {
                event.prevent_default();
            }
        }),
    );
}

/// A page that is not shown; its scripts do not run.
fn parsed(html: &str) -> Option<Document> {
    DomParser::new().ok()?.parse_from_string(html, SupportedType::TextHtml).ok()
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

/// Shows an element that was hidden.
pub fn show_element(selector: &str) {
    hide(selector, false);
}

/// Writes an attribute of an element.
pub fn set_attribute(selector: &str, name: &str, value: &str) {
    if let Some(element) = find(selector) {
        let _ = element.set_attribute(name, value);
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

pub(super) fn listen(target: &EventTarget, kind: &str, handler: Closure<dyn FnMut(web_sys::Event)>) {
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
