//! The database as the process sees it: brought to this program's step of migration, saved and put back.
//!
//! Migrations and the list of all tables live on this side because `app` knows neither. What must stay true: two
//! servers that start at once migrate once (test `storage/migrations`), and every table is either in a backup or on
//! the short list of those that are not (`storage/backup`).

use app::server::{
    backup::{self, BackupError, Manifest, Summary, Table},
    db::Db,
};
use migration::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, SqliteTransactionMode, TransactionOptions, TransactionTrait,
};
use std::path::Path;

/// Tables that no backup holds, with the reason in `app/src/server/backup/mod.rs`.
pub const NOT_IN_BACKUPS: [&str; 3] = ["invitations", "sessions", "voice_wraps"];

/// "entaku" and what it guards: the number of PostgreSQL's advisory lock.
const MIGRATION_LOCK: &str = "SELECT pg_advisory_xact_lock(hashtext('entaku.migrate'))";

/// Brings the database to this program's step. All missing steps are one transaction: after a failure it is as
/// before. A second server that starts at the same time waits and then finds nothing to do.
///
/// # Errors
/// When the database fails or was migrated by a later program, which must not be undone silently.
pub async fn migrate(db: &Db) -> Result<(), DbErr> {
    migrate_by(db, None).await
}

/// Takes all steps back, and with them everything that is stored. For tests of the steps.
///
/// # Errors
/// When the database fails; then nothing is taken back.
pub async fn migrate_down(db: &Db) -> Result<(), DbErr> {
    let tx = begin(db).await?;
    Migrator::down(&tx, None).await?;
    tx.commit().await
}

/// Whether this program has steps that the database lacks.
///
/// # Errors
/// When the database fails or was migrated by a later program.
pub async fn needs_migration(db: &Db) -> Result<bool, DbErr> {
    Ok(!Migrator::get_pending_migrations_read_only(db.reader()).await?.is_empty())
}

/// Writes a backup; see [`backup::save`].
///
/// # Errors
/// When the database or the disk fails; then there is no file.
pub async fn save_backup(db: &Db, path: &Path) -> Result<Summary, BackupError> {
    backup::save(db, &tables(), path).await
}

/// Puts a backup into an empty database, new or migrated; see [`backup::restore`]. A backup of an earlier program is
/// put into the tables of its time, which then come to this program's step.
///
/// # Errors
/// When the file is not a whole backup that this program understands or the database is not empty or fails.
pub async fn restore_backup(db: &Db, path: &Path) -> Result<Summary, BackupError> {
    let steps = steps_of(&backup::inspect(path)?)?;
    if needs_migration(db).await? {
        migrate_by(db, Some(steps)).await?;
    }
    // A yes may have been taken back since: it is asked for anew.
    let summary = backup::restore(db, &tables(), path, async |tx, manifest: &Manifest| {
        let has = |table: &str| manifest.tables.contains_key(table);
        if has("share_grants") {
            app::voices::server::consent::suspend_restored(tx, has("disclosure_orders")).await
        } else {
            Ok(())
        }
    })
    .await?;
    migrate(db).await?;
    Ok(summary)
}

/// Writes the keys of voices, which no backup holds, into a file of their own.
///
/// # Errors
/// When the database or the disk fails; then there is no file.
pub async fn save_keys(db: &Db, path: &Path) -> Result<Summary, BackupError> {
    let (table, _) = app::voices::server::entities::key_table();
    backup::save(db, &[table], path).await
}

/// Puts them back where a backup was restored; those of voices that are not there are left out.
///
/// # Errors
/// When the file is not a whole file of keys, there are keys already, or the database fails.
pub async fn restore_keys(db: &Db, path: &Path) -> Result<Summary, BackupError> {
    let (table, beside) = app::voices::server::entities::key_table();
    backup::restore_beside(db, &table, beside, path).await
}

/// All tables that a backup holds, parents first.
#[must_use]
pub fn tables() -> Vec<Table> {
    let mut tables = app::questionnaires::server::entities::backup_tables();
    tables.extend(app::auth::server::entities::backup_tables());
    tables.extend(app::events::server::entities::backup_tables());
    tables.extend(app::voices::server::entities::backup_tables());
    tables.extend(app::server::entities::backup_tables());
    tables
}

/// How many of this program's steps the backup is at: its steps must be the first of ours.
fn steps_of(manifest: &Manifest) -> Result<u32, BackupError> {
    let ours = migration::names();
    if !ours.starts_with(&manifest.migrations) {
        return Err(BackupError::Newer);
    }
    u32::try_from(manifest.migrations.len()).map_err(|_| BackupError::Foreign)
}

/// Migrates up to a step, counted from the empty database, or all the way. A database past it stays as it is.
async fn migrate_by(db: &Db, step: Option<u32>) -> Result<(), DbErr> {
    let tx = begin(db).await?;
    let missing = match step {
        Some(step) => {
            let taken = Migrator::get_applied_migrations(&tx).await?.len();
            Some(step.saturating_sub(u32::try_from(taken).unwrap_or(u32::MAX)))
        }
        None => None,
    };
    Migrator::up(&tx, missing).await?;
    tx.commit().await
}

/// A transaction that no other server can have at the same time.
async fn begin(db: &Db) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: (db.backend() == DbBackend::Sqlite).then_some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let tx = db.writer().begin_with_options(options).await?;
    if db.backend() == DbBackend::Postgres {
        tx.execute_unprepared(MIGRATION_LOCK).await?;
    }
    Ok(tx)
}
