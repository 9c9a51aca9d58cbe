//! Who is there. Desks at several places append *operations*; this crate says what the operations together mean. Pure:
//! no clock, no database, no network. The server and every desk run these very functions, so that a counter on a wall,
//! a list on a phone without a signal and the export cannot disagree once they hold the same operations.
//!
//! | Module | What it decides |
//! |---|---|
//! | [`operation`] | what a desk may say, and how that stands on the wire |
//! | [`log`] | whether an operation is taken in: once, never overwritten |
//! | [`roll`] | what a set of operations means: who came, where, who is there |
//! | [`counts`] | how many, by place and in all |
//! | [`time`] | when something happened, told by a clock that is wrong |
//! | [`board`] | the numbers, for screens that hold no log |
//! | [`gaps`] | what a desk has said and nobody holds |
//! | [`desk`] | what a desk's phone knows, says, sends and learns |
//! | [`told`] | what it is told and says, on the wire and on the device |
//! | [`search`] | how a guest is found by what somebody types |
//!
//! What must stay true, held by `tests/it`:
//!
//! 1. The roll follows from the *set* of operations: any order, repetition or delay gives the same.
//! 2. What was taken back does not come back by being delivered once more, or late.
//! 3. Whoever comes is counted once, however many doors they pass; the first door is where they came.
//! 4. A desk forgets what it said only on a verdict; an answer for something else is none.
//! 5. No operation replaces another: the same id or the same number of a desk with other content is kept apart.

pub mod board;
pub mod counts;
pub mod desk;
pub mod gaps;
pub mod log;
pub mod operation;
pub mod roll;
pub mod search;
pub mod time;
pub mod told;

pub use counts::{Counts, Tally};
pub use desk::{Desk, Guest};
pub use log::{Entry, Log, Verdict};
pub use operation::{Act, Batch, Id, Operation};
pub use roll::{Attendance, Note, Roll};
