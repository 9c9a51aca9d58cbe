//! The SQL of what may be passed on, and what was. Nothing here decides anything.

use crate::{
    ids::VoiceId,
    server::{db::insert_or_nothing, entities::StoredDay},
    voices::server::entities::{
        approval, disclosure, disclosure_order, published_voice, share_grant, share_revocation, share_text,
    },
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait as _, Query},
};
use std::collections::HashSet;

/// Stores words that may be passed on.
pub async fn insert_share_text(conn: &impl ConnectionTrait, row: share_text::ActiveModel) -> Result<(), DbErr> {
    share_text::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// By their id.
pub async fn find_share_text(conn: &impl ConnectionTrait, id: &str) -> Result<Option<share_text::Model>, DbErr> {
    share_text::Entity::find_by_id(id).one(conn).await
}

/// Stores a grant; `false` if it is there.
pub async fn insert_grant(conn: &impl ConnectionTrait, row: share_grant::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(share_grant::Entity::insert(row), conn).await
}

/// The ids of all grants that were not taken back.
pub async fn list_live_grants(conn: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    let back: Vec<String> = share_revocation::Entity::find()
        .select_only()
        .column(share_revocation::Column::GrantId)
        .into_tuple()
        .all(conn)
        .await?;
    let given: Vec<String> =
        share_grant::Entity::find().select_only().column(share_grant::Column::Id).into_tuple().all(conn).await?;
    Ok(given.into_iter().filter(|id| !back.contains(id)).collect())
}

/// By its id.
pub async fn find_grant(conn: &impl ConnectionTrait, id: &str) -> Result<Option<share_grant::Model>, DbErr> {
    share_grant::Entity::find_by_id(id).one(conn).await
}

/// Takes a grant back; `false` if it was before.
pub async fn insert_revocation(conn: &impl ConnectionTrait, row: share_revocation::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(share_revocation::Entity::insert(row), conn).await
}

/// Something that was passed on, by its id.
pub async fn find_disclosure(conn: &impl ConnectionTrait, id: &str) -> Result<Option<disclosure::Model>, DbErr> {
    disclosure::Entity::find_by_id(id).one(conn).await
}

/// Whether a grant was taken back, and when.
pub async fn find_revocation(
    conn: &impl ConnectionTrait,
    grant: &str,
) -> Result<Option<share_revocation::Model>, DbErr> {
    share_revocation::Entity::find_by_id(grant).one(conn).await
}

/// Stores that something was passed on. The database refuses it without a right.
pub async fn insert_disclosure(conn: &impl ConnectionTrait, row: disclosure::ActiveModel) -> Result<(), DbErr> {
    disclosure::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// What of a voice was passed on.
pub async fn list_disclosures(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<Vec<disclosure::Model>, DbErr> {
    disclosure::Entity::find()
        .filter(disclosure::Column::VoiceId.eq(id.clone()))
        .order_by_asc(disclosure::Column::DisclosedOn)
        .order_by_asc(disclosure::Column::Id)
        .all(conn)
        .await
}

/// Words of a voice that may be passed on, in the order of its letters.
pub async fn list_share_texts(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<Vec<share_text::Model>, DbErr> {
    share_text::Entity::find()
        .filter(share_text::Column::VoiceId.eq(id.clone()))
        .order_by_asc(share_text::Column::WordsNumber)
        .order_by_asc(share_text::Column::Id)
        .all(conn)
        .await
}

/// Everything that the worker of a voice agreed to, in its order; what was agreed to on one day in a fixed one.
pub async fn list_grants(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<Vec<share_grant::Model>, DbErr> {
    share_grant::Entity::find()
        .filter(share_grant::Column::VoiceId.eq(id.clone()))
        .order_by_asc(share_grant::Column::GrantedOn)
        .order_by_asc(share_grant::Column::Id)
        .all(conn)
        .await
}

/// Everything that the worker of a voice took back.
pub async fn list_revocations(
    conn: &impl ConnectionTrait,
    id: &VoiceId,
) -> Result<Vec<share_revocation::Model>, DbErr> {
    share_revocation::Entity::find().filter(share_revocation::Column::VoiceId.eq(id.clone())).all(conn).await
}

/// Stores that one member asks to pass something on without a yes.
pub async fn insert_order(conn: &impl ConnectionTrait, row: disclosure_order::ActiveModel) -> Result<(), DbErr> {
    disclosure_order::Entity::insert(row.reset_all()).exec_without_returning(conn).await.map(drop)
}

/// By its id.
pub async fn find_order(conn: &impl ConnectionTrait, id: &str) -> Result<Option<disclosure_order::Model>, DbErr> {
    disclosure_order::Entity::find_by_id(id).one(conn).await
}

/// The ids of all orders.
pub async fn list_order_ids(conn: &impl ConnectionTrait) -> Result<Vec<String>, DbErr> {
    disclosure_order::Entity::find().select_only().column(disclosure_order::Column::Id).into_tuple().all(conn).await
}

/// Everything that members asked for about a voice.
pub async fn list_orders(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<Vec<disclosure_order::Model>, DbErr> {
    disclosure_order::Entity::find().filter(disclosure_order::Column::VoiceId.eq(id.clone())).all(conn).await
}

/// Changes the columns that are set.
pub async fn update_order(conn: &impl ConnectionTrait, row: disclosure_order::ActiveModel) -> Result<(), DbErr> {
    row.update(conn).await.map(drop)
}

/// Stores that two answer for it.
pub async fn insert_approval(conn: &impl ConnectionTrait, row: approval::ActiveModel) -> Result<(), DbErr> {
    approval::Entity::insert(row).exec_without_returning(conn).await.map(drop)
}

/// By its id, which is that of its order.
pub async fn find_approval(conn: &impl ConnectionTrait, id: &str) -> Result<Option<approval::Model>, DbErr> {
    approval::Entity::find_by_id(id).one(conn).await
}

/// Puts words on the site; `false` if they are there.
pub async fn insert_published(conn: &impl ConnectionTrait, row: published_voice::ActiveModel) -> Result<bool, DbErr> {
    insert_or_nothing(published_voice::Entity::insert(row), conn).await
}

/// By their id.
pub async fn find_published(conn: &impl ConnectionTrait, id: &str) -> Result<Option<published_voice::Model>, DbErr> {
    published_voice::Entity::find_by_id(id).one(conn).await
}

/// What was published in a quarter, in an order that tells nothing.
pub async fn list_published(conn: &impl ConnectionTrait, quarter: &str) -> Result<Vec<published_voice::Model>, DbErr> {
    published_voice::Entity::find()
        .filter(published_voice::Column::Quarter.eq(quarter))
        .order_by_asc(published_voice::Column::Id)
        .all(conn)
        .await
}

/// The quarters in which something was, the newest first, with how many.
pub async fn published_quarters(conn: &impl ConnectionTrait) -> Result<Vec<(String, i64)>, DbErr> {
    use published_voice::Column;
    published_voice::Entity::find()
        .select_only()
        .column(Column::Quarter)
        .column_as(Column::Id.count(), "count")
        .group_by(Column::Quarter)
        .order_by_desc(Column::Quarter)
        .into_tuple()
        .all(conn)
        .await
}

/// Changes the columns that are set; `false` if the words are not there.
pub async fn update_published(conn: &impl ConnectionTrait, row: published_voice::ActiveModel) -> Result<bool, DbErr> {
    super::is_there(row.update(conn).await.map(drop))
}

/// Takes words off the site; `false` if they are not there.
pub async fn delete_published(conn: &impl ConnectionTrait, id: &str) -> Result<bool, DbErr> {
    Ok(published_voice::Entity::delete_by_id(id).exec(conn).await?.rows_affected > 0)
}

/// Takes everything of a voice off the site.
pub async fn delete_published_of(conn: &impl ConnectionTrait, id: &VoiceId) -> Result<(), DbErr> {
    let went: Vec<String> = disclosure::Entity::find()
        .select_only()
        .column(disclosure::Column::Id)
        .filter(disclosure::Column::VoiceId.eq(id.clone()))
        .into_tuple()
        .all(conn)
        .await?;
    let words = published_voice::Entity::delete_many().filter(published_voice::Column::Id.is_in(went));
    words.exec(conn).await.map(drop)
}

/// Voices about which a member asked since a day for what must go without a yes, and nobody has answered.
pub async fn voices_with_orders(conn: &impl ConnectionTrait, since: StoredDay) -> Result<HashSet<VoiceId>, DbErr> {
    let answered = Query::select().column(approval::Column::Id).from(approval::Entity).to_owned();
    let open = disclosure_order::Entity::find().select_only().column(disclosure_order::Column::VoiceId);
    let open = open
        .filter(disclosure_order::Column::OrderedOn.gte(since))
        .filter(disclosure_order::Column::RefusedOn.is_null())
        .filter(disclosure_order::Column::Id.not_in_subquery(answered));
    Ok(open.into_tuple::<VoiceId>().all(conn).await?.into_iter().collect())
}

/// Voices whose workers agreed to something that may go on a day and has not.
pub async fn voices_with_grants(conn: &impl ConnectionTrait, day: StoredDay) -> Result<HashSet<VoiceId>, DbErr> {
    let back = Query::select().column(share_revocation::Column::GrantId).from(share_revocation::Entity).to_owned();
    let went = Query::select()
        .column(disclosure::Column::GrantId)
        .from(disclosure::Entity)
        .and_where(Expr::col(disclosure::Column::GrantId).is_not_null())
        .to_owned();
    let due = share_grant::Entity::find().select_only().column(share_grant::Column::VoiceId);
    let due = due
        .filter(share_grant::Column::FromDay.lte(day))
        .filter(share_grant::Column::UntilDay.gte(day))
        .filter(share_grant::Column::Id.not_in_subquery(back))
        .filter(share_grant::Column::Id.not_in_subquery(went));
    Ok(due.into_tuple::<VoiceId>().all(conn).await?.into_iter().collect())
}
