//! Nothing in the tables tells more about a response than its day.

use super::{catalog, sample};
use crate::support::database::TestDatabase;
use app::{
    questionnaires::server::entities::{quarantined_response, response},
    server::db::Db,
};
use sea_orm::{ConnectionTrait, DbBackend, EntityTrait};
use std::collections::BTreeMap;

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
const QUARANTINED: [&str; 8] =
    ["id", "reason", "questionnaire", "definition", "instance_id", "digest", "payload", "received_on"];

#[tokio::test]
async fn responses_have_the_columns_that_were_agreed_on() {
    let test = TestDatabase::migrated().await;
    for (table, agreed) in [("responses", &RESPONSE[..]), ("quarantined_responses", &QUARANTINED[..])] {
        let columns = catalog::columns(&test.db, table).await;
        assert_eq!(columns.iter().map(|[name, ..]| name.as_str()).collect::<Vec<_>>(), agreed, "{table}");
        // Text only: no instant, no number that could count.
        assert!(columns.iter().all(|[_, kind, _]| kind == "text"), "{table}: {columns:?}");
    }
}

#[tokio::test]
async fn responses_have_no_number_that_rises() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    if db.backend() == DbBackend::Sqlite {
        for table in ["responses", "quarantined_responses"] {
            let sql = format!("SELECT sql AS a FROM sqlite_master WHERE type = 'table' AND name = '{table}'");
            let made = catalog::ask::<1>(db, &sql).await.concat().concat();
            assert!(made.ends_with("WITHOUT ROWID"), "{made}");
            let hidden = format!("SELECT rowid FROM {table}");
            assert!(db.writer().execute_unprepared(&hidden).await.is_err(), "{table} has a rowid");
        }
    } else {
        let counters = "SELECT relname::text AS a FROM pg_class WHERE relkind = 'S' UNION ALL \
            SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal";
        assert_eq!(catalog::ask::<1>(db, counters).await, [[""; 1]; 0]);
    }
}

#[tokio::test]
async fn indexes_end_with_what_is_random() {
    let test = TestDatabase::migrated().await;
    let sql = catalog::by(
        &test.db,
        "SELECT m.name AS a, group_concat(i.name, ', ' ORDER BY i.seqno) AS b FROM sqlite_master m, pragma_index_info(m.name) i \
         WHERE m.type = 'index' AND m.tbl_name IN ('responses', 'quarantined_responses') \
         AND m.sql IS NOT NULL GROUP BY m.name ORDER BY m.name",
        "SELECT indexname::text AS a, substring(indexdef FROM '\\((.*)\\)') AS b FROM pg_indexes \
         WHERE tablename IN ('responses', 'quarantined_responses') AND indexname NOT LIKE '%\\_pkey' ORDER BY 1",
    );
    let expected = [
        ["quarantined_responses_instance_id_digest_key", "instance_id, digest"],
        ["responses_code_hash_key", "code_hash"],
        ["responses_questionnaire_id_received_on_instance_id_idx", "questionnaire_id, received_on, instance_id"],
    ];
    assert_eq!(catalog::ask::<2>(&test.db, sql).await, expected);
}

/// Stores responses one by one, each in a transaction, with something to find them by and `filler` bytes that cannot
/// be packed; gives the marks in the order of the ids.
async fn arrive(db: &Db, numbers: std::ops::Range<u64>, filler: usize) {
    for number in numbers {
        let mut noise = vec![0_u8; filler / 2];
        getrandom::fill(&mut noise).unwrap();
        let noise: String = noise.iter().map(|byte| format!("{byte:02x}")).collect();
        sample::store(db, response::Model { payload: format!("{}{noise}", mark(number)), ..sample::response(number) }).await;
        sample::store(db, sample::quarantined(number)).await;
    }
}

fn mark(number: u64) -> String {
    format!("mark-{number:06}-")
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
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    sample::store_questionnaire(db).await;
    // Long enough that PostgreSQL keeps them in the side table, where every value has a rising number.
    let filler = if db.backend() == DbBackend::Sqlite { 100 } else { 6000 };
    arrive(db, 0..40, filler).await;
    let (responses, quarantined) = rows(db).await;
    if db.backend() == DbBackend::Sqlite {
        assert_ne!(places(&test).await, by_id(40), "the file shows no order even before: the test sees nothing");
        db.forget_order().await.unwrap();
        assert_eq!(places(&test).await, by_id(40));
    } else {
        assert_eq!(traces(db).await, (40, (0..40).collect(), (0..40).collect()), "the test sees nothing");
        db.forget_order().await.unwrap();
        assert_eq!(traces(db).await, (1, by_id(40), by_id(40)));
    }
    assert_eq!(rows(db).await, (responses, quarantined), "a row was lost or changed");
}

#[tokio::test]
async fn forgetting_can_go_on_every_day() {
    let test = TestDatabase::migrated().await;
    let db = &test.db;
    db.forget_order().await.unwrap();
    sample::store_questionnaire(db).await;
    arrive(db, 0..1, 100).await;
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
    arrive(db, 1..20, 100).await;
    db.forget_order().await.unwrap();
    arrive(db, 20..40, 100).await;
    db.forget_order().await.unwrap();
    assert_eq!(response::Entity::find().all(db.reader()).await.unwrap().len(), 40);
    if db.backend() == DbBackend::Postgres {
        assert_eq!(catalog::ask::<1>(db, "SELECT count(DISTINCT xmin::text)::text AS a FROM responses").await, [["1"]]);
    } else {
        assert_eq!(places(&test).await, by_id(40));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn answers_that_arrive_meanwhile_are_kept() {
    let test = TestDatabase::migrated().await;
    let db = test.db.clone();
    sample::store_questionnaire(&db).await;
    arrive(&db, 0..20, 100).await;
    let others = db.clone();
    let arriving = tokio::spawn(async move { arrive(&others, 20..60, 100).await });
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

/// SQLite: the numbers in the order in which their payloads lie in the file, by page, and within a page from its end,
/// where SQLite begins to fill it.
async fn places(test: &TestDatabase) -> Vec<u64> {
    test.db.writer().execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    let path = test.url().strip_prefix("sqlite://").unwrap();
    let bytes = std::fs::read(path).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let mut places = BTreeMap::new();
    for at in 0..bytes.len() {
        if bytes[at..].starts_with(b"mark-") {
            let number = std::str::from_utf8(&bytes[at + 5..at + 11]).unwrap().parse().unwrap();
            places.insert((at / size, size - at % size), number);
        }
    }
    places.into_values().collect()
}

/// PostgreSQL: how many transactions wrote the rows, and the numbers in the order of the rows' places and of the
/// numbers of their long values.
async fn traces(db: &Db) -> (usize, Vec<u64>, Vec<u64>) {
    let writers = catalog::ask::<1>(
        db,
        "SELECT xmin::text AS a FROM responses UNION SELECT xmin::text FROM quarantined_responses WHERE false",
    );
    let writers = writers.await.len();
    let places = catalog::ask::<1>(db, "SELECT substr(payload, 6, 6) AS a FROM responses ORDER BY ctid").await;
    let side = catalog::ask::<1>(
        db,
        "SELECT reltoastrelid::regclass::text AS a FROM pg_class WHERE oid = 'responses'::regclass",
    )
    .await
    .concat()
    .concat();
    let values = format!("SELECT encode(substr(chunk_data, 6, 6), 'escape') AS a FROM {side} WHERE chunk_seq = 0 ORDER BY chunk_id");
    let values = catalog::ask::<1>(db, &values).await;
    let numbers = |rows: Vec<[String; 1]>| rows.concat().iter().map(|number| number.parse().unwrap()).collect();
    (writers, numbers(places), numbers(values))
}
