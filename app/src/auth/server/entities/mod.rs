//! The tables of the people of the secretariat and their sign-ins.
//!
//! Only this domain's `queries` name them. Tokens are stored as keyed hashes: a stolen table signs nobody in.

// The derives make items that nobody could document.
#![allow(missing_docs)]

pub mod invitation;
pub mod organizer;
pub mod session;

use crate::server::backup::Table;

/// What a backup holds of this domain. Not sessions and invitations: an old copy must sign nobody in.
#[must_use]
pub fn backup_tables() -> Vec<Table> {
    vec![Table::of::<organizer::Entity>()]
}
