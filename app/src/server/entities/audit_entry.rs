//! What somebody of the secretariat did; written by [`crate::server::audit::record`].

use crate::ids::OrganizerId;
use sea_orm::entity::prelude::*;

/// One deed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_entries")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Unix milliseconds.
    pub at: i64,
    /// Who did it; nobody for the command line. No foreign key: the row outlives the organizer.
    pub organizer_id: Option<OrganizerId>,
    /// What, dotted: `questionnaire.close`.
    pub action: String,
    /// To what: an id or a slug.
    pub subject: String,
    /// Keys and numbers for people; may be empty.
    pub detail: String,
}

impl ActiveModelBehavior for ActiveModel {}
