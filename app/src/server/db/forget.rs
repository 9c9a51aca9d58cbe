//! Forgetting in which order answers came.
//!
//! The tables hold the day only, and their ids are random. But a database remembers more than its columns: PostgreSQL
//! keeps rows where there was room, each with the number of the transaction that wrote it (`xmin`, which freezing does
//! not erase) and long values in a side table under rising numbers; SQLite puts new cells into the free space of a
//! page from its end. Somebody with the tables and one known moment could tell who answered when. So the rows are
//! written anew, in the order of their random ids, and what was there before is dropped.

use super::{Db, connect::BUSY_TIMEOUT_MS};
use sea_orm::{ConnectionTrait, DbBackend, DbErr, Statement, TransactionTrait};
use std::time::Duration;

/// The tables whose rows are somebody's answers or voice, with the random key that gives them their new order, and the counts
/// of them with theirs: a count that few people add to was written last by the transaction that stored the answers of
/// the last of them. On PostgreSQL no table may refer to them with `ON DELETE CASCADE`: the rows are deleted and
/// inserted again in one statement. The marks of deleted answers are among them: such a mark is a new row, so the next
/// run also drops what was deleted.
const TABLES: [(&str, &str); 12] = [
    ("responses", "instance_id"),
    ("quarantined_responses", "id"),
    ("deleted_responses", "code_hash"),
    ("response_counts", "questionnaire_id, definition, language, channel, lane"),
    ("day_counts", "questionnaire_id, day, lane"),
    ("answer_counts", "questionnaire_id, definition, question, value, language, channel, lane"),
    ("step_counts", "questionnaire_id, definition, question, lane"),
    ("voices", "id"),
    ("voice_messages", "voice_id, number"),
    ("voice_wraps", "voice_id, holder"),
    ("voice_epoch_wraps", "epoch, member_id"),
    ("published_voices", "id"),
];

/// The setting that holds the number of the transaction which wrote all rows, once the old ones are dropped.
const FORGOTTEN: &str = "storage.order_forgotten";

/// How long to wait for others to leave the tables, before giving up until the next day.
const LOCK_TIMEOUT: &str = "SET LOCAL lock_timeout = '20s'";

/// How often old rows are tried to be dropped that a reader may still see, and the pause between two tries.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(500);

impl Db {
    /// Writes all answers anew so that neither their place nor their transaction tells when or in which order they
    /// came. Run it once a day at a quiet hour (the server's maintenance does) and before handing out a copy of the
    /// database's files. It costs time and disk like copying the tables; answers that arrive meanwhile wait.
    ///
    /// SQLite: the tables have no rowid, so their rows lie in the order of their ids from the start; what remains is
    /// the place of a cell within its page, and `VACUUM` with an emptied WAL removes that. PostgreSQL: one transaction
    /// moves all rows, `CLUSTER` drops the old ones; nothing happens if nothing came since the last time. `TRUNCATE`
    /// would be simpler, but a dump or a backup that runs meanwhile would then see an empty table and lose everything.
    ///
    /// What remains until it runs: today's order. What remains after it: copies that others keep, above all
    /// PostgreSQL's WAL archive and replicas, snapshots of the disk, the file's time of change, and
    /// `track_commit_timestamp`, which is off unless somebody turned it on and must stay so.
    ///
    /// # Errors
    /// When the tables cannot be had within twenty seconds, a long reader (a backup) still needs the old rows after
    /// some tries, or the database fails. Nothing is lost then, and the next run does all of it again.
    pub async fn forget_order(&self) -> Result<(), DbErr> {
        match self.backend {
            DbBackend::Sqlite => self.forget_on_sqlite().await,
            _ => self.forget_on_postgres().await,
        }
    }

    /// Lets what was just deleted leave the disk as far as the database allows it: on SQLite deleted cells are
    /// overwritten, and what the log still holds of them is thrown away now if nobody reads it, else at night. On
    /// PostgreSQL the rows lie where they were until the night's [`Db::forget_order`].
    ///
    /// # Errors
    /// When the database fails.
    pub async fn forget_deleted(&self) -> Result<(), DbErr> {
        match self.backend {
            DbBackend::Sqlite => self.empty_wal().await.map(drop),
            _ => Ok(()),
        }
    }

    async fn forget_on_sqlite(&self) -> Result<(), DbErr> {
        self.writer.execute_unprepared("VACUUM").await?;
        for _ in 0..TRIES {
            if self.empty_wal().await? {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(still_read())
    }

    /// Takes everything out of the WAL file, which holds pages in the order in which they changed. `false` if a reader
    /// still needs it. Writers wait meanwhile, so it gives up at once and is tried again.
    async fn empty_wal(&self) -> Result<bool, DbErr> {
        // In one call, so that nobody gets the connection while it waits for nothing: their write would fail as soon as
        // another process writes.
        let at_once = format!(
            "PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}"
        );
        if let Err(error) = self.writer.execute_unprepared(&at_once).await {
            // The pool of writers is this one connection.
            self.writer.execute_unprepared(&format!("PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")).await?;
            return Err(error);
        }
        // Takes nothing out that a reader needs, and tells how much is left.
        let left = Statement::from_string(self.backend, "PRAGMA wal_checkpoint(PASSIVE)");
        match self.writer.query_one_raw(left).await? {
            Some(row) => Ok(row.try_get_by_index::<i64>(1)? <= 0),
            None => Ok(false),
        }
    }

    async fn forget_on_postgres(&self) -> Result<(), DbErr> {
        if !self.remembers_order().await? {
            return Ok(());
        }
        let transaction = self.move_rows().await?;
        for (table, _) in TABLES {
            let mut tries = 1;
            while !self.drop_old_rows(table).await? {
                if tries == TRIES {
                    return Err(still_read());
                }
                tries += 1;
                tokio::time::sleep(PAUSE).await;
            }
            self.writer.execute_unprepared(&format!("VACUUM (FREEZE, ANALYZE) {table}")).await?;
        }
        // Only now is the work done: a run that broke off before leaves no mark and is done again.
        let sql =
            "INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value";
        let mark = Statement::from_sql_and_values(self.backend, sql, [FORGOTTEN.into(), transaction.into()]);
        self.writer.execute_raw(mark).await.map(drop)
    }

    /// Writes the table into a new file, without the rows that are no more. `false` if it had to take some along: a
    /// transaction somewhere began before they were deleted and may still look at them.
    async fn drop_old_rows(&self, table: &str) -> Result<bool, DbErr> {
        let tx = self.writer.begin().await?;
        tx.execute_unprepared(LOCK_TIMEOUT).await?;
        tx.execute_unprepared(&format!("CLUSTER {table} USING {table}_pkey")).await?;
        // CLUSTER builds the index anew and notes how many rows it names, old ones among them, and -1 for none; the
        // lock keeps new ones out until the commit.
        let sql = format!(
            "SELECT greatest(reltuples, 0) = (SELECT count(*) FROM {table})::real AS clean FROM pg_class \
             WHERE oid = '{table}_pkey'::regclass"
        );
        let clean = match tx.query_one_raw(Statement::from_string(self.backend, sql)).await? {
            Some(row) => row.try_get("", "clean")?,
            None => false,
        };
        tx.commit().await?;
        Ok(clean)
    }

    /// Whether a row was written by another transaction than the last one that moved them all.
    async fn remembers_order(&self) -> Result<bool, DbErr> {
        let writers = TABLES.map(|(table, _)| format!("SELECT xmin FROM {table}")).join(" UNION ALL ");
        let sql = format!(
            "SELECT NOT EXISTS (SELECT 1 FROM settings WHERE key = $1) \
             OR EXISTS (SELECT 1 FROM ({writers}) AS answers \
             WHERE xmin::text IS DISTINCT FROM (SELECT value FROM settings WHERE key = $1)) AS due"
        );
        let question = Statement::from_sql_and_values(self.backend, sql, [FORGOTTEN.into()]);
        match self.writer.query_one_raw(question).await? {
            Some(row) => row.try_get("", "due"),
            None => Ok(false),
        }
    }

    /// Deletes and inserts every row, by id, in one transaction; gives that transaction's number. Inserting stores
    /// long values anew as well, which an update would not.
    async fn move_rows(&self) -> Result<String, DbErr> {
        let tx = self.writer.begin().await?;
        tx.execute_unprepared(LOCK_TIMEOUT).await?;
        for (table, key) in TABLES {
            tx.execute_unprepared(&format!("LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")).await?;
            tx.execute_unprepared(&format!(
                "WITH moved AS (DELETE FROM {table} RETURNING *) INSERT INTO {table} SELECT * FROM moved ORDER BY {key}"
            ))
            .await?;
        }
        let number = Statement::from_string(self.backend, "SELECT pg_current_xact_id()::xid::text AS number");
        let number = match tx.query_one_raw(number).await? {
            Some(row) => row.try_get("", "number")?,
            None => String::new(),
        };
        tx.commit().await?;
        Ok(number)
    }
}

/// Says that something was deleted, which leaves no row that would tell it: the next [`Db::forget_order`] drops it from
/// the disk. Called in the transaction that deletes.
///
/// # Errors
/// When the database fails.
pub async fn forget_tonight(conn: &impl ConnectionTrait) -> Result<(), DbErr> {
    let sql = format!("DELETE FROM settings WHERE key = '{FORGOTTEN}'");
    conn.execute_unprepared(&sql).await.map(drop)
}

fn still_read() -> DbErr {
    DbErr::Custom("a reader still needs the old rows".to_owned())
}
