//! Reads and writes of `questionnaires` and `definitions`.

use crate::{
    ids::QuestionnaireId,
    questionnaires::server::entities::{
        definition,
        questionnaire::{self, State},
    },
    server::{db::insert_or_nothing, entities::StoredDay},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Condition, Expr},
};

/// The questionnaire of a slug.
pub async fn find_questionnaire(
    conn: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<questionnaire::Model>, DbErr> {
    questionnaire::Entity::find().filter(questionnaire::Column::Slug.eq(slug)).one(conn).await
}

/// All questionnaires, by slug.
pub async fn list_questionnaires(conn: &impl ConnectionTrait) -> Result<Vec<questionnaire::Model>, DbErr> {
    questionnaire::Entity::find().order_by_asc(questionnaire::Column::Slug).all(conn).await
}

/// Stores a questionnaire unless its slug is taken.
pub async fn insert_questionnaire(conn: &impl ConnectionTrait, row: questionnaire::ActiveModel) -> Result<bool, DbErr> {
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

/// Sets the first and the last day on which answers are counted; whether they were others before.
pub async fn set_days(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    opens_on: Option<StoredDay>,
    closes_on: Option<StoredDay>,
) -> Result<bool, DbErr> {
    let row = questionnaire::Entity::find_by_id(id.clone()).one(conn).await?;
    if row.is_none_or(|row| (row.opens_on, row.closes_on) == (opens_on, closes_on)) {
        return Ok(false);
    }
    let changed = questionnaire::Entity::update_many()
        .col_expr(questionnaire::Column::OpensOn, Expr::value(opens_on))
        .col_expr(questionnaire::Column::ClosesOn, Expr::value(closes_on))
        .filter(questionnaire::Column::Id.eq(id.clone()))
        .exec(conn)
        .await?;
    Ok(changed.rows_affected > 0)
}

/// Marks answers up to this day as published, unless that was done for this day or a later one.
pub async fn set_results_through(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
    day: StoredDay,
) -> Result<bool, DbErr> {
    let is_earlier = Condition::any()
        .add(questionnaire::Column::ResultsThrough.is_null())
        .add(questionnaire::Column::ResultsThrough.lt(day));
    let changed = questionnaire::Entity::update_many()
        .col_expr(questionnaire::Column::ResultsThrough, Expr::value(day))
        .filter(questionnaire::Column::Id.eq(id.clone()))
        .filter(is_earlier)
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

/// How many definitions a questionnaire has.
pub async fn count_definitions(conn: &impl ConnectionTrait, id: &QuestionnaireId) -> Result<u64, DbErr> {
    definition::Entity::find().filter(definition::Column::QuestionnaireId.eq(id.clone())).count(conn).await
}

/// The hashes of all definitions of a questionnaire with the days from which they could be answered, the newest
/// first.
pub async fn list_definitions(
    conn: &impl ConnectionTrait,
    id: &QuestionnaireId,
) -> Result<Vec<(String, StoredDay)>, DbErr> {
    definition::Entity::find()
        .select_only()
        .columns([definition::Column::Hash, definition::Column::PublishedOn])
        .filter(definition::Column::QuestionnaireId.eq(id.clone()))
        .order_by(definition::Column::Number, Order::Desc)
        .order_by_asc(definition::Column::Hash)
        .into_tuple()
        .all(conn)
        .await
}
