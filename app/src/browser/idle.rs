//! A page that nobody touches.

use super::{device, http};
use std::{cell::Cell, rc::Rc};

/// Between two looks.
const LOOK_MS: u32 = 10_000;
/// What counts as touching.
const TOUCHES: [&str; 4] = ["keydown", "pointerdown", "input", "scroll"];

/// Does something once nobody has touched the page for so long, as long as the page lives: also when a phone that slept,
/// and did not look meanwhile, wakes up, before the touch that woke it means anything.
pub fn watch(after_ms: i64, close: impl Fn() + Clone + 'static) {
    let touched_at = Rc::new(Cell::new(device::now_ms()));
    let at = Rc::clone(&touched_at);
    let look = move || {
        let still_ms = device::now_ms().saturating_sub(at.get());
        if !(0..after_ms).contains(&still_ms) {
            close();
        }
    };
    for kind in TOUCHES {
        let (touched_at, look) = (Rc::clone(&touched_at), look.clone());
        device::on_document(kind, move || {
            look();
            touched_at.set(device::now_ms());
        });
    }
    device::on_document("visibilitychange", look.clone());
    http::spawn(async move {
        loop {
            device::sleep(LOOK_MS).await;
            look();
        }
    });
}
