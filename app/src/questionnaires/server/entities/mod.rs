//! The tables of questionnaires and of the answers to them.
//!
//! Only this domain's `queries` name them. What must stay true: a definition is never updated, and nothing in
//! `responses`, `quarantined_responses` or `deleted_responses` tells more than the day (tests `storage/privacy`, with the list of columns).

// The derives make items that nobody could document.
#![allow(missing_docs)]

pub mod channel;
pub mod definition;
pub mod deleted_response;
pub mod quarantined_response;
pub mod questionnaire;
pub mod response;

use crate::server::backup::Table;

/// What a backup holds of this domain, parents first.
#[must_use]
pub fn backup_tables() -> Vec<Table> {
    vec![
        Table::of::<questionnaire::Entity>(),
        Table::of::<definition::Entity>(),
        Table::of::<channel::Entity>(),
        Table::of::<response::Entity>(),
        Table::of::<quarantined_response::Entity>(),
        Table::of::<deleted_response::Entity>(),
    ]
}
