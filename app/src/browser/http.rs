//! Requests to our own server.

use super::waiting::after;
use std::{cell::RefCell, future::Future};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCredentials, RequestInit, Response};

/// How posted bodies are written.
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// How long a page of ours is waited for, and a text that a slow network needs long for.
const PAGE_MS: u32 = 8_000;
const TEXT_MS: u32 = 60_000;

/// What came back, from whomever: a network may answer in our place.
pub struct Reply {
    /// The status.
    pub status: u16,
    /// All of the body.
    pub body: String,
    /// The build of the server that answered; another one's answer has none.
    pub build: Option<String>,
}

thread_local! {
    /// What may be broken off.
    static UNDER_WAY: RefCell<Vec<AbortController>> = const { RefCell::new(Vec::new()) };
}

/// Runs something that waits for an answer.
pub fn spawn(work: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(work);
}

/// The text at one of our addresses; `None` if it did not come whole and in time.
pub async fn text(path: &str) -> Option<String> {
    let (reply, response) = reply(path, &RequestInit::new(), TEXT_MS).await?;
    response.ok().then_some(reply.body)
}

/// Posts JSON; `None` if no whole reply came in time.
pub async fn post_json(path: &str, json: &str, with_credentials: bool, within_ms: u32) -> Option<Reply> {
    let init = posting(JSON, json)?;
    if !with_credentials {
        init.set_credentials(RequestCredentials::Omit);
    }
    Some(reply(path, &init, within_ms).await?.0)
}

/// Posts fields as a form would; the status of the reply, if one came in time and from our server: a hotel's page
/// bears no build.
pub async fn post_form_within(path: &str, fields: &[(String, String)], within_ms: u32) -> Option<u16> {
    let init = posting(FORM, &pairs(fields))?;
    let (reply, _) = reply(path, &init, within_ms).await?;
    reply.build.map(|_| reply.status)
}

/// A page of ours as anybody sees it, without what a cookie would add; `None` if something else came in its place, as
/// a hotel's page does.
pub async fn page(path: &str) -> Option<String> {
    let init = RequestInit::new();
    init.set_credentials(RequestCredentials::Omit);
    let (reply, response) = reply(path, &init, PAGE_MS).await?;
    (response.ok() && !response.redirected() && reply.build.is_some()).then_some(reply.body)
}

/// Asks, reads all of the reply, and breaks off when the time is over.
async fn reply(path: &str, init: &RequestInit, within_ms: u32) -> Option<(Reply, Response)> {
    let controller = AbortController::new().ok()?;
    init.set_signal(Some(&controller.signal()));
    UNDER_WAY.with_borrow_mut(|all| all.push(controller.clone()));
    let reply = read(path, init, within_ms, controller.clone()).await;
    UNDER_WAY.with_borrow_mut(|all| all.retain(|other| *other != controller));
    reply
}

/// Breaks off whatever is under way: nothing that comes later changes a cookie.
pub fn break_off() {
    for controller in UNDER_WAY.take() {
        controller.abort();
    }
}

/// Posts nothing to an address, and goes on with it when the page has gone.
pub async fn post_beyond(path: &str) {
    let Some(init) = posting(FORM, "") else { return };
    let _ = js_sys::Reflect::set(&init, &JsValue::from_str("keepalive"), &JsValue::TRUE);
    if let Some(window) = web_sys::window() {
        let _ = JsFuture::from(window.fetch_with_str_and_init(path, &init)).await;
    }
}

async fn read(
    path: &str,
    init: &RequestInit,
    within_ms: u32,
    controller: AbortController,
) -> Option<(Reply, Response)> {
    let sent = JsFuture::from(web_sys::window()?.fetch_with_str_and_init(path, init));
    // Ends with this function, once the body is here too.
    let _timer = after(within_ms, move || controller.abort());
    let response: Response = sent.await.ok()?.dyn_into().ok()?;
    let body = body(&response).await?;
    let build = response.headers().get("entaku-build").ok().flatten();
    Some((Reply { status: response.status(), body, build }, response))
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
