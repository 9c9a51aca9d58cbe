//! What a desk says, and how that stands on the wire.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use serde_json::Value;
use std::{collections::BTreeMap, fmt};

/// The most operations of one batch.
pub const MOST_OPERATIONS: usize = 500;
/// The most bytes of a name that goes along.
pub const MOST_NAME_BYTES: usize = 400;
/// The most characters of one.
pub const MOST_NAME_CHARS: usize = 100;
/// The highest number that a desk gives: more than it can say in a thousand years.
pub const MOST_SEQUENCE: u64 = 1 << 40;
/// The latest time that a clock may tell, in Unix milliseconds: the year 2200.
pub const MOST_MS: i64 = 7_258_118_400_000;

/// What names an operation, a desk, a guest, a place: 128 bits, random where a desk makes it. On the wire: 32
/// hexadecimal digits, small.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u128);

impl Id {
    /// Reads 32 small hexadecimal digits, and nothing else: one id has one spelling.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_spelled = text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_spelled { u128::from_str_radix(text, 16).ok().map(Self) } else { None }
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("no id"))
    }
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// A guest came, to this place.
    Arrive {
        /// Who.
        guest: Id,
        /// Where.
        place: Id,
    },
    /// Somebody came who had not registered; `guest` is a new id.
    WalkIn {
        /// Who, from now on.
        guest: Id,
        /// Where.
        place: Id,
    },
    /// A guest went.
    Leave {
        /// Who.
        guest: Id,
    },
    /// Where a guest was said to have come is wrong: it was here.
    Move {
        /// Who.
        guest: Id,
        /// Where they are.
        place: Id,
    },
    /// A guest's name is spelled otherwise. The name itself goes beside the operation, for names can be erased and
    /// operations cannot.
    Correct {
        /// Who.
        guest: Id,
    },
    /// An operation that should not have been. It names the one that it takes back; an undo cannot be undone: who came
    /// after all arrives anew.
    Undo {
        /// Which.
        operation: Id,
    },
}

impl Act {
    /// Whom it is about; nobody for an undo, which names an operation.
    #[must_use]
    pub const fn guest(&self) -> Option<Id> {
        match self {
            Self::Arrive { guest, .. }
            | Self::WalkIn { guest, .. }
            | Self::Leave { guest }
            | Self::Move { guest, .. }
            | Self::Correct { guest } => Some(*guest),
            Self::Undo { .. } => None,
        }
    }

    /// Which place it names.
    #[must_use]
    pub const fn place(&self) -> Option<Id> {
        match self {
            Self::Arrive { place, .. } | Self::WalkIn { place, .. } | Self::Move { place, .. } => Some(*place),
            Self::Leave { .. } | Self::Correct { .. } | Self::Undo { .. } => None,
        }
    }

    /// The same, about the guest that a merged one is now. Who was merged may be merged again; a ring ends somewhere.
    #[must_use]
    pub fn of_merged(mut self, merged: &BTreeMap<Id, Id>) -> Self {
        if let Self::Arrive { guest, .. }
        | Self::WalkIn { guest, .. }
        | Self::Leave { guest }
        | Self::Move { guest, .. }
        | Self::Correct { guest } = &mut self
        {
            for _ in 0..merged.len() {
                let Some(into) = merged.get(guest) else { break };
                *guest = *into;
            }
        }
        self
    }

    /// Whether a name goes along with it.
    #[must_use]
    pub const fn brings_name(&self) -> bool {
        matches!(self, Self::WalkIn { .. } | Self::Correct { .. })
    }
}

/// One thing that a desk says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Operation {
    /// Its own name, random.
    pub id: Id,
    /// The desk's own number for it, from 1, without a gap.
    pub sequence: u64,
    /// What the desk's clock said, in Unix milliseconds.
    pub at: i64,
    /// Up to where the desk knew what others had said.
    pub known: u64,
    /// What happened.
    #[serde(flatten)]
    pub act: Act,
}

/// A name that goes beside an operation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// Of which operation.
    pub operation: Id,
    /// What was typed.
    pub name: String,
}

/// No name stands in a log.
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Name").field("operation", &self.operation).finish_non_exhaustive()
    }
}

/// Whether this can be somebody's name: not too long, with a letter in it, and without signs that nobody sees.
#[must_use]
pub fn is_name(text: &str) -> bool {
    let is_unseen = |c: char| {
        c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
    };
    let fits = text.len() <= MOST_NAME_BYTES && text.chars().count() <= MOST_NAME_CHARS;
    fits && text.chars().any(char::is_alphanumeric) && !text.chars().any(is_unseen)
}

/// What a desk sends at once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// What the desk's clock says while it sends, in Unix milliseconds.
    pub sent_at: i64,
    /// The number of the last operation that the desk has made, sent or not.
    pub made: u64,
    /// What happened, in the desk's order.
    pub operations: Vec<Operation>,
    /// Names of who walked in or was corrected.
    #[serde(default)]
    pub names: Vec<Name>,
}

/// Why a batch as a whole is no batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotABatch {
    /// Something in it has no id: nobody could be answered.
    Nameless,
    /// It holds more than [`MOST_OPERATIONS`], or names of nobody in it.
    TooMuch,
}

/// Of what nothing but the id can be read: the id, and the text as it came.
pub type Unreadable = (Id, String);

impl Batch {
    /// Reads one, operation by operation: what cannot be read holds nothing else up, and can still be answered.
    ///
    /// # Errors
    /// [`NotABatch`].
    pub fn of_wire(
        sent_at: i64,
        made: u64,
        operations: Vec<Value>,
        names: Vec<Name>,
    ) -> Result<(Self, Vec<Unreadable>), NotABatch> {
        if operations.len() > MOST_OPERATIONS || names.len() > operations.len() {
            return Err(NotABatch::TooMuch);
        }
        let mut batch = Self { sent_at, made, operations: Vec::new(), names };
        let mut unreadable = Vec::new();
        for said in operations {
            let id = said.get("id").and_then(Value::as_str).and_then(Id::parse).ok_or(NotABatch::Nameless)?;
            let text = said.to_string();
            match serde_json::from_value(said) {
                Ok(said) => batch.operations.push(said),
                Err(_) => unreadable.push((id, text)),
            }
        }
        Ok((batch, unreadable))
    }

    /// The name that goes along with an operation.
    #[must_use]
    pub fn name_of(&self, operation: &Id) -> Option<&str> {
        self.names.iter().find(|name| name.operation == *operation).map(|name| name.name.as_str())
    }
}
