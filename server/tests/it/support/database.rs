//! A database per test: a copy of a migrated file on SQLite, a copy of a migrated database on PostgreSQL.

use app::server::db::{Db, DbOptions, Synchronous};
use sea_orm::{ConnectionTrait, Database};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;
use tokio::sync::OnceCell;

/// Few connections, and no waiting for the disk.
pub const OPTIONS: DbOptions = DbOptions { readers: 4, writers: 4, synchronous: Synchronous::Off };

/// The address of the PostgreSQL to use, if the run is on PostgreSQL.
pub fn postgres() -> Option<String> {
    match std::env::var("ENTAKU_TEST_DATABASE") {
        Ok(value) if value == "sqlite" || value.is_empty() => None,
        Ok(url) => {
            assert!(url.starts_with("postgres://"), "ENTAKU_TEST_DATABASE is `sqlite` or starts with postgres://");
            Some(url)
        }
        Err(_) => None,
    }
}

/// A database that only one test has. Dropping it removes it.
pub struct TestDatabase {
    /// Open.
    pub db: Db,
    url: String,
    _home: Home,
}

/// Where a database lives, and what removes it.
enum Home {
    Folder(#[allow(dead_code, reason = "removes the folder")] TempDir),
    Server(#[allow(dead_code, reason = "drops the database")] Dropped),
}

impl TestDatabase {
    /// Migrated and empty, on the database of this run.
    pub async fn migrated() -> Self {
        match postgres() {
            Some(admin) => {
                let template = postgres_template(&admin).await;
                Self::on_postgres(&admin, &format!("TEMPLATE {template}")).await
            }
            None => Self::migrated_sqlite().await,
        }
    }

    /// Without a table, on the database of this run.
    pub async fn empty() -> Self {
        match postgres() {
            Some(admin) => Self::on_postgres(&admin, "TEMPLATE template0").await,
            None => Self::on_sqlite(&[]).await,
        }
    }

    /// Migrated and empty, on SQLite whatever the run is on.
    pub async fn migrated_sqlite() -> Self {
        Self::on_sqlite(sqlite_template().await).await
    }

    /// Its address, for a second connection.
    pub fn url(&self) -> &str {
        &self.url
    }

    async fn on_sqlite(content: &[u8]) -> Self {
        let folder = folder();
        let path = folder.path().join("entaku.sqlite");
        fs::write(&path, content).expect("a database file");
        let url = sqlite_url(&path);
        let db = Db::connect(&url, OPTIONS).await.expect("SQLite");
        Self { db, url, _home: Home::Folder(folder) }
    }

    async fn on_postgres(admin: &str, how: &str) -> Self {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let name = format!("entaku_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        run(admin, &format!("CREATE DATABASE {name} {how}")).await;
        let url = with_database(admin, &name);
        let home = Home::Server(Dropped { admin: admin.to_owned(), name });
        let db = Db::connect(&url, OPTIONS).await.expect("PostgreSQL");
        Self { db, url, _home: home }
    }
}

/// The address of a file as [`Db::connect`] takes it.
pub fn sqlite_url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// A folder in memory where the machine has such, removed with the value.
pub fn folder() -> TempDir {
    let shared = PathBuf::from("/dev/shm");
    if shared.is_dir()
        && let Ok(folder) = tempfile::Builder::new().prefix("entaku-it.").tempdir_in(shared)
    {
        return folder;
    }
    tempfile::tempdir().expect("a temporary folder")
}

/// The bytes of a migrated file, made once.
async fn sqlite_template() -> &'static [u8] {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let folder = folder();
            let path = folder.path().join("template.sqlite");
            let db = Db::connect(&sqlite_url(&path), OPTIONS).await.expect("SQLite");
            server::database::migrate(&db).await.expect("migrations");
            // The last connection to close writes everything into the one file.
            db.close().await.expect("closed");
            fs::read(&path).expect("the template")
        })
        .await
}

/// The name of a migrated database, made once per run; the server of `.ci/postgres` ends with the run.
async fn postgres_template(admin: &str) -> &'static str {
    static TEMPLATE: OnceCell<String> = OnceCell::const_new();
    TEMPLATE
        .get_or_init(|| async {
            let name = format!("entaku_template_{}", std::process::id());
            run(admin, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
            let db = Db::connect(&with_database(admin, &name), OPTIONS).await.expect("PostgreSQL");
            server::database::migrate(&db).await.expect("migrations");
            // A database that somebody is connected to cannot be copied.
            db.close().await.expect("closed");
            name
        })
        .await
}

/// Runs one statement beside all tests.
async fn run(admin: &str, sql: &str) {
    let connection = Database::connect(admin).await.expect("ENTAKU_TEST_DATABASE answers");
    connection.execute_unprepared(sql).await.expect("the statement runs");
    connection.close().await.expect("closed");
}

/// The same server, another database.
fn with_database(url: &str, name: &str) -> String {
    let (server, rest) = url.split_at(url.find("://").map_or(0, |at| at + 3));
    let (address, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = address.split('/').next().unwrap_or_default();
    format!("{server}{authority}/{name}?{query}")
}

/// A database that is dropped with the value, also when the test failed.
struct Dropped {
    admin: String,
    name: String,
}

impl Drop for Dropped {
    fn drop(&mut self) {
        let (admin, name) = (self.admin.clone(), self.name.clone());
        // A runtime of its own: the test's may be gone, and must not be blocked.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(run(&admin, &format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")));
        });
        // A second panic while the test's own unwinds would hide it.
        let _ = dropping.join();
    }
}
