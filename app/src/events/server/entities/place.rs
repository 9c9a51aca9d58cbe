//! Where an event is held.

use crate::ids::{EventId, PlaceId};
use sea_orm::entity::prelude::*;

/// One place of one event.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "places")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PlaceId,
    /// The event.
    pub event_id: EventId,
    /// Its place in the list, from 0.
    pub position: i64,
    /// Whether people come there or call in.
    pub kind: Kind,
    /// The city or what it is called, by language, JSON.
    pub name: String,
    /// Where exactly, by language, JSON; nothing while it is to be announced.
    pub address: Option<String>,
    /// How to get there and in, by language, JSON.
    pub access: String,
    /// Where to call in; only guests see it.
    pub link: Option<String>,
    /// Seats; nothing if there is no limit.
    pub capacity: Option<i64>,
}

/// What kind of place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    /// A room.
    Venue,
    /// A call.
    Online,
}

impl ActiveModelBehavior for ActiveModel {}
