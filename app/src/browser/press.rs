//! What the person pressed, and what stands in the forms of the page.

use super::text;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{
    Element, Event, EventTarget, FormData, HtmlAnchorElement, HtmlButtonElement, HtmlFormElement, HtmlInputElement,
    HtmlTextAreaElement, MouseEvent, SubmitEvent,
};

/// The name and value of the button that sends a form; `None` if it was sent without one.
#[must_use]
pub fn button_of(event: &SubmitEvent) -> Option<(String, String)> {
    let button = event.submitter()?.dyn_into::<HtmlButtonElement>().ok()?;
    Some((button.name(), button.value()))
}

/// The id of the form that is being sent; empty if it has none.
#[must_use]
pub fn form_of(event: &SubmitEvent) -> String {
    form(event.target()).map(|form| form.id()).unwrap_or_default()
}

/// Whether the form that is being sent is this one.
#[must_use]
pub fn is_form(event: &SubmitEvent, selector: &str) -> bool {
    form(event.target()).is_some_and(|form| form.matches(selector).unwrap_or_default())
}

/// The name and value of the button that was pressed, if it is one that sends nothing.
#[must_use]
pub fn pressed(event: &MouseEvent) -> Option<(String, String)> {
    let button = element(event)?.closest("button[type=button]").ok()??.dyn_into::<HtmlButtonElement>().ok()?;
    Some((button.name(), button.value()))
}

/// Whether something within such an element was pressed.
#[must_use]
pub fn is_within(event: &MouseEvent, selector: &str) -> bool {
    element(event).and_then(|element| element.closest(selector).ok()).flatten().is_some()
}

/// The value of a button within which something was pressed, if it is such a one.
#[must_use]
pub fn button_within(event: &MouseEvent, selector: &str) -> Option<String> {
    let button = element(event)?.closest(selector).ok()??.dyn_into::<HtmlButtonElement>().ok()?;
    Some(button.value())
}

/// Whether somebody has changed a field of a form since it was drawn.
#[must_use]
pub fn is_touched(selector: &str) -> bool {
    let Some(form) = found(selector) else { return false };
    let Ok(fields) = form.query_selector_all("input, textarea") else { return false };
    (0..fields.length()).filter_map(|index| fields.item(index)).any(|field| {
        if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
            input.checked() != input.default_checked()
                || (input.type_() == "text" && input.value() != input.default_value())
        } else {
            field.dyn_ref::<HtmlTextAreaElement>().is_some_and(|text| Ok(text.value()) != text.default_value())
        }
    })
}

/// The path and query of the link that was pressed, if it was a plain press on a link to a page. A link within the
/// page (to the field of an error) is the browser's.
#[must_use]
pub fn link_of(event: &MouseEvent) -> Option<(String, String)> {
    if event.default_prevented() || event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
        return None;
    }
    let link = element(event)?.closest("a[href]").ok()??.dyn_into::<HtmlAnchorElement>().ok()?;
    link.hash().is_empty().then(|| (link.pathname(), link.search()))
}

/// The values of these fields in the form that is being sent.
#[must_use]
pub fn fields_of(event: &SubmitEvent, names: &[String]) -> Vec<(String, String)> {
    form(event.target()).map(|form| fields(&form, names)).unwrap_or_default()
}

/// The values of these fields in a form of the page.
#[must_use]
pub fn fields_in(selector: &str, names: &[String]) -> Vec<(String, String)> {
    found(selector).map(|form| fields(&form, names)).unwrap_or_default()
}

/// The first value of a field in the form that is being sent, composed (NFC); empty if there is none.
#[must_use]
pub fn value_of(event: &SubmitEvent, name: &str) -> String {
    first(fields_of(event, &[name.to_owned()]))
}

/// The same in a form of the page.
#[must_use]
pub fn value_in(selector: &str, name: &str) -> String {
    first(fields_in(selector, &[name.to_owned()]))
}

fn first(fields: Vec<(String, String)>) -> String {
    fields.into_iter().next().map(|(_, value)| text::compose(&value)).unwrap_or_default()
}

/// Sends a form of the page to the server, as its button without script would.
pub fn send_form(selector: &str) {
    if let Some(form) = found(selector) {
        let _ = form.submit();
    }
}

fn fields(form: &HtmlFormElement, names: &[String]) -> Vec<(String, String)> {
    let Ok(data) = FormData::new_with_form(form) else { return Vec::new() };
    let values = |name: &String| data.get_all(name).iter().filter_map(|value: JsValue| value.as_string()).collect();
    names
        .iter()
        .flat_map(|name| {
            let values: Vec<String> = values(name);
            values.into_iter().map(|value| (name.clone(), value))
        })
        .collect()
}

fn element(event: &Event) -> Option<Element> {
    event.target()?.dyn_into().ok()
}

fn form(target: Option<EventTarget>) -> Option<HtmlFormElement> {
    target?.dyn_into().ok()
}

fn found(selector: &str) -> Option<HtmlFormElement> {
    web_sys::window()?.document()?.query_selector(selector).ok()??.dyn_into().ok()
}
