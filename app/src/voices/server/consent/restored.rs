//! A backup is older than now: a yes that it brings back may have been taken back since, and an order refused. Nobody can
//! know. Such a yes is good for nothing until its worker says it anew, and such an order for ever.

use crate::voices::server::queries;
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::HashSet;

/// The setting that names them, with a space between.
const RESTORED: &str = "voices.restored";

/// Suspends every yes that was not taken back and, where the tables know orders, every order; to be called in the
/// transaction in which a backup is put back.
///
/// # Errors
/// When the database fails.
pub async fn suspend_restored(conn: &impl ConnectionTrait, has_orders: bool) -> Result<(), DbErr> {
    let mut suspended = queries::list_live_grants(conn).await?;
    if has_orders {
        suspended.extend(queries::list_order_ids(conn).await?);
    }
    if suspended.is_empty() {
        return Ok(());
    }
    queries::set_setting(conn, RESTORED, &suspended.join(" ")).await
}

/// Everything that is suspended, by its id.
///
/// # Errors
/// When the database fails.
pub(in crate::voices::server) async fn suspended(conn: &impl ConnectionTrait) -> Result<HashSet<String>, DbErr> {
    let named = queries::setting(conn, RESTORED).await?.unwrap_or_default();
    Ok(named.split(' ').filter(|id| !id.is_empty()).map(str::to_owned).collect())
}
