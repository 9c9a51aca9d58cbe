//! A yes to words that the desk asks to pass on, signed on the phone, and taking it back; and that the desk is late.

use super::{
    session::{ask as call, fail, keep_more, letters, read_again},
    stage::{Busy, Phone, Stage, Trouble},
};
use crate::{browser::device, error::AppError, voices::islands::call::Failure};
use leptos::prelude::*;
use serde_json::{Value, json};
use std::rc::Rc;

/// Asks whether somebody means to say yes.
pub(super) fn ask(phone: Phone, share: String) {
    keep_more(phone);
    phone.show(Stage::AskAgree(share));
}

/// Signs a yes, and sends it.
pub(super) async fn agree(phone: Phone, share: &str) {
    let Some((returned, thread)) = phone.with(|kept| kept.returned.clone().zip(kept.thread.clone())) else { return };
    let shared = thread.shared.iter().find(|shared| shared.facts.id == share);
    let entropy = [device::random(), device::random()];
    let yes = shared.and_then(|shared| returned.agree(&phone.door.get_untracked(), &thread, shared, entropy));
    match yes {
        Some(yes) => {
            send(phone, "/agree", json!({ "auth": returned.auth(), "yes": yes })).await;
        }
        None => phone.trouble.set(Some(Trouble::NotDone)),
    }
}

/// Takes a yes back, at once.
pub(super) async fn withdraw(phone: Phone, grant: &str) {
    let Some((returned, thread)) = phone.with(|kept| kept.returned.clone().zip(kept.thread.clone())) else { return };
    keep_more(phone);
    let signature = returned.withdraw(&phone.door.get_untracked(), &thread, grant);
    let body = json!({ "auth": returned.auth(), "grant": grant, "signature": signature });
    if send(phone, "/withdraw", body).await {
        // Taken back, also where how everything stands could not be read anew: the desk is closed, or the network is gone.
        phone.keep(|kept| {
            if let Some(thread) = kept.thread.as_mut() {
                Rc::make_mut(thread).take_back(grant);
            }
        });
        phone.show(letters(phone));
    }
}

/// Says that the desk is late.
pub(super) async fn late(phone: Phone) {
    let Some(returned) = phone.with(|kept| kept.returned.clone()) else { return };
    keep_more(phone);
    send(phone, "/late", json!({ "auth": returned.auth() })).await;
}

/// Sends it, and shows how everything stands then. What is known is read anew also where it was refused: days may have gone
/// by since the page was opened. Whether it was done.
async fn send(phone: Phone, name: &str, body: Value) -> bool {
    phone.is_busy.set(Some(Busy::Working));
    let done = call::<()>(phone, name, &body).await;
    let read = match &done {
        Ok(()) | Err(Failure::Refused(AppError::Malformed | AppError::NotFound)) => read_again(phone).await,
        Err(failure) => Err(failure.clone()),
    };
    let is_done = done.is_ok();
    match read {
        Err(failure) => fail(phone, &failure),
        Ok(()) => {
            phone.show(letters(phone));
            if !is_done {
                phone.trouble.set(Some(Trouble::NotDone));
            }
        }
    }
    is_done
}
