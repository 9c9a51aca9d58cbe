//! Reading the audit log.

use crate::server::entities::audit_entry;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryOrder, QuerySelect};

/// How many rows there are.
pub(super) async fn count_audit_entries(conn: &impl ConnectionTrait) -> Result<u64, DbErr> {
    audit_entry::Entity::find().count(conn).await
}

/// Rows from the newest on.
pub(super) async fn list_audit_entries(
    conn: &impl ConnectionTrait,
    skip: u64,
    take: u64,
) -> Result<Vec<audit_entry::Model>, DbErr> {
    audit_entry::Entity::find()
        .order_by_desc(audit_entry::Column::At)
        .order_by_asc(audit_entry::Column::Id)
        .offset(skip)
        .limit(take)
        .all(conn)
        .await
}
