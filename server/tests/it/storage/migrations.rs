//! The steps go up, down and up again, on an empty and on a filled database, and once if two servers start at once.

use super::{catalog, sample};
use crate::support::database::{OPTIONS, TestDatabase};
use app::server::db::Db;
use sea_orm::{ConnectionTrait, DbBackend};
use server::database::{migrate, migrate_down, needs_migration};

#[tokio::test]
async fn up_down_and_up_again_make_the_same_tables() {
    let test = TestDatabase::empty().await;
    assert!(needs_migration(&test.db).await.unwrap());
    migrate(&test.db).await.unwrap();
    assert!(!needs_migration(&test.db).await.unwrap());
    let first = catalog::schema(&test.db).await;
    // One step makes the four tables of counts, one an index, four make those of events, two
    // those of voices, one those of second factors; every other one makes one.
    let more = 3 - 1 + (4 - 1) + (4 - 1) + (3 - 1) + (4 - 1) + (9 - 1) + (5 - 1) + (2 - 1);
    assert_eq!(catalog::tables(&test.db).await.len(), migration::names().len() + more);

    migrate_down(&test.db).await.unwrap();
    assert_eq!(catalog::tables(&test.db).await, [""; 0]);
    assert!(needs_migration(&test.db).await.unwrap());

    migrate(&test.db).await.unwrap();
    assert_eq!(catalog::schema(&test.db).await, first);
}

#[tokio::test]
async fn a_filled_database_goes_down_and_up() {
    let test = TestDatabase::migrated().await;
    sample::fill(&test.db, 3).await;
    migrate_down(&test.db).await.unwrap();
    migrate(&test.db).await.unwrap();
    // Everything is gone, and everything can be stored again.
    sample::fill(&test.db, 3).await;
}

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let test = TestDatabase::migrated().await;
    sample::fill(&test.db, 1).await;
    let before = catalog::schema(&test.db).await;
    migrate(&test.db).await.unwrap();
    assert_eq!(catalog::schema(&test.db).await, before);
    let rows = catalog::ask::<1>(&test.db, "SELECT instance_id AS a FROM responses").await;
    assert_eq!(rows, [[sample::id(0)]]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn servers_that_start_at_once_migrate_once() {
    let test = TestDatabase::empty().await;
    let servers: Vec<_> = (0..4)
        .map(|_| {
            let url = test.url().to_owned();
            tokio::spawn(async move {
                let db = Db::connect(&url, OPTIONS).await.unwrap();
                migrate(&db).await
            })
        })
        .collect();
    for server in servers {
        server.await.unwrap().unwrap();
    }
    let applied = catalog::ask::<1>(&test.db, "SELECT version AS a FROM seaql_migrations ORDER BY version").await;
    assert_eq!(applied.concat(), migration::names());
}

#[tokio::test]
async fn a_failed_step_leaves_the_database_as_it_was() {
    let test = TestDatabase::empty().await;
    // A table that a late step wants to make.
    test.db.writer().execute_unprepared("CREATE TABLE settings (other TEXT)").await.unwrap();
    migrate(&test.db).await.expect_err("a table was made twice");
    assert_eq!(catalog::tables(&test.db).await, ["settings"]);
}

#[tokio::test]
async fn a_database_of_a_later_program_is_left_alone() {
    let test = TestDatabase::migrated().await;
    let later = "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20991231_000001_later', 0)";
    test.db.writer().execute_unprepared(later).await.unwrap();
    migrate(&test.db).await.expect_err("a later database was taken for ours");
    needs_migration(&test.db).await.expect_err("a later database was taken for ours");
}

#[test]
fn steps_are_named_in_their_order() {
    let names = migration::names();
    let mut sorted = names.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!(names, sorted);
}

#[tokio::test]
async fn the_schema_explains_itself_and_compares_by_bytes() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    if db.backend() == DbBackend::Postgres {
        let silent = "SELECT c.relname::text AS a, t.attname::text AS b FROM pg_class c \
            JOIN pg_attribute t ON t.attrelid = c.oid AND t.attnum > 0 \
            WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'seaql_migrations' \
            AND (col_description(c.oid, t.attnum) IS NULL OR obj_description(c.oid, 'pg_class') IS NULL)";
        assert_eq!(catalog::ask::<2>(db, silent).await, [[""; 2]; 0], "columns without a comment");
        let local = "SELECT table_name::text AS a, column_name::text AS b FROM information_schema.columns \
            WHERE table_schema = 'public' AND table_name <> 'seaql_migrations' AND data_type = 'text' \
            AND collation_name IS DISTINCT FROM 'C'";
        assert_eq!(catalog::ask::<2>(db, local).await, [[""; 2]; 0], "columns sorted by a local habit");
    }
    let sql = catalog::by(
        db,
        "SELECT name AS a FROM sqlite_master WHERE name LIKE '%_key' AND name <> 'desks_invitation_hash_key' ORDER BY name",
        "SELECT conname::text AS a FROM pg_constraint WHERE conname LIKE '%\\_key' ORDER BY conname",
    );
    let expected = [
        "approvals_id_voice_id_basis_key",
        "calls_mailing_id_registration_id_key",
        "channels_questionnaire_id_code_key",
        "definitions_questionnaire_id_version_key",
        "desks_token_hash_key",
        "events_series_id_number_key",
        "events_slug_key",
        "followers_link_key_key",
        "followers_series_id_email_key_key",
        "operations_desk_id_sequence_key",
        "operations_event_id_number_key",
        "organizers_email_key",
        "quarantined_responses_instance_id_digest_key",
        "questionnaires_slug_key",
        "refused_operations_desk_id_operation_id_why_key",
        "registrations_attempt_key",
        "registrations_event_id_code_key",
        "registrations_link_key_key",
        "responses_code_hash_key",
        "series_slug_key",
        "share_grants_id_voice_id_key",
        "share_texts_id_voice_id_words_hash_key",
        "voices_receipt_tag_key",
    ];
    assert_eq!(catalog::ask::<1>(db, sql).await.concat(), expected);
}
