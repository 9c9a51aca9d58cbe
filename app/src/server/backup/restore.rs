//! Putting a backup back.

use super::{
    BackupError, Summary, Table,
    file::{Manifest, Reader, Row, inspect},
    migrations,
};
use crate::server::db::{Db, defer_foreign_keys};
use sea_orm::{
    ConnectionTrait, DatabaseTransaction, DbErr,
    sea_query::{Alias, Expr, Query},
};
use serde_json::Value;
use std::{collections::HashSet, path::Path};

/// Rows that are inserted by one statement; a row has about ten columns, and SQLite takes 32,766 values.
const BATCH: usize = 200;

/// Puts the rows of the file at `path` into an empty database that is at the file's step of migration.
///
/// The file is read twice: once to the end to see that it is whole, then to insert; all in one transaction, in which `also`
/// does what belongs to it; it is told what the file says of itself.
///
/// # Errors
/// When the file is not a whole, unchanged backup of ours, the database is at another step or not empty, or fails.
/// Nothing is written then.
pub async fn restore(
    db: &Db,
    tables: &[Table],
    path: &Path,
    also: impl AsyncFnOnce(&DatabaseTransaction, &Manifest) -> Result<(), DbErr>,
) -> Result<Summary, BackupError> {
    let manifest = inspect(path)?;
    if manifest.tables.keys().any(|name| !tables.iter().any(|table| table.name() == name)) {
        return Err(BackupError::Newer);
    }
    let tx = db.begin().await?;
    let done = match insert_all(&tx, tables, path).await {
        Ok(summary) => also(&tx, &manifest).await.map(|()| summary).map_err(BackupError::from),
        Err(error) => Err(error),
    };
    match done {
        Ok(summary) => {
            tx.commit().await?;
            Ok(summary)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

/// Rows that are nothing without a row of another table.
#[derive(Clone, Copy, Debug)]
pub struct Beside {
    /// The column that names the other row.
    pub column: &'static str,
    /// The other table.
    pub parent: &'static str,
    /// Its key.
    pub key: &'static str,
}

/// Puts the rows of one table back beside what is there, whatever step of migration the file was made at: what has lost
/// the row that it belongs to is left out. Rows that were there already are a failure: nothing is written over.
///
/// # Errors
/// When the file is not a whole, unchanged copy of this table alone, there are rows already, or the database fails.
pub async fn restore_beside(db: &Db, table: &Table, beside: Beside, path: &Path) -> Result<Summary, BackupError> {
    let manifest = inspect(path)?;
    if !manifest.tables.keys().eq([table.name()]) {
        return Err(BackupError::Foreign);
    }
    let tx = db.begin().await?;
    match insert_beside(&tx, table, beside, path).await {
        Ok(summary) => {
            tx.commit().await?;
            Ok(summary)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn insert_beside(
    tx: &DatabaseTransaction,
    table: &Table,
    beside: Beside,
    path: &Path,
) -> Result<Summary, BackupError> {
    if table.count(tx).await? > 0 {
        return Err(BackupError::NotEmpty { table: table.name().to_owned() });
    }
    let keys = tx.query_all(&Query::select().column(beside.key).from(beside.parent).take()).await?;
    let there: HashSet<String> = keys.iter().map(|row| row.try_get("", beside.key)).collect::<Result<_, _>>()?;
    let belongs = |row: &Row| {
        let key = row.values.get(beside.column).and_then(Value::as_str);
        key.is_some_and(|key| there.contains(key))
    };
    let mut summary = insert_rows(tx, Reader::open(path)?, belongs).await?;
    summary.rows = table.count(tx).await?;
    summary.tables.insert(table.name().to_owned(), summary.rows);
    Ok(summary)
}

async fn insert_all(tx: &DatabaseTransaction, tables: &[Table], path: &Path) -> Result<Summary, BackupError> {
    let reader = Reader::open(path)?;
    if migrations(tx).await? != reader.manifest.migrations {
        return Err(BackupError::OtherSchema);
    }
    for table in tables.iter().filter(|table| reader.manifest.tables.contains_key(table.name())) {
        if table.count(tx).await? > 0 {
            return Err(BackupError::NotEmpty { table: table.name().to_owned() });
        }
    }
    insert_rows(tx, reader, |_| true).await
}

async fn insert_rows(
    tx: &DatabaseTransaction,
    mut reader: Reader,
    is_wanted: impl Fn(&Row) -> bool,
) -> Result<Summary, BackupError> {
    defer_foreign_keys(tx).await?;
    let mut batch: Vec<Row> = Vec::with_capacity(BATCH);
    while let Some(row) = reader.next_row()? {
        if !is_wanted(&row) {
            continue;
        }
        if batch.len() == BATCH || batch.last().is_some_and(|last| !is_alike(last, &row)) {
            insert(tx, &batch).await?;
            batch.clear();
        }
        batch.push(row);
    }
    insert(tx, &batch).await?;
    Ok(reader.summary())
}

/// Whether two rows can be inserted by one statement.
fn is_alike(one: &Row, other: &Row) -> bool {
    one.table == other.table && one.values.keys().eq(other.values.keys())
}

async fn insert(tx: &DatabaseTransaction, batch: &[Row]) -> Result<(), BackupError> {
    let Some(first) = batch.first() else { return Ok(()) };
    let mut insert = Query::insert();
    insert.into_table(Alias::new(first.table.as_str())).columns(first.values.keys().map(Alias::new));
    for row in batch {
        let values = row.values.values().map(expression).collect::<Result<Vec<_>, _>>()?;
        insert.values(values).map_err(|error| DbErr::Custom(error.to_string()))?;
    }
    tx.execute(&insert).await?;
    Ok(())
}

/// A value as the database wants it. `NULL` is written out, because it has no type in the file.
fn expression(value: &Value) -> Result<Expr, BackupError> {
    match value {
        Value::Null => Ok(Expr::cust("NULL")),
        Value::Bool(truth) => Ok(Expr::val(*truth)),
        Value::Number(number) => number.as_i64().map(Expr::val).ok_or(BackupError::Altered),
        Value::String(text) => Ok(Expr::val(text.as_str())),
        Value::Array(_) | Value::Object(_) => Err(BackupError::Altered),
    }
}
