//! Whether an operation is taken in: once, and never over another.

use crate::operation::{Id, MOST_MS, MOST_SEQUENCE, Operation};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::{BTreeMap, HashMap, hash_map};

/// An operation that was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Entry {
    /// Which desk said it.
    pub desk: Id,
    /// When it happened, by the server's clock as well as that is known ([`crate::time`]), in Unix milliseconds.
    #[serde(rename = "happened_at")]
    pub at: i64,
    /// What it said.
    #[serde(flatten)]
    pub operation: Operation,
}

impl Entry {
    /// The same, with the id of the guest that a merged one is now.
    #[must_use]
    pub fn of_merged(mut self, merged: &BTreeMap<Id, Id>) -> Self {
        self.operation.act = self.operation.act.of_merged(merged);
        self
    }
}

/// What becomes of one operation. Only these words let a desk forget it; anything else is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "verdict", content = "why", rename_all = "snake_case")]
pub enum Verdict {
    /// It is held now.
    Applied,
    /// It was held before, to the letter.
    Known,
    /// It does not go together with what is held; kept for a person to look at.
    Conflict(Clash),
    /// It cannot be; kept for a person to look at.
    Refused(Reason),
}

/// With what an operation does not go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Clash {
    /// Another content has the same id.
    SameId,
    /// Another operation of this desk has the same number: the desk's storage was copied, or set back.
    SameSequence,
}

impl Clash {
    /// As it stands on the wire and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::SameId => "same_id",
            Self::SameSequence => "same_sequence",
        }
    }
}

/// Why an operation cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// It is about a guest whom the event does not have.
    UnknownGuest,
    /// It names a place that the event does not have.
    UnknownPlace,
    /// It gives a walk-in the id of a guest who registered.
    GuestExists,
    /// Who walked in has no name, or one that cannot be read.
    NoName,
    /// Its number or its time is none.
    OutOfBounds,
    /// The desk may not say anything any more: it was revoked, or its time was over when this happened.
    Revoked,
    /// It cannot be read; or the reason cannot, which a page that is older than the server may meet.
    Unreadable,
}

impl Reason {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::UnknownGuest,
        Self::UnknownPlace,
        Self::GuestExists,
        Self::NoName,
        Self::OutOfBounds,
        Self::Revoked,
        Self::Unreadable,
    ];

    /// As it stands on the wire and in tables.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::UnknownGuest => "unknown_guest",
            Self::UnknownPlace => "unknown_place",
            Self::GuestExists => "guest_exists",
            Self::NoName => "no_name",
            Self::OutOfBounds => "out_of_bounds",
            Self::Revoked => "revoked",
            Self::Unreadable => "unreadable",
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// A word that is not known is [`Reason::Unreadable`]: it is a refusal all the same, and holds no other answer up.
impl<'de> Deserialize<'de> for Reason {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = String::deserialize(deserializer)?;
        Ok(Self::ALL.into_iter().find(|reason| reason.as_str() == word).unwrap_or(Self::Unreadable))
    }
}

impl Operation {
    /// Whether number and time are such.
    #[must_use]
    pub fn is_within_bounds(&self) -> bool {
        (1..=MOST_SEQUENCE).contains(&self.sequence) && (-MOST_MS..=MOST_MS).contains(&self.at)
    }
}

/// The operations that are held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    entries: BTreeMap<Id, Entry>,
    numbers: HashMap<(Id, u64), Id>,
}

impl Log {
    /// What becomes of an operation, as far as the log alone can say.
    #[must_use]
    pub fn judge(&self, desk: Id, operation: &Operation) -> Verdict {
        if let Some(held) = self.entries.get(&operation.id) {
            let is_same = held.desk == desk && held.operation == *operation;
            return if is_same { Verdict::Known } else { Verdict::Conflict(Clash::SameId) };
        }
        if !operation.is_within_bounds() {
            return Verdict::Refused(Reason::OutOfBounds);
        }
        match self.numbers.contains_key(&(desk, operation.sequence)) {
            true => Verdict::Conflict(Clash::SameSequence),
            false => Verdict::Applied,
        }
    }

    /// Takes an operation in if it can be; says what became of it.
    pub fn append(&mut self, entry: Entry) -> Verdict {
        let verdict = self.judge(entry.desk, &entry.operation);
        if verdict == Verdict::Applied
            && let hash_map::Entry::Vacant(number) = self.numbers.entry((entry.desk, entry.operation.sequence))
        {
            number.insert(entry.operation.id);
            self.entries.insert(entry.operation.id, entry);
        }
        verdict
    }

    /// All of them, by id.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.entries.values()
    }

    /// How many.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nobody has said anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: &Id) -> Option<&Entry> {
        self.entries.get(id)
    }
}
