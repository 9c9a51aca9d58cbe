//! The tables of questionnaires and of the answers to them.
//!
//! Only this domain's `queries` name them. What must stay true: a definition is never updated, and nothing in
//! `responses`, `quarantined_responses` or `deleted_responses` tells more than the day (tests `storage/privacy`, with the list of columns).

// The derives make items that nobody could document.
#![allow(missing_docs)]

pub mod answer_count;
pub mod channel;
pub mod day_count;
pub mod definition;
pub mod deleted_response;
pub mod quarantined_response;
pub mod questionnaire;
pub mod response;
pub mod response_count;
pub mod step_count;

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
        Table::of::<response_count::Entity>(),
        Table::of::<day_count::Entity>(),
        Table::of::<answer_count::Entity>(),
        Table::of::<step_count::Entity>(),
    ]
}
