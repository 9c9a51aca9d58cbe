//! How a database is opened: who may write, what is on, who may read the file.

use super::sample;
use crate::support::database::{OPTIONS, TestDatabase, folder, sqlite_url};
use app::server::{
    db::{Db, DbOptions},
    entities::setting,
};
use sea_orm::{ConnectionTrait, EntityTrait, IntoActiveModel, Statement};

#[tokio::test]
async fn a_reader_cannot_write() {
    let test = TestDatabase::migrated().await;
    let insert = setting::Entity::insert(sample::setting("a", "1").into_active_model());
    insert.exec_without_returning(test.db.reader()).await.expect_err("the reader wrote");
    let drop = test.db.reader().execute_unprepared("DROP TABLE settings").await;
    drop.expect_err("the reader dropped a table");

    sample::store(&test.db, sample::setting("a", "1")).await;
    assert_eq!(setting::Entity::find().all(test.db.reader()).await.unwrap(), [sample::setting("a", "1")]);
}

#[tokio::test]
async fn a_closed_database_answers_no_more() {
    let test = TestDatabase::migrated().await;
    test.db.ping().await.unwrap();
    test.db.close().await.unwrap();
    test.db.ping().await.expect_err("a closed database answered");
}

#[tokio::test]
async fn sqlite_promises_durability_and_foreign_keys() {
    let folder = folder();
    let url = sqlite_url(&folder.path().join("entaku.sqlite"));
    let db = Db::connect(&url, DbOptions::default()).await.unwrap();
    let pragma = async |name: &str| -> String {
        let question =
            Statement::from_string(db.backend(), format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}"));
        db.writer().query_one_raw(question).await.unwrap().unwrap().try_get("", "value").unwrap()
    };
    assert_eq!(pragma("journal_mode").await, "wal");
    // 2 is FULL: a receipt promises that the answers survive a power cut.
    assert_eq!(pragma("synchronous").await, "2");
    assert_eq!(pragma("foreign_keys").await, "1");
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_can_read_the_files() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let data = folder.path().join("new/data");
    let db = Db::connect(&sqlite_url(&data.join("entaku.sqlite")), OPTIONS).await.unwrap();
    server::database::migrate(&db).await.unwrap();

    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&data), 0o700);
    let files: Vec<_> = std::fs::read_dir(&data).unwrap().map(|file| file.unwrap().path()).collect();
    assert!(files.len() > 1, "the WAL is missing: {files:?}");
    for file in files {
        assert_eq!(mode(&file), 0o600, "{}", file.display());
    }
}

#[tokio::test]
async fn other_addresses_are_refused() {
    for url in ["mysql://localhost/entaku", "entaku.sqlite", "sqlite://", "sqlite://x?mode=ro", ""] {
        assert!(Db::connect(url, OPTIONS).await.is_err(), "{url}");
    }
}
