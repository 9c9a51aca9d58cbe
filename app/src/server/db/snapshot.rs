//! Reading a whole database as it was at one moment, and putting one back.

use super::Db;
use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, TransactionOptions,
    TransactionTrait,
};

/// A transaction that reads only and sees nothing that is committed after it began.
pub struct Snapshot(DatabaseTransaction);

impl Snapshot {
    /// What to read through.
    #[must_use]
    pub fn connection(&self) -> &DatabaseTransaction {
        &self.0
    }

    /// Ends it. Dropping it does the same, later.
    ///
    /// # Errors
    /// When the connection broke.
    pub async fn end(self) -> Result<(), DbErr> {
        self.0.rollback().await
    }
}

impl Db {
    /// Begins to read at this moment. Writers are not held up; a long snapshot lets SQLite's WAL file grow.
    ///
    /// # Errors
    /// When no connection is to be had.
    pub async fn snapshot(&self) -> Result<Snapshot, DbErr> {
        let options = match self.backend {
            // The first statement of a deferred transaction fixes what it sees.
            DbBackend::Sqlite => TransactionOptions::default(),
            _ => TransactionOptions {
                isolation_level: Some(IsolationLevel::RepeatableRead),
                access_mode: Some(AccessMode::ReadOnly),
                ..TransactionOptions::default()
            },
        };
        Ok(Snapshot(self.reader.begin_with_options(options).await?))
    }
}

/// Lets the rows of one transaction come in any order: foreign keys are checked at its commit. A questionnaire names
/// its current definition and every definition its questionnaire, so no order of the tables would do.
pub(crate) async fn defer_foreign_keys(tx: &DatabaseTransaction) -> Result<(), DbErr> {
    let sql = match tx.get_database_backend() {
        DbBackend::Sqlite => "PRAGMA defer_foreign_keys = ON",
        _ => "SET CONSTRAINTS ALL DEFERRED",
    };
    tx.execute_unprepared(sql).await.map(drop)
}
