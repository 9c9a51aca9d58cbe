//! The tables, one step per file.
//!
//! The crate `server` runs [`Migrator`] at the start; nobody else changes the schema. A step that has landed is never
//! edited: a change is a new step. Steps know nothing of the entities in `app`, which move on while they stay. What
//! must stay true: up, down and up again work on both databases, empty and filled (tests `storage/migrations`), and
//! the entities fit what they make (`storage/schema`).

use sea_orm_migration::prelude::*;

mod table;

mod m20261122_000001_create_questionnaires;
mod m20261122_000002_create_definitions;
mod m20261122_000003_create_responses;
mod m20261122_000004_create_quarantined_responses;
mod m20261122_000005_create_organizers;
mod m20261122_000006_create_invitations;
mod m20261122_000007_create_sessions;
mod m20261122_000008_create_audit_entries;
mod m20261122_000009_create_settings;
mod m20261125_000010_create_channels;
mod m20261125_000011_create_counts;
mod m20261125_000012_questionnaire_life;
mod m20261125_000013_index_responses;
mod m20261128_000014_create_events;
mod m20261128_000015_create_registrations;
mod m20261128_000016_create_mails;
mod m20261129_000017_create_operations;
mod m20261129_000018_desk_phones;
mod m20261129_000019_create_voices;
mod m20261129_000020_create_consent;
mod m20261130_000021_second_factors;
mod m20261130_000022_public_voices;
mod m20261130_000023_late_voices;

pub use sea_orm_migration::MigratorTrait;

/// All steps in their order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_000001_create_questionnaires::Migration),
            Box::new(m20261122_000002_create_definitions::Migration),
            Box::new(m20261122_000003_create_responses::Migration),
            Box::new(m20261122_000004_create_quarantined_responses::Migration),
            Box::new(m20261122_000005_create_organizers::Migration),
            Box::new(m20261122_000006_create_invitations::Migration),
            Box::new(m20261122_000007_create_sessions::Migration),
            Box::new(m20261122_000008_create_audit_entries::Migration),
            Box::new(m20261122_000009_create_settings::Migration),
            Box::new(m20261125_000010_create_channels::Migration),
            Box::new(m20261125_000011_create_counts::Migration),
            Box::new(m20261125_000012_questionnaire_life::Migration),
            Box::new(m20261125_000013_index_responses::Migration),
            Box::new(m20261128_000014_create_events::Migration),
            Box::new(m20261128_000015_create_registrations::Migration),
            Box::new(m20261128_000016_create_mails::Migration),
            Box::new(m20261129_000017_create_operations::Migration),
            Box::new(m20261129_000018_desk_phones::Migration),
            Box::new(m20261129_000019_create_voices::Migration),
            Box::new(m20261129_000020_create_consent::Migration),
            Box::new(m20261130_000021_second_factors::Migration),
            Box::new(m20261130_000022_public_voices::Migration),
            Box::new(m20261130_000023_late_voices::Migration),
        ]
    }
}

/// The names of all steps, in their order: what a database has to hold to be this program's.
#[must_use]
pub fn names() -> Vec<String> {
    Migrator::migrations().iter().map(|step| step.name().to_owned()).collect()
}
