//! What a member does, from waking up to locking: calls, remembers for as long as the page lives, and shows.

use super::{
    asking::Asking,
    call::Failure,
    screen::{Desk, Phase, Row},
};
use crate::{
    browser::{device, http, idle, page, text},
    error::AppError,
    i18n::*,
    voices::{
        api::{Facts, Opened, VoiceRow},
        member::{Enrolment, StaysLocked, Unlocked},
        standing::State,
    },
};
use leptos::prelude::*;
use serde_json::json;
use std::sync::Arc;
use zeroize::Zeroizing;

/// After so many minutes without a touch the keys are forgotten.
pub(super) const IDLE_MINUTES: i64 = 15;
/// What the screen needs to draw itself before the work begins that holds it up.
const BREATH_MS: u32 = 60;

/// Asks where the member stands.
pub(super) async fn wake(desk: Desk) {
    desk.screen.told.set(None);
    desk.screen.phase.set(Phase::Asking);
    match desk.call::<Facts>("/desk", &json!({})).await {
        Ok(facts) => {
            let phase = phase_of(&facts);
            desk.screen.facts.set(Some(facts));
            desk.screen.phase.set(phase);
        }
        Err(failure) => desk.fail_at_first(&failure),
    }
}

fn phase_of(facts: &Facts) -> Phase {
    match &facts.me {
        _ if facts.root.is_empty() => Phase::NoRoot,
        None => Phase::Stranger,
        Some(me) if !facts.is_vouched(&me.person) => Phase::Waiting,
        Some(_) => Phase::Locked,
    }
}

/// Makes keys, and asks to join with them.
pub(super) async fn join(desk: Desk, called: String, passphrase: Zeroizing<String>) {
    let Some(site) = desk.screen.facts.with_untracked(|facts| facts.as_ref().map(|facts| facts.site.clone())) else {
        return;
    };
    busy(desk).await;
    let entropy = [device::random(), device::random(), device::random(), device::random()];
    let enrolment = Enrolment::make(&site, &called, &passphrase, entropy);
    let Some(enrolment) = enrolment else {
        desk.screen.is_busy.set(false);
        return desk.complain(td_string!(desk.reader.locale, members.fault_memory));
    };
    let asked = desk.call::<()>("/enrol", &json!(enrolment)).await;
    desk.screen.is_busy.set(false);
    match asked {
        // Somebody who is a member by now, in another tab perhaps, is shown what they are.
        Ok(()) | Err(Failure::Refused(AppError::Conflict)) => {
            wake(desk).await;
            if desk.screen.phase.get_untracked() == Phase::Locked {
                unlock(desk, passphrase).await;
            }
        }
        Err(failure) => desk.fail(&failure),
    }
}

/// Says that something is under way, and lets the screen say so.
async fn busy(desk: Desk) {
    desk.screen.told.set(None);
    desk.screen.is_busy.set(true);
    device::sleep(BREATH_MS).await;
}

/// Unlocks the member's key, answers what only it can answer, and shows the list.
pub(super) async fn unlock(desk: Desk, passphrase: Zeroizing<String>) {
    busy(desk).await;
    // Keys and colleagues may have come since the page was loaded.
    let facts = match desk.call::<Facts>("/desk", &json!({})).await {
        Ok(facts) => facts,
        Err(failure) => {
            desk.screen.is_busy.set(false);
            return desk.fail(&failure);
        }
    };
    desk.screen.facts.set(Some(facts.clone()));
    let unlocked = Unlocked::unlock(&facts, &passphrase);
    drop(passphrase);
    desk.screen.is_busy.set(false);
    let locale = desk.reader.locale;
    let unlocked = match unlocked {
        Ok(unlocked) => unlocked,
        Err(StaysLocked::Passphrase) => {
            let words = td_string!(locale, members.fault_passphrase).to_owned();
            desk.screen.fault.set(Some(("passphrase", words)));
            return page::focus_when_drawn("#passphrase");
        }
        Err(StaysLocked::Memory) => return desk.complain(td_string!(locale, members.fault_memory)),
        Err(StaysLocked::Broken) => return desk.complain(td_string!(locale, members.fault_broken)),
    };
    let answers = unlocked.answers(&facts);
    desk.set_unlocked(unlocked);
    desk.screen.fault.set(None);
    desk.screen.phase.set(Phase::Open);
    // Not answered now, they are answered the next time.
    for (number, answer) in answers {
        let _ = desk.call::<()>("/answer-challenge", &json!({ "number": number, "answer": answer })).await;
    }
    list(desk).await;
    page::focus_when_drawn("#letters");
}

/// Reads the list anew.
pub(super) async fn list(desk: Desk) {
    let part = desk.screen.part.get_untracked();
    match desk.call::<Vec<VoiceRow>>("/list", &json!({ "part": part })).await {
        Ok(rows) => {
            // What was asked before another choice is not shown after it.
            if desk.screen.part.get_untracked() == part {
                let opened = desk.with(|me| rows.into_iter().map(|row| opened_row(me, row)).collect());
                desk.screen.rows.set(opened.unwrap_or_default());
            }
        }
        Err(failure) => desk.fail(&failure),
    }
}

fn opened_row(me: &Unlocked, voice: VoiceRow) -> Row {
    Row { note: me.note(&voice), has_key: me.has_key(voice.epoch), voice }
}

/// Opens a voice; *back* leads to the list again.
pub(super) async fn open(desk: Desk, id: String) {
    // Pressed twice, or another one meanwhile.
    if desk.screen.wanted.with_untracked(Option::is_some) {
        return;
    }
    desk.screen.told.set(None);
    desk.screen.wanted.set(Some(id.clone()));
    if !read(desk, &id).await {
        desk.screen.wanted.set(None);
    } else {
        let (path, query) = page::address();
        page::push(&[path, query].concat());
        clear(desk);
        page::focus_when_drawn("#one");
    }
}

/// Nothing of one voice stands in the fields of another.
fn clear(desk: Desk) {
    desk.screen.draft.set((String::new(), String::new()));
    desk.screen.asking.set(Asking::default());
    desk.screen.letter.set(None);
}

/// Whether this voice is still what is looked at: an answer that comes later must not come before another one.
pub(super) fn is_wanted(desk: Desk, id: &str) -> bool {
    desk.screen.wanted.with_untracked(|wanted| wanted.as_deref() == Some(id))
}

/// Asks for a voice, opens and shows it.
pub(super) async fn read(desk: Desk, id: &str) -> bool {
    let opened = match desk.call::<Opened>("/open", &json!({ "voice": id })).await {
        _ if !is_wanted(desk, id) => return false,
        Ok(opened) => {
            if !opened.today.is_empty() {
                desk.screen
                    .facts
                    .update(|facts| facts.iter_mut().for_each(|facts| facts.today.clone_from(&opened.today)));
            }
            opened
        }
        Err(failure) => {
            desk.fail(&failure);
            if failure == Failure::Refused(AppError::NotFound) {
                list(desk).await;
            }
            return false;
        }
    };
    let Some(case) = desk.with(|me| me.open(opened)).flatten() else {
        desk.complain(td_string!(desk.reader.locale, members.other_key));
        return false;
    };
    let words: Vec<_> = case
        .letters
        .iter()
        .flat_map(|letter| [letter.message.employer.as_str(), letter.message.text.as_str()])
        .collect();
    let words = text::decompose(&words.join("\n")).to_lowercase();
    desk.screen.read.update(|read| drop(read.insert(id.to_owned(), words)));
    desk.screen.case.set(Some(Arc::new(case)));
    true
}

/// Back to the list, which is read anew.
pub(super) fn close(desk: Desk) {
    desk.screen.wanted.set(None);
    if desk.screen.case.with_untracked(Option::is_none) {
        return;
    }
    desk.screen.case.set(None);
    desk.screen.fault.set(None);
    desk.screen.told.set(None);
    clear(desk);
    http::spawn(async move {
        list(desk).await;
        page::focus_when_drawn("#letters");
    });
}

/// Seals and sends an answer.
pub(super) async fn reply(desk: Desk, written: String, state: State) {
    let (Some(me), Some(case)) = (desk.unlocked(), desk.screen.case.get_untracked()) else { return };
    let locale = desk.reader.locale;
    // Nobody knows who has the key of a voice of which not one letter is genuine.
    if case.letters.is_empty() {
        return desk.complain(&td_string!(locale, members.doubtful, count = case.doubtful).to_string());
    }
    let Some((number, envelope)) = me.reply(&case, &written, device::random()) else {
        let words = td_string!(locale, members.fault_long).to_owned();
        return desk.screen.fault.set(Some(("text", words)));
    };
    desk.screen.is_busy.set(true);
    let id = case.row.id.clone();
    let body = json!({ "voice": id, "number": number, "envelope": envelope, "state": state });
    let sent = desk.call::<()>("/reply", &body).await;
    desk.screen.is_busy.set(false);
    if !is_wanted(desk, &id) {
        // Somebody has gone on meanwhile; what is said belongs to the answer, not to what is open now.
        return match sent {
            Ok(()) => desk.tell(td_string!(locale, members.sent)),
            Err(failure) => desk.fail(&failure),
        };
    }
    match sent {
        Ok(()) => {
            desk.screen.draft.set((String::new(), String::new()));
            if read(desk, &id).await {
                desk.tell(td_string!(locale, members.sent));
            }
        }
        Err(Failure::Refused(AppError::Expired)) => desk.complain(td_string!(locale, members.waiting_heading)),
        Err(Failure::Refused(AppError::Conflict)) => {
            // It may be this very answer, which arrived while its own reply was lost.
            let is_there = read(desk, &id).await && is_letter(desk, number, &written);
            if !is_wanted(desk, &id) {
                return;
            }
            if is_there {
                desk.screen.draft.set((String::new(), String::new()));
                desk.tell(td_string!(locale, members.sent));
            } else {
                desk.complain(td_string!(locale, members.conflict));
            }
        }
        Err(Failure::Refused(AppError::Forbidden)) => desk.complain(td_string!(locale, members.full)),
        Err(failure) => {
            if failure == Failure::Refused(AppError::NotFound) {
                // Its worker has deleted it: not a word of it stays on the screen.
                close(desk);
            }
            desk.fail(&failure);
        }
    }
}

/// Whether the letter of this number is the member's own, with these words.
fn is_letter(desk: Desk, number: u32, written: &str) -> bool {
    let called = desk.with(|me| me.me().called.clone());
    desk.screen.case.with_untracked(|case| {
        let letters = case.iter().flat_map(|case| &case.letters);
        let mut own = letters.filter(|letter| letter.number == number && letter.by.is_some() && letter.by == called);
        own.any(|letter| letter.message.text == written)
    })
}

/// Seals and stores the note about the voice that is open.
pub(super) async fn note(desk: Desk, note: String) {
    let (Some(me), Some(case)) = (desk.unlocked(), desk.screen.case.get_untracked()) else { return };
    let locale = desk.reader.locale;
    let sealed = match note.as_str() {
        "" => Some(String::new()),
        note => me.seal_note(&case.row, note, device::random()),
    };
    let Some(sealed) = sealed else { return desk.complain(td_string!(locale, members.note_long)) };
    desk.screen.is_busy.set(true);
    let noted = desk.call::<()>("/note", &json!({ "voice": case.row.id, "note": sealed })).await;
    desk.screen.is_busy.set(false);
    match noted {
        Ok(()) => {
            change(desk, &case.row.id, |row| row.note = (!sealed.is_empty()).then_some(sealed));
            desk.tell(td_string!(locale, members.note_saved));
        }
        Err(failure) => desk.fail(&failure),
    }
}

/// Says who looks after the voice that is open.
pub(super) async fn assign(desk: Desk, member: Option<String>) {
    let Some(case) = desk.screen.case.get_untracked() else { return };
    match desk.call::<()>("/assign", &json!({ "voice": case.row.id, "member": member })).await {
        Ok(()) => {
            change(desk, &case.row.id, |row| row.member = member);
            desk.tell(td_string!(desk.reader.locale, members.assigned));
        }
        Err(failure) => desk.fail(&failure),
    }
}

/// What was changed here is known without asking again: asking would count as opening it.
fn change(desk: Desk, id: &str, how: impl FnOnce(&mut VoiceRow)) {
    desk.screen.case.update(|case| {
        if let Some(case) = case.as_mut().filter(|case| case.row.id == id) {
            how(&mut Arc::make_mut(case).row);
        }
    });
}

/// Says of voices that came in a flood what they are, and reads list and facts anew.
pub(super) async fn sort(desk: Desk, voices: Vec<String>, is_junk: bool) {
    if desk.screen.is_busy.get_untracked() || voices.is_empty() {
        return;
    }
    desk.screen.told.set(None);
    desk.screen.is_busy.set(true);
    let sorted = desk.call::<()>("/sort", &json!({ "voices": voices, "is_junk": is_junk })).await;
    let facts = desk.call::<Facts>("/desk", &json!({})).await;
    desk.screen.is_busy.set(false);
    if let Ok(facts) = facts {
        desk.screen.facts.set(Some(facts));
    }
    match sorted {
        Ok(()) => {
            desk.tell(td_string!(desk.reader.locale, members.assigned));
            list(desk).await;
        }
        Err(failure) => desk.fail(&failure),
    }
}

/// Gives a key of the desk to a member who joined later.
pub(super) async fn give(desk: Desk, number: u32, member: String) {
    let Some((me, facts)) = desk.unlocked().zip(desk.screen.facts.get_untracked()) else { return };
    let person = facts.people.iter().find(|person| person.id == member);
    let wrapped = person.and_then(|person| me.give(&facts, number, person, device::random()));
    let Some(wrapped) = wrapped else { return desk.complain(td_string!(desk.reader.locale, members.not_done)) };
    match desk.call::<()>("/give-key", &json!({ "number": number, "member": member, "wrapped": wrapped })).await {
        Ok(()) => {
            desk.screen.facts.update(|facts| {
                let keys = facts.iter_mut().flat_map(|facts| &mut facts.keys);
                keys.filter(|key| key.number == number).for_each(|key| key.readers.push(member.clone()));
            });
            desk.tell(td_string!(desk.reader.locale, members.assigned));
        }
        Err(failure) => desk.fail(&failure),
    }
}

/// Forgets the keys and everything that they opened.
pub(super) fn lock(desk: Desk) {
    if desk.screen.phase.get_untracked() != Phase::Open {
        return;
    }
    desk.forget();
    let screen = desk.screen;
    screen.case.set(None);
    screen.wanted.set(None);
    screen.rows.set(Vec::new());
    screen.read.update(std::collections::HashMap::clear);
    screen.search.set(String::new());
    clear(desk);
    screen.fault.set(None);
    screen.told.set(None);
    screen.phase.set(Phase::Locked);
}

/// Locks when nobody touches the page, and when it is left; leads back to the list.
pub(super) fn watch(desk: Desk) {
    idle::watch(IDLE_MINUTES * 60_000, move || lock(desk));
    device::on_window("pagehide", move || lock(desk));
    page::on_history(move || close(desk));
}
