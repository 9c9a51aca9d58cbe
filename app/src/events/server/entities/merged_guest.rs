//! Whom somebody is that desks know by another id.

use crate::ids::EventId;
use sea_orm::entity::prelude::*;

/// One id more of a guest.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "merged_guests")]
pub struct Model {
    /// The other id; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub guest: String,
    /// The event.
    pub event_id: EventId,
    /// Who it is.
    pub into_guest: String,
}

impl ActiveModelBehavior for ActiveModel {}
