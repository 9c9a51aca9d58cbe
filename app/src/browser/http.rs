//! Small requests to our own server.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

/// The text at one of our addresses; `None` if it did not come whole.
pub async fn text(path: &str) -> Option<String> {
    let response: Response = JsFuture::from(web_sys::window()?.fetch_with_str(path)).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// Posts fields as a form would, and wants no page back. Whether it arrived is for the caller's next try to show.
pub fn post_quietly(path: &str, fields: &[(String, String)]) {
    let mut body = String::new();
    for (name, value) in fields {
        if !body.is_empty() {
            body.push('&');
        }
        body.push_str(&encode(name));
        body.push('=');
        body.push_str(&encode(value));
    }
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(&body));
    let Ok(headers) = web_sys::Headers::new() else { return };
    let _ = headers.set("content-type", "application/x-www-form-urlencoded");
    let _ = headers.set("accept", "application/json");
    init.set_headers(&headers);
    if let Some(window) = web_sys::window() {
        // A refused promise is no error of ours: nobody waits for it.
        let sent = JsFuture::from(window.fetch_with_str_and_init(path, &init));
        leptos::task::spawn_local(async move {
            let _ = sent.await;
        });
    }
}

fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
