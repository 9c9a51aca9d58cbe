//! A list of guests that an organizer pasted.

use crate::ids::{EventId, OrganizerId};
use sea_orm::entity::prelude::*;

/// One list.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The event.
    pub event_id: EventId,
    /// Who pasted it.
    pub organizer_id: Option<OrganizerId>,
    /// Unix milliseconds.
    pub at: i64,
    /// How many were taken in.
    pub guests: i64,
    /// Unix milliseconds of taking it back.
    pub undone_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
