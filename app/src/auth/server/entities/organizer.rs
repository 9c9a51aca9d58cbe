//! Somebody of the secretariat who may sign in.

use crate::ids::OrganizerId;
use sea_orm::entity::prelude::*;

/// One organizer.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organizers")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: OrganizerId,
    /// Lower-case and composed (NFC).
    #[sea_orm(unique)]
    pub email: String,
    /// How colleagues call them.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id in the PHC format, salt and cost included.
    pub passphrase_hash: String,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds since when they may not sign in any more.
    pub disabled_at: Option<i64>,
}

/// What an organizer may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Role {
    /// Everything, also inviting others and seeing free text for a stated reason.
    Coordinator,
    /// Counts and coded answers.
    Assistant,
}

impl ActiveModelBehavior for ActiveModel {}
