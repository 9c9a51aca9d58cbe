//! Reads and writes of `quarantined_responses`.

use super::unsigned;
use crate::{questionnaires::server::entities::quarantined_response as quarantined, server::db::insert_or_nothing};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};

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

/// What was kept aside under a code: the ids, with the slugs they were sent to.
pub async fn list_quarantined_by_code(
    conn: &impl ConnectionTrait,
    code_hash: &str,
) -> Result<Vec<(String, String)>, DbErr> {
    quarantined::Entity::find()
        .select_only()
        .columns([quarantined::Column::Id, quarantined::Column::Questionnaire])
        .filter(quarantined::Column::CodeHash.eq(code_hash))
        .into_tuple()
        .all(conn)
        .await
}

/// What was kept aside before codes were noted beside it: ids, slugs and instance ids. An earlier backup may bring
/// some; none is added.
pub async fn list_quarantined_without_code(
    conn: &impl ConnectionTrait,
) -> Result<Vec<(String, String, String)>, DbErr> {
    quarantined::Entity::find()
        .select_only()
        .columns([quarantined::Column::Id, quarantined::Column::Questionnaire, quarantined::Column::InstanceId])
        .filter(quarantined::Column::CodeHash.is_null())
        .into_tuple()
        .all(conn)
        .await
}

/// Deletes things that were kept aside; how many were there.
pub async fn delete_quarantined(
    conn: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = String>,
) -> Result<u64, DbErr> {
    let deleted = quarantined::Entity::delete_many().filter(quarantined::Column::Id.is_in(ids)).exec(conn).await?;
    Ok(deleted.rows_affected)
}
