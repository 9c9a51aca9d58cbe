//! The database, SQLite or PostgreSQL: connections, transactions, and the order in which rows came, forgotten.
//!
//! Everything that depends on which of the two it is stands in this folder; nobody else asks. What must stay true:
//! [`Db::write`] is the only way to write and what it stored is stored for good (tests `storage/write`), a reader
//! cannot write (`storage/reader`), and after [`Db::forget_order`] nothing in the tables tells in which order answers
//! came (`storage/privacy`). The tables themselves are the crate `migration`.

mod connect;
mod forget;
mod lane;
mod relay;
mod snapshot;
mod transaction;
mod write;

pub use connect::{DbOptions, Synchronous};
pub use forget::forget_tonight;
pub use relay::Heard;
pub use snapshot::Snapshot;
pub(crate) use snapshot::defer_foreign_keys;
pub use transaction::{Transaction, is_conflict};

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, EntityTrait, Insert, TryInsertResult,
    sea_query::OnConflict,
};
use std::sync::Arc;
use tokio::sync::RwLock;

/// An open database. Cloning it is cheap and shares the connections.
#[derive(Clone)]
pub struct Db {
    reader: DatabaseConnection,
    writer: DatabaseConnection,
    backend: DbBackend,
    /// First tries share it, a try after a conflict has it alone; see [`Db::write`].
    turns: Arc<RwLock<()>>,
    /// Those that no transaction of this process has now.
    lanes: Arc<lane::Lanes>,
}

impl Db {
    /// The connections for reading. They cannot write.
    #[must_use]
    pub fn reader(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// The connections for writing. For migrations and for tests of the tables; everybody else calls [`Db::write`].
    #[must_use]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// Which of the two databases it is; for migrations and reports to people. Rules never depend on it.
    #[must_use]
    pub fn backend(&self) -> DbBackend {
        self.backend
    }

    /// Asks the database for a sign of life, on both kinds of connection.
    ///
    /// # Errors
    /// When it cannot be reached.
    pub async fn ping(&self) -> Result<(), DbErr> {
        self.reader.ping().await?;
        self.writer.ping().await
    }

    /// Ends all connections; what was committed is on disk. Every later call fails.
    ///
    /// # Errors
    /// When a connection cannot be ended in order.
    pub async fn close(&self) -> Result<(), DbErr> {
        self.reader.close_by_ref().await?;
        self.writer.close_by_ref().await
    }
}

/// Inserts a row unless one with the same key is there: `true` when it was inserted.
///
/// This is how everything idempotent is stored. The key may be the primary or any unique one; catching the error
/// instead would end a transaction on PostgreSQL, and looking first would race. When it says `false`, read the row
/// that is there and compare it:
///
/// ```ignore
/// if !insert_or_nothing(response::Entity::insert(new), &tx).await? {
///     let stored = queries::find_response(&tx, &id).await?;
///     // the same digest: the same receipt; another one: a conflict
/// }
/// ```
///
/// # Errors
/// Whatever else the database refuses, a missing parent for one.
pub async fn insert_or_nothing<A, C>(insert: Insert<A>, conn: &C) -> Result<bool, DbErr>
where
    A: ActiveModelTrait,
    A::Entity: EntityTrait,
    C: ConnectionTrait,
{
    // Without a target, any key counts; the short form would name the primary one.
    let insert = insert.on_conflict(OnConflict::new().do_nothing().to_owned()).try_insert();
    match insert.exec_without_returning(conn).await? {
        TryInsertResult::Inserted(rows) => Ok(rows > 0),
        TryInsertResult::Conflicted | TryInsertResult::Empty => Ok(false),
    }
}
