//! Why something is passed on without a grant: signed by two.

pub use crate::voices::sharing::Basis;
use crate::{ids::VoiceId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One approval.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "approvals")]
pub struct Model {
    /// Random; 32 hexadecimal digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// Of which voice; it may be gone.
    pub voice_id: VoiceId,
    /// Why.
    pub basis: Basis,
    /// The message that tells the worker what happened.
    pub reason_number: i64,
    /// Which member of the desk.
    pub first_signer: String,
    /// 128 hexadecimal digits.
    pub first_signature: String,
    /// Which other.
    pub second_signer: String,
    /// 128 hexadecimal digits.
    pub second_signature: String,
    /// When.
    pub approved_on: StoredDay,
}

impl ActiveModelBehavior for ActiveModel {}
