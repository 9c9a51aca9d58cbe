//! A file that the person takes out of the browser.

use super::waiting::after;
use js_sys::Array;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// How long the browser may take to write it down before its memory is given back.
const WRITING_MS: u32 = 60_000;

/// Offers a text as a file of that name, to be kept where the person's downloads are. Whether the browser took it;
/// browsers inside other apps may do nothing all the same.
pub fn save(name: &str, text: &str) -> bool {
    offer(name, text).is_some()
}

fn offer(name: &str, text: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let kind = BlobPropertyBag::new();
    kind.set_type("text/plain;charset=utf-8");
    let parts = Array::of1(&JsValue::from_str(text));
    let blob = Blob::new_with_str_sequence_and_options(&parts, &kind).ok()?;
    let url = Url::create_object_url_with_blob(&blob).ok()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(&url);
    link.set_download(name);
    // Some browsers press no link that stands nowhere.
    document.body()?.append_child(&link).ok()?;
    link.click();
    link.remove();
    after(WRITING_MS, move || drop(Url::revoke_object_url(&url))).keep();
    Some(())
}
