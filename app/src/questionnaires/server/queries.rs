//! All SQL of questionnaires and answers. Nothing here decides anything.

use super::entities::{
    definition, quarantined_response as quarantined,
    questionnaire::{self, State},
    response,
};
use crate::{
    ids::{InstanceId, QuestionnaireId},
    server::{db::insert_or_nothing, entities::StoredDay},
};
use form::Day;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, Order, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Condition, Expr},
};

/// The questionnaire of a slug.
pub async fn find_questionnaire(conn: &impl ConnectionTrait, slug: &str) -> Result<Option<questionnaire::Model>, DbErr> {
    questionnaire::Entity::find().filter(questionnaire::Column::Slug.eq(slug)).one(conn).await
}

/// All questionnaires, by slug.
pub async fn list_questionnaires(conn: &impl ConnectionTrait) -> Result<Vec<questionnaire::Model>, DbErr> {
    questionnaire::Entity::find().order_by_asc(questionnaire::Column::Slug).all(conn).await
}

/// Stores a questionnaire unless its slug is taken.
pub async fn insert_questionnaire(
    conn: &impl ConnectionTrait,
    row: questionnaire::ActiveModel,
) -> Result<bool, DbErr> {
    insert_or_nothing(questionnaire::Entity::insert(row), conn).await
}

/// Opens or closes a questionnaire; whether it was the other before.
pub async fn set_state(conn: &impl ConnectionTrait, id: &QuestionnaireId, state: State) -> Result<bool, DbErr> {
    let changed = questionnaire::Entity::update_many()
        .col_expr(questionnaire::Column::State, Expr::value(state))
        .filter(questionnaire::Column::Id.eq(id.clone()))
        .filter(questionnaire::Column::State.ne(state))
        .exec(conn)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Lets new answers be given to this definition; whether it was another before.
pub async fn set_current(conn: &impl ConnectionTrait, id: &QuestionnaireId, hash: &str) -> Result<bool, DbErr> {
    let is_other = Condition::any()
        .add(questionnaire::Column::CurrentDefinition.is_null())
        .add(questionnaire::Column::CurrentDefinition.ne(hash));
    let changed = questionnaire::Entity::update_many()
        .col_expr(questionnaire::Column::CurrentDefinition, Expr::value(hash))
        .filter(questionnaire::Column::Id.eq(id.clone()))
        .filter(is_other)
        .exec(conn)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// The definition with this hash.
pub async fn find_definition(conn: &impl ConnectionTrait, hash: &str) -> Result<Option<definition::Model>, DbErr> {
    definition::Entity::find_by_id(hash.to_owned()).one(conn).await
}

/// Stores a definition unless its hash, or this questionnaire's version of that name, is there.
pub async fn insert_definition(conn: &impl ConnectionTrait, row: definition::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(definition::Entity::insert(row), conn).await
}

/// The hashes of all definitions of a questionnaire, the newest first.
pub async fn list_definition_hashes(conn: &impl ConnectionTrait, id: &QuestionnaireId) -> Result<Vec<String>, DbErr> {
    definition::Entity::find()
        .select_only()
        .column(definition::Column::Hash)
        .filter(definition::Column::QuestionnaireId.eq(id.clone()))
        .order_by(definition::Column::PublishedOn, Order::Desc)
        .order_by_asc(definition::Column::Hash)
        .into_tuple()
        .all(conn)
        .await
}

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

/// Why these bytes of this id were kept aside, if they were.
pub async fn find_quarantine_reason(
    conn: &impl ConnectionTrait,
    id: &str,
    digest: &str,
) -> Result<Option<quarantined::Reason>, DbErr> {
    let row = quarantined::Entity::find()
        .filter(quarantined::Column::InstanceId.eq(id))
        .filter(quarantined::Column::Digest.eq(digest))
        .one(conn)
        .await?;
    Ok(row.map(|row| row.reason))
}

/// Keeps a sending aside unless these bytes of this id are there.
pub async fn insert_quarantined(conn: &impl ConnectionTrait, row: quarantined::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(quarantined::Entity::insert(row), conn).await
}

/// How many answers a questionnaire has, in all languages or in one.
pub async fn count_responses(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    language: Option<&str>,
) -> Result<u64, DbErr> {
    responses_of(id, language).count(conn).await
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

fn responses_of(id: &QuestionnaireId, language: Option<&str>) -> Select<response::Entity> {
    let select = response::Entity::find().filter(response::Column::QuestionnaireId.eq(id.clone()));
    match language {
        Some(language) => select.filter(response::Column::Language.eq(language)),
        None => select,
    }
}

/// What was kept aside for a slug, by reason.
pub async fn count_quarantined(
    conn: &impl ConnectionTrait,
    slug: &str,
) -> Result<Vec<(quarantined::Reason, u64)>, DbErr> {
    #[derive(FromQueryResult)]
    struct Row {
        reason: quarantined::Reason,
        sendings: i64,
    }
    let rows = quarantined::Entity::find()
        .select_only()
        .column(quarantined::Column::Reason)
        .column_as(quarantined::Column::Id.count(), "sendings")
        .filter(quarantined::Column::Questionnaire.eq(slug))
        .group_by(quarantined::Column::Reason)
        .order_by_asc(quarantined::Column::Reason)
        .into_model::<Row>()
        .all(conn)
        .await?;
    Ok(rows.into_iter().map(|row| (row.reason, unsigned(row.sendings))).collect())
}

/// The slugs for which something was kept aside, with how much; some hundred at most.
pub async fn count_quarantined_by_slug(conn: &impl ConnectionTrait, limit: u64) -> Result<Vec<(String, u64)>, DbErr> {
    let counts: Vec<(String, i64)> = quarantined::Entity::find()
        .select_only()
        .column(quarantined::Column::Questionnaire)
        .column_as(quarantined::Column::Id.count(), "sendings")
        .group_by(quarantined::Column::Questionnaire)
        .order_by_asc(quarantined::Column::Questionnaire)
        .limit(limit)
        .into_tuple()
        .all(conn)
        .await?;
    Ok(counts.into_iter().map(|(slug, count)| (slug, unsigned(count))).collect())
}

/// Some of what was kept aside for a slug, in the order of their random ids.
pub async fn list_quarantined(
    conn: &impl ConnectionTrait,
    slug: &str,
    offset: u64,
    limit: u64,
) -> Result<Vec<quarantined::Model>, DbErr> {
    quarantined::Entity::find()
        .filter(quarantined::Column::Questionnaire.eq(slug))
        .order_by_asc(quarantined::Column::Id)
        .offset(offset)
        .limit(limit)
        .all(conn)
        .await
}

/// One thing that was kept aside.
pub async fn find_quarantined(
    conn: &impl ConnectionTrait,
    slug: &str,
    id: &str,
) -> Result<Option<quarantined::Model>, DbErr> {
    quarantined::Entity::find_by_id(id.to_owned()).filter(quarantined::Column::Questionnaire.eq(slug)).one(conn).await
}

fn unsigned(count: i64) -> u64 {
    u64::try_from(count).unwrap_or_default()
}
