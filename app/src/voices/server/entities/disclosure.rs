//! What was passed on, to whom, and by which right.

use crate::{ids::VoiceId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One disclosure.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosures")]
pub struct Model {
    /// Random; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Of which voice; it may be gone.
    pub voice_id: VoiceId,
    /// Which words.
    pub share_text_id: String,
    /// SHA-256 of them.
    pub words_hash: String,
    /// By which right.
    pub basis: Basis,
    /// The worker's grant.
    pub grant_id: Option<String>,
    /// Or the approval of two.
    pub approval_id: Option<String>,
    /// SHA-256 of who was told.
    pub recipient_hash: String,
    /// When.
    pub disclosed_on: StoredDay,
}

impl ActiveModelBehavior for ActiveModel {}

/// By which right something was passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Basis {
    /// The worker agreed.
    Grant,
    /// A court ordered it.
    CourtOrder,
    /// A life was in danger.
    DangerToLife,
}
