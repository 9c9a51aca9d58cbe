//! Nothing in the tables tells more about a response than its day.

use super::{catalog, sample};
use crate::support::database::TestDatabase;
use app::{
    questionnaires::server::entities::{quarantined_response, questionnaire, response},
    server::db::Db,
};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait};
use sha2::{Digest, Sha256};

/// All that is known of a response. A column more is a decision about people's safety: it needs a reason in the
/// migration, and this list.
const RESPONSE: [&str; 9] = [
    "instance_id",
    "questionnaire_id",
    "definition",
    "digest",
    "payload",
    "language",
    "channel",
    "received_on",
    "code_hash",
];
/// The hash of the code, because by it people can delete this too.
const QUARANTINED: [&str; 9] =
    ["id", "reason", "questionnaire", "definition", "instance_id", "digest", "payload", "received_on", "code_hash"];
/// What is left of a response that its sender deleted: enough to know it again, and what to count it under.
const DELETED: [&str; 2] = ["code_hash", "questionnaire_id"];

#[tokio::test]
async fn responses_have_the_columns_that_were_agreed_on() {
    let test = TestDatabase::migrated().await;
    for (table, agreed) in
        [("responses", &RESPONSE[..]), ("quarantined_responses", &QUARANTINED[..]), ("deleted_responses", &DELETED[..])]
    {
        let columns = catalog::columns(&test.db, table).await;
        assert_eq!(columns.iter().map(|[name, ..]| name.as_str()).collect::<Vec<_>>(), agreed, "{table}");
        // Text only: no instant, no number that could count.
        assert!(columns.iter().all(|[_, kind, _]| kind.eq_ignore_ascii_case("text")), "{table}: {columns:?}");
    }
}

/// Counts name a day or what people have in common, never both, and nobody.
const COUNTS: [(&str, &[&str]); 4] = [
    ("response_counts", &["questionnaire_id", "definition", "language", "channel", "lane", "n"]),
    ("day_counts", &["questionnaire_id", "day", "lane", "n"]),
    ("answer_counts", &["questionnaire_id", "definition", "question", "value", "language", "channel", "lane", "n"]),
    ("step_counts", &["questionnaire_id", "definition", "question", "lane", "n"]),
];

#[tokio::test]
async fn counts_have_the_columns_that_were_agreed_on_and_no_order() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    for (table, agreed) in COUNTS {
        let columns = catalog::columns(db, table).await;
        assert_eq!(columns.iter().map(|[name, ..]| name.as_str()).collect::<Vec<_>>(), agreed, "{table}");
        if db.backend() == DbBackend::Sqlite {
            db.writer().execute_unprepared(&format!("SELECT rowid FROM {table}")).await.expect_err("a hidden number");
        }
    }
    // A count that few add to was written by the transaction that stored the last of their answers.
    sample::fill(db, 2).await;
    db.forget_order().await.unwrap();
    if db.backend() == DbBackend::Postgres {
        let writers = COUNTS.map(|(table, _)| format!("SELECT xmin::text AS a FROM {table}")).join(" UNION ");
        let writers = catalog::ask::<1>(db, &format!("{writers} UNION SELECT xmin::text FROM responses")).await;
        assert_eq!(writers.len(), 1, "{writers:?}");
    }
}

/// All that is known of a voice beside what is sealed. A column more is a decision about people's safety.
const VOICES: [(&str, &[&str]); 3] = [
    (
        "voices",
        &[
            "id",
            "receipt_tag",
            "worker",
            "epoch",
            "language",
            "state",
            "due_on",
            "member_id",
            "labels",
            "opens",
            "messages",
            "kept_days",
            "opened_on",
            "changed_on",
            "concluded_on",
            // That its worker says that the desk is late; that a trustee knows; that it came in a flood.
            "late_on",
            "late_told_on",
            "aside_on",
        ],
    ),
    ("voice_messages", &["voice_id", "number", "envelope", "sent_on"]),
    ("voice_wraps", &["voice_id", "holder", "wrapped"]),
];

#[tokio::test]
async fn voices_have_the_columns_that_were_agreed_on_and_no_order() {
    let test = TestDatabase::migrated().await;
    for (table, agreed) in VOICES {
        let columns = catalog::columns(&test.db, table).await;
        assert_eq!(columns.iter().map(|[name, ..]| name.as_str()).collect::<Vec<_>>(), agreed, "{table}");
        if test.db.backend() == DbBackend::Sqlite {
            let sql = format!("SELECT rowid FROM {table}");
            test.db.writer().execute_unprepared(&sql).await.expect_err("a hidden number");
        }
    }
}

#[tokio::test]
async fn responses_have_no_number_that_rises() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    if db.backend() == DbBackend::Sqlite {
        for table in ["responses", "quarantined_responses", "deleted_responses"] {
            let sql = format!("SELECT sql AS a FROM sqlite_master WHERE type = 'table' AND name = '{table}'");
            let made = catalog::ask::<1>(db, &sql).await.concat().concat();
            assert!(made.ends_with("WITHOUT ROWID"), "{made}");
            let hidden = format!("SELECT rowid FROM {table}");
            assert!(db.writer().execute_unprepared(&hidden).await.is_err(), "{table} has a rowid");
        }
    } else {
        let counters = "SELECT relname::text AS a FROM pg_class WHERE relkind = 'S' UNION ALL \
            SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal AND tgrelid::regclass::text NOT IN \
            ('share_texts', 'share_grants', 'share_revocations', 'approvals', 'disclosures', 'disclosure_orders', \
            'published_voices')";
        assert_eq!(catalog::ask::<1>(db, counters).await, [[""; 1]; 0]);
    }
}

#[tokio::test]
async fn indexes_end_with_what_is_random() {
    let test = TestDatabase::migrated().await;
    let sql = catalog::by(
        &test.db,
        "SELECT m.name AS a, group_concat(i.name, ', ' ORDER BY i.seqno) AS b FROM sqlite_master m, pragma_index_info(m.name) i \
         WHERE m.type = 'index' AND m.tbl_name IN ('responses', 'quarantined_responses', 'deleted_responses') \
         AND m.sql IS NOT NULL GROUP BY m.name ORDER BY m.name",
        "SELECT indexname::text AS a, substring(indexdef FROM '\\((.*)\\)') AS b FROM pg_indexes \
         WHERE tablename IN ('responses', 'quarantined_responses', 'deleted_responses') AND indexname NOT LIKE '%\\_pkey' ORDER BY 1",
    );
    let expected = [
        ["deleted_responses_questionnaire_id_code_hash_idx", "questionnaire_id, code_hash"],
        ["quarantined_responses_code_hash_idx", "code_hash"],
        ["quarantined_responses_instance_id_digest_key", "instance_id, digest"],
        ["responses_code_hash_key", "code_hash"],
        ["responses_questionnaire_id_instance_id_idx", "questionnaire_id, instance_id"],
        ["responses_questionnaire_id_received_on_instance_id_idx", "questionnaire_id, received_on, instance_id"],
    ];
    assert_eq!(catalog::ask::<2>(&test.db, sql).await, expected);
}

/// Stores responses one by one, each in a transaction of its own, with their number at the start and so much behind it
/// that PostgreSQL keeps them in the side table, where every value has a rising number.
async fn arrive(db: &Db, numbers: impl Iterator<Item = u64>) {
    for number in numbers {
        // Hashes, because they cannot be packed.
        let noise = |part: u64| {
            let hash = Sha256::digest([number.to_le_bytes(), part.to_le_bytes()].concat());
            hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        let payload: String = std::iter::once(format!("mark-{number:06}-")).chain((0..100).map(noise)).collect();
        sample::store(db, response::Model { payload, ..sample::response(number) }).await;
        sample::store(db, sample::quarantined(number)).await;
    }
}

/// Numbers by the order of their ids, which is not the order in which they arrived.
fn by_id(count: u64) -> Vec<u64> {
    let mut numbers: Vec<u64> = (0..count).collect();
    numbers.sort_by_key(|number| sample::id(*number));
    assert!(!numbers.is_sorted());
    numbers
}

#[tokio::test]
async fn after_a_day_no_row_tells_when_it_came() {
    let one = TestDatabase::migrated().await;
    let other = TestDatabase::migrated().await;
    for test in [&one, &other] {
        sample::store_questionnaire(&test.db).await;
    }
    arrive(&one.db, 0..40).await;
    arrive(&other.db, (0..40).rev()).await;
    let stored = rows(&one.db).await;

    if one.db.backend() == DbBackend::Sqlite {
        assert!(file(&one).await != file(&other).await, "the test sees nothing");
    } else {
        let (writers, places, values) = traces(&one.db).await;
        assert_eq!((writers, values), (80, (0..40).collect()), "the test sees nothing");
        // Several connections fill several pages, so their order is nearly that of arrival.
        assert_ne!(places, by_id(40), "the test sees nothing");
    }

    one.db.forget_order().await.unwrap();
    other.db.forget_order().await.unwrap();
    if one.db.backend() == DbBackend::Sqlite {
        // To the last byte the same, so nothing is left of the order.
        assert!(file(&one).await == file(&other).await, "the files still differ");
    } else {
        assert_eq!(traces(&one.db).await, (1, by_id(40), by_id(40)));
        assert_eq!(traces(&other.db).await, (1, by_id(40), by_id(40)));
    }
    assert_eq!(rows(&one.db).await, stored, "a row was lost or changed");
}

#[tokio::test]
async fn forgetting_can_go_on_every_day() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    db.forget_order().await.unwrap();
    sample::store_questionnaire(db).await;
    arrive(db, 0..1).await;
    db.forget_order().await.unwrap();
    let file = "SELECT pg_relation_filenode('responses')::text AS a, min(xmin::text) AS b FROM responses";
    if db.backend() == DbBackend::Postgres {
        // A single row has to be moved too: its transaction's number stands beside those of other tables.
        let moved = catalog::ask::<1>(db, "SELECT value AS a FROM settings").await;
        assert_eq!(catalog::ask::<2>(db, file).await[0][1], moved[0][0]);
        let before = catalog::ask::<2>(db, file).await;
        db.forget_order().await.unwrap();
        assert_eq!(catalog::ask::<2>(db, file).await, before, "nothing came, and the table was written anew");
    }
    arrive(db, 1..20).await;
    db.forget_order().await.unwrap();
    arrive(db, 20..40).await;
    db.forget_order().await.unwrap();
    assert_eq!(response::Entity::find().all(db.reader()).await.unwrap().len(), 40);
    if db.backend() == DbBackend::Postgres {
        assert_eq!(catalog::ask::<1>(db, "SELECT count(DISTINCT xmin::text)::text AS a FROM responses").await, [["1"]]);
    }
}

#[tokio::test]
async fn nothing_need_be_kept_aside_for_the_order_to_be_forgotten() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    sample::store_questionnaire(db).await;
    sample::store(db, sample::response(1)).await;
    db.forget_order().await.unwrap();
    assert_eq!(rows(db).await, (vec![sample::response(1)], vec![]));
}

#[tokio::test]
async fn what_was_deleted_is_gone_from_the_files_after_a_day() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    sample::store_questionnaire(db).await;
    arrive(db, 0..10).await;
    db.forget_order().await.unwrap();
    let row = response::Entity::find_by_id(sample::response(3).instance_id);
    let row = row.one(db.reader()).await.unwrap().unwrap();
    assert!(in_files(&test).await.contains("mark-000003"), "the test sees nothing");

    response::Entity::delete_by_id(row.instance_id).exec(db.writer()).await.unwrap();
    sample::store(db, sample::deleted(3)).await;
    db.forget_order().await.unwrap();
    let left = in_files(&test).await;
    assert!(!left.contains("mark-000003") && left.contains("mark-000004"));
    assert_eq!(response::Entity::find().all(db.reader()).await.unwrap().len(), 9);
}

/// What the files of the answers hold, as text: SQLite's one, PostgreSQL's table and its side table.
async fn in_files(test: &TestDatabase) -> String {
    if test.db.backend() == DbBackend::Sqlite {
        return String::from_utf8_lossy(&file(test).await).into_owned();
    }
    test.db.writer().execute_unprepared("CHECKPOINT").await.unwrap();
    let sql = "SELECT encode(pg_read_binary_file(pg_relation_filepath(c.oid)) || \
        coalesce(pg_read_binary_file(pg_relation_filepath(nullif(c.reltoastrelid, 0))), ''), 'escape') AS a \
        FROM pg_class c WHERE c.oid = 'responses'::regclass";
    catalog::ask::<1>(&test.db, sql).await.concat().concat()
}

#[tokio::test]
async fn a_reader_in_the_middle_loses_nothing_and_the_order_is_forgotten_after_it() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    sample::store_questionnaire(db).await;
    arrive(db, 0..20).await;
    let stored = rows(db).await;
    let reader = db.snapshot().await.unwrap();
    // Reading fixes the moment.
    questionnaire::Entity::find().all(reader.connection()).await.unwrap();
    db.forget_order().await.expect_err("the old rows are still there, and nobody is told");
    assert_eq!(response::Entity::find().all(reader.connection()).await.unwrap().len(), 20, "a backup would lose these");
    reader.end().await.unwrap();

    db.forget_order().await.unwrap();
    if db.backend() == DbBackend::Postgres {
        assert_eq!(traces(db).await, (1, by_id(20), by_id(20)));
    }
    assert_eq!(rows(db).await, stored);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_that_arrive_meanwhile_are_kept() {
    let test = TestDatabase::migrated().await;
    let db = test.db.clone();
    sample::store_questionnaire(&db).await;
    arrive(&db, 0..20).await;
    let others = db.clone();
    let arriving = tokio::spawn(async move { arrive(&others, 20..60).await });
    for _ in 0..5 {
        db.forget_order().await.unwrap();
    }
    arriving.await.unwrap();
    assert_eq!(response::Entity::find().all(db.reader()).await.unwrap().len(), 60);
    assert_eq!(quarantined_response::Entity::find().all(db.reader()).await.unwrap().len(), 60);
}

async fn rows(db: &Db) -> (Vec<response::Model>, Vec<quarantined_response::Model>) {
    let mut responses = response::Entity::find().all(db.reader()).await.unwrap();
    responses.sort_by(|a, b| a.instance_id.cmp(&b.instance_id));
    let mut quarantined = quarantined_response::Entity::find().all(db.reader()).await.unwrap();
    quarantined.sort_by(|a, b| a.id.cmp(&b.id));
    (responses, quarantined)
}

/// SQLite: all that is on disk.
async fn file(test: &TestDatabase) -> Vec<u8> {
    test.db.writer().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    std::fs::read(test.url().strip_prefix("sqlite://").unwrap()).unwrap()
}

/// PostgreSQL: how many transactions wrote the rows, and the numbers in the order of the rows' places and of the
/// numbers of their long values.
async fn traces(db: &Db) -> (usize, Vec<u64>, Vec<u64>) {
    let writers = "SELECT xmin::text AS a FROM responses UNION SELECT xmin::text FROM quarantined_responses";
    let writers = catalog::ask::<1>(db, writers).await.len();
    let places = catalog::ask::<1>(db, "SELECT substr(payload, 6, 6) AS a FROM responses ORDER BY ctid").await;
    let side = catalog::ask::<1>(
        db,
        "SELECT reltoastrelid::regclass::text AS a FROM pg_class WHERE oid = 'responses'::regclass",
    )
    .await
    .concat()
    .concat();
    let values = format!(
        "SELECT encode(substr(chunk_data, 6, 6), 'escape') AS a FROM {side} WHERE chunk_seq = 0 ORDER BY chunk_id"
    );
    let values = catalog::ask::<1>(db, &values).await;
    let numbers = |rows: Vec<[String; 1]>| rows.concat().iter().map(|number| number.parse().unwrap()).collect();
    (writers, numbers(places), numbers(values))
}
