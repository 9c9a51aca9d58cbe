//! A table as a backup sees it: its columns by their definitions, whatever entity they belong to.

use sea_orm::{
    ColumnTrait, ColumnType, ConnectionTrait, DbErr, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn,
    QueryResult,
    sea_query::{Alias, Expr, ExprTrait, Func, Order, Query, SelectStatement},
};
use serde_json::{Map, Value};

/// One table to be saved.
#[derive(Clone, Debug)]
pub struct Table {
    name: &'static str,
    key: &'static str,
    columns: Vec<(&'static str, Kind)>,
}

/// What stands in a column.
#[derive(Clone, Copy, Debug)]
enum Kind {
    Text,
    Integer,
    Boolean,
}

impl Table {
    /// The table of an entity. Its primary key must be one text column, as everywhere here.
    #[must_use]
    pub fn of<E: EntityTrait>() -> Self {
        let columns =
            E::Column::iter().map(|column| (column.as_str(), Kind::of(column.def().get_column_type()))).collect();
        let key = E::PrimaryKey::iter().map(|key| key.into_column().as_str()).next().unwrap_or_default();
        Self { name: E::default().table_name(), key, columns }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How many rows it has.
    pub(super) async fn count<C: ConnectionTrait>(&self, conn: &C) -> Result<u64, DbErr> {
        let count = Query::select().expr_as(Func::count(Expr::col(self.key)), "rows").from(self.name).take();
        let rows: i64 = match conn.query_one(&count).await? {
            Some(row) => row.try_get("", "rows")?,
            None => 0,
        };
        Ok(u64::try_from(rows).unwrap_or_default())
    }

    /// The next rows by their key, and the key to go on from; an empty page is the end.
    pub(super) async fn page<C: ConnectionTrait>(
        &self,
        conn: &C,
        after: Option<&str>,
        size: u64,
    ) -> Result<Vec<Map<String, Value>>, DbErr> {
        let rows = conn.query_all(&self.select(after, size)).await?;
        rows.iter().map(|row| self.read(row)).collect()
    }

    /// The key of a row that [`Table::page`] gave.
    pub(super) fn key_of<'r>(&self, row: &'r Map<String, Value>) -> Option<&'r str> {
        row.get(self.key)?.as_str()
    }

    fn select(&self, after: Option<&str>, size: u64) -> SelectStatement {
        let mut select = Query::select();
        select
            .columns(self.columns.iter().map(|(name, _)| Alias::new(*name)))
            .from(self.name)
            .order_by(self.key, Order::Asc)
            .limit(size);
        if let Some(after) = after {
            select.and_where(Expr::col(self.key).gt(after));
        }
        select
    }

    fn read(&self, row: &QueryResult) -> Result<Map<String, Value>, DbErr> {
        self.columns
            .iter()
            .map(|(name, kind)| {
                let value = match kind {
                    Kind::Text => row.try_get::<Option<String>>("", name)?.map(Value::from),
                    Kind::Integer => row.try_get::<Option<i64>>("", name)?.map(Value::from),
                    Kind::Boolean => row.try_get::<Option<bool>>("", name)?.map(Value::from),
                };
                Ok(((*name).to_owned(), value.unwrap_or(Value::Null)))
            })
            .collect()
    }
}

impl Kind {
    /// Everything is text but numbers and truths; a column of yet another type would fail to be read as text, and the
    /// test that loses everything with it.
    fn of(column: &ColumnType) -> Self {
        match column {
            ColumnType::BigInteger | ColumnType::Integer => Self::Integer,
            ColumnType::Boolean => Self::Boolean,
            _ => Self::Text,
        }
    }
}
