//! The camera that reads squares, where the browser knows how (`BarcodeDetector`).

use super::{
    by_name::{call, get, object},
    waiting::sleep,
};
use js_sys::{Array, Function, Promise, Reflect};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// Between two looks at the picture.
const LOOK_MS: u32 = 150;

/// Why there is no camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser cannot read squares.
    Unable,
    /// Nobody allowed it, or there is none.
    Refused,
}

/// A camera that looks until this is dropped.
#[must_use]
pub struct Camera {
    stream: JsValue,
    is_over: Rc<Cell<bool>>,
}

impl Drop for Camera {
    fn drop(&mut self) {
        self.is_over.set(true);
        if let Ok(tracks) = call(&self.stream, "getTracks", &Array::new()) {
            for track in Array::from(&tracks).iter() {
                let _ = call(&track, "stop", &Array::new());
            }
        }
    }
}

/// Whether this browser can read squares.
#[must_use]
pub fn is_able() -> bool {
    web_sys::window().is_some_and(|window| get(&window, "BarcodeDetector").is_function())
}

/// Shows the camera in a `<video>` and calls back for every square, each time it is seen.
///
/// # Errors
/// [`Trouble`].
pub async fn watch(video: &str, seen: impl Fn(String) + 'static) -> Result<Camera, Trouble> {
    let window = web_sys::window().ok_or(Trouble::Unable)?;
    let maker: Function = get(&window, "BarcodeDetector").dyn_into().map_err(|_| Trouble::Unable)?;
    let formats = object(&[("formats", Array::of1(&JsValue::from_str("qr_code")).into())]);
    let detector = Reflect::construct(&maker, &Array::of1(&formats)).map_err(|_| Trouble::Unable)?;
    let behind = object(&[("facingMode", JsValue::from_str("environment"))]);
    let wanted = object(&[("video", behind)]);
    let devices = get(&window.navigator(), "mediaDevices");
    let asked = call(&devices, "getUserMedia", &Array::of1(&wanted)).map_err(|_| Trouble::Unable)?;
    let stream = JsFuture::from(asked.unchecked_into::<Promise>()).await.map_err(|_| Trouble::Refused)?;
    let camera = Camera { stream: stream.clone(), is_over: Rc::default() };
    let found = window.document().and_then(|document| document.query_selector(video).ok().flatten());
    let video: JsValue = found.ok_or(Trouble::Unable)?.into();
    let _ = Reflect::set(&video, &"srcObject".into(), &stream);
    if let Ok(playing) = call(&video, "play", &Array::new()) {
        let _ = JsFuture::from(playing.unchecked_into::<Promise>()).await;
    }
    let is_over = Rc::clone(&camera.is_over);
    wasm_bindgen_futures::spawn_local(async move {
        while !is_over.get() {
            if let Ok(looking) = call(&detector, "detect", &Array::of1(&video))
                && let Ok(squares) = JsFuture::from(looking.unchecked_into::<Promise>()).await
                && !is_over.get()
            {
                for square in Array::from(&squares).iter() {
                    if let Some(text) = get(&square, "rawValue").as_string() {
                        seen(text);
                    }
                }
            }
            sleep(LOOK_MS).await;
        }
    });
    Ok(camera)
}
