//! The questionnaire core: what a questionnaire is, which question comes next, which answers
//! hold, and the bytes in which answers travel.
//!
//! The server, the pages that work without script, and the island on a phone all call this one
//! crate, so that they cannot disagree. It knows no framework, no database and no clock: `today`
//! is an argument. No function here panics on any input (`tests/it/robustness.rs`); the laws below
//! are held by `tests/it/properties.rs`.
//!
//! - [`Published`] definitions are checked once ([`FaultKind`] lists against what) and never change.
//! - A hidden question has no answer ([`flow`] states the rule and is its only home).
//! - A refusal is a [`Problem`]: a key and a place, never a sentence and never what somebody typed.
//! - Canonical bytes are a fixed point: reading and writing them again gives the same bytes.

pub mod answer;
pub mod calculated;
mod calendar;
mod check;
mod check_expression;
pub mod day;
mod decimal;
pub mod definition;
pub mod entry;
mod evaluate;
pub mod expression;
pub mod fault;
pub mod flow;
#[cfg(feature = "format-1")]
mod format_1;
pub mod html;
pub mod json;
mod kind;
pub mod names;
mod number;
pub mod parse;
pub mod payload;
mod print;
pub mod problem;
pub mod publish;
mod reach;
mod read;
pub mod ruby;
mod sorted_map;
pub mod text;
mod time;
pub mod traces;
pub mod validate;
mod value;

pub use answer::{Answer, Answers};
pub use day::{Day, NotADay};
pub use decimal::Decimal;
pub use definition::{Calculation, Constraint, Definition, Group, Question};
pub use entry::{FIELD, Fields};
pub use expression::{Arithmetic, Expression, Function, MAX_DEPTH, Relation};
pub use fault::{Fault, FaultKind};
pub use kind::{Choice, Kind, Layout, Precision};
pub use payload::{Payload, PayloadError, digest, is_instance_id};
pub use problem::{Problem, ProblemKey};
pub use publish::Published;
pub use text::Text;
pub use time::Time;
pub use validate::{validate, validate_all};
pub use value::Value;

/// The format number of payloads that this crate reads and writes.
pub const FORMAT: u32 = 1;
/// The format number of definitions that this crate reads and writes. Those of format 1 that were published before
/// are still read where the feature `format-1` is on.
pub const DEFINITION_FORMAT: u32 = 2;
