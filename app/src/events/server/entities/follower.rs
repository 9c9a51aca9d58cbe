//! Who asked to hear of the next date of a series.

use crate::ids::SeriesId;
use sea_orm::entity::prelude::*;

/// One follower.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "followers")]
pub struct Model {
    /// Random.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: String,
    /// The series.
    #[sea_orm(unique_key = "series_email")]
    pub series_id: SeriesId,
    /// Where mails go.
    pub email: String,
    /// The address in small letters.
    #[sea_orm(unique_key = "series_email")]
    pub email_key: String,
    /// In which mails are written.
    pub language: String,
    /// The secret of the link that ends it, enciphered.
    #[sea_orm(unique)]
    pub link_key: String,
    /// Unix milliseconds.
    pub created_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
