//! That one member asks to pass something on without the worker's yes.

pub use crate::voices::sharing::Basis;
use crate::{ids::VoiceId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One order.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "disclosure_orders")]
pub struct Model {
    /// Random; 32 hexadecimal digits. The approval has the same.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Of which voice; it may be gone.
    pub voice_id: VoiceId,
    /// Which words.
    pub share_text_id: String,
    /// SHA-256 of them.
    pub words_hash: String,
    /// Why.
    pub basis: Basis,
    /// SHA-256 of the salt and who would be told.
    pub recipient_hash: String,
    /// The salt, sealed under the installation's secret; base 64.
    pub recipient_salt: String,
    /// The message that tells the worker what happened.
    pub reason_number: i64,
    /// Which member asks.
    pub first_signer: String,
    /// 128 hexadecimal digits.
    pub first_signature: String,
    /// When.
    pub ordered_on: StoredDay,
    /// Which other member said no.
    pub refused_by: Option<String>,
    /// When.
    pub refused_on: Option<StoredDay>,
}

impl ActiveModelBehavior for ActiveModel {}
