//! Everything can be lost and comes back, on the other database too; what is not whole changes nothing.

use super::{catalog, sample, voice_sample};
use crate::support::database::{TestDatabase, folder};
use app::{
    questionnaires::server::entities::{definition, quarantined_response, questionnaire, response},
    server::{backup::BackupError, db::Db},
};
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use sea_orm::{ConnectionTrait, EntityTrait};
use serde_json::json;
use server::database::{NOT_IN_BACKUPS, needs_migration, restore_backup, restore_keys, save_backup, save_keys, tables};
use sha2::{Digest as _, Sha256};
use std::{
    collections::BTreeMap,
    fs,
    io::{Read, Write},
    path::Path,
};

/// More than two pages and several batches.
const RESPONSES: u64 = 1234;

/// Everything that a backup should hold, table by table, as the database itself writes it.
async fn everything(db: &Db) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for table in catalog::tables(db).await {
        if NOT_IN_BACKUPS.contains(&table.as_str()) {
            continue;
        }
        let columns: Vec<_> = catalog::columns(db, &table).await.into_iter().map(|[name, ..]| name).collect();
        // Length first, so that no two rows can look alike.
        let parts: Vec<_> = columns
            .iter()
            .map(|name| {
                let text = format!("CAST({name} AS TEXT)");
                format!("coalesce(CAST(length({text}) AS TEXT) || ':' || {text}, 'null')")
            })
            .collect();
        let sql = format!("SELECT {} AS a FROM {table}", parts.join(" || '|' || "));
        let mut rows: Vec<String> = catalog::ask::<1>(db, &sql).await.into_iter().map(|[row]| row).collect();
        rows.sort();
        assert!(!rows.is_empty(), "{table} is empty: the test sees nothing");
        all.insert(table, rows);
    }
    all
}

/// What a restore says of every yes that it brought back; a database that was never restored says nothing.
async fn forget_suspended(db: &Db) -> Vec<String> {
    let said = catalog::ask::<1>(db, "SELECT value AS a FROM settings WHERE key = 'voices.restored'").await.concat();
    db.writer().execute_unprepared("DELETE FROM settings WHERE key = 'voices.restored'").await.unwrap();
    said.concat().split(' ').map(str::to_owned).collect()
}

#[tokio::test]
async fn what_was_lost_comes_back() {
    let lost = TestDatabase::migrated().await;
    sample::fill(&lost.db, RESPONSES).await;
    let before = everything(&lost.db).await;
    let folder = folder();
    let file = folder.path().join("backup.gz");
    let saved = save_backup(&lost.db, &file).await.unwrap();
    assert_eq!((saved.tables["responses"], saved.tables["organizers"], saved.rows), (RESPONSES, 1, RESPONSES + 48));
    drop(lost);

    // A new database, not even migrated.
    let new = TestDatabase::empty().await;
    let restored = restore_backup(&new.db, &file).await.unwrap();
    assert_eq!(restored, saved);
    let suspended = forget_suspended(&new.db).await;
    assert_eq!(suspended.len(), 2, "a yes that was not taken back, and an order: nobody knows what became of them");
    assert_eq!(everything(&new.db).await, before);

    // Keys of several columns are walked through page by page, whatever stands in them.
    for lane in 1..1100 {
        sample::store(&new.db, sample::answer_count(lane)).await;
    }
    let long = save_backup(&new.db, &folder.path().join("long.gz")).await.unwrap();
    assert_eq!((long.tables["answer_counts"], long.rows), (1100, saved.rows + 1099));
    new.db.writer().execute_unprepared("DELETE FROM answer_counts WHERE lane > 0").await.unwrap();

    // It works on: keys are checked again, and another backup is the same.
    new.db.writer().execute_unprepared("UPDATE questionnaires SET current_definition = 'no-such'").await.unwrap_err();
    let again = save_backup(&new.db, &folder.path().join("again.gz")).await.unwrap();
    assert_eq!(again, saved);
}

/// The keys of voices, as they stand.
async fn wraps(db: &Db) -> Vec<[String; 1]> {
    catalog::ask::<1>(db, "SELECT voice_id || holder || wrapped AS a FROM voice_wraps ORDER BY 1").await
}

#[tokio::test]
async fn keys_of_voices_are_kept_apart_and_come_back_beside_a_backup() {
    let lost = TestDatabase::migrated().await;
    sample::fill(&lost.db, RESPONSES).await;
    let before = wraps(&lost.db).await;
    assert!(!before.is_empty());
    let folder = folder();
    let (file, keys) = (folder.path().join("backup.gz"), folder.path().join("keys.gz"));
    save_backup(&lost.db, &file).await.unwrap();
    let saved = save_keys(&lost.db, &keys).await.unwrap();
    assert_eq!(saved.rows, before.len() as u64);
    drop(lost);

    let new = TestDatabase::empty().await;
    restore_backup(&new.db, &file).await.unwrap();
    assert!(wraps(&new.db).await.is_empty(), "a backup alone opens nothing");
    let error = restore_keys(&new.db, &file).await.unwrap_err();
    assert!(matches!(error, BackupError::Foreign), "{error}");
    assert_eq!(restore_keys(&new.db, &keys).await.unwrap().rows, saved.rows);
    assert_eq!(wraps(&new.db).await, before);
    let error = restore_keys(&new.db, &keys).await.unwrap_err();
    assert!(matches!(error, BackupError::NotEmpty { .. }), "{error}");

    // A voice that is gone stays unreadable: its keys find no place.
    new.db.writer().execute_unprepared("DELETE FROM voice_wraps").await.unwrap();
    new.db.writer().execute_unprepared("DELETE FROM voice_messages").await.unwrap();
    new.db.writer().execute_unprepared("DELETE FROM voices").await.unwrap();
    assert_eq!(restore_keys(&new.db, &keys).await.unwrap().rows, 0);
    assert!(wraps(&new.db).await.is_empty());
}

#[tokio::test]
async fn a_backup_goes_from_one_database_to_the_other_and_back() {
    // On a run with SQLite both are SQLite; the run with PostgreSQL crosses over.
    let here = TestDatabase::migrated_sqlite().await;
    let there = TestDatabase::migrated().await;
    sample::fill(&here.db, RESPONSES).await;
    let before = everything(&here.db).await;
    let folder = folder();
    let (first, second) = (folder.path().join("first.gz"), folder.path().join("second.gz"));
    let saved = save_backup(&here.db, &first).await.unwrap();
    drop(here);

    restore_backup(&there.db, &first).await.unwrap();
    forget_suspended(&there.db).await;
    assert_eq!(everything(&there.db).await, before);
    assert_eq!(save_backup(&there.db, &second).await.unwrap(), saved);
    drop(there);

    let back = TestDatabase::migrated_sqlite().await;
    restore_backup(&back.db, &second).await.unwrap();
    forget_suspended(&back.db).await;
    assert_eq!(everything(&back.db).await, before);
}

/// How many steps the first release had, but for the last, which made the settings.
const EARLIER_STEPS: usize = 8;

/// What the program of that time wrote: rows without the columns that came later.
fn earlier_backup() -> Vec<u8> {
    let hash = sample::hash(1);
    let response = sample::response(1);
    let tables = [("questionnaires", 1), ("definitions", 2), ("responses", 1), ("quarantined_responses", 1)];
    let lines = [
        json!({
            "format": "entaku-backup", "version": 1, "migrations": migration::names()[..EARLIER_STEPS],
            "tables": BTreeMap::from(tables), "without": ["sessions", "invitations", "the installation's secret"],
        }),
        json!({"t": "questionnaires", "r": {
            "id": "q-1", "slug": "working-in-japan", "state": "open", "current_definition": hash,
        }}),
        json!({"t": "definitions", "r": {
            "hash": hash, "questionnaire_id": "q-1", "version": "2", "body": "{}", "published_on": "2026-11-22",
        }}),
        json!({"t": "definitions", "r": {
            "hash": sample::hash(2), "questionnaire_id": "q-1", "version": "1", "body": "{}", "published_on": "2026-11-21",
        }}),
        json!({"t": "responses", "r": {
            "instance_id": response.instance_id, "questionnaire_id": "q-1", "definition": hash,
            "digest": response.digest, "payload": response.payload, "language": "vi", "channel": null,
            "received_on": "2026-11-22", "code_hash": response.code_hash,
        }}),
        json!({"t": "quarantined_responses", "r": {
            "id": sample::id(2), "reason": "closed", "questionnaire": "working-in-japan", "definition": hash,
            "instance_id": sample::id(3), "digest": sample::hash(3), "payload": "{}", "received_on": "2026-11-22",
        }}),
    ];
    let mut text: String = lines.iter().flat_map(|line| [line.to_string(), "\n".to_owned()]).collect();
    let sha256: String = Sha256::digest(&text).iter().map(|byte| format!("{byte:02x}")).collect();
    text.push_str(&json!({"end": true, "rows": lines.len() - 1, "sha256": sha256}).to_string());
    text.push('\n');
    pack(&text)
}

#[tokio::test]
async fn a_backup_of_an_earlier_program_comes_to_the_steps_of_this_one() {
    let folder = folder();
    let file = folder.path().join("earlier.gz");
    fs::write(&file, earlier_backup()).unwrap();

    let new = TestDatabase::empty().await;
    assert_eq!(restore_backup(&new.db, &file).await.unwrap().rows, 5);
    assert!(!needs_migration(&new.db).await.unwrap());
    let response = response::Model { channel: None, ..sample::response(1) };
    assert_eq!(response::Entity::find().all(new.db.reader()).await.unwrap(), [response]);
    // Columns that came later: nothing is known, but for the order of the editions.
    let asked = questionnaire::Entity::find().one(new.db.reader()).await.unwrap().unwrap();
    assert_eq!((asked.opens_on, asked.closes_on, asked.results_through), (None, None, None));
    let mut editions = definition::Entity::find().all(new.db.reader()).await.unwrap();
    editions.sort_by_key(|edition| edition.number);
    let editions: Vec<_> = editions.iter().map(|edition| (edition.number, edition.version.as_str())).collect();
    assert_eq!(editions, [(1, "1"), (2, "2")]);
    let kept_aside = quarantined_response::Entity::find().one(new.db.reader()).await.unwrap().unwrap();
    assert_eq!(kept_aside.code_hash, None);
    sample::store(&new.db, sample::setting("a", "1")).await;

    // A database that went on already has other tables than the file.
    let ahead = TestDatabase::migrated().await;
    let error = restore_backup(&ahead.db, &file).await.unwrap_err();
    assert!(matches!(error, BackupError::OtherSchema), "{error:?}");
}

#[tokio::test]
async fn a_backup_sees_one_moment_while_others_write() {
    let test = TestDatabase::migrated().await;
    sample::fill(&test.db, 0).await;
    let snapshot = test.db.snapshot().await.unwrap();
    // Reading fixes the moment.
    assert_eq!(response::Entity::find().all(snapshot.connection()).await.unwrap().len(), 0);
    sample::store(&test.db, sample::response(1)).await;
    assert_eq!(response::Entity::find().all(snapshot.connection()).await.unwrap().len(), 0);
    snapshot.end().await.unwrap();
    assert_eq!(response::Entity::find().all(test.db.reader()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn every_table_is_saved_or_left_out_on_purpose() {
    let test = TestDatabase::migrated().await;
    let mut known: Vec<_> = tables().iter().map(|table| table.name()).chain(NOT_IN_BACKUPS).collect();
    known.sort_unstable();
    assert_eq!(known, catalog::tables(&test.db).await);
}

/// A filled database's backup, as bytes.
async fn saved(folder: &Path) -> Vec<u8> {
    let test = TestDatabase::migrated_sqlite().await;
    sample::fill(&test.db, 20).await;
    let file = folder.join("whole.gz");
    save_backup(&test.db, &file).await.unwrap();
    fs::read(file).unwrap()
}

fn unpack(bytes: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text).unwrap();
    text
}

fn pack(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

#[tokio::test]
async fn sessions_invitations_and_secrets_are_not_in_the_file() {
    let folder = folder();
    let text = unpack(&saved(folder.path()).await);
    for left_out in [sample::session().id_hash, sample::invitation().token_hash, voice_sample::voice_wrap().wrapped] {
        assert!(!text.contains(&left_out));
    }
    let head = text.lines().next().unwrap();
    assert!(
        head.contains(r#""without":["sessions","invitations","the keys of voices","the installation's secret"]"#),
        "{head}"
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_file_is_for_its_owner_only_and_replaces_an_old_one_when_whole() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let test = TestDatabase::migrated().await;
    sample::fill(&test.db, 1).await;
    let file = folder.path().join("backup.gz");
    fs::write(&file, "old").unwrap();
    fs::write(folder.path().join("backup.gz.partial"), "broken off").unwrap();
    save_backup(&test.db, &file).await.unwrap();
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something was left beside it");

    // The database fails in the middle: the old file stays.
    test.db.writer().execute_unprepared("DROP TABLE settings").await.unwrap();
    let old = fs::read(&file).unwrap();
    save_backup(&test.db, &file).await.unwrap_err();
    assert_eq!(fs::read(&file).unwrap(), old);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a part was left behind");
}

/// Tries to restore bytes into an empty database; it must fail and leave it empty.
async fn refused(folder: &Path, bytes: &[u8]) -> BackupError {
    let test = TestDatabase::migrated().await;
    let file = folder.join("doubtful.gz");
    fs::write(&file, bytes).unwrap();
    let error = restore_backup(&test.db, &file).await.expect_err("a doubtful file was taken");
    for table in catalog::tables(&test.db).await {
        let rows = catalog::ask::<1>(&test.db, &format!("SELECT 'row' AS a FROM {table}")).await;
        assert!(rows.is_empty(), "{table} was written to");
    }
    error
}

#[tokio::test]
async fn a_cut_file_is_refused() {
    let folder = folder();
    let whole = saved(folder.path()).await;
    for length in [whole.len() - 1, whole.len() - 8, whole.len() / 2] {
        let error = refused(folder.path(), &whole[..length]).await;
        assert!(matches!(error, BackupError::Truncated), "{length}: {error:?}");
    }
    for length in [0, 5] {
        let error = refused(folder.path(), &whole[..length]).await;
        assert!(matches!(error, BackupError::Foreign), "{length}: {error:?}");
    }
    // Cut where a line ends, and packed again, so that only the missing end tells.
    let text = unpack(&whole);
    let without_end = &text[..text.trim_end().rfind('\n').unwrap() + 1];
    assert!(matches!(refused(folder.path(), &pack(without_end)).await, BackupError::Truncated));
}

#[tokio::test]
async fn a_changed_file_is_refused() {
    let folder = folder();
    let whole = saved(folder.path()).await;
    // Bits that rotted.
    for at in [whole.len() / 3, whole.len() / 2, whole.len() - 5] {
        let mut rotten = whole.clone();
        rotten[at] ^= 0x10;
        refused(folder.path(), &rotten).await;
    }
    // Changed by somebody who packed it again.
    let text = unpack(&whole);
    let lines: Vec<&str> = text.lines().collect();
    let without = |left_out: usize| {
        let kept: Vec<_> = lines.iter().enumerate().filter(|(at, _)| *at != left_out).map(|(_, line)| *line).collect();
        kept.join("\n") + "\n"
    };
    let end = lines[lines.len() - 1];
    let changed = [
        text.replace("\"language\":\"vi\"", "\"language\":\"en\""),
        text.replace("\"coordinator\"", "\"assistant\""),
        without(5),
        format!("{text}{end}\n"),
        format!("{text}x"),
        text.replace("\"rows\":68", "\"rows\":69"),
    ];
    for changed in changed {
        assert_ne!(changed, text, "nothing was changed: the test sees nothing");
        let error = refused(folder.path(), &pack(&changed)).await;
        assert!(matches!(error, BackupError::Altered | BackupError::Truncated), "{error:?}");
    }
    let mut longer = whole.clone();
    longer.extend_from_slice(b"more");
    assert!(matches!(refused(folder.path(), &longer).await, BackupError::Altered));
}

#[tokio::test]
async fn files_of_others_and_of_later_programs_are_refused() {
    let folder = folder();
    let whole = saved(folder.path()).await;
    let text = unpack(&whole);
    let other = [b"PK\x03\x04".to_vec(), pack("{\"format\":\"other\"}\n"), pack("\n"), pack("[]\n")];
    for other in other {
        assert!(matches!(refused(folder.path(), &other).await, BackupError::Foreign));
    }
    let later = text.replacen("\"version\":1", "\"version\":2", 1);
    assert!(matches!(refused(folder.path(), &pack(&later)).await, BackupError::Newer));
    // A step of migration that this program does not know; the rest is whole.
    let (head, rest) = text.split_once('\n').unwrap();
    let head = head.replacen("\"migrations\":[", "\"migrations\":[\"m20991231_000001_later\",", 1);
    let error = refused(folder.path(), &pack(&resealed(&head, rest))).await;
    assert!(matches!(error, BackupError::Newer), "{error:?}");
}

/// The end is made to fit a changed first line.
fn resealed(head: &str, rest: &str) -> String {
    use sha2::{Digest, Sha256};
    let at = rest.trim_end().rfind('\n').unwrap() + 1;
    let content = format!("{head}\n{}", &rest[..at]);
    let hash: String = Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let rows = content.lines().count() - 1;
    format!("{content}{{\"end\":true,\"rows\":{rows},\"sha256\":\"{hash}\"}}\n")
}

#[tokio::test]
async fn a_resealed_file_is_taken_so_the_seal_of_the_tests_is_right() {
    let folder = folder();
    let text = unpack(&saved(folder.path()).await);
    let (head, rest) = text.split_once('\n').unwrap();
    assert_eq!(resealed(head, rest), text);
}

#[tokio::test]
async fn a_database_with_rows_is_not_restored_into() {
    let folder = folder();
    let file = folder.path().join("backup.gz");
    let test = TestDatabase::migrated().await;
    sample::fill(&test.db, 2).await;
    save_backup(&test.db, &file).await.unwrap();
    let before = everything(&test.db).await;
    let error = restore_backup(&test.db, &file).await.unwrap_err();
    assert!(matches!(&error, BackupError::NotEmpty { table } if table == "questionnaires"), "{error:?}");
    assert_eq!(everything(&test.db).await, before);
}
