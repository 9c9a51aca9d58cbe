//! What the database itself says about its tables.

use app::server::db::Db;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// Rows of texts; the columns of the question are named `a`, `b`, `c` as far as there are such.
pub async fn ask<const N: usize>(db: &Db, sql: &str) -> Vec<[String; N]> {
    let rows = db.writer().query_all_raw(Statement::from_string(db.backend(), sql)).await.unwrap();
    rows.iter()
        .map(|row| {
            std::array::from_fn(|index| {
                row.try_get::<Option<String>>("", ["a", "b", "c", "d"][index]).unwrap().unwrap_or_default()
            })
        })
        .collect()
}

/// One of two texts, by the database.
pub fn by<'s>(db: &Db, sqlite: &'s str, postgres: &'s str) -> &'s str {
    if db.backend() == DbBackend::Sqlite { sqlite } else { postgres }
}

/// All tables by name, without the list of steps.
pub async fn tables(db: &Db) -> Vec<String> {
    let sql = by(
        db,
        "SELECT name AS a FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
         AND name <> 'seaql_migrations' ORDER BY name",
        "SELECT tablename::text AS a FROM pg_tables WHERE schemaname = 'public' \
         AND tablename <> 'seaql_migrations' ORDER BY 1",
    );
    ask::<1>(db, sql).await.into_iter().map(|[name]| name).collect()
}

/// Columns in their order: name, type, and `NO` if it must be there (SQLite: `1`).
pub async fn columns(db: &Db, table: &str) -> Vec<[String; 3]> {
    let sqlite =
        format!("SELECT name AS a, type AS b, CAST(\"notnull\" AS TEXT) AS c FROM pragma_table_info('{table}')");
    let postgres = format!(
        "SELECT column_name::text AS a, data_type::text AS b, is_nullable::text AS c FROM information_schema.columns \
         WHERE table_schema = 'public' AND table_name = '{table}' ORDER BY ordinal_position"
    );
    ask(db, by(db, &sqlite, &postgres)).await
}

/// Everything that makes up the schema, as the database writes it down.
pub async fn schema(db: &Db) -> Vec<[String; 2]> {
    let sql = by(
        db,
        "SELECT name AS a, sql AS b FROM sqlite_master WHERE name <> 'seaql_migrations' ORDER BY name, sql",
        "SELECT conname::text AS a, pg_get_constraintdef(oid) AS b FROM pg_constraint \
           WHERE connamespace = 'public'::regnamespace \
         UNION ALL SELECT indexname::text, indexdef FROM pg_indexes WHERE schemaname = 'public' \
         UNION ALL SELECT table_name || '.' || column_name, \
           concat_ws(' ', data_type, is_nullable, collation_name, column_default) \
           FROM information_schema.columns WHERE table_schema = 'public' \
         UNION ALL SELECT tgname::text, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal \
         UNION ALL SELECT proname::text, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace \
         ORDER BY 1, 2",
    );
    ask(db, sql).await
}
