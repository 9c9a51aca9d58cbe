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

/// The answer whose code has this hash.
pub async fn find_response_by_code(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    code_hash: &str,
) -> Result<Option<response::Model>, DbErr> {
    responses_of(id, None).filter(response::Column::CodeHash.eq(code_hash)).one(conn).await
}

/// Deletes an answer; whether it was there. The only place that does.
pub async fn delete_response(conn: &impl ConnectionTrait, row: &response::Model) -> Result<bool, DbErr> {
    let deleted = response::Entity::delete_by_id(row.instance_id.clone()).exec(conn).await?;
    Ok(deleted.rows_affected > 0)
}

/// Which of the answers to a questionnaire: those that have all of it.
#[derive(Clone, Debug, Default)]
pub struct Narrow {
    /// The hash of the definition.
    pub definition: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// The channel; `Some(None)` are those without one.
    pub channel: Option<Option<String>>,
}

/// One answer, if it is one to this questionnaire.
pub async fn find_response(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    instance_id: &InstanceId,
) -> Result<Option<response::Model>, DbErr> {
    responses_of(id, None).filter(response::Column::InstanceId.eq(instance_id.clone())).one(conn).await
}

/// Some answers, in the order of their random ids, after the one given.
pub async fn list_responses(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    narrow: Option<&Narrow>,
    after: Option<&InstanceId>,
    limit: u64,
) -> Result<Vec<response::Model>, DbErr> {
    let mut select = responses_of(id, narrow);
    if let Some(after) = after {
        select = select.filter(response::Column::InstanceId.gt(after.clone()));
    }
    select.order_by_asc(response::Column::InstanceId).limit(limit).all(conn).await
}

/// The same backwards: the answers before the one given, the nearest first.
pub async fn list_responses_before(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    narrow: Option<&Narrow>,
    before: &InstanceId,
    limit: u64,
) -> Result<Vec<response::Model>, DbErr> {
    let select = responses_of(id, narrow).filter(response::Column::InstanceId.lt(before.clone()));
    select.order_by_desc(response::Column::InstanceId).limit(limit).all(conn).await
}

/// The same by their place.
pub async fn list_responses_at(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    narrow: Option<&Narrow>,
    offset: u64,
    limit: u64,
) -> Result<Vec<response::Model>, DbErr> {
    let select = responses_of(id, narrow).order_by_asc(response::Column::InstanceId);
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

fn responses_of(id: &QuestionnaireId, narrow: Option<&Narrow>) -> Select<response::Entity> {
    let mut select = response::Entity::find().filter(response::Column::QuestionnaireId.eq(id.clone()));
    let Some(Narrow { definition, language, channel }) = narrow else { return select };
    if let Some(definition) = definition {
        select = select.filter(response::Column::Definition.eq(definition));
    }
    if let Some(language) = language {
        select = select.filter(response::Column::Language.eq(language));
    }
    match channel {
        None => select,
        Some(None) => select.filter(response::Column::Channel.is_null()),
        Some(Some(code)) => select.filter(response::Column::Channel.eq(code)),
    }
}
