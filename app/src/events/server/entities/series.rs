//! Events that follow one another.

use crate::ids::SeriesId;
use sea_orm::entity::prelude::*;

/// One series.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "series")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SeriesId,
    /// Its name in addresses.
    #[sea_orm(unique)]
    pub slug: String,
    /// What it is called, by language, JSON.
    pub title: String,
    /// What it is for, by language, JSON.
    pub about: String,
    /// Unix milliseconds.
    pub changed_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
