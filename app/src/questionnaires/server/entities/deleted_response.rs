//! A mark that answers were deleted by the person who gave them, so that a phone that sends them again does not bring
//! them back. No day, no order, nothing of what was answered.

use crate::ids::QuestionnaireId;
use sea_orm::entity::prelude::*;

/// One mark.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "deleted_responses")]
pub struct Model {
    /// Keyed hash of the code; the code follows from the instance id, so this names the id without holding it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: String,
    /// What was answered, so that organizers can be told how many took their answers back.
    pub questionnaire_id: QuestionnaireId,
}

impl ActiveModelBehavior for ActiveModel {}
