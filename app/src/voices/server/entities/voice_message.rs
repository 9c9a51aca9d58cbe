//! Sealed messages; what they say only holders of the case key can tell.

use crate::{ids::VoiceId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One sealed message.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voice_messages")]
pub struct Model {
    /// Of which voice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub voice_id: VoiceId,
    /// Which of it, from 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    /// As it was sealed; base 64.
    pub envelope: String,
    /// On which day.
    pub sent_on: StoredDay,
}

impl ActiveModelBehavior for ActiveModel {}
