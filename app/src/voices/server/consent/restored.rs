//! A backup is older than now: a yes that it brings back may have been taken back since, and nobody can know. Such a yes is
//! good for nothing until its worker says it anew.

use crate::{server::db::Db, voices::server::queries};
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::HashSet;

/// The setting that names them, with a space between.
const RESTORED: &str = "voices.restored_grants";

/// Suspends every yes that is there; to be called when a backup was put back. So many.
///
/// # Errors
/// When the database fails.
pub async fn suspend_restored(db: &Db) -> Result<usize, DbErr> {
    let grants = queries::list_live_grants(db.writer()).await?;
    if !grants.is_empty() {
        queries::set_setting(db.writer(), RESTORED, &grants.join(" ")).await?;
    }
    Ok(grants.len())
}

/// Every yes that is suspended, by its id.
///
/// # Errors
/// When the database fails.
pub(in crate::voices::server) async fn suspended(conn: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    let named = queries::setting(conn, RESTORED).await?.unwrap_or_default();
    Ok(named.split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect())
}
