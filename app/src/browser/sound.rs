//! Short tones: somebody at a desk looks at the guest, not at the screen.

use super::by_name::{call, get};
use js_sys::{Array, Function, Reflect};
use std::cell::RefCell;
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    /// One for the page; browsers allow few.
    static CONTEXT: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

/// Sounds tones of these pitches, in hertz, one after the other. Silent where the browser cannot, or will not before
/// somebody has touched the page.
pub fn play(pitches: &[f64]) {
    let _ = try_play(pitches);
}

fn try_play(pitches: &[f64]) -> Result<(), JsValue> {
    const SECONDS: f64 = 0.09;
    let context = context()?;
    // Made before anybody touched the page, it sleeps.
    let _ = call(&context, "resume", &Array::new());
    let now = get(&context, "currentTime").as_f64().unwrap_or(0.0);
    for (at, pitch) in (0_u32..).zip(pitches) {
        let begin = now + f64::from(at) * SECONDS;
        let (tone, volume) =
            (call(&context, "createOscillator", &Array::new())?, call(&context, "createGain", &Array::new())?);
        Reflect::set(&get(&tone, "frequency"), &"value".into(), &JsValue::from_f64(*pitch))?;
        Reflect::set(&get(&volume, "gain"), &"value".into(), &JsValue::from_f64(0.15))?;
        call(&tone, "connect", &Array::of1(&volume))?;
        call(&volume, "connect", &Array::of1(&get(&context, "destination")))?;
        call(&tone, "start", &Array::of1(&JsValue::from_f64(begin)))?;
        call(&tone, "stop", &Array::of1(&JsValue::from_f64(begin + SECONDS)))?;
    }
    Ok(())
}

fn context() -> Result<JsValue, JsValue> {
    if let Some(context) = CONTEXT.with_borrow(Clone::clone) {
        return Ok(context);
    }
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let maker: Function = get(&window, "AudioContext").dyn_into()?;
    let context = Reflect::construct(&maker, &Array::new())?;
    CONTEXT.set(Some(context.clone()));
    Ok(context)
}
