//! A table as a backup sees it: its columns by their definitions, whatever entity they belong to.

use sea_orm::{
    ColumnTrait, ColumnType, ConnectionTrait, DbErr, EntityTrait, IdenStatic, Iterable, PrimaryKeyToColumn,
    QueryResult,
    sea_query::{Alias, Asterisk, Expr, ExprTrait, Func, Order, Query, SelectStatement},
};
use serde_json::{Map, Value};

/// One table to be saved.
#[derive(Clone, Debug)]
pub struct Table {
    name: &'static str,
    key: Vec<(&'static str, Kind)>,
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
    /// The table of an entity.
    #[must_use]
    pub fn of<E: EntityTrait>() -> Self {
        let known = |column: E::Column| (column.as_str(), Kind::of(column.def().get_column_type()));
        let columns = E::Column::iter().map(known).collect();
        let key = E::PrimaryKey::iter().map(|key| known(key.into_column())).collect();
        Self { name: E::default().table_name(), key, columns }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How many rows it has.
    pub(super) async fn count<C: ConnectionTrait>(&self, conn: &C) -> Result<u64, DbErr> {
        let count = Query::select().expr_as(Func::count(Expr::col(Asterisk)), "rows").from(self.name).take();
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
        after: Option<&[Value]>,
        size: u64,
    ) -> Result<Vec<Map<String, Value>>, DbErr> {
        let rows = conn.query_all(&self.select(after, size)).await?;
        rows.iter().map(|row| self.read(row)).collect()
    }

    /// The key of a row that [`Table::page`] gave.
    pub(super) fn key_of(&self, row: &Map<String, Value>) -> Vec<Value> {
        self.key.iter().map(|(name, _)| row.get(*name).cloned().unwrap_or_default()).collect()
    }

    fn select(&self, after: Option<&[Value]>, size: u64) -> SelectStatement {
        let mut select = Query::select();
        select.columns(self.columns.iter().map(|(name, _)| Alias::new(*name))).from(self.name).limit(size);
        for (name, _) in &self.key {
            select.order_by(*name, Order::Asc);
        }
        if let Some(after) = after {
            let key = Expr::tuple(self.key.iter().map(|(name, _)| Expr::col(*name)));
            select.and_where(key.gt(Expr::tuple(after.iter().zip(&self.key).map(|(part, (_, kind))| kind.expr(part)))));
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
    /// A part of a key that [`Table::key_of`] gave, as the database wants it.
    fn expr(self, part: &Value) -> Expr {
        match self {
            Self::Integer => Expr::val(part.as_i64().unwrap_or_default()),
            Self::Boolean => Expr::val(part.as_bool().unwrap_or_default()),
            Self::Text => Expr::val(part.as_str().unwrap_or_default()),
        }
    }

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
