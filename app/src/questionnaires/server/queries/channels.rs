//! Reads and writes of `channels`.

use crate::{
    ids::QuestionnaireId,
    questionnaires::server::entities::channel::{self, State},
    server::db::insert_or_nothing,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, sea_query::Expr};

/// The channel of a questionnaire that has this code.
pub async fn find_channel(
    conn: &impl ConnectionTrait,
    questionnaire: &QuestionnaireId,
    code: &str,
) -> Result<Option<channel::Model>, DbErr> {
    channel::Entity::find()
        .filter(channel::Column::QuestionnaireId.eq(questionnaire.clone()))
        .filter(channel::Column::Code.eq(code))
        .one(conn)
        .await
}

/// All channels of a questionnaire, those in use first, by code.
pub async fn list_channels(
    conn: &impl ConnectionTrait,
    questionnaire: &QuestionnaireId,
) -> Result<Vec<channel::Model>, DbErr> {
    channel::Entity::find()
        .filter(channel::Column::QuestionnaireId.eq(questionnaire.clone()))
        .order_by_asc(channel::Column::State)
        .order_by_asc(channel::Column::Code)
        .all(conn)
        .await
}

/// Stores a channel unless its code is taken.
pub async fn insert_channel(conn: &impl ConnectionTrait, row: channel::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(channel::Entity::insert(row), conn).await
}

/// Retires a channel or takes it back into use; whether it was the other before.
pub async fn set_channel_state(
    conn: &impl ConnectionTrait,
    questionnaire: &QuestionnaireId,
    code: &str,
    state: State,
) -> Result<bool, DbErr> {
    let changed = channel::Entity::update_many()
        .col_expr(channel::Column::State, Expr::value(state))
        .filter(channel::Column::QuestionnaireId.eq(questionnaire.clone()))
        .filter(channel::Column::Code.eq(code))
        .filter(channel::Column::State.ne(state))
        .exec(conn)
        .await?;
    Ok(changed.rows_affected > 0)
}
