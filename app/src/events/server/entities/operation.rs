//! What desks said, in ids alone. Rows are never changed.

use crate::ids::EventId;
use sea_orm::entity::prelude::*;

/// One operation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "operations")]
pub struct Model {
    /// Random, made by the desk; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The event.
    #[sea_orm(unique_key = "event_number")]
    pub event_id: EventId,
    /// Its place in the order in which the event's operations were taken in, from 1.
    #[sea_orm(unique_key = "event_number")]
    pub number: i64,
    /// Which desk.
    #[sea_orm(unique_key = "desk_sequence")]
    pub desk_id: String,
    /// The desk's own number for it, from 1.
    #[sea_orm(unique_key = "desk_sequence")]
    pub sequence: i64,
    /// When it happened, by the server's clock as well as that is known, Unix milliseconds.
    pub at: i64,
    /// What the desk's clock said.
    pub noted_at: i64,
    /// When it came.
    pub received_at: i64,
    /// 1 if the desk's clock cannot have been right.
    pub doubtful: i64,
    /// Up to which number the desk knew what others had said.
    pub known: i64,
    /// What happened.
    pub act: Kind,
    /// Whom it is about: 32 hexadecimal digits.
    pub guest: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// What an undo takes back.
    pub target: Option<String>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Kind {
    /// A guest came.
    Arrive,
    /// Somebody came who had not registered.
    WalkIn,
    /// A guest went.
    Leave,
    /// A guest is at another place than was said.
    Move,
    /// A guest's name is spelled otherwise.
    Correct,
    /// An operation is taken back.
    Undo,
}

impl ActiveModelBehavior for ActiveModel {}
