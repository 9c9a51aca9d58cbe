//! What a person does once a letter is there: keeping the digits, coming back, and whatever can be done then.

use super::stage::{Busy, Phone, Stage, Trouble};
use crate::{
    browser::{device, idle, keys, page, press},
    error::AppError,
    i18n::*,
    voices::{
        components::{forms, thread::More},
        door::Told,
        islands::call::{Failure, call},
        worker::{Returned, is_last},
        written::Written,
    },
};
use ::seal::voice::receipt::Receipt;
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{cell::Cell, rc::Rc};

/// After so long without a touch everything is forgotten, as without script.
const IDLE_MS: i64 = 15 * 60_000;
/// Pressed three times, it leaves.
const EXIT_KEY: &str = "Shift";
/// What the screen needs to draw itself before the work begins that holds it up.
const BREATH_MS: u32 = 60;

/// Says that something is under way, and lets the screen say so.
pub(super) async fn busy(phone: Phone) {
    phone.is_busy.set(Some(Busy::Working));
    device::sleep(BREATH_MS).await;
}

/// What is said of a call without an answer; nothing to who has closed the page meanwhile.
pub(super) fn trouble_of(failure: &Failure) -> Option<Trouble> {
    Some(match failure {
        Failure::Unreachable => Trouble::Unreachable,
        Failure::Refused(AppError::NotFound) => Trouble::Gone,
        Failure::Refused(AppError::Forbidden) => Trouble::Closed,
        Failure::SignedOut | Failure::Refused(_) => Trouble::NotDone,
        Failure::Left => return None,
    })
}

/// Says why there is no answer, and lets go on.
pub(super) fn fail(phone: Phone, failure: &Failure) {
    if let Some(trouble) = trouble_of(failure) {
        phone.is_busy.set(None);
        phone.trouble.set(Some(trouble));
    }
}

/// Calls; an answer that comes after the page was closed fills nothing.
pub(super) async fn ask<T: DeserializeOwned>(phone: Phone, name: &str, body: &Value) -> Result<T, Failure> {
    call(move || phone.turn(), name, body).await
}

/// What stands in the field for more, so that it is there again after a look at something else.
pub(super) fn keep_more(phone: Phone) {
    let more = press::value_in("#question", "text");
    phone.keep(|kept| kept.more = more);
}

/// The letters, with what somebody had begun to add.
pub(super) fn letters(phone: Phone) -> Stage {
    Stage::Letters(More { text: phone.with(|kept| kept.more.clone()), wrong: None })
}

/// Asks whether everything is to be deleted.
pub(super) fn ask_delete(phone: Phone) {
    keep_more(phone);
    phone.show(Stage::AskDelete);
}

/// The last group was typed back, or something else.
pub(super) fn keep_receipt(phone: Phone, typed: &str) {
    let Some(receipt) = phone.receipt() else { return };
    if !is_last(&receipt, typed) {
        return phone.show(Stage::Receipt { is_wrong: true });
    }
    let by = phone.with(|kept| kept.by.clone());
    phone.forget();
    phone.show(Stage::Kept { by });
}

/// Opens what belongs to the digits.
pub(super) async fn come_back(phone: Phone, typed: String) {
    let reader = phone.reader.get_untracked();
    let receipt = match Receipt::parse(&typed) {
        Ok(receipt) => receipt,
        Err(fault) => {
            let wrong = Some(forms::no_receipt(reader, fault));
            return phone.show(Stage::Back { typed, wrong });
        }
    };
    busy(phone).await;
    let returned = match Returned::of(&phone.door.get_untracked(), &receipt) {
        Ok(returned) => returned,
        Err(cannot) => {
            phone.is_busy.set(None);
            return phone.trouble.set(Some(cannot.into()));
        }
    };
    match read(phone, &returned).await {
        Ok(()) => {
            phone.keep(|kept| kept.returned = Some(returned));
            phone.show(letters(phone));
        }
        Err(Failure::Refused(error @ (AppError::NotFound | AppError::Conflict))) => {
            let words = match error {
                AppError::NotFound => td_string!(reader.locale, voices.back_unknown),
                _ => td_string!(reader.locale, voices.back_locked),
            };
            phone.show(Stage::Back { typed, wrong: Some(words.to_owned()) });
        }
        Err(failure) => fail(phone, &failure),
    }
}

/// Asks for the letters and opens them.
async fn read(phone: Phone, returned: &Returned) -> Result<(), Failure> {
    let told = ask::<Told>(phone, "/letters", &json!({ "auth": returned.auth() })).await;
    phone.is_busy.set(None);
    let thread = returned.open(&phone.door.get_untracked(), told?);
    let thread = thread.ok_or(Failure::Refused(AppError::Conflict))?;
    phone.keep(|kept| kept.thread = Some(Rc::new(thread)));
    Ok(())
}

/// Reads anew what is open.
pub(super) async fn read_again(phone: Phone) -> Result<(), Failure> {
    let Some(returned) = phone.with(|kept| kept.returned.clone()) else { return Err(Failure::Unreachable) };
    read(phone, &returned).await
}

/// Seals one letter more, and sends it.
pub(super) async fn add(phone: Phone, text: &str) {
    let reader = phone.reader.get_untracked();
    let written = match More::read(reader, text) {
        Ok(written) => written,
        Err(more) => return phone.show(Stage::Letters(more)),
    };
    let Some((returned, thread)) = phone.with(|kept| kept.returned.clone().zip(kept.thread.clone())) else { return };
    let door = phone.door.get_untracked();
    let Some((number, envelope)) = returned.add(&door, &thread, reader.tag(), &written, device::random()) else {
        return phone.trouble.set(Some(Trouble::NotDone));
    };
    phone.keep(|kept| kept.more.clone_from(&written.text));
    let typed = |wrong: Option<&str>| More { text: written.text.clone(), wrong: wrong.map(str::to_owned) };
    phone.stage.set(Stage::Letters(typed(None)));
    phone.is_busy.set(Some(Busy::Working));
    let body = json!({ "auth": returned.auth(), "number": number, "envelope": envelope });
    let added = ask::<()>(phone, "/add", &body).await;
    match added {
        Ok(()) => {
            phone.keep(|kept| kept.more.clear());
            match read_again(phone).await {
                Ok(()) => phone.show(letters(phone)),
                Err(failure) => fail(phone, &failure),
            }
        }
        Err(Failure::Refused(AppError::Conflict)) => match read_again(phone).await {
            // It may be this very letter, which arrived while its answer was lost.
            Ok(()) if is_letter(phone, number, &written) => {
                phone.keep(|kept| kept.more.clear());
                phone.show(letters(phone));
            }
            Ok(()) => phone.show(Stage::Letters(typed(Some(td_string!(reader.locale, voices.changed_elsewhere))))),
            Err(failure) => fail(phone, &failure),
        },
        Err(Failure::Refused(AppError::Invalid(_))) => {
            phone.is_busy.set(None);
            phone.show(Stage::Letters(typed(Some(td_string!(reader.locale, voices.fault_full)))));
        }
        Err(failure) => fail(phone, &failure),
    }
}

/// Whether the letter of this number says this.
fn is_letter(phone: Phone, number: u32, written: &Written) -> bool {
    let thread = phone.thread();
    thread.is_some_and(|thread| {
        let mut of_number = thread.letters.iter().filter(|letter| letter.number == number && letter.by.is_none());
        of_number.any(|letter| written.is(&letter.message))
    })
}

/// Keeps it for longer after its end, or for as long as all others.
pub(super) async fn keep(phone: Phone, is_long: bool) {
    let Some(auth) = phone.with(|kept| kept.returned.as_ref().map(Returned::auth)) else { return };
    keep_more(phone);
    phone.is_busy.set(Some(Busy::Working));
    let kept = ask::<()>(phone, "/keep", &json!({ "auth": auth, "is_long": is_long })).await;
    let done = match kept {
        Ok(()) => read_again(phone).await,
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => phone.show(letters(phone)),
        Err(failure) => fail(phone, &failure),
    }
}

/// Shows other digits; they are good once their last group was typed.
pub(super) async fn ask_change(phone: Phone) {
    let Some(thread) = phone.thread() else { return };
    keep_more(phone);
    busy(phone).await;
    let other = Returned::other(&phone.door.get_untracked(), &thread, &device::random(), device::random());
    phone.is_busy.set(None);
    match other {
        Ok(other) => {
            phone.keep(|kept| kept.other = Some(other));
            phone.show(Stage::Change { is_wrong: false });
        }
        Err(cannot) => phone.trouble.set(Some(cannot.into())),
    }
}

/// Puts the other digits in the place of those before.
pub(super) async fn change(phone: Phone, typed: &str) {
    let Some((returned, other)) = phone.with(|kept| kept.returned.clone().zip(kept.other.clone())) else { return };
    if !is_last(&other.receipt, typed) {
        return phone.show(Stage::Change { is_wrong: true });
    }
    phone.is_busy.set(Some(Busy::Working));
    let body = json!({ "auth": returned.auth(), "keys": other.keys, "wrapped": other.wrapped });
    match ask::<()>(phone, "/change-receipt", &body).await {
        Ok(()) => {
            phone.keep(|kept| {
                kept.returned = Some(other.returned);
                kept.other = None;
            });
            // Done, whether or not what is new can be read just now.
            phone.show(letters(phone));
            match read_again(phone).await {
                Ok(()) => phone.show(letters(phone)),
                Err(failure) => fail(phone, &failure),
            }
        }
        Err(failure) => fail(phone, &failure),
    }
}

/// Deletes everything.
pub(super) async fn delete(phone: Phone) {
    let Some(auth) = phone.with(|kept| kept.returned.as_ref().map(Returned::auth)) else { return };
    phone.is_busy.set(Some(Busy::Working));
    match ask::<()>(phone, "/delete", &json!({ "auth": auth })).await {
        Ok(()) => deleted(phone),
        // The answer to an earlier press was lost: it has done it.
        Err(Failure::Refused(AppError::NotFound)) if phone.with(|kept| kept.may_be_deleted) => deleted(phone),
        Err(failure) => {
            phone.keep(|kept| kept.may_be_deleted |= failure == Failure::Unreachable);
            fail(phone, &failure);
        }
    }
}

fn deleted(phone: Phone) {
    phone.forget();
    phone.show(Stage::Deleted);
}

/// Closes what is open.
pub(super) fn close(phone: Phone) {
    phone.forget();
    phone.show(Stage::Closed);
}

/// Forgets everything when the page is left, asks before digits are left that nobody has kept, and closes what nobody
/// touches.
pub(super) fn watch(phone: Phone) {
    idle::watch(IDLE_MS, move || {
        let is_open = matches!(
            phone.stage.get_untracked(),
            Stage::Letters(_) | Stage::Change { .. } | Stage::AskDelete | Stage::AskAgree(_)
        );
        if is_open {
            close(phone);
        }
    });
    // The program draws nothing more then; in a page that comes back from the browser's memory nothing stands.
    device::on_window("pagehide", move || {
        phone.forget();
        page::draw("main", "");
    });
    page::on_history(|| {});
    let is_exit = Rc::new(Cell::new(false));
    let pressed = Rc::clone(&is_exit);
    page::on("body", "click", move |event: &page::MouseEvent| {
        if press::is_within(event, "#exit, button[form=exit]") {
            pressed.set(true);
        }
    });
    let pressed = Rc::clone(&is_exit);
    keys::on_three(EXIT_KEY, move || {
        pressed.set(true);
        press::send_form("#exit");
    });
    // Exit asks nothing: it leaves at once.
    page::ask_before_leaving(move || {
        let has_digits = match phone.stage.get_untracked() {
            Stage::Receipt { .. } | Stage::Change { .. } => true,
            // It may be stored already.
            Stage::Write { .. } => phone.is_busy.get_untracked().is_some(),
            _ => false,
        };
        has_digits && !is_exit.get()
    });
}
