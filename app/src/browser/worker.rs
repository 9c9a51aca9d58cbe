//! The service worker, which keeps the pages of one questionnaire for when there is no network.

use super::{
    by_name::{call, get, object},
    waiting::{before, first, pause},
};
use js_sys::{Array, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RegistrationOptions, ServiceWorker, ServiceWorkerContainer, ServiceWorkerRegistration};

/// How long a new service worker may take until it has the page.
const TAKE_OVER_MS: u32 = 3_000;

/// Whether this browser has service workers for this page (not without encryption, not in some private windows).
#[must_use]
pub fn can_register() -> bool {
    container().is_some()
}

/// Registers the script for all pages under an address.
pub async fn register(script: &str, scope: &str) -> bool {
    let Some(container) = container() else { return false };
    let options = RegistrationOptions::new();
    options.set_scope(scope);
    JsFuture::from(container.register_with_options(script, &options)).await.is_ok()
}

/// Asks the browser to wake the service worker of this page when there is a network again, even if the page is closed
/// by then. Few browsers can.
pub async fn ask_for_sync(tag: &str) -> bool {
    let Some(container) = container() else { return false };
    let Ok(registration) = JsFuture::from(container.get_registration()).await else { return false };
    match call(&get(&registration, "sync"), "register", &Array::of1(&JsValue::from_str(tag))) {
        Ok(asked) => JsFuture::from(asked.unchecked_into::<Promise>()).await.is_ok(),
        Err(_) => false,
    }
}

/// Whether a newer service worker is ready and waits for the pages of the earlier one to go.
pub async fn has_waiting(scope: &str) -> bool {
    waiting(scope).await.is_some()
}

/// Lets the newer service worker have the pages now; whether it took them.
pub async fn take_over_waiting(scope: &str) -> bool {
    let (Some(container), Some(waiting)) = (container(), waiting(scope).await) else { return false };
    let changed = first(&container, &["controllerchange"]);
    waiting.post_message(&object(&[("entaku", JsValue::from_str("take-over"))])).is_ok()
        && before(&pause(TAKE_OVER_MS), &changed).await.is_some()
}

async fn waiting(scope: &str) -> Option<ServiceWorker> {
    let found = JsFuture::from(container()?.get_registration_with_document_url(scope)).await.ok()?;
    let registration: ServiceWorkerRegistration = found.dyn_into().ok()?;
    // A questionnaire whose name begins with another's name is no page of that other one.
    if registration.scope().ends_with(scope) { registration.waiting() } else { None }
}

fn container() -> Option<ServiceWorkerContainer> {
    let container = get(&web_sys::window()?.navigator(), "serviceWorker");
    container.is_object().then(|| container.unchecked_into())
}
