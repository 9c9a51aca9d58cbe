//! Opening a database by its address.

use super::{Db, lane::Lanes};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend, DbErr, RuntimeErr};
use std::{fs, path::Path, sync::Arc, time::Duration};
use tokio::sync::RwLock;

/// How long a statement on SQLite waits for another process (`entaku backup` beside `entaku serve`).
pub(super) const BUSY_TIMEOUT_MS: &str = "10000";
/// How long a request waits for a connection before it fails.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(15);
/// A PostgreSQL connection that rested longer is asked for a sign of life before it is used.
const TRUSTED_REST: Duration = Duration::from_secs(30);

/// When SQLite waits for the disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synchronous {
    /// At every commit. The default: a receipt promises that the answers are kept, so a power cut after it must not
    /// take them (`NORMAL` may lose the last commits in WAL mode).
    #[default]
    Full,
    /// Never. For tests and simulations only.
    Off,
}

/// How a database is opened.
#[derive(Clone, Copy, Debug)]
pub struct DbOptions {
    /// Connections for reading, at least one.
    pub readers: u32,
    /// Connections for writing on PostgreSQL, at least one. SQLite has one writer, always.
    pub writers: u32,
    /// When SQLite waits for the disk; PostgreSQL decides by its own configuration.
    pub synchronous: Synchronous,
}

impl Default for DbOptions {
    fn default() -> Self {
        Self { readers: 8, writers: 8, synchronous: Synchronous::Full }
    }
}

impl Db {
    /// Opens the database at `sqlite://<path>` (file and folder are made, readable by this user only) or
    /// `postgres://…`. It does not migrate.
    ///
    /// # Errors
    /// When the address is of neither kind, the file cannot be made, or the server does not answer. The error's text
    /// may hold the address, password and all: do not log it.
    pub async fn connect(url: &str, options: DbOptions) -> Result<Self, DbErr> {
        let (reader, writer) = if let Some(path) = sqlite_path(url) {
            make_file(Path::new(path)).map_err(|error| refused(format!("cannot make the database file: {error}")))?;
            // The writer comes first: it turns the file into WAL mode, which a reader may not.
            let writer = sqlite(path, false, 1, options.synchronous).await?;
            (sqlite(path, true, options.readers.max(1), options.synchronous).await?, writer)
        } else if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let reader = postgres(url, true, options.readers.max(1)).await?;
            (reader, postgres(url, false, options.writers.max(1)).await?)
        } else {
            return Err(refused("a database address starts with sqlite:// or postgres://".to_owned()));
        };
        let backend = writer.get_database_backend();
        debug_assert!(matches!(backend, DbBackend::Sqlite | DbBackend::Postgres));
        let lanes = Arc::new(Lanes::new(backend));
        Ok(Self { reader, writer, backend, turns: Arc::new(RwLock::new(())), lanes })
    }
}

/// The file named by a SQLite address. Parameters after `?` are not taken: how the file is opened is decided here.
fn sqlite_path(url: &str) -> Option<&str> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:"))?;
    (!path.is_empty() && !path.contains(['?', '#', '%'])).then_some(path)
}

/// Makes the file before SQLite does, so that nobody else on the machine can read it; SQLite gives the files beside
/// it the same rights.
fn make_file(path: &Path) -> std::io::Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        let mut builder = fs::DirBuilder::new();
        builder.recursive(true);
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(folder)?;
    }
    let mut file = fs::OpenOptions::new();
    file.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut file, 0o600);
    file.open(path).map(drop)
}

async fn sqlite(
    path: &str,
    read_only: bool,
    connections: u32,
    synchronous: Synchronous,
) -> Result<DatabaseConnection, DbErr> {
    let synchronous = match synchronous {
        Synchronous::Full => "FULL",
        Synchronous::Off => "OFF",
    };
    let mut options = base(&format!("sqlite://{path}"), connections);
    options.test_before_acquire(false).map_sqlx_sqlite_opts(move |options| {
        let options = options
            .pragma("busy_timeout", BUSY_TIMEOUT_MS)
            .pragma("journal_mode", "WAL")
            .pragma("foreign_keys", "ON")
            // What is deleted is overwritten: keys of voices above all.
            .pragma("secure_delete", "ON")
            .pragma("synchronous", synchronous);
        if read_only { options.pragma("query_only", "ON") } else { options }
    });
    Database::connect(options).await
}

async fn postgres(url: &str, read_only: bool, connections: u32) -> Result<DatabaseConnection, DbErr> {
    let mut options = base(url, connections);
    options.test_before_acquire_if_idle_for(TRUSTED_REST).map_sqlx_postgres_opts(move |options| {
        let options = options.application_name("entaku");
        if read_only { options.options([("default_transaction_read_only", "on")]) } else { options }
    });
    Database::connect(options).await
}

/// What both have in common. Statements are neither logged nor traced: a bound value may be somebody's answer.
fn base(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .sqlx_logging(false)
        .record_stmt_in_spans(false);
    options
}

fn refused(reason: String) -> DbErr {
    DbErr::Conn(RuntimeErr::Internal(reason))
}

#[cfg(test)]
mod tests {
    use super::sqlite_path;

    #[test]
    fn sqlite_addresses_name_a_file() {
        assert_eq!(sqlite_path("sqlite://data/entaku.sqlite"), Some("data/entaku.sqlite"));
        assert_eq!(sqlite_path("sqlite:///srv/entaku.sqlite"), Some("/srv/entaku.sqlite"));
        assert_eq!(sqlite_path("sqlite://a?mode=ro"), None);
        assert_eq!(sqlite_path("sqlite://"), None);
        assert_eq!(sqlite_path("postgres://localhost/entaku"), None);
    }
}
