//! How many of the people who allowed it came to a page of the way. Not joined to answers; nothing can build it anew.

use crate::ids::QuestionnaireId;
use sea_orm::entity::prelude::*;

/// One count.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "step_counts")]
pub struct Model {
    /// Of which questionnaire.
    #[sea_orm(primary_key, auto_increment = false)]
    pub questionnaire_id: QuestionnaireId,
    /// The hash of the definition that they answered.
    #[sea_orm(primary_key, auto_increment = false)]
    pub definition: String,
    /// The question's name, or that of a page behind the questions.
    #[sea_orm(primary_key, auto_increment = false)]
    pub question: String,
    /// Transactions that run at once add in different lanes.
    #[sea_orm(primary_key, auto_increment = false)]
    pub lane: i64,
    /// How many, in this lane: a lane alone may be below nothing.
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
