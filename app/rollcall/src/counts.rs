//! How many: by place, and in all. People are counted once; the places together give all.

use crate::{
    operation::Id,
    roll::{Note, Roll},
};
use std::collections::BTreeMap;

/// How many at one place, or in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Registered for it.
    pub registered: u32,
    /// Came to it.
    pub came: u32,
    /// Are there now.
    pub here: u32,
    /// Of who came: without having registered.
    pub walk_ins: u32,
    /// Of who came: registered for another place.
    pub from_elsewhere: u32,
    /// Of who came: a person should look whether it is one guest.
    pub unsure: u32,
}

/// The tallies of all places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    places: BTreeMap<Id, Tally>,
}

impl Counts {
    /// Counts a roll. `registered` says who registered for which place; who came without standing there walked in.
    #[must_use]
    pub fn of(roll: &Roll, registered: &BTreeMap<Id, Id>) -> Self {
        let mut places: BTreeMap<Id, Tally> = BTreeMap::new();
        for place in registered.values() {
            places.entry(*place).or_default().registered += 1;
        }
        for (guest, attendance) in roll.attendances() {
            let tally = places.entry(attendance.came_to).or_default();
            tally.came += 1;
            match registered.get(guest) {
                None => tally.walk_ins += 1,
                Some(place) if *place != attendance.came_to => tally.from_elsewhere += 1,
                Some(_) => {}
            }
            tally.unsure += u32::from(attendance.notes.iter().any(|note| matches!(note, Note::AlsoAt(_))));
            if let Some(here) = attendance.here {
                places.entry(here).or_default().here += 1;
            }
        }
        Self { places }
    }

    /// One place.
    #[must_use]
    pub fn at(&self, place: &Id) -> Tally {
        self.places.get(place).copied().unwrap_or_default()
    }

    /// All places together.
    #[must_use]
    pub fn total(&self) -> Tally {
        self.places.values().fold(Tally::default(), |all, place| Tally {
            registered: all.registered + place.registered,
            came: all.came + place.came,
            here: all.here + place.here,
            walk_ins: all.walk_ins + place.walk_ins,
            from_elsewhere: all.from_elsewhere + place.from_elsewhere,
            unsure: all.unsure + place.unsure,
        })
    }
}
