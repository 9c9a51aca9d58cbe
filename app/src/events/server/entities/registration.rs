//! A seat, a place on a waiting list, or interest. Who it is stands in `guests` alone.

use crate::ids::{EventId, PlaceId, RegistrationId};
use sea_orm::entity::prelude::*;

/// One registration.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "registrations")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RegistrationId,
    /// The event.
    #[sea_orm(unique_key = "event_code")]
    pub event_id: EventId,
    /// Where they come.
    pub place_id: Option<PlaceId>,
    /// What they have.
    pub state: State,
    /// Who or what cancelled it; see [`Ended`].
    pub ended_by: Option<String>,
    /// The order in which they came and wait, within the event.
    pub turn: i64,
    /// Six letters and digits that can be spoken.
    #[sea_orm(unique_key = "event_code")]
    pub code: String,
    /// The secret of the personal link, enciphered.
    #[sea_orm(unique)]
    pub link_key: String,
    /// What the form carried: the same form sent twice is one registration.
    #[sea_orm(unique)]
    pub attempt: String,
    /// In which mails are written.
    pub language: String,
    /// Kind of organisation.
    pub kind: Option<String>,
    /// Unix milliseconds until when an offered seat is kept.
    pub offered_until: Option<i64>,
    /// The registration that it seems to repeat; such a one holds no seat.
    pub repeat_of: Option<RegistrationId>,
    /// Who entered it.
    pub source: Source,
    /// With which list it came.
    pub import_id: Option<String>,
    /// How often it changed in a way that a calendar entry shows.
    pub changes: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub changed_at: i64,
}

/// What somebody has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// They want to hear of it.
    Interested,
    /// They have a seat.
    Registered,
    /// They wait for one.
    Waiting,
    /// A seat is kept for them until they say yes.
    Offered,
    /// Nothing any more.
    Cancelled,
}

/// Who entered a registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Source {
    /// The guest.
    Guest,
    /// An organizer, by hand.
    Organizer,
    /// An organizer, with a list.
    Import,
}

impl ActiveModelBehavior for ActiveModel {}
