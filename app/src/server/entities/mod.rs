//! The tables that belong to no domain, and how a day is stored.
//!
//! Rows do not derive serde, so that none of them can cross the wire by accident. That they fit the migrations is
//! held by the tests `storage/schema`.

// The derives make items that nobody could document.
#![allow(missing_docs)]

pub mod audit_entry;
pub mod setting;
pub mod stored_day;

pub use stored_day::StoredDay;

use crate::server::backup::Table;

/// What a backup holds of these.
#[must_use]
pub fn backup_tables() -> Vec<Table> {
    vec![Table::of::<audit_entry::Entity>(), Table::of::<setting::Entity>()]
}
