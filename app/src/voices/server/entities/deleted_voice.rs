//! That a voice was deleted, for two days: the form that made it makes it no more.

use crate::server::entities::StoredDay;
use sea_orm::entity::prelude::*;

/// One mark.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deleted_voices")]
pub struct Model {
    /// Keyed hash of its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub mark: String,
    /// When.
    pub deleted_on: StoredDay,
}

impl ActiveModelBehavior for ActiveModel {}
