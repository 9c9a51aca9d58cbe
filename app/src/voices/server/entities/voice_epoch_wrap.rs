//! The desk's secret keys, sealed for each of its members.

use crate::server::entities::StoredDay;
use sea_orm::entity::prelude::*;

/// One wrap.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voice_epoch_wraps")]
pub struct Model {
    /// Which key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub epoch: i64,
    /// For whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: String,
    /// The key, sealed; base 64.
    pub wrapped: String,
    /// When they opened it first.
    pub opened_on: Option<StoredDay>,
}

impl ActiveModelBehavior for ActiveModel {}
