//! Reading tickets with the camera, where the browser can.

use super::screen::Desk;
use crate::{
    browser::{
        camera::{self, Camera, Trouble},
        device, http,
    },
    i18n::*,
};
use leptos::prelude::*;
use std::collections::HashMap;

/// The same ticket held before the camera is one guest: so long it is not read again, in milliseconds.
const SAME_MS: i64 = 4_000;

/// The picture, while somebody scans.
#[component]
pub(super) fn Scanner(desk: Desk) -> impl IntoView {
    let screen = desk.screen;
    let reader = desk.words.0;
    let locale = reader.locale;
    let trouble = RwSignal::new(None::<&'static str>);
    let camera = StoredValue::<Option<Camera>, LocalStorage>::new_local(None);
    let last = StoredValue::new(HashMap::<String, i64>::new());
    let seen = move |code: String| {
        let now = device::now_ms();
        let before = last.try_update_value(|last| {
            last.retain(|_, at| now.saturating_sub(*at) < SAME_MS);
            last.insert(code.clone(), now)
        });
        let is_same = before.flatten().is_some();
        if !is_same {
            desk.with(|session| session.scan(&code));
        }
    };
    Effect::new(move |_| {
        if !screen.scans.get() {
            camera.set_value(None);
            return;
        }
        trouble.set(None);
        if !camera::is_able() {
            trouble.set(Some(td_string!(locale, desk.camera_none)));
            screen.scans.set(false);
            return;
        }
        http::spawn(async move {
            match camera::watch("#camera", seen).await {
                // Somebody may have stopped meanwhile: then it is dropped at once.
                Ok(started) if screen.scans.get_untracked() => camera.set_value(Some(started)),
                Ok(_) => {}
                Err(why) => {
                    trouble.set(Some(match why {
                        Trouble::Unable => td_string!(locale, desk.camera_none),
                        Trouble::Refused => td_string!(locale, desk.camera_refused),
                    }));
                    screen.scans.set(false);
                }
            }
        });
    });
    move || match (screen.scans.get(), trouble.get()) {
        (true, _) => Some(view! { <video class="desk-camera" id="camera" muted playsinline></video> }.into_any()),
        (false, Some(text)) => {
            Some(view! { <p class="desk-warning" role="alert" inner_html=reader.rich(text)></p> }.into_any())
        }
        (false, None) => None,
    }
}
