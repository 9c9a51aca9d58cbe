//! Making a backup.

use super::{
    BackupError, Summary, Table,
    file::{Manifest, Writer},
    migrations,
};
use crate::server::db::Db;
use sea_orm::ConnectionTrait;
use std::{collections::BTreeMap, path::Path};

/// Rows that are in memory at once.
const PAGE: u64 = 500;

/// Writes the tables as they are at this moment to `path`, readable by this user only; a file that was there is
/// replaced when the new one is whole. The site may go on working meanwhile.
///
/// It writes in the calling thread: meant for the command line.
///
/// # Errors
/// When the database or the disk fails; then there is no file.
pub async fn save(db: &Db, tables: &[Table], path: &Path) -> Result<Summary, BackupError> {
    let snapshot = db.snapshot().await?;
    let summary = save_from(snapshot.connection(), tables, path).await?;
    snapshot.end().await?;
    Ok(summary)
}

async fn save_from<C: ConnectionTrait>(conn: &C, tables: &[Table], path: &Path) -> Result<Summary, BackupError> {
    let steps = migrations(conn).await?;
    let mut counts = BTreeMap::new();
    for table in tables {
        counts.insert(table.name().to_owned(), table.count(conn).await?);
    }
    let manifest = Manifest::new(steps, counts);
    let mut writer = Writer::create(path, &manifest)?;
    for table in tables {
        let mut after: Option<Vec<serde_json::Value>> = None;
        loop {
            let rows = table.page(conn, after.as_deref(), PAGE).await?;
            let Some(last) = rows.last() else { break };
            after = Some(table.key_of(last));
            for row in rows {
                writer.row(table.name(), row)?;
            }
        }
    }
    writer.finish(manifest)
}
