//! One date and theme, at one place or at several.

use crate::{
    ids::{EventId, SeriesId},
    server::entities::StoredDay,
};
use sea_orm::entity::prelude::*;

/// One event.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Random; names the entry in calendars, so it never changes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EventId,
    /// Its name in addresses.
    #[sea_orm(unique)]
    pub slug: String,
    /// The series it belongs to.
    #[sea_orm(unique_key = "series_number")]
    pub series_id: Option<SeriesId>,
    /// Which of its series it is.
    #[sea_orm(unique_key = "series_number")]
    pub number: Option<i64>,
    /// Theme, by language, JSON.
    pub title: String,
    /// About it, programme, hosts, languages, materials, JSON.
    pub details: String,
    /// The day, as the calendar at the place says.
    pub held_on: StoredDay,
    /// The time of day there, `HH:MM`; nothing while it is not fixed.
    pub begins: Option<String>,
    /// The time of day there, `HH:MM`.
    pub ends: Option<String>,
    /// How far the clocks there are ahead of UTC.
    pub utc_offset_minutes: i64,
    /// The last of the site's days on which people register.
    pub register_until: Option<StoredDay>,
    /// What organizers decided.
    pub state: State,
    /// Where its report is read.
    pub report: Option<String>,
    /// Organizers' own questions, a definition, JSON.
    pub questions: Option<String>,
    /// What becomes of who moves up.
    pub promotion: Promotion,
    /// How long an offer stands, the night not counted.
    pub offer_hours: i64,
    /// After so many days from the event names are deleted.
    pub keep_days: i64,
    /// The site's day on which they were.
    pub anonymised_on: Option<StoredDay>,
    /// The calendar entry's revision; rises only.
    pub sequence: i64,
    /// The turn of the latest registration.
    pub last_turn: i64,
    /// Unix milliseconds.
    pub created_at: i64,
    /// Unix milliseconds.
    pub changed_at: i64,
}

/// What organizers decided; see `standing` for what follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum State {
    /// Only organizers see it.
    Draft,
    /// It is public; nobody registers yet, who wants to hear of it says so.
    Announced,
    /// People register.
    Open,
    /// Nobody registers any more.
    Closed,
    /// It does not take place.
    Cancelled,
}

/// What becomes of somebody who moves up from the waiting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Promotion {
    /// They have the seat and are told.
    AtOnce,
    /// They are offered it for some hours.
    Offered,
}

impl ActiveModelBehavior for ActiveModel {}
