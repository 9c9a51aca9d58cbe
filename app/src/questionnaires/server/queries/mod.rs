//! All SQL of questionnaires and answers. Nothing here decides anything.

mod channels;
pub mod counts;
mod deleted;
mod quarantined;
mod questionnaires;
mod responses;

pub use channels::*;
pub use deleted::*;
pub use quarantined::*;
pub use questionnaires::*;
pub use responses::*;

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
