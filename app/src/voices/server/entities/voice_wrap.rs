//! The case keys, sealed for who may read. Deleting them is deleting the voice.

use crate::ids::VoiceId;
use sea_orm::entity::prelude::*;

/// One wrap.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voice_wraps")]
pub struct Model {
    /// Of which voice.
    #[sea_orm(primary_key, auto_increment = false)]
    pub voice_id: VoiceId,
    /// For whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub holder: Holder,
    /// The key; the worker's is sealed once more under the installation's secret. Base 64.
    pub wrapped: String,
}

impl ActiveModelBehavior for ActiveModel {}

/// Whose wrap it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Holder {
    /// The desk of the quarter in which the voice came.
    Desk,
    /// Who has the receipt.
    Worker,
}
