//! A copy of what the installation knows, in one file that both databases can write and read.
//!
//! Called by the command line (`entaku backup`, `entaku restore`) through the crate `server`, which knows all tables.
//! The file is gzip over lines of JSON:
//!
//! ```text
//! {"format":"entaku-backup","version":1,"migrations":["m2026…"],"tables":{"responses":2},"without":["…"]}
//! {"t":"responses","r":{"instance_id":"…","received_on":"2026-11-22",…}}
//! {"end":true,"rows":2,"sha256":"…"}
//! ```
//!
//! Tables come in the order of their foreign keys and rows in the order of their random keys, so the file tells no
//! order of arrival either. It holds no secret: the installation's secret lives beside the configuration and is kept
//! apart, on purpose, and must be kept too, or the codes people hold no longer fit. Sessions and invitations are left
//! out: a copy that lies around for years must sign nobody in, and people can sign in and be invited again. The keys of
//! voices are left out: a voice that was deleted since must not be readable in an old copy (they have a copy of their own,
//! which lives for two weeks: `entaku desk save-keys`). It does hold answers, the hashes of passphrases and recovery codes,
//! and the sealed secrets of second factors: keep it as you keep the database.
//!
//! What must stay true: what was lost comes back row for row, on the other database too, and nothing is written from
//! a file that is cut, changed or newer than the program (tests `storage/backup`).

mod file;
mod restore;
mod save;
mod table;

pub use file::{Manifest, inspect};
pub use restore::{Beside, restore, restore_beside};
pub use save::save;
pub use table::Table;

use sea_orm::{ConnectionTrait, DbErr, Statement};
use std::collections::BTreeMap;

/// What a backup or a restore did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Rows by table.
    pub tables: BTreeMap<String, u64>,
    /// Rows in all.
    pub rows: u64,
    /// SHA-256 of the content, 64 hex digits: two backups of the same rows have the same.
    pub sha256: String,
}

/// Why a backup was not made or not put back. Nothing of a row is in it.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file cannot be read or written.
    #[error("the file cannot be read or written: {0}")]
    File(#[from] std::io::Error),
    /// The database failed; nothing was changed.
    #[error("the database failed")]
    Database(#[from] DbErr),
    /// It is not a file of ours.
    #[error("this file is not a backup made by entaku")]
    Foreign,
    /// It was made by a later program, in another format or with more steps of migration.
    #[error("this backup was made by a newer entaku: restore it with that version or a later one")]
    Newer,
    /// The database is at another step of migration than the file.
    #[error("the tables are not those of this backup: put it back into a new, empty database")]
    OtherSchema,
    /// The file ends too early.
    #[error("this backup is cut off: it has no end")]
    Truncated,
    /// The content is not what was written.
    #[error("this backup was changed or damaged: its content does not fit its checksum")]
    Altered,
    /// There are rows already.
    #[error("the database is not empty (table {table}): a backup is put back into an empty one only")]
    NotEmpty {
        /// The first table with rows.
        table: String,
    },
}

/// The steps of migration that a database is at.
async fn migrations<C: ConnectionTrait>(conn: &C) -> Result<Vec<String>, DbErr> {
    let sql = "SELECT version FROM seaql_migrations ORDER BY version";
    let question = Statement::from_string(conn.get_database_backend(), sql);
    conn.query_all_raw(question).await?.iter().map(|row| row.try_get("", "version")).collect()
}
