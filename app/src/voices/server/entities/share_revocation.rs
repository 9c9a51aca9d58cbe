//! That a grant was taken back; what was passed on before it was.

use crate::{ids::VoiceId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One revocation.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "share_revocations")]
pub struct Model {
    /// Which grant.
    #[sea_orm(primary_key, auto_increment = false)]
    pub grant_id: String,
    /// Of which voice; it may be gone.
    pub voice_id: VoiceId,
    /// By the key that follows from the receipt, sealed under the installation's secret; base 64.
    pub signature: String,
    /// When.
    pub revoked_on: StoredDay,
}

impl ActiveModelBehavior for ActiveModel {}
