//! Requests to our own server.

use super::waiting::after;
use crate::error::AppError;
use form::json::Tree;
use std::future::Future;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCredentials, RequestInit, Response};

/// How posted bodies are written.
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// How long a page of ours is waited for.
const PAGE_MS: u32 = 8_000;

/// What came back, from whomever: a network may answer in our place.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// All of the body.
    pub body: String,
    /// The build of the server that answered; another one's answer has none.
    pub build: Option<String>,
}

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
    let sent = post(path, JSON, json).ok_or(AppError::Transport)?;
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
    if let Some(sent) = post(path, FORM, &pairs(fields)) {
        // A refused promise is no error of ours. An answer that nobody reads counts as broken off, so it is read.
        if let Ok(Ok(response)) = sent.await.map(JsCast::dyn_into::<Response>) {
            let _ = body(&response).await;
        }
    }
}

/// Posts JSON; `None` if no whole reply came in time.
pub async fn post_json(path: &str, json: &str, with_credentials: bool, within_ms: u32) -> Option<Reply> {
    let init = posting(JSON, json)?;
    if !with_credentials {
        init.set_credentials(RequestCredentials::Omit);
    }
    Some(reply(path, &init, within_ms).await?.0)
}

/// Posts fields as a form would; the status of the reply, if one came in time.
pub async fn post_form_within(path: &str, fields: &[(String, String)], within_ms: u32) -> Option<u16> {
    let init = posting(FORM, &pairs(fields))?;
    Some(reply(path, &init, within_ms).await?.0.status)
}

/// A page of ours as anybody sees it, without what a cookie would add; `None` if it did not come from this address.
pub async fn page(path: &str) -> Option<String> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    let (reply, response) = reply(path, &init, PAGE_MS).await?;
    (response.ok() && !response.redirected()).then_some(reply.body)
}

/// Asks, reads all of the reply, and breaks off when the time is over.
async fn reply(path: &str, init: &RequestInit, within_ms: u32) -> Option<(Reply, Response)> {
    let controller = AbortController::new().ok()?;
    init.set_signal(Some(&controller.signal()));
    let sent = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(path, init));
    // Ends with this function, once the body is here too.
    let _timer = after(within_ms, move || controller.abort());
    let response: Response = sent.await.ok()?.dyn_into().ok()?;
    let body = body(&response).await?;
    let build = response.headers().get("entaku-build").ok().flatten();
    Some((Reply { status: response.status(), body, build }, response))
}

fn post(path: &str, content_type: &str, body: &str) -> Option<JsFuture> {
    let init = posting(content_type, body)?;
    Some(JsFuture::from(web_sys::window()?.fetch_with_str_and_init(path, &init)))
}

fn posting(content_type: &str, body: &str) -> Option<RequestInit> {
    let headers = web_sys::Headers::new().ok()?;
    headers.set("content-type", content_type).ok()?;
    headers.set("accept", JSON).ok()?;
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    init.set_headers(&headers);
    Some(init)
}

/// Fields as a form writes them.
fn pairs(fields: &[(String, String)]) -> String {
    let mut pairs = String::new();
    for (name, value) in fields {
        if !pairs.is_empty() {
            pairs.push('&');
        }
        pairs.push_str(&encode(name));
        pairs.push('=');
        pairs.push_str(&encode(value));
    }
    pairs
}

async fn body(response: &Response) -> Option<String> {
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

fn encode(text: &str) -> String {
    String::from(js_sys::encode_uri_component(text))
}
