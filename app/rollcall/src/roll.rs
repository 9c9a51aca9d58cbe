//! What a set of operations means: who came, where and when, and who is there.

use crate::{
    log::Entry,
    operation::{Act, Id},
};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// What is to be said about how somebody came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Note {
    /// They came to this place too, without having gone from the first: a person looks whether it is one guest.
    AlsoAt(Id),
    /// They were said to have come to this place, and it was put right.
    SaidToBeAt(Id),
}

/// How one guest attends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// Where they are counted: the first place they came to, or where they were moved to since.
    pub came_to: Id,
    /// When they first came, in Unix milliseconds.
    pub came_at: i64,
    /// Where they are now; nothing if they have gone.
    pub here: Option<Id>,
    /// When they went last, if they are gone.
    pub left_at: Option<i64>,
    /// What a person may want to look at, in order, each once.
    pub notes: Vec<Note>,
}

/// Everybody who came, and who walked in, and whose name was corrected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roll {
    attendances: BTreeMap<Id, Attendance>,
    walk_ins: BTreeSet<Id>,
    names: BTreeMap<Id, Id>,
    undone: HashSet<Id>,
}

/// When something happened, for the order of all: the time; then whose desk, in the desk's own order.
type Order = (i64, Id, u64, Id);

impl Roll {
    /// What these operations mean, in whatever order they are given. Each id and each number of a desk may be there
    /// once, as a [`crate::Log`] holds them.
    #[must_use]
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>) -> Self {
        let entries: Vec<&Entry> = entries.into_iter().collect();
        let undos: HashSet<Id> =
            entries.iter().filter(|entry| is_undo(entry)).map(|entry| entry.operation.id).collect();
        // An undo cannot be undone: who came after all arrives anew, so that no chain of them has to be followed.
        let undone: HashSet<Id> = entries
            .iter()
            .filter_map(|entry| match entry.operation.act {
                Act::Undo { operation } if !undos.contains(&operation) => Some(operation),
                _ => None,
            })
            .collect();
        let mut ordered: Vec<(Order, &Entry)> = in_order(&entries);
        ordered.sort_unstable_by_key(|(order, _)| *order);

        let mut roll = Self { undone, ..Self::default() };
        let mut of_guest: BTreeMap<Id, Vec<&Entry>> = BTreeMap::new();
        let mut times: HashMap<Id, i64> = HashMap::new();
        for ((at, ..), entry) in ordered {
            let Some(guest) = entry.operation.act.guest() else { continue };
            if let Act::WalkIn { .. } = entry.operation.act {
                // Also of one that was taken back: what it named has registered nowhere.
                roll.walk_ins.insert(guest);
            }
            if roll.undone.contains(&entry.operation.id) {
                continue;
            }
            if entry.operation.act.brings_name() {
                roll.names.insert(guest, entry.operation.id);
            }
            times.insert(entry.operation.id, at);
            of_guest.entry(guest).or_default().push(entry);
        }
        let time = |entry: &Entry| times.get(&entry.operation.id).copied().unwrap_or(entry.at);
        roll.attendances =
            of_guest.into_iter().filter_map(|(guest, entries)| Some((guest, attend(&entries, time)?))).collect();
        roll
    }

    /// Everybody who came, by id.
    pub fn attendances(&self) -> impl Iterator<Item = (&Id, &Attendance)> {
        self.attendances.iter()
    }

    /// How a guest attends; nothing if they have not come.
    #[must_use]
    pub fn of_guest(&self, guest: &Id) -> Option<&Attendance> {
        self.attendances.get(guest)
    }

    /// Whether a guest walked in, without having registered.
    #[must_use]
    pub fn is_walk_in(&self, guest: &Id) -> bool {
        self.walk_ins.contains(guest)
    }

    /// The operation beside which a guest's name was told last; nothing if it stands as registered.
    #[must_use]
    pub fn name_told_by(&self, guest: &Id) -> Option<&Id> {
        self.names.get(guest)
    }

    /// Whether an operation was taken back.
    #[must_use]
    pub fn is_undone(&self, operation: &Id) -> bool {
        self.undone.contains(operation)
    }
}

fn is_undo(entry: &Entry) -> bool {
    matches!(entry.operation.act, Act::Undo { .. })
}

/// The operations with their place in the order of all. What a desk said later is later, whatever its clock showed
/// meanwhile: its own numbers go before its times.
fn in_order<'e>(entries: &[&'e Entry]) -> Vec<(Order, &'e Entry)> {
    let mut of_desk: HashMap<Id, Vec<&Entry>> = HashMap::new();
    for entry in entries {
        of_desk.entry(entry.desk).or_default().push(entry);
    }
    let mut ordered = Vec::with_capacity(entries.len());
    for (desk, mut entries) in of_desk {
        entries.sort_unstable_by_key(|entry| (entry.operation.sequence, entry.operation.id));
        let mut latest = i64::MIN;
        for entry in entries {
            latest = latest.max(entry.at);
            ordered.push(((latest, desk, entry.operation.sequence, entry.operation.id), entry));
        }
    }
    ordered
}

/// How somebody attends, by what was said of them, in order.
fn attend(entries: &[&Entry], time: impl Fn(&Entry) -> i64) -> Option<Attendance> {
    let mut found: Option<Attendance> = None;
    for entry in entries {
        match (entry.operation.act, &mut found) {
            (Act::Arrive { place, .. } | Act::WalkIn { place, .. }, None) => {
                let came_at = time(entry);
                found =
                    Some(Attendance { came_to: place, came_at, here: Some(place), left_at: None, notes: Vec::new() });
            }
            (Act::Arrive { place, .. } | Act::WalkIn { place, .. }, Some(guest)) => match guest.here {
                // Through a second door without having gone.
                Some(here) if here != place => guest.note(Note::AlsoAt(place)),
                Some(_) => {}
                None => (guest.here, guest.left_at) = (Some(place), None),
            },
            (Act::Leave { .. }, Some(guest)) if guest.here.is_some() => {
                (guest.here, guest.left_at) = (None, Some(time(entry)));
            }
            (Act::Move { place, .. }, Some(guest)) if guest.came_to != place => {
                let before = guest.came_to;
                guest.notes.retain(|note| *note != Note::AlsoAt(place));
                guest.note(Note::SaidToBeAt(before));
                guest.came_to = place;
                if guest.here.is_some() {
                    guest.here = Some(place);
                }
            }
            // Nobody goes or is moved who has not come; a name changes nothing about that.
            (Act::Leave { .. } | Act::Move { .. } | Act::Correct { .. } | Act::Undo { .. }, _) => {}
        }
    }
    found
}

impl Attendance {
    fn note(&mut self, note: Note) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }
}
