//! What is told to many at once.

use crate::ids::{EventId, OrganizerId};
use sea_orm::entity::prelude::*;

/// One mailing.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mailings")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The event.
    pub event_id: EventId,
    /// What it tells.
    pub kind: MailKind,
    /// Who sent it; nobody for what the program sends by itself.
    pub organizer_id: Option<OrganizerId>,
    /// What organizers added, by language, JSON.
    pub words: Option<String>,
    /// Unix milliseconds.
    pub created_at: i64,
}

/// What a mail tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum MailKind {
    /// You are registered.
    Confirmation,
    /// You are on the waiting list.
    Waiting,
    /// We will tell you.
    Interest,
    /// You are registered already: here is your link.
    Again,
    /// Where it is.
    PlaceFixed,
    /// You can register now.
    Opened,
    /// It is soon.
    Reminder,
    /// Something is different.
    Changed,
    /// It does not take place, or your seat is given back.
    Cancelled,
    /// You have a seat now.
    Promoted,
    /// You may have a seat.
    Offered,
    /// The offer is over.
    Lapsed,
    /// Thank you, and the report.
    Thanks,
    /// The next date of a series.
    NextDate,
}

impl ActiveModelBehavior for ActiveModel {}
