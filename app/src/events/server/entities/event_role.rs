//! What an organizer may do for one event.

use crate::ids::{EventId, OrganizerId, PlaceId};
use sea_orm::entity::prelude::*;

/// One role.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "event_roles")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The event.
    pub event_id: EventId,
    /// Who.
    pub organizer_id: OrganizerId,
    /// Where, if not everywhere.
    pub place_id: Option<PlaceId>,
    /// What they may do.
    pub role: Role,
}

/// What somebody may do for one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Role {
    /// Everything, also roles, and deleting names.
    Owner,
    /// The event, its guests and mails.
    Organizer,
    /// Reception: see guests, not change the event.
    Desk,
    /// Numbers and the log of what was done; no way to reach a guest.
    Auditor,
}

impl Role {
    /// As forms and the audit log write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Organizer => "organizer",
            Self::Desk => "desk",
            Self::Auditor => "auditor",
        }
    }
}

impl ActiveModelBehavior for ActiveModel {}
