//! The only way to write.

use super::{
    Db, Transaction,
    transaction::{Health, is_conflict},
};
use crate::{error::AppError, server::error::internal};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use std::{future::Future, time::Duration};

/// How often a transaction runs at most, the first time included.
const TRIES: u32 = 6;
/// What a second try waits at most; every later one twice as long.
const PAUSE_MS: u64 = 8;

tokio::task_local! {
    /// Set while this task is inside a transaction: a second one would wait for the first for ever.
    static WRITING: ();
}

/// What became of one try.
enum Outcome<T> {
    Done(Result<T, AppError>),
    Conflict,
}

impl Db {
    /// Runs `work` in one transaction and commits it, or rolls back when it returns an error. `now_ms` is the instant
    /// that [`Transaction::now_ms`] tells; services call [`crate::server::Context::write`], which knows it.
    ///
    /// On SQLite there is one writer, and `BEGIN IMMEDIATE` makes it wait for writers of other processes at the start
    /// and not in the middle. On PostgreSQL transactions are `SERIALIZABLE`, so that what is right on SQLite, where
    /// writers stand in a queue, is right there too, without a lock that somebody forgot; the price is that two that
    /// met must run again (PostgreSQL says `40001`, or `40P01` for a deadlock). That is done here, up to five times:
    /// a first try runs beside others, a later one alone in this process, so it can lose against other servers only.
    ///
    /// A statement that failed ends the transaction on both databases, also when the work goes on as if nothing had
    /// been: see [`Transaction`]. When the future is dropped, everything is rolled back.
    ///
    /// # Errors
    /// What `work` returns; [`AppError::Internal`] when the database fails, when the conflicts do not end, or when it
    /// is called inside another `write`.
    pub async fn write<T, W, F>(&self, now_ms: i64, work: W) -> Result<T, AppError>
    where
        W: Fn(Transaction) -> F,
        F: Future<Output = Result<T, AppError>> + Send,
    {
        self.write_guarded(now_ms, None, work).await
    }

    /// The same, one after another: whoever names the same table waits for those who came before, in this process and
    /// in others, and then sees what they did. For what must be given out in an order and runs into each other
    /// otherwise (seats): on PostgreSQL hundreds that meet would run again and again until they give up.
    ///
    /// SQLite has one writer anyhow. On PostgreSQL the lock is the transaction's first statement, before it has seen
    /// anything, so it does not have to run again because of those it waited for. Reading is not held up.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_in_turn<T, W, F>(&self, now_ms: i64, table: &'static str, work: W) -> Result<T, AppError>
    where
        W: Fn(Transaction) -> F,
        F: Future<Output = Result<T, AppError>> + Send,
    {
        self.write_guarded(now_ms, Some(table), work).await
    }

    async fn write_guarded<T, W, F>(&self, now_ms: i64, turn: Option<&'static str>, work: W) -> Result<T, AppError>
    where
        W: Fn(Transaction) -> F,
        F: Future<Output = Result<T, AppError>> + Send,
    {
        if WRITING.try_with(|()| ()).is_ok() {
            return Err(internal("write inside a write"));
        }
        WRITING.scope((), self.write_with_tries(now_ms, turn, &work)).await
    }

    async fn write_with_tries<T, W, F>(&self, now_ms: i64, turn: Option<&'static str>, work: &W) -> Result<T, AppError>
    where
        W: Fn(Transaction) -> F,
        F: Future<Output = Result<T, AppError>> + Send,
    {
        let first = {
            let _beside_others = self.turns.read().await;
            self.write_once(now_ms, turn, work).await?
        };
        if let Outcome::Done(result) = first {
            return result;
        }
        for later in 0..TRIES - 1 {
            tokio::time::sleep(pause(later)).await;
            let _alone = self.turns.write().await;
            if let Outcome::Done(result) = self.write_once(now_ms, turn, work).await? {
                return result;
            }
        }
        Err(internal("conflicts without end"))
    }

    async fn write_once<T, W, F>(
        &self,
        now_ms: i64,
        turn: Option<&'static str>,
        work: &W,
    ) -> Result<Outcome<T>, AppError>
    where
        W: Fn(Transaction) -> F,
        F: Future<Output = Result<T, AppError>> + Send,
    {
        let raw = self.begin().await?;
        if let Some(table) = turn.filter(|_| self.backend == DbBackend::Postgres) {
            raw.execute_unprepared(&format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")).await?;
        }
        // Given back when everything below is committed or rolled back.
        let lane = self.lanes.take();
        let tx = Transaction::new(raw, now_ms, lane.number());
        let result = work(tx.clone()).await;
        let health = tx.health();
        let raw = tx.into_raw().ok_or_else(|| internal("a transaction outlived its work"))?;
        match (health, result) {
            (Health::Sound, Ok(value)) => match raw.commit().await {
                Ok(()) => Ok(Outcome::Done(Ok(value))),
                Err(error) if is_conflict(&error) => Ok(Outcome::Conflict),
                Err(error) => Err(error.into()),
            },
            (Health::Conflict, _) => {
                // The connection is gone or clean after this; either way the next try begins anew.
                let _ = raw.rollback().await;
                Ok(Outcome::Conflict)
            }
            (Health::Failed, Ok(_)) => {
                raw.rollback().await?;
                Err(internal("a failed statement was passed over"))
            }
            (_, Err(error)) => {
                raw.rollback().await?;
                Ok(Outcome::Done(Err(error)))
            }
        }
    }

    /// A transaction for writing, to be committed by hand: for the restore of a backup.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let options = match self.backend {
            DbBackend::Sqlite => TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..TransactionOptions::default()
            },
            _ => TransactionOptions {
                isolation_level: Some(IsolationLevel::Serializable),
                ..TransactionOptions::default()
            },
        };
        self.writer.begin_with_options(options).await
    }
}

/// A random wait, so that two that met do not meet again.
fn pause(later: u32) -> Duration {
    let mut byte = [0_u8; 1];
    let _ = getrandom::fill(&mut byte);
    Duration::from_micros((PAUSE_MS << later) * 1000 * (u64::from(byte[0]) + 1) / 256)
}
