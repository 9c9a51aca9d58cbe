//! Reading the audit log.

use crate::server::entities::audit_entry;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
};

/// Which rows are wanted; all, where nothing stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wanted<'a> {
    /// Whose deeds.
    pub who: &'a str,
    /// Concerning what.
    pub subject: &'a str,
}

impl Wanted<'_> {
    fn rows(self) -> Select<audit_entry::Entity> {
        let rows = audit_entry::Entity::find();
        let rows = match self.who {
            "" => rows,
            who => rows.filter(audit_entry::Column::OrganizerId.eq(who)),
        };
        match self.subject {
            "" => rows,
            subject => rows.filter(audit_entry::Column::Subject.eq(subject)),
        }
    }
}

/// How many rows there are.
pub(super) async fn count_audit_entries(conn: &impl ConnectionTrait, wanted: Wanted<'_>) -> Result<u64, DbErr> {
    wanted.rows().count(conn).await
}

/// Rows from the newest on.
pub(super) async fn list_audit_entries(
    conn: &impl ConnectionTrait,
    wanted: Wanted<'_>,
    skip: u64,
    take: u64,
) -> Result<Vec<audit_entry::Model>, DbErr> {
    wanted
        .rows()
        .order_by_desc(audit_entry::Column::At)
        .order_by_asc(audit_entry::Column::Id)
        .offset(skip)
        .limit(take)
        .all(conn)
        .await
}
