//! What a desk is told and what it says, as it stands on the wire and on the device.

use crate::{
    log::{Entry, Verdict},
    operation::{Id, Name, Operation},
};
use serde::{Deserialize, Serialize};

/// A guest as a desk needs to know them, and no more.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    /// Who.
    pub id: Id,
    /// For which place they registered.
    pub place: Option<Id>,
    /// What they have.
    pub standing: Standing,
    /// Their name.
    pub name: String,
    /// In kana.
    pub reading: Option<String>,
    /// May be empty.
    pub organisation: String,
    /// The last digits of their phone number, four at most.
    pub digits: String,
    /// The code on their ticket.
    pub code: String,
}

/// No name stands in a log.
impl std::fmt::Debug for Guest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Guest").field("id", &self.id).finish_non_exhaustive()
    }
}

/// What a guest has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// A seat.
    Registered,
    /// A place on the waiting list, or a seat that is offered and not taken yet.
    Waiting,
    /// Only interest, or a registration that may be a repeat.
    Other,
}

/// Who the guests are, as of one reading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guests {
    /// Names this state of the list; another one means that something changed.
    pub version: String,
    /// In the order of kana.
    pub guests: Vec<Guest>,
    /// Ids that are another guest's now: from, to.
    pub merged: Vec<(Id, Id)>,
    /// Operations whose names were deleted since, in order: who knows such a name forgets it.
    #[serde(default)]
    pub nameless: Vec<Id>,
}

/// An operation of the log with its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Numbered {
    /// From 1, without a gap, in the event.
    pub number: u64,
    /// What was said; nothing where a page that is older than the server cannot read it: the number counts as known all
    /// the same, and the rest is told on.
    #[serde(flatten)]
    pub entry: Option<Entry>,
}

impl Numbered {
    /// The operation's id, if it can be read.
    #[must_use]
    pub fn id(&self) -> Option<Id> {
        self.entry.map(|entry| entry.operation.id)
    }
}

/// What a desk is told.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// Operations behind the number that the desk knew, in order.
    pub entries: Vec<Numbered>,
    /// Names that were told beside them.
    pub names: Vec<Name>,
    /// The guests, if they are not those that the desk knew.
    pub guests: Option<Guests>,
    /// The last number that this desk has given, as far as the server knows.
    pub made: u64,
    /// The server's clock, in Unix milliseconds.
    pub server_ms: i64,
    /// Whether the server does not hold the operation up to which the desk says it knows: it went back to a backup.
    #[serde(default)]
    pub went_back: bool,
}

/// What a desk is called and where it is, in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// The event.
    pub title: String,
    /// What organizers call the desk.
    pub name: String,
    /// Which place is its own.
    pub place: Option<Id>,
    /// The event's places with their names, in its order.
    pub places: Vec<(Id, String)>,
    /// From when on it is closed, in Unix milliseconds.
    pub expires_at: i64,
}

/// What the server said of one operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Of which.
    pub operation: Id,
    /// What became of it.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// What was said and has no verdict yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsent {
    /// What happened.
    pub operation: Operation,
    /// The name that goes along.
    pub name: Option<String>,
}

/// What a person must know: it was said here and could not be taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// What was said.
    pub operation: Operation,
    /// What became of it.
    pub verdict: Verdict,
}
