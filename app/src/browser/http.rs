//! Requests to our own server.

use crate::error::AppError;
use form::json::Tree;
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

/// Runs something that waits for an answer.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// The text at one of our addresses; `None` if it did not come whole.
pub async fn text(path: &str) -> Option<String> {
    let response: Response = JsFuture::from(web_sys::window()?.fetch_with_str(path)).await.ok()?.dyn_into().ok()?;
    if response.ok() { body(&response).await } else { None }
}

/// Calls a server function by its path: JSON out, JSON back. This is the client that leptos would generate, without
/// the ten kilobytes it weighs.
///
/// # Errors
/// What the server answers, or [`AppError::Transport`] if it did not or if something else answered in its place.
pub async fn call(path: &str, json: &str) -> Result<Tree, AppError> {
    let sent = post(path, "application/json", json).ok_or(AppError::Transport)?;
    let response: Response = match sent.await.map(JsCast::dyn_into) {
        Ok(Ok(response)) => response,
        _ => return Err(AppError::Transport),
    };
    let text = body(&response).await.ok_or(AppError::Transport)?;
    let tree = Tree::parse(&text).map_err(|_| AppError::Transport)?;
    if response.ok() { Ok(tree) } else { Err(AppError::read(&tree)) }
}

/// Posts fields as a form would, wants no page back, and waits until it is over. Whether it arrived is for the
/// caller's next try to show.
pub async fn post_quietly(path: &str, fields: &[(String, String)]) {
    let mut pairs = String::new();
    for (name, value) in fields {
        if !pairs.is_empty() {
            pairs.push('&');
        }
        pairs.push_str(&encode(name));
        pairs.push('=');
        pairs.push_str(&encode(value));
    }
    if let Some(sent) = post(path, "application/x-www-form-urlencoded", &pairs) {
        // A refused promise is no error of ours. An answer that nobody reads counts as broken off, so it is read.
        if let Ok(Ok(response)) = sent.await.map(JsCast::dyn_into::<Response>) {
            let _ = body(&response).await;
        }
    }
}

fn post(path: &str, content_type: &str, body: &str) -> Option<JsFuture> {
    let headers = web_sys::Headers::new().ok()?;
    headers.set("content-type", content_type).ok()?;
    headers.set("accept", "application/json").ok()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    init.set_headers(&headers);
    Some(JsFuture::from(web_sys::window()?.fetch_with_str_and_init(path, &init)))
}

async fn body(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
