//! Keys that are pressed several times.

use super::{by_name::get, device, page};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsValue;

/// So long three presses may take.
const WITHIN_MS: i64 = 1_500;

/// Does something when a key was pressed three times, and no other one in between; one that is held down is pressed once.
pub fn on_three(key: &'static str, work: impl Fn() + 'static) {
    let presses: Rc<RefCell<Vec<i64>>> = Rc::default();
    // Who marks several things with the mouse holds Shift in between.
    let pointed = Rc::clone(&presses);
    page::on("body", "pointerdown", move |_: &web_sys::Event| pointed.borrow_mut().clear());
    page::on("body", "keydown", move |event: &web_sys::Event| {
        let event: &JsValue = event;
        let pressed = &mut *presses.borrow_mut();
        if get(event, "key").as_string().as_deref() != Some(key) {
            return pressed.clear();
        }
        if get(event, "repeat").is_truthy() {
            return;
        }
        let now_ms = device::now_ms();
        pressed.retain(|at_ms| now_ms - at_ms < WITHIN_MS);
        pressed.push(now_ms);
        if pressed.len() == 3 {
            pressed.clear();
            work();
        }
    });
}
