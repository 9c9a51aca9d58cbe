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
mod calendar;
mod check;
mod check_expression;
pub mod day;
pub mod definition;
pub mod entry;
mod evaluate;
pub mod expression;
pub mod fault;
pub mod flow;
pub mod html;
mod kind;
pub mod names;
mod number;
pub mod payload;
pub mod problem;
pub mod publish;
pub mod ruby;
mod sorted_map;
pub mod text;
pub mod validate;

pub use answer::{Answer, Answers};
pub use day::{Day, NotADay};
pub use definition::{Choice, Constraint, Definition, Question};
pub use entry::{FIELD, Fields};
pub use expression::{Expression, MAX_DEPTH, Operand, Operator};
pub use fault::{Fault, FaultKind};
pub use kind::Kind;
pub use payload::{Payload, PayloadError, digest, is_instance_id};
pub use problem::{Problem, ProblemKey};
pub use publish::Published;
pub use text::Text;
pub use validate::{validate, validate_all};

/// The format number of definitions and of payloads that this crate reads and writes.
pub const FORMAT: u32 = 1;
