//! The browser's entry point. The loader script of a page calls [`hydrate`], then wakes each island on it.

// Without a mention of `app` the linker would drop the islands' entry points.
use app as _;

/// Prepares the reactive system; the islands are woken one by one by the page's loader.
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
