//! What the installation remembers about itself, by key. Not configuration, and never a secret: backups hold it.

use sea_orm::entity::prelude::*;

/// One remembered thing.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "settings")]
pub struct Model {
    /// Dotted: `storage.order_forgotten`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Its value as text.
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
