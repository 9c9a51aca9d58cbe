//! Locks that all tabs and the service worker of this site share (`navigator.locks`).

use super::by_name::{call, get, object};
use js_sys::{Array, Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

/// A lock; it is given back when this is dropped, and when the page goes.
#[must_use]
pub struct Held(Function);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.call0(&JsValue::UNDEFINED);
    }
}

/// What came of asking for a lock.
#[must_use]
pub enum Lock {
    /// Nobody else has it.
    Ours(Held),
    /// Somebody else has it.
    Taken,
    /// This browser has no locks, or gives none to this page.
    Missing,
}

/// Takes a lock if it is free, and never waits for it. A shared one goes together with other shared ones.
pub async fn try_lock(name: &str, is_shared: bool) -> Lock {
    let Some(window) = web_sys::window() else { return Lock::Missing };
    let locks = get(&window.navigator(), "locks");
    // As long as this promise is open, the lock is ours.
    let (until, release) = promise();
    let (asked, answer) = promise();
    let given = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let _ = answer.call1(&JsValue::UNDEFINED, &lock);
        until.into()
    });
    let mode = if is_shared { "shared" } else { "exclusive" };
    let options = object(&[("ifAvailable", JsValue::TRUE), ("mode", JsValue::from_str(mode))]);
    let arguments = Array::of3(&JsValue::from_str(name), &options, &given);
    let Ok(refused) = call(&locks, "request", &arguments) else { return Lock::Missing };
    // The lock itself, or null; the call's own promise matters only if it refuses.
    match JsFuture::from(Promise::race(&Array::of2(&asked, &refused))).await {
        Ok(lock) if lock.is_null() => Lock::Taken,
        Ok(_) => Lock::Ours(Held(release)),
        Err(_) => Lock::Missing,
    }
}

/// A promise, and what resolves it.
fn promise() -> (Promise, Function) {
    // What makes a promise is called at once.
    let mut resolves = JsValue::UNDEFINED.unchecked_into();
    let promise = Promise::new(&mut |resolve, _| resolves = resolve);
    (promise, resolves)
}
