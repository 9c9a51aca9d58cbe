//! A yes to words that the desk asks to pass on, signed on the phone, and taking it back.

use super::{
    session::{ask as call, fail, keep_more, letters, read_again},
    stage::{Busy, Phone, Stage, Trouble},
};
use crate::{browser::device, error::AppError, voices::islands::call::Failure};
use leptos::prelude::*;
use serde_json::{Value, json};

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
        Some(yes) => send(phone, "/agree", json!({ "auth": returned.auth(), "yes": yes })).await,
        None => phone.trouble.set(Some(Trouble::NotDone)),
    }
}

/// Takes a yes back, at once.
pub(super) async fn withdraw(phone: Phone, grant: &str) {
    let Some((returned, thread)) = phone.with(|kept| kept.returned.clone().zip(kept.thread.clone())) else { return };
    keep_more(phone);
    let signature = returned.withdraw(&phone.door.get_untracked(), &thread, grant);
    send(phone, "/withdraw", json!({ "auth": returned.auth(), "grant": grant, "signature": signature })).await;
}

/// Sends it, and shows how everything stands then. What is known is read anew also where it was refused: days may have gone
/// by since the page was opened.
async fn send(phone: Phone, name: &str, body: Value) {
    phone.is_busy.set(Some(Busy::Working));
    let done = call::<()>(phone, name, &body).await;
    let read = match &done {
        Ok(()) | Err(Failure::Refused(AppError::Malformed | AppError::NotFound)) => read_again(phone).await,
        Err(failure) => Err(failure.clone()),
    };
    match (done, read) {
        (_, Err(failure)) => fail(phone, &failure),
        (Ok(()), Ok(())) => phone.show(letters(phone)),
        (Err(_), Ok(())) => {
            phone.show(letters(phone));
            phone.trouble.set(Some(Trouble::NotDone));
        }
    }
}
