//! What screens show that hold no log of their own: numbers by place, and what desks have not sent yet. No name of a
//! person stands in it.

use crate::operation::Id;
use serde::{Deserialize, Serialize};

/// All numbers of an event at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Board {
    /// The number of the latest operation in it.
    pub last: u64,
    /// The server's clock, in Unix milliseconds.
    pub at: i64,
    /// Names this state of the list of guests.
    pub guests: String,
    /// The places, in the event's order.
    pub places: Vec<Place>,
    /// The desks, in the order in which they were opened.
    pub desks: Vec<DeskState>,
    /// How many operations lie on the tray and wait for a person.
    pub tray: u32,
}

/// One place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Which.
    pub id: Id,
    /// Whether people call in.
    pub is_online: bool,
    /// Have a seat for it.
    pub registered: u32,
    /// Wait for one.
    pub waiting: u32,
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

/// One desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeskState {
    /// Which.
    pub id: Id,
    /// Where.
    pub place: Id,
    /// What organizers call it.
    pub name: String,
    /// How many operations it has made, as far as anybody knows.
    pub made: u64,
    /// How many of them are held or on the tray.
    pub held: u64,
    /// When it was last heard of, in Unix milliseconds.
    pub seen_at: Option<i64>,
    /// Whether it may still say something.
    pub is_open: bool,
}

impl Board {
    /// All places together.
    #[must_use]
    pub fn total(&self) -> Place {
        let sum = |of: fn(&Place) -> u32| self.places.iter().map(of).sum();
        Place {
            id: Id(0),
            is_online: false,
            registered: sum(|place| place.registered),
            waiting: sum(|place| place.waiting),
            came: sum(|place| place.came),
            here: sum(|place| place.here),
            walk_ins: sum(|place| place.walk_ins),
            from_elsewhere: sum(|place| place.from_elsewhere),
            unsure: sum(|place| place.unsure),
        }
    }
}

impl DeskState {
    /// How many operations the desk has made and nobody holds.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.made.saturating_sub(self.held)
    }
}
