//! The whole database as one file, and back.

use super::print;
use crate::{config::Config, start};
use anyhow::{Context as _, ensure};
use app::server::backup::{self, Summary, Table};
use std::path::Path;

/// All tables that a backup holds, parents before children. Sessions and invitations are not among them: a copy must
/// sign nobody in.
#[must_use]
pub fn tables() -> Vec<Table> {
    let mut tables = app::questionnaires::server::entities::backup_tables();
    tables.extend(app::auth::server::entities::backup_tables());
    tables.extend(app::server::entities::backup_tables());
    tables
}

/// `entaku backup`: a running server is not disturbed.
pub async fn backup(config: &Config, file: &Path) -> anyhow::Result<()> {
    ensure!(!file.exists(), "{} is there already; a backup writes over nothing", file.display());
    let db = start::database(config).await?;
    start::migrate(&db).await?;
    let summary = backup::save(&db, &tables(), file).await.with_context(|| format!("no backup in {}", file.display()))?;
    tell(&summary)
}

/// `entaku restore`: into an empty database of either kind.
pub async fn restore(config: &Config, file: &Path) -> anyhow::Result<()> {
    ensure!(file.is_file(), "there is no file {}", file.display());
    let db = start::database(config).await?;
    start::migrate(&db).await?;
    let summary =
        backup::restore(&db, &tables(), file).await.with_context(|| format!("{} was not restored", file.display()))?;
    tell(&summary)
}

fn tell(summary: &Summary) -> anyhow::Result<()> {
    for (table, rows) in &summary.tables {
        print(&format!("{table}: {rows}"))?;
    }
    print(&format!("rows: {}\nsha256: {}", summary.rows, summary.sha256))
}
