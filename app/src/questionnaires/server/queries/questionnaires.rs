//! Reads and writes of `questionnaires` and `definitions`.

use crate::{
    ids::QuestionnaireId,
    questionnaires::server::entities::{
        definition,
        questionnaire::{self, State},
    },
    server::db::insert_or_nothing,
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
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
