//! What somebody told without a name: days and counts, never a word, never a minute.

pub use crate::voices::standing::State;
use crate::{ids::VoiceId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One voice.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voices")]
pub struct Model {
    /// Random; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: VoiceId,
    /// Keyed hash of what follows from the receipt.
    #[sea_orm(unique)]
    pub receipt_tag: String,
    /// The worker's public keys, sealed under the installation's secret; base 64.
    pub worker: String,
    /// To which key the case key is wrapped for the desk.
    pub epoch: i64,
    /// In which the worker reads.
    pub language: String,
    /// How far the desk is.
    pub state: State,
    /// By which day the worker was promised the next step.
    pub due_on: StoredDay,
    /// Which member of the desk looks after it.
    pub member_id: Option<String>,
    /// What the desk calls it, sealed to its key; base 64.
    pub labels: Option<String>,
    /// How often a member of the desk opened it.
    pub opens: i64,
    /// The number of the last message.
    pub messages: i64,
    /// For so many days after it was concluded it is kept.
    pub kept_days: i64,
    /// When it came.
    pub opened_on: StoredDay,
    /// When something was last added.
    pub changed_on: StoredDay,
    /// When it was concluded.
    pub concluded_on: Option<StoredDay>,
    /// When its worker said that the desk is late.
    pub late_on: Option<StoredDay>,
    /// When a trustee was told so.
    pub late_told_on: Option<StoredDay>,
    /// When it came in a flood, until a member has looked.
    pub aside_on: Option<StoredDay>,
}

impl ActiveModelBehavior for ActiveModel {}
