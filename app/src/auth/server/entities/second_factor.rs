//! What an organizer's phone makes the codes of a sign-in from.

use crate::ids::OrganizerId;
use sea_orm::entity::prelude::*;

/// One second factor.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factors")]
pub struct Model {
    /// Whose; it goes with them.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organizer_id: OrganizerId,
    /// The secret, sealed under the installation's secret; base 64.
    pub sealed: String,
    /// The thirty seconds of the last code that was taken: none is taken twice.
    pub last_step: i64,
    /// Unix milliseconds.
    pub added_at: i64,
}

impl ActiveModelBehavior for ActiveModel {}
