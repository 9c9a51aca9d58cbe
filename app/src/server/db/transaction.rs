//! A transaction as the work inside it sees it.

use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr, Statement,
    prelude::async_trait::async_trait,
};
use std::sync::{
    Arc,
    atomic::{AtomicU8, Ordering},
};

/// One transaction, handed to the work by [`super::Db::write`]; give it to queries as `&tx`.
///
/// It cannot be committed or kept by the work. It remembers whether a statement failed, because a service may turn
/// that error into another one or swallow it: PostgreSQL answers the commit of a failed transaction with a rollback
/// and without an error, so what looks stored would be lost.
#[derive(Clone)]
pub struct Transaction(Arc<Inner>);

struct Inner {
    raw: DatabaseTransaction,
    began_at: i64,
    lane: i64,
    health: AtomicU8,
}

/// How the statements of a transaction went, the worst of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Health {
    /// All were carried out.
    Sound,
    /// The database refused one.
    Failed,
    /// Two transactions met; running this one again will do.
    Conflict,
}

impl Transaction {
    pub(super) fn new(raw: DatabaseTransaction, began_at: i64, lane: i64) -> Self {
        Self(Arc::new(Inner { raw, began_at, lane, health: AtomicU8::new(Health::Sound as u8) }))
    }

    /// The instant of the transaction by the site's clock, in Unix milliseconds. All rows of one transaction share it.
    #[must_use]
    pub fn now_ms(&self) -> i64 {
        self.0.began_at
    }

    /// The lane in which it adds to counts: no other transaction of this process has it at the same time.
    #[must_use]
    pub fn lane(&self) -> i64 {
        self.0.lane
    }

    pub(super) fn health(&self) -> Health {
        match self.0.health.load(Ordering::Acquire) {
            0 => Health::Sound,
            1 => Health::Failed,
            _ => Health::Conflict,
        }
    }

    /// The transaction itself again, unless the work kept a copy of the handle.
    pub(super) fn into_raw(self) -> Option<DatabaseTransaction> {
        Arc::into_inner(self.0).map(|inner| inner.raw)
    }

    fn heed<T>(&self, result: Result<T, DbErr>) -> Result<T, DbErr> {
        if let Err(error) = &result {
            let health = if is_conflict(error) { Health::Conflict } else { Health::Failed };
            self.0.health.fetch_max(health as u8, Ordering::AcqRel);
        }
        result
    }
}

/// Whether two transactions met and the later one should simply run again: serialization failure or deadlock.
#[must_use]
pub fn is_conflict(error: &DbErr) -> bool {
    let (DbErr::Exec(inner) | DbErr::Query(inner) | DbErr::Conn(inner)) = error else { return false };
    let RuntimeErr::SqlxError(inner) = inner else { return false };
    let code = inner.as_database_error().and_then(|error| error.code());
    matches!(code.as_deref(), Some("40001" | "40P01"))
}

#[async_trait]
impl ConnectionTrait for Transaction {
    fn get_database_backend(&self) -> DbBackend {
        self.0.raw.get_database_backend()
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        self.heed(self.0.raw.execute_raw(statement).await)
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        self.heed(self.0.raw.execute_unprepared(sql).await)
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        self.heed(self.0.raw.query_one_raw(statement).await)
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        self.heed(self.0.raw.query_all_raw(statement).await)
    }
}
