//! The desk's secret keys, sealed for two trustees together.

use crate::server::entities::StoredDay;
use sea_orm::entity::prelude::*;

/// One recovery.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "voice_recoveries")]
pub struct Model {
    /// Which key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub epoch: i64,
    /// For whom the inner seal is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub first_id: String,
    /// For whom the outer one is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub second_id: String,
    /// The key, sealed twice; base 64.
    pub nested: String,
    /// When the two opened it in a drill.
    pub opened_on: Option<StoredDay>,
}

impl ActiveModelBehavior for ActiveModel {}
