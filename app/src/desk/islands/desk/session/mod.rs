//! The desk at work: keeps what it says, sends it, listens, and ends. One window has it at a time.

mod end;
mod sync;
mod vault;

use super::screen::{Desk as Parts, Phase, Said, Screen, Shown, Tone};
use crate::{
    browser::{
        device::{self, Timer, after},
        http, live,
        locks::{self, Held, Lock},
        page, sound, text,
        vault::Vault,
        worker,
    },
    desk::paths,
    i18n::*,
    ui::Reader,
};
use leptos::prelude::*;
use rollcall::{Act, Desk, Entry, Id, Note, operation::MOST_OPERATIONS, search::Key};
use std::{
    cell::{Cell, RefCell},
    collections::{BTreeSet, HashMap},
    rc::Rc,
};

/// How long *Undo* stands beside what has just happened.
const UNDO_MS: u32 = 5_000;
/// Between two looks whether another window has gone.
const LOCK_MS: u32 = 3_000;
/// Steps of this desk that can be taken back from the list.
const LATEST: usize = 20;

/// What a desk holds beside what is shown.
pub(in crate::desk::islands::desk) struct Session {
    parts: Parts,
    id: String,
    desk: RefCell<Desk>,
    vault: RefCell<Option<Vault>>,
    /// How guests are looked for, worked out once for each name.
    keys: RefCell<HashMap<Id, (String, Key)>>,
    stream: RefCell<Option<live::Stream>>,
    undo_timer: RefCell<Option<Timer>>,
    keep_timer: RefCell<Option<Timer>>,
    /// Rows are kept that nobody can read any more: the vault is not wiped.
    has_unreadable: bool,
    is_sending: Cell<bool>,
    /// How many operations go at once: fewer when a batch was refused whole.
    most: Cell<usize>,
    /// Numbers that the server refuses to read at all: kept, and not sent again from this window.
    stuck: RefCell<BTreeSet<u64>>,
    /// Numbers that the storage did not take: they are offered to it again.
    unkept: RefCell<BTreeSet<u64>>,
    is_asking: Cell<bool>,
    /// Whether what was asked for has not been answered.
    owes_ask: Cell<bool>,
    /// When it asked last, by this device's clock.
    asked_at: Cell<i64>,
    asks_again: Cell<bool>,
    /// What the server's clock showed at the last contact, and the page's own ticks then.
    contact: Cell<Option<(i64, i64)>>,
    tries: Cell<u32>,
    send_timer: RefCell<Option<Timer>>,
    /// As long as it is held, no other window is this desk.
    _lock: Option<Held>,
}

/// Opens what is kept, and begins.
pub(in crate::desk::islands::desk) async fn wake(parts: Parts) {
    let screen = parts.screen;
    let (path, _) = page::address();
    let Some(id) = paths::id_in(&path).map(str::to_owned) else { return screen.phase.set(Phase::UnknownPhone) };
    screen.id.set(id.clone());
    let lock = loop {
        match locks::try_lock(&["entaku-desk-", &id].concat(), false).await {
            Lock::Ours(held) => break Some(held),
            Lock::Missing => break None,
            // The other window may go.
            Lock::Taken => screen.phase.set(Phase::OtherWindow),
        }
        device::sleep(LOCK_MS).await;
    };
    let vault = Vault::open(&vault::name(&id)).await;
    let kept = match &vault {
        Some(vault) => vault::load(vault).await,
        None => None,
    };
    // What cannot be read is not written over and not wiped either.
    let vault = vault.filter(|_| kept.is_some());
    screen.is_kept.set(vault.is_some());
    let kept = kept.unwrap_or_default();
    let wire = Id::parse(&id).unwrap_or(Id(0));
    let facts = kept.facts.unwrap_or_default();
    let has_guests = kept.desk.is_some();
    let fresh = Desk::new(wire, facts.place.unwrap_or(Id(0)));
    let desk = kept.desk.unwrap_or(fresh).restore(kept.unsent, kept.made);
    screen.facts.set(facts);
    screen.board.set(kept.board);
    screen.heard_at.set(kept.heard_at);
    let session = Rc::new(Session {
        parts,
        id,
        desk: RefCell::new(desk),
        vault: RefCell::new(vault),
        keys: RefCell::default(),
        stream: RefCell::default(),
        undo_timer: RefCell::default(),
        keep_timer: RefCell::default(),
        has_unreadable: kept.unreadable > 0,
        is_sending: Cell::new(false),
        most: Cell::new(MOST_OPERATIONS),
        stuck: RefCell::default(),
        unkept: RefCell::default(),
        is_asking: Cell::new(false),
        owes_ask: Cell::new(false),
        asked_at: Cell::new(0),
        asks_again: Cell::new(false),
        contact: Cell::new(None),
        tries: Cell::new(0),
        send_timer: RefCell::default(),
        _lock: lock,
    });
    parts.session.set_value(Some(Rc::clone(&session)));
    session.refresh();
    if has_guests && session.is_over_by_clock() {
        session.end_by_time().await;
        return;
    }
    if has_guests {
        screen.phase.set(Phase::Open);
    }
    session.begin(has_guests);
}

impl Session {
    fn screen(&self) -> Screen {
        self.parts.screen
    }

    fn reader(&self) -> Reader {
        self.parts.words.0
    }

    /// Works out anew what is shown.
    fn refresh(&self) {
        let desk = self.desk.borrow();
        let roll = desk.roll();
        let people = desk.people(&roll);
        let mut known = self.keys.borrow_mut();
        let keys = people.iter().map(|guest| {
            if let Some((name, key)) = known.get(&guest.id)
                && *name == guest.name
            {
                return key.clone();
            }
            let key = Key::of(guest, text::decompose);
            known.insert(guest.id, (guest.name.clone(), key.clone()));
            key
        });
        let keys = keys.collect();
        let counts = desk.counts(&roll);
        let entries = desk.entries();
        let whom = |entry: &Entry| match entry.operation.act {
            Act::Undo { operation } => entries
                .iter()
                .find(|other| other.operation.id == operation)
                .and_then(|other| other.operation.act.guest()),
            act => act.guest(),
        };
        let latest = desk.latest(LATEST).into_iter().map(|entry| (whom(&entry), entry)).collect();
        let screen = self.screen();
        screen.unsent.set(desk.unsent().len());
        screen.refused.set(desk.refused().len());
        screen.shown.set(Shown { people, keys, roll, counts, latest });
    }

    /// Says what has just happened, aloud.
    fn tell(&self, tone: Tone, html: String, undo: Option<Id>) {
        let screen = self.screen();
        if screen.has_sound.get_untracked() {
            sound::play(tone.pitches());
        }
        screen.said.set(Some(Said { tone, html, undo }));
        let timer = undo.map(|_| {
            after(UNDO_MS, move || {
                screen.said.update(|said| {
                    if let Some(said) = said.as_mut() {
                        said.undo = None;
                    }
                });
            })
        });
        self.undo_timer.replace(timer);
    }

    /// Says what is wrong.
    pub(super) fn warn(&self, html: String) {
        self.tell(Tone::Wrong, html, None);
    }

    /// A guest came, by a tap, Enter or a ticket: whatever follows from where they are.
    pub(super) fn check_in(self: &Rc<Self>, guest: Id) {
        let Some(place) = self.screen().facts.get_untracked().place else { return };
        let attendance = self.screen().shown.with_untracked(|shown| shown.roll.of_guest(&guest).cloned());
        let name = self.screen().shown.with_untracked(|shown| shown.name_of(&guest));
        match attendance {
            Some(attendance) if attendance.here == Some(place) || attendance.notes.contains(&Note::AlsoAt(place)) => {
                self.tell(Tone::Note, self.parts.words.already(&name, attendance.came_at), None);
                self.clear();
            }
            _ => self.say(Act::Arrive { guest, place }, None),
        }
    }

    /// Somebody came who had not registered.
    pub(super) fn walk_in(self: &Rc<Self>, name: String) {
        let Some(place) = self.screen().facts.get_untracked().place else { return };
        self.say(Act::WalkIn { guest: random_id(), place }, Some(name));
    }

    /// Takes an operation back.
    pub(super) fn undo(self: &Rc<Self>, operation: Id) {
        self.say(Act::Undo { operation }, None);
    }

    /// The operation by which a guest is where they are.
    pub(super) fn last_of(&self, guest: &Id) -> Option<Id> {
        self.desk.borrow().last_of(guest).map(|entry| entry.operation.id)
    }

    /// Takes back what this desk said last.
    pub(super) fn undo_last(self: &Rc<Self>) {
        let last = self.screen().shown.with_untracked(|shown| {
            let can = |(_, entry): &&(Option<Id>, Entry)| {
                !matches!(entry.operation.act, Act::Undo { .. }) && !shown.roll.is_undone(&entry.operation.id)
            };
            shown.latest.iter().find(can).map(|(_, entry)| entry.operation.id)
        });
        match last {
            Some(operation) => self.undo(operation),
            None => {
                let text = td_string!(self.reader().locale, desk.said_nothing_to_undo);
                self.tell(Tone::Note, self.reader().rich(text), None);
            }
        }
    }

    /// Says something: it is shown at once, and told as done when it is kept; then it is sent.
    pub(super) fn say(self: &Rc<Self>, act: Act, name: Option<String>) {
        let about = self.name_in(&act, name.as_deref());
        let said = self.desk.borrow_mut().say(random_id(), act, name, device::now_ms());
        // At once: a second press finds nothing to press, and what is typed next is not in the way of this.
        self.refresh();
        self.clear();
        let session = Rc::clone(self);
        http::spawn(async move {
            let is_kept = session.keep_said(&said).await;
            if !is_kept {
                session.unkept.borrow_mut().insert(said.operation.sequence);
            }
            let (tone, undo) = match act {
                Act::Undo { .. } => (Tone::Note, None),
                _ => (Tone::Done, Some(said.operation.id)),
            };
            let mut html = session.parts.words.said(&act, &about);
            if !is_kept {
                session.screen().is_kept.set(false);
                html.push(' ');
                html.push_str(&session.reader().rich(td_string!(session.reader().locale, desk.not_kept)));
            }
            session.tell(tone, html, undo);
            session.send_now();
        });
    }

    /// Whom an act is about, by name.
    fn name_in(&self, act: &Act, name: Option<&str>) -> String {
        if let Some(name) = name {
            return name.to_owned();
        }
        let undone = |operation: &Id| {
            let entries = self.desk.borrow().entries();
            entries
                .into_iter()
                .find(|entry| entry.operation.id == *operation)
                .and_then(|entry| entry.operation.act.guest())
        };
        let guest = match act {
            Act::Undo { operation } => undone(operation),
            _ => act.guest(),
        };
        self.screen().shown.with_untracked(|shown| guest.map(|guest| shown.name_of(&guest)).unwrap_or_default())
    }

    /// Ready for the next guest.
    pub(super) fn clear(&self) {
        let screen = self.screen();
        screen.typed.set(String::new());
        screen.marked.set(0);
        screen.opened.set(None);
        page::focus("#search");
    }

    /// A ticket was read, by the camera or by a scanner that types.
    pub(super) fn scan(self: &Rc<Self>, code: &str) {
        // Any other square is nobody's name.
        let is_ticket = rollcall::search::scanned(code).is_some();
        let found = self.screen().shown.with_untracked(|shown| {
            let found = rollcall::search::find(&shown.keys, &text::decompose(code), |_| ());
            found.first().and_then(|at| shown.people.get(*at)).map(|guest| guest.id)
        });
        match found.filter(|_| is_ticket) {
            Some(guest) => self.check_in(guest),
            None => {
                self.warn(self.reader().rich(td_string!(self.reader().locale, desk.ticket_unknown)));
                self.clear();
            }
        }
    }

    /// Keeps the page for when there is no network.
    async fn keep_page(&self) {
        if worker::can_register() {
            let tag = self.reader().tag();
            worker::register(&paths::worker(tag), &paths::scope(tag)).await;
        }
    }
}

fn random_id() -> Id {
    Id(u128::from_le_bytes(device::random::<16>()))
}
