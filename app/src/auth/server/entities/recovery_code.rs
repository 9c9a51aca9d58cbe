//! A code that takes the place of the phone's, once: who uses it deletes its row.

use crate::ids::OrganizerId;
use sea_orm::entity::prelude::*;

/// One recovery code.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_codes")]
pub struct Model {
    /// Keyed hash of the code and of whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: String,
    /// Whose; they go with them.
    pub organizer_id: OrganizerId,
}

impl ActiveModelBehavior for ActiveModel {}
