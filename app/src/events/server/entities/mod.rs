//! The tables of events, of who comes, and of what they are told.
//!
//! No other domain names them. What must stay true: who a guest is stands in `guests`, in the outbox of mails and, until
//! they end it, in `followers`, so that names can be deleted and the numbers stay (tests `events/retention`).

// The derives make items that nobody could document.
#![allow(missing_docs)]

pub mod call;
pub mod desk;
pub mod event;
pub mod event_role;
pub mod follower;
pub mod guest;
pub mod import;
pub mod mail;
pub mod mailing;
pub mod merged_guest;
pub mod operation;
pub mod operation_name;
pub mod place;
pub mod refused_operation;
pub mod registration;
pub mod series;

use crate::server::backup::Table;

/// What a backup holds of this domain, parents first.
#[must_use]
pub fn backup_tables() -> Vec<Table> {
    vec![
        Table::of::<series::Entity>(),
        Table::of::<event::Entity>(),
        Table::of::<place::Entity>(),
        Table::of::<event_role::Entity>(),
        Table::of::<import::Entity>(),
        Table::of::<registration::Entity>(),
        Table::of::<guest::Entity>(),
        Table::of::<follower::Entity>(),
        Table::of::<mailing::Entity>(),
        Table::of::<mail::Entity>(),
        Table::of::<call::Entity>(),
        Table::of::<desk::Entity>(),
        Table::of::<merged_guest::Entity>(),
        Table::of::<operation::Entity>(),
        Table::of::<operation_name::Entity>(),
        Table::of::<refused_operation::Entity>(),
    ]
}
