//! Why something is passed on without a grant: signed by two.

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

/// Why something may be passed on without a grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum)]
#[sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")]
pub enum Basis {
    /// A court ordered it.
    CourtOrder,
    /// A life is in danger.
    DangerToLife,
}
