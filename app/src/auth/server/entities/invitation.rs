//! A link by which somebody becomes an organizer, once.

use super::organizer::Role;
use crate::ids::OrganizerId;
use sea_orm::entity::prelude::*;

/// One invitation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "invitations")]
pub struct Model {
    /// Keyed hash of the token in the link.
    #[sea_orm(primary_key, auto_increment = false)]
    pub token_hash: String,
    /// Who is invited; lower-case and composed (NFC).
    pub email: String,
    /// The role that waits for them.
    pub role: Role,
    /// Who invited; nobody for the command line. No foreign key: it outlives the organizer.
    pub invited_by: Option<OrganizerId>,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds from which on the link is dead.
    pub expires_at: i64,
    /// Unix milliseconds at which it was used; it works once.
    pub accepted_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
