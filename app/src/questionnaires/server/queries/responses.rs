//! Reads and writes of `responses`. None is in the order of arrival.

use super::{list_questionnaires, unsigned};
use crate::{
    ids::{InstanceId, QuestionnaireId},
    questionnaires::server::entities::response,
    server::{db::insert_or_nothing, entities::StoredDay},
};
use form::Day;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};

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

/// How many answers a questionnaire has, in all or of some.
pub async fn count_responses(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    narrow: Option<&Narrow>,
) -> Result<u64, DbErr> {
    responses_of(id, narrow).count(conn).await
}

/// Every slug with its number of answers, for the live page.
pub async fn count_all(conn: &impl ConnectionTrait) -> Result<Vec<(String, u64)>, DbErr> {
    let mut counts = Vec::new();
    for row in list_questionnaires(conn).await? {
        let count = count_responses(conn, &row.id, None).await?;
        counts.push((row.slug, count));
    }
    Ok(counts)
}

/// Answers by language.
pub async fn count_by_language(conn: &impl ConnectionTrait, id: &QuestionnaireId) -> Result<Vec<(String, u64)>, DbErr> {
    let counts: Vec<(String, i64)> = responses_of(id, None)
        .select_only()
        .column(response::Column::Language)
        .column_as(response::Column::InstanceId.count(), "answers")
        .group_by(response::Column::Language)
        .order_by_asc(response::Column::Language)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(counts.into_iter().map(|(language, count)| (language, unsigned(count))).collect())
}

/// Answers by the hash of the definition that was answered.
pub async fn count_by_definition(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
) -> Result<Vec<(String, u64)>, DbErr> {
    let counts: Vec<(String, i64)> = responses_of(id, None)
        .select_only()
        .column(response::Column::Definition)
        .column_as(response::Column::InstanceId.count(), "answers")
        .group_by(response::Column::Definition)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(counts.into_iter().map(|(hash, count)| (hash, unsigned(count))).collect())
}

/// Answers by day, the latest first.
pub async fn count_by_day(conn: &impl ConnectionTrait, id: &QuestionnaireId) -> Result<Vec<(Day, u64)>, DbErr> {
    let counts: Vec<(StoredDay, i64)> = responses_of(id, None)
        .select_only()
        .column(response::Column::ReceivedOn)
        .column_as(response::Column::InstanceId.count(), "answers")
        .group_by(response::Column::ReceivedOn)
        .order_by(response::Column::ReceivedOn, Order::Desc)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(counts.into_iter().map(|(day, count)| (day.into(), unsigned(count))).collect())
}

/// Answers by channel, the most used first, some of them if there are very many: whoever sends answers may invent one.
pub async fn count_by_channel(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    limit: u64,
) -> Result<Vec<(Option<String>, u64)>, DbErr> {
    let counts: Vec<(Option<String>, i64)> = responses_of(id, None)
        .select_only()
        .column(response::Column::Channel)
        .column_as(response::Column::InstanceId.count(), "answers")
        .group_by(response::Column::Channel)
        .order_by(response::Column::InstanceId.count(), Order::Desc)
        .order_by_asc(response::Column::Channel)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(counts.into_iter().map(|(channel, count)| (channel, unsigned(count))).collect())
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
