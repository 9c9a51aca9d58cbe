//! Reads and writes of `deleted_responses`.

use crate::{ids::QuestionnaireId, questionnaires::server::entities::deleted_response, server::db::insert_or_nothing};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, Set};

/// Whether the answers with this code were deleted by who gave them.
pub async fn is_deleted(conn: &impl ConnectionTrait, code_hash: &str) -> Result<bool, DbErr> {
    Ok(deleted_response::Entity::find_by_id(code_hash.to_owned()).count(conn).await? > 0)
}

/// Marks the answers with this code as deleted, once.
pub async fn insert_deleted(
    conn: &impl ConnectionTrait,
    code_hash: &str,
    questionnaire: &QuestionnaireId,
) -> Result<bool, DbErr> {
    let row = deleted_response::ActiveModel {
        code_hash: Set(code_hash.to_owned()),
        questionnaire_id: Set(questionnaire.clone()),
    };
    insert_or_nothing(deleted_response::Entity::insert(row), conn).await
}

/// How many people deleted their answers.
pub async fn count_deleted(conn: &impl ConnectionTrait, id: &QuestionnaireId) -> Result<u64, DbErr> {
    deleted_response::Entity::find().filter(deleted_response::Column::QuestionnaireId.eq(id.clone())).count(conn).await
}
