//! How many answers came on a day.

use crate::{ids::QuestionnaireId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One count.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "day_counts")]
pub struct Model {
    /// Of which questionnaire.
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    /// The site's day.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: StoredDay,
    /// Transactions that run at once add in different lanes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub lane: i64,
    /// How many, in this lane: a lane alone may be below nothing.
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
