//! All SQL of questionnaires and answers. Nothing here decides anything.

pub mod counts;
mod quarantined;
mod questionnaires;
mod responses;

pub use quarantined::*;
pub use questionnaires::*;
pub use responses::*;

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
