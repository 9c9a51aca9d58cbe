//! What is shown, as signals; and the desk as its parts hand it on.

use super::{session::Session, words::Words};
use leptos::prelude::*;
use rollcall::{
    Counts, Entry, Guest, Id, Roll,
    board::Board,
    desk::Facts,
    search::{self, Key},
};
use std::rc::Rc;

/// How many guests are shown of those that were found: who needs more types more.
const MOST_FOUND: usize = 20;

/// Where the page stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// The storage is being opened.
    Loading,
    /// This browser has no secret for this desk.
    UnknownPhone,
    /// Nothing is known yet, and nobody answers.
    FirstNetwork,
    /// The desk is over or was revoked.
    Over,
    /// Another window has it.
    OtherWindow,
    /// Everything was deleted here by hand.
    Ended,
    /// At work.
    Open,
}

/// How something that was said is coloured and sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tone {
    /// It is done.
    Done,
    /// Nothing changed, or it was taken back.
    Note,
    /// Somebody has to look.
    Wrong,
}

impl Tone {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Note => "note",
            Self::Wrong => "wrong",
        }
    }

    /// In hertz.
    pub(super) fn pitches(self) -> &'static [f64] {
        match self {
            Self::Done => &[660.0, 880.0],
            Self::Note => &[520.0],
            Self::Wrong => &[220.0, 180.0],
        }
    }
}

/// The line that says what has just happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Said {
    pub(super) tone: Tone,
    pub(super) html: String,
    /// What *Undo* beside it takes back, for a moment.
    pub(super) undo: Option<Id>,
}

/// The form that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Opened {
    /// A guest without registration; what was typed may be their name.
    WalkIn,
    /// A guest's name is spelled otherwise.
    Correct(Id),
    /// The keys.
    Keys,
    /// Deleting from this phone.
    End,
}

/// Everything that follows from what the desk knows, worked out once after each change.
#[derive(Clone, Debug, Default)]
pub(super) struct Shown {
    pub(super) people: Vec<Guest>,
    pub(super) keys: Vec<Key>,
    pub(super) roll: Roll,
    pub(super) counts: Counts,
    /// Each with whom it is about.
    pub(super) latest: Vec<(Option<Id>, Entry)>,
}

impl Shown {
    /// The name that somebody is called by.
    pub(super) fn name_of(&self, id: &Id) -> String {
        self.people.iter().find(|guest| guest.id == *id).map(|guest| guest.name.clone()).unwrap_or_default()
    }
}

/// The signals.
#[derive(Clone, Copy)]
pub(super) struct Screen {
    /// The desk that the address names.
    pub(super) id: RwSignal<String>,
    pub(super) phase: RwSignal<Phase>,
    pub(super) facts: RwSignal<Facts>,
    pub(super) shown: RwSignal<Shown>,
    pub(super) typed: RwSignal<String>,
    pub(super) marked: RwSignal<usize>,
    pub(super) wants_list: RwSignal<bool>,
    pub(super) said: RwSignal<Option<Said>>,
    pub(super) opened: RwSignal<Option<Opened>>,
    pub(super) is_connected: RwSignal<bool>,
    pub(super) is_kept: RwSignal<bool>,
    /// Whether what waits is refused or lost again and again, though the server is heard.
    pub(super) fails: RwSignal<bool>,
    pub(super) unsent: RwSignal<usize>,
    pub(super) refused: RwSignal<usize>,
    pub(super) board: RwSignal<Option<Board>>,
    /// When the server was heard last, by this device's clock.
    pub(super) heard_at: RwSignal<Option<i64>>,
    pub(super) has_sound: RwSignal<bool>,
    pub(super) scans: RwSignal<bool>,
    /// The positions of the guests that are listed: those who fit what was typed, or all if the list is wanted. Looked
    /// for once for all that show it.
    found: Memo<Vec<usize>>,
}

impl Screen {
    pub(super) fn new() -> Self {
        let (shown, typed) = (RwSignal::new(Shown::default()), RwSignal::new(String::new()));
        let (wants_list, facts) = (RwSignal::new(false), RwSignal::new(Facts::default()));
        let found = Memo::new(move |_| {
            let typed = typed.get();
            shown.with(|shown: &Shown| {
                if typed.trim().is_empty() {
                    return if wants_list.get() { (0..shown.people.len()).collect() } else { Vec::new() };
                }
                let own = facts.with(|facts| facts.place);
                // Who may be meant stands before who came already, and this place before the others.
                let rank = |at: usize| {
                    let guest = shown.people.get(at);
                    let has_come = guest.is_some_and(|guest| shown.roll.of_guest(&guest.id).is_some());
                    (has_come, guest.is_none_or(|guest| guest.place != own))
                };
                let mut found = search::find(&shown.keys, &crate::browser::text::decompose(&typed), rank);
                found.truncate(MOST_FOUND);
                found
            })
        });
        Self {
            id: RwSignal::new(String::new()),
            phase: RwSignal::new(Phase::Loading),
            facts,
            shown,
            typed,
            marked: RwSignal::new(0),
            wants_list,
            said: RwSignal::new(None),
            opened: RwSignal::new(None),
            is_connected: RwSignal::new(false),
            is_kept: RwSignal::new(true),
            fails: RwSignal::new(false),
            unsent: RwSignal::new(0),
            refused: RwSignal::new(0),
            board: RwSignal::new(None),
            heard_at: RwSignal::new(None),
            has_sound: RwSignal::new(true),
            scans: RwSignal::new(false),
            found,
        }
    }

    /// The positions of the guests that are listed.
    pub(super) fn found(self) -> Vec<usize> {
        self.found.get()
    }

    /// What a place is called.
    pub(super) fn name_of_place(self, id: &Id) -> String {
        self.facts.with(|facts| {
            let place = facts.places.iter().find(|(place, _)| place == id);
            place.map(|(_, name)| name.clone()).unwrap_or_default()
        })
    }

    /// What this desk's place is called.
    pub(super) fn place_name(self) -> String {
        self.facts.with(|facts| facts.place).map(|place| self.name_of_place(&place)).unwrap_or_default()
    }
}

/// A desk as its parts hand it on.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) screen: Screen,
    pub(super) session: StoredValue<Option<Rc<Session>>, LocalStorage>,
    pub(super) words: Words,
}

impl Desk {
    /// Does something with the session, once there is one.
    pub(super) fn with(self, work: impl FnOnce(&Rc<Session>)) {
        if let Some(session) = self.session.get_value() {
            work(&session);
        }
    }
}
