//! Reads and writes of `responses`. None is in the order of arrival, and none counts: see [`super::counts`].

use crate::{
    ids::{InstanceId, QuestionnaireId},
    questionnaires::server::entities::response,
    server::db::insert_or_nothing,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select};

/// The digest of the answer with this id.
pub async fn find_digest(conn: &impl ConnectionTrait, id: &str) -> Result<Option<String>, DbErr> {
    response::Entity::find()
        .select_only()
        .column(response::Column::Digest)
        .filter(response::Column::InstanceId.eq(id))
        .into_tuple()
        .one(conn)
        .await
}

/// Stores an answer unless one with its id is there.
pub async fn insert_response(conn: &impl ConnectionTrait, row: response::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(response::Entity::insert(row), conn).await
}

/// Some answers, in the order of their random ids, after the one given.
pub async fn list_responses(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    language: Option<&str>,
    after: Option<&InstanceId>,
    limit: u64,
) -> Result<Vec<response::Model>, DbErr> {
    let mut select = responses_of(id, language);
    if let Some(after) = after {
        select = select.filter(response::Column::InstanceId.gt(after.clone()));
    }
    select.order_by_asc(response::Column::InstanceId).limit(limit).all(conn).await
}

/// The same by their place.
pub async fn list_responses_at(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    language: Option<&str>,
    offset: u64,
    limit: u64,
) -> Result<Vec<response::Model>, DbErr> {
    let select = responses_of(id, language).order_by_asc(response::Column::InstanceId);
    select.offset(offset).limit(limit).all(conn).await
}

/// Answers to all questionnaires, in the order of their random ids, after the one given.
pub async fn list_all_responses(
    conn: &impl ConnectionTrait,
    after: Option<&InstanceId>,
    limit: u64,
) -> Result<Vec<response::Model>, DbErr> {
    let mut select = response::Entity::find();
    if let Some(after) = after {
        select = select.filter(response::Column::InstanceId.gt(after.clone()));
    }
    select.order_by_asc(response::Column::InstanceId).limit(limit).all(conn).await
}

fn responses_of(id: &QuestionnaireId, language: Option<&str>) -> Select<response::Entity> {
    let select = response::Entity::find().filter(response::Column::QuestionnaireId.eq(id.clone()));
    match language {
        Some(language) => select.filter(response::Column::Language.eq(language)),
        None => select,
    }
}
