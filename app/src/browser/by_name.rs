//! What web-sys holds back as unstable, or what a browser may lack: looked up by name when it is needed.

use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A property; undefined if there is none or nobody may have it.
pub(super) fn get(target: &JsValue, name: &str) -> JsValue {
    Reflect::get(target, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED)
}

/// Calls a method.
///
/// # Errors
/// What it throws; what the browser throws if there is no such method.
pub(super) fn call(target: &JsValue, name: &str, arguments: &Array) -> Result<JsValue, JsValue> {
    get(target, name).unchecked_into::<Function>().apply(target, arguments)
}

/// An object with one or two properties.
pub(super) fn object(properties: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in properties {
        let _ = Reflect::set(&object, &JsValue::from_str(name), value);
    }
    object.into()
}
