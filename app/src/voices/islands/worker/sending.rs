//! Writing: what was written is sealed and sent, once, however often it takes.

use super::{
    session::{ask, busy, fail, trouble_of},
    stage::{Busy, Phone, Stage, Trouble},
};
use crate::{
    browser::device,
    error::AppError,
    voices::{
        components::forms,
        door::{Arrived, Door, Told},
        islands::call::Failure,
        work,
        worker::{Sealed, Writer},
        written::Written,
    },
};
use leptos::prelude::*;
use serde_json::json;
use std::rc::Rc;

/// So many numbers are looked at between two breaths of the page.
const LOOKED: u64 = 20_000;
/// More work than this no server of ours asks for.
const MOST_BITS: u32 = 24;
/// A letter meets one of the desk's at most so often in a row.
const TRIES: u32 = 4;

/// Seals what was written, and sends it. What cannot be sent stays, sealed as it is: sent again, it is there once.
pub(super) async fn write(phone: Phone, topic: &str, employer: &str, text: &str) {
    let reader = phone.reader.get_untracked();
    let written = Written::of(topic, employer, text);
    let faults: Vec<_> = written.faults().iter().map(|(field, fault)| (*field, forms::said(reader, *fault))).collect();
    let is_right = faults.is_empty();
    let stage = Stage::Write { written: written.clone(), faults };
    if !is_right {
        return phone.show(stage);
    }
    phone.stage.set(stage);
    busy(phone).await;
    // A page that was open for a day gets another form; then it is sealed for that.
    for is_last_try in [false, true] {
        match send(phone, &written).await {
            Ok(by) => {
                phone.is_busy.set(None);
                phone.keep(|kept| {
                    kept.by = by;
                    kept.sealed = None;
                });
                return phone.show(Stage::Receipt { is_wrong: false });
            }
            Err(Stop::Trouble(trouble)) => {
                phone.is_busy.set(None);
                return phone.trouble.set(Some(trouble));
            }
            Err(Stop::Failure(failure)) => {
                let is_stale = matches!(failure, Failure::Refused(AppError::Expired | AppError::Conflict));
                if !is_stale || is_last_try || !renew(phone).await {
                    return fail(phone, &failure);
                }
            }
        }
    }
}

/// Why a letter is not there.
enum Stop {
    Trouble(Trouble),
    Failure(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

async fn send(phone: Phone, written: &Written) -> Result<String, Stop> {
    let door = phone.door.get_untracked();
    let writer = match phone.with(|kept| kept.writer.clone()) {
        Some(writer) => writer,
        None => {
            let writer = Writer::begin(&door, &device::random(), device::random());
            let writer = Rc::new(writer.map_err(|cannot| Stop::Trouble(cannot.into()))?);
            phone.keep(|kept| kept.writer = Some(Rc::clone(&writer)));
            writer
        }
    };
    let before = phone.with(|kept| kept.sealed.clone());
    let mut sealed = match before {
        Some((of, sealed)) if of == *written => sealed,
        before => {
            let language = phone.reader.get_untracked().tag();
            let entropy = [device::random(), device::random(), device::random()];
            let sealed = writer.seal(&door, language, written, entropy);
            let sealed = sealed.map_err(|cannot| Stop::Trouble(cannot.into()))?;
            phone.keep(|kept| {
                kept.was_other |= before.is_some();
                kept.sealed = Some((written.clone(), sealed.clone()));
            });
            sealed
        }
    };
    let by = loop {
        match ask::<Arrived>(phone, "", &json!(sealed)).await? {
            Arrived::Stored(by) => break by,
            Arrived::Work(bits) if bits > MOST_BITS => return Err(Stop::Trouble(Trouble::NotDone)),
            Arrived::Work(bits) => {
                look(phone, &mut sealed, bits).await;
                phone.keep(|kept| kept.sealed = Some((written.clone(), sealed.clone())));
            }
        }
    };
    // What was sealed before may have arrived, and this one then not. It is the same voice: no other form is asked for.
    if phone.with(|kept| kept.was_other) {
        let added = add_if_missing(phone, &door, &writer, written).await;
        added.map_err(|failure| Stop::Trouble(trouble_of(&failure).unwrap_or(Trouble::NotDone)))?;
    }
    Ok(by)
}

/// Looks for the number that is asked for, without holding up the page for long.
async fn look(phone: Phone, sealed: &mut Sealed, bits: u32) {
    phone.is_busy.set(Some(Busy::Looking));
    let mut from = 0;
    loop {
        device::sleep(0).await;
        if let Some(found) = work::look(&sealed.attempt, bits, from, LOOKED) {
            sealed.work = found;
            break;
        }
        from += LOOKED;
    }
    phone.is_busy.set(Some(Busy::Working));
}

/// Adds what was written to the voice that an earlier try made, unless it is there.
async fn add_if_missing(phone: Phone, door: &Door, writer: &Rc<Writer>, written: &Written) -> Result<(), Failure> {
    let returned = writer.returned();
    let language = phone.reader.get_untracked().tag();
    for _ in 0..TRIES {
        let told = ask::<Told>(phone, "/letters", &json!({ "auth": returned.auth() })).await?;
        let thread = returned.open(door, told).ok_or(Failure::Refused(AppError::Transport))?;
        if thread.letters.iter().any(|letter| written.is(&letter.message)) {
            return Ok(());
        }
        let added = returned.add(door, &thread, language, written, device::random());
        let (number, envelope) = added.ok_or(Failure::Refused(AppError::Transport))?;
        let body = json!({ "auth": returned.auth(), "number": number, "envelope": envelope });
        match ask::<()>(phone, "/add", &body).await {
            Err(Failure::Refused(AppError::Conflict)) => {}
            other => return other,
        }
    }
    Err(Failure::Unreachable)
}

/// Asks for another form; whether it came.
async fn renew(phone: Phone) -> bool {
    let Ok(door) = ask::<Door>(phone, "/door", &json!({})).await else { return false };
    phone.keep(|kept| {
        kept.writer = None;
        kept.sealed = None;
        kept.was_other = false;
    });
    phone.door.set(door);
    true
}
