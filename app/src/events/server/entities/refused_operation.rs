//! What a desk said and nobody could take in: for a person to look at.

use crate::ids::{EventId, OrganizerId};
use sea_orm::entity::prelude::*;

/// One of them.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refused_operations")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The event.
    pub event_id: EventId,
    /// Which desk.
    #[sea_orm(unique_key = "desk_operation_why")]
    pub desk_id: String,
    /// What it called it.
    #[sea_orm(unique_key = "desk_operation_why")]
    pub operation_id: String,
    /// Why, a key.
    #[sea_orm(unique_key = "desk_operation_why")]
    pub why: String,
    /// What it said, JSON of ids.
    pub operation: String,
    /// When it happened, if that can be told, Unix milliseconds.
    pub happened_at: Option<i64>,
    /// The name beside it.
    pub name: Option<String>,
    /// When it came first.
    pub received_at: i64,
    /// When somebody looked.
    pub settled_at: Option<i64>,
    /// Which organizer.
    pub settled_by: Option<OrganizerId>,
}

impl ActiveModelBehavior for ActiveModel {}
