//! Waiting for an event, for a while, or for whichever comes first. The promises here never refuse and need no closure:
//! what resolves a promise is itself the listener.

use js_sys::{Array, Promise};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Event, EventTarget};

/// The first event of these kinds. Who waits for it goes on while the event is still being handled, so a transaction
/// that it belongs to is still open.
pub(super) fn first(target: &EventTarget, kinds: &[&str]) -> Promise {
    Promise::new(&mut |resolve, _| {
        for kind in kinds {
            let _ = target.add_event_listener_with_callback(kind, &resolve);
        }
    })
}

/// Whether an event that was waited for is of this kind.
pub(super) fn is(event: &JsValue, kind: &str) -> bool {
    event.unchecked_ref::<Event>().type_() == kind
}

/// Undefined, after a while.
pub(super) fn pause(ms: u32) -> Promise {
    Promise::new(&mut |resolve, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, bounded(ms));
        }
    })
}

/// What a promise brings, if it does so before the pause is over.
pub(super) async fn before(pause: &Promise, wanted: &Promise) -> Option<JsValue> {
    let found = JsFuture::from(Promise::race(&Array::of2(wanted, pause))).await.ok()?;
    (!found.is_undefined()).then_some(found)
}

/// Waits.
pub async fn sleep(ms: u32) {
    let _ = JsFuture::from(pause(ms)).await;
}

/// Work that is done later, unless this is dropped first.
#[must_use]
pub struct Timer {
    handle: i32,
    is_over: Rc<Cell<bool>>,
    is_kept: bool,
}

impl Timer {
    /// Lets it go on without anybody who holds it.
    pub fn keep(mut self) {
        self.is_kept = true;
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        if !self.is_kept
            && !self.is_over.replace(true)
            && let Some(window) = web_sys::window()
        {
            window.clear_timeout_with_handle(self.handle);
        }
    }
}

/// Does something after so many milliseconds. A browser that does not clear a timer rings one that is over: it does
/// nothing then.
pub fn after(ms: u32, work: impl FnOnce() + 'static) -> Timer {
    let is_over = Rc::new(Cell::new(false));
    let over = Rc::clone(&is_over);
    let work = Closure::once_into_js(move || {
        if !over.replace(true) {
            work();
        }
    });
    let handle = web_sys::window().and_then(|window| {
        window.set_timeout_with_callback_and_timeout_and_arguments_0(work.unchecked_ref(), bounded(ms)).ok()
    });
    Timer { handle: handle.unwrap_or_default(), is_over, is_kept: false }
}

/// Does something when the browser has nothing better to do.
pub fn when_idle(work: impl FnOnce() + 'static) {
    let Some(window) = web_sys::window() else { return };
    let work = Closure::once_into_js(work);
    // Safari cannot tell.
    if window.request_idle_callback(work.unchecked_ref()).is_err() {
        let _ = window.set_timeout_with_callback(work.unchecked_ref());
    }
}

/// A browser takes what is more for nothing at all.
fn bounded(ms: u32) -> i32 {
    i32::try_from(ms).unwrap_or(i32::MAX)
}
