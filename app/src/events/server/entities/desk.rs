//! Who may say for one event and place who came.

use crate::ids::{EventId, OrganizerId, PlaceId};
use sea_orm::entity::prelude::*;

/// One desk.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "desks")]
pub struct Model {
    /// Random; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The event.
    pub event_id: EventId,
    /// The place.
    pub place_id: PlaceId,
    /// What organizers call it.
    pub name: String,
    /// Keyed hash of the secret that it shows.
    #[sea_orm(unique)]
    pub token_hash: String,
    /// Keyed hash of what the square says by which a phone enters.
    #[sea_orm(unique)]
    pub invitation_hash: Option<String>,
    /// When a phone did; from then on the square opens nothing.
    pub entered_at: Option<i64>,
    /// Which organizer opened it.
    pub opened_by: Option<OrganizerId>,
    /// When.
    pub opened_at: i64,
    /// From when on it says nothing new, Unix milliseconds.
    pub expires_at: i64,
    /// Since when it says nothing at all.
    pub revoked_at: Option<i64>,
    /// The number of the last operation that it says it has made.
    pub made: i64,
    /// When it was last heard of.
    pub seen_at: Option<i64>,
}

impl ActiveModelBehavior for ActiveModel {}
