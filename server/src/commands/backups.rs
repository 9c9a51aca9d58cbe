//! The whole database as one file, and back.

use super::print;
use crate::{config::Config, database, start};
use anyhow::{Context as _, ensure};
use app::server::backup::Summary;
use std::path::Path;

/// `entaku backup`: a running server is not disturbed.
pub async fn backup(config: &Config, file: &Path) -> anyhow::Result<()> {
    ensure!(!file.exists(), "{} is there already; a backup writes over nothing", file.display());
    let db = start::database(config).await?;
    let is_behind = database::needs_migration(&db).await.context("the database cannot be read")?;
    ensure!(!is_behind, "the tables are of an earlier version: bring them up to date with `entaku migrate`");
    let summary = database::save_backup(&db, file).await.with_context(|| format!("no backup in {}", file.display()))?;
    tell(&summary)
}

/// `entaku restore`: into an empty database of either kind.
pub async fn restore(config: &Config, file: &Path) -> anyhow::Result<()> {
    ensure!(file.is_file(), "there is no file {}", file.display());
    let db = start::database(config).await?;
    let summary =
        database::restore_backup(&db, file).await.with_context(|| format!("{} was not restored", file.display()))?;
    tell(&summary)
}

fn tell(summary: &Summary) -> anyhow::Result<()> {
    for (table, rows) in &summary.tables {
        print(&format!("{table}: {rows}"))?;
    }
    print(&format!("rows: {}\nsha256: {}", summary.rows, summary.sha256))
}
