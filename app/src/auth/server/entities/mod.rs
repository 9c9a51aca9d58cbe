//! The tables of the people of the secretariat and their sign-ins.
//!
//! Only this domain's `queries` name them. Tokens and recovery codes are stored as keyed hashes, secrets of second factors
//! sealed: a stolen table signs nobody in.

// The derives make items that nobody could document.
#![allow(missing_docs)]

pub mod invitation;
pub mod organizer;
pub mod recovery_code;
pub mod second_factor;
pub mod session;

use crate::server::backup::Table;

/// What a backup holds of this domain. Not sessions and invitations: an old copy must sign nobody in. Second factors,
/// because who comes back from a copy must not come back without one.
#[must_use]
pub fn backup_tables() -> Vec<Table> {
    vec![Table::of::<organizer::Entity>(), Table::of::<second_factor::Entity>(), Table::of::<recovery_code::Entity>()]
}
