//! The phone: its dice, its clock, whether it has a network, and when it is touched.

pub use super::waiting::{Timer, after, sleep, when_idle};
use super::{
    by_name::{call, get},
    page::listen,
};
use js_sys::{Array, Date};
use wasm_bindgen::closure::Closure;
use wasm_bindgen_futures::JsFuture;
use web_sys::Navigator;

/// Random bytes from the system's source.
#[must_use]
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    if !fill(&mut bytes) {
        // Every browser has it. To go on without would seal answers with a key that anybody knows.
        wasm_bindgen::throw_str("no random bytes");
    }
    bytes
}

fn fill(bytes: &mut [u8]) -> bool {
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    crypto.is_some_and(|crypto| crypto.get_random_values_with_u8_array(bytes).is_ok())
}

/// A random id (UUID version 4, lower case). The browser's own exists on encrypted addresses only.
#[must_use]
pub fn uuid() -> Option<String> {
    let mut bytes = [0; 16];
    fill(&mut bytes).then(|| uuid_of(bytes))
}

fn uuid_of(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let mut text = String::with_capacity(36);
    for (place, byte) in bytes.into_iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        for half in [byte >> 4, byte & 0x0f] {
            text.push(char::from(if half < 10 { b'0' + half } else { b'a' - 10 + half }));
        }
    }
    text
}

/// Milliseconds of the phone's clock, which may be wrong.
#[must_use]
#[allow(clippy::cast_possible_truncation)]
pub fn now_ms() -> i64 {
    Date::now() as i64
}

/// Milliseconds since the page was opened, by a clock that nobody sets.
#[must_use]
pub fn ticks_ms() -> i64 {
    let Some(window) = web_sys::window() else { return 0 };
    let ticks = call(&get(&window, "performance"), "now", &Array::new()).ok().and_then(|now| now.as_f64());
    #[allow(clippy::cast_possible_truncation, reason = "less than a page is ever open")]
    ticks.map_or(0, |ticks| ticks as i64)
}

/// The phone's calendar day: year, month, day.
#[must_use]
pub fn day() -> Option<(i32, u32, u32)> {
    let now = Date::new_0();
    Some((i32::try_from(now.get_full_year()).ok()?, now.get_month() + 1, now.get_date()))
}

/// Whether the browser thinks that there is a network. It is sure only when there is none.
#[must_use]
pub fn is_online() -> bool {
    navigator().is_none_or(|navigator| navigator.on_line())
}

/// Whether nobody sees the page now.
#[must_use]
pub fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_some_and(|document| document.hidden())
}

/// Does something at every event of a kind in the window, as long as the page lives.
pub fn on_window(kind: &str, mut work: impl FnMut() + 'static) {
    if let Some(window) = web_sys::window() {
        listen(&window, kind, Closure::new(move |_| work()));
    }
}

/// Does something at every event of a kind in the document, as long as the page lives.
pub fn on_document(kind: &str, mut work: impl FnMut() + 'static) {
    if let Some(document) = web_sys::window().and_then(|window| window.document()) {
        listen(&document, kind, Closure::new(move |_| work()));
    }
}

/// Asks the browser not to clear the storage when it is short of room. It may refuse without a word.
pub async fn persist() -> bool {
    // An address without encryption has no such thing: the call throws.
    let Some(Ok(asked)) = navigator().map(|navigator| navigator.storage().persist()) else { return false };
    JsFuture::from(asked).await.is_ok_and(|answer| answer.is_truthy())
}

/// What the browser calls itself: read to tell the browsers inside other apps, never sent or kept.
#[must_use]
pub fn user_agent() -> String {
    navigator().and_then(|navigator| navigator.user_agent().ok()).unwrap_or_default()
}

fn navigator() -> Option<Navigator> {
    Some(web_sys::window()?.navigator())
}

/// What this tab noted under a key; it outlives a reload and ends with the tab.
#[must_use]
pub fn tab_note(key: &str) -> Option<String> {
    tab_notes()?.get_item(key).ok()?
}

/// Notes something for this tab.
pub fn set_tab_note(key: &str, text: &str) {
    if let Some(notes) = tab_notes() {
        let _ = notes.set_item(key, text);
    }
}

/// Forgets it.
pub fn forget_tab_note(key: &str) {
    if let Some(notes) = tab_notes() {
        let _ = notes.remove_item(key);
    }
}

fn tab_notes() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok()?
}

#[cfg(test)]
mod tests {
    use super::uuid_of;

    #[test]
    fn ids_are_of_version_4() {
        assert_eq!(uuid_of([0xff; 16]), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid_of([0x0a; 16]), "0a0a0a0a-0a0a-4a0a-8a0a-0a0a0a0a0a0a");
    }
}
