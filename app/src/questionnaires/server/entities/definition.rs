//! A published definition: never updated, named by the hash of its bytes.

use crate::{ids::QuestionnaireId, server::entities::StoredDay};
use sea_orm::entity::prelude::*;

/// One definition.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "definitions")]
pub struct Model {
    /// SHA-256 of `body`, 64 lower-case hex digits.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: String,
    /// Whose definition it is.
    #[sea_orm(unique_key = "questionnaire_version")]
    pub questionnaire_id: QuestionnaireId,
    /// What its author calls this version.
    #[sea_orm(unique_key = "questionnaire_version")]
    pub version: String,
    /// The canonical JSON.
    pub body: String,
    /// The day from which it could be answered.
    pub published_on: StoredDay,
    /// Which edition of its questionnaire it is, from 1: a day may see several.
    pub number: i64,
    /// The questionnaire.
    #[sea_orm(belongs_to, from = "questionnaire_id", to = "id")]
    pub questionnaire: BelongsTo<super::questionnaire::Entity>,
}

impl ActiveModelBehavior for ActiveModel {}
