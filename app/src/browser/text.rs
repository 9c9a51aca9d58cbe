//! What the browser knows of texts and times, so that the program need not carry tables.

use js_sys::{Date, JsString};
use wasm_bindgen::JsValue;

/// A text taken apart into letters and marks, the same for all widths (NFKD).
#[must_use]
pub fn decompose(text: &str) -> String {
    String::from(JsString::from(text).normalize("NFKD"))
}

/// A text put together from letters and marks (NFC): the same text has the same bytes, whatever keyboard wrote it.
#[must_use]
pub fn compose(text: &str) -> String {
    String::from(JsString::from(text).normalize("NFC"))
}

/// The time of day where this device is: `9:05`.
#[must_use]
pub fn clock(unix_ms: i64) -> String {
    #[allow(clippy::cast_precision_loss, reason = "milliseconds of this age are whole numbers there too")]
    let date = Date::new(&JsValue::from_f64(unix_ms as f64));
    let minutes = date.get_minutes();
    [date.get_hours().to_string().as_str(), if minutes < 10 { ":0" } else { ":" }, &minutes.to_string()].concat()
}
