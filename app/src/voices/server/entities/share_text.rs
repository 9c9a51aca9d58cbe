//! Words that may be passed on if the worker agrees; what they are stands in messages.

use crate::{ids::VoiceId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One text.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share_texts")]
pub struct Model {
    /// Random; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// From which voice; it may be gone.
    pub voice_id: VoiceId,
    /// SHA-256 of the exact words.
    pub words_hash: String,
    /// The message that holds them, in the language in which they would be sent.
    pub words_number: i64,
    /// The message that holds them in the worker's language.
    pub shown_number: i64,
    /// In which they would be sent.
    pub language: String,
    /// When.
    pub drafted_on: StoredDay,
    /// SHA-256 of their translation, if there is one.
    pub shown_hash: Option<String>,
    /// Which member drafted them.
    pub drafted_by: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
