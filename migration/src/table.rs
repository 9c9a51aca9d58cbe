//! How a table is described once for both databases.
//!
//! Text is `text`, compared by its bytes (`COLLATE "C"` on PostgreSQL, SQLite's own way); instants are 64-bit Unix
//! milliseconds, days ISO text. Constraints have the names that PostgreSQL would give them, `<table>_<columns>_key`
//! and so on, spelled out because code and people refer to them; SQLite names unique ones only. Comments go where
//! the database takes them: PostgreSQL.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// A table to be made.
pub(crate) struct NewTable {
    name: &'static str,
    comment: &'static str,
    columns: Vec<Column>,
    uniques: Vec<Vec<&'static str>>,
    indexes: Vec<Vec<&'static str>>,
    references: Vec<Reference>,
    checks: Vec<(String, String)>,
    key: Vec<&'static str>,
    has_rowid: bool,
}

struct Column {
    name: &'static str,
    kind: Kind,
    is_nullable: bool,
    comment: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Key,
    Text,
    Instant,
    Number,
}

struct Reference {
    columns: Vec<&'static str>,
    table: &'static str,
    keys: Vec<&'static str>,
    on_delete: ForeignKeyAction,
}

impl NewTable {
    /// A table whose rows are named by one text column, or by several ([`NewTable::key_of`]).
    pub(crate) fn new(name: &'static str, comment: &'static str) -> Self {
        Self {
            name,
            comment,
            columns: Vec::new(),
            uniques: Vec::new(),
            indexes: Vec::new(),
            references: Vec::new(),
            checks: Vec::new(),
            key: Vec::new(),
            has_rowid: true,
        }
    }

    /// The primary key.
    pub(crate) fn key(self, name: &'static str, comment: &'static str) -> Self {
        self.column(name, Kind::Key, false, comment)
    }

    /// A text that is always there.
    pub(crate) fn text(self, name: &'static str, comment: &'static str) -> Self {
        self.column(name, Kind::Text, false, comment)
    }

    /// A text that may be missing.
    pub(crate) fn optional_text(self, name: &'static str, comment: &'static str) -> Self {
        self.column(name, Kind::Text, true, comment)
    }

    /// One of a few words.
    pub(crate) fn one_of(mut self, name: &'static str, words: &[&str], comment: &'static str) -> Self {
        let words: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
        self.checks.push((format!("{}_{name}_check", self.name), format!("{name} IN ({})", words.join(", "))));
        self.column(name, Kind::Text, false, comment)
    }

    /// A SHA-256 as hex digits.
    pub(crate) fn hash(mut self, name: &'static str, comment: &'static str) -> Self {
        self.check_hash(name);
        self.column(name, Kind::Text, false, comment)
    }

    /// The primary key, a SHA-256 as hex digits.
    pub(crate) fn hash_key(mut self, name: &'static str, comment: &'static str) -> Self {
        self.check_hash(name);
        self.column(name, Kind::Key, false, comment)
    }

    /// A day of the calendar, `YYYY-MM-DD`.
    pub(crate) fn day(mut self, name: &'static str, comment: &'static str) -> Self {
        self.checks.push((format!("{}_{name}_check", self.name), format!("{name} LIKE '____-__-__'")));
        self.column(name, Kind::Text, false, comment)
    }

    /// A day of the calendar that may be missing.
    pub(crate) fn optional_day(mut self, name: &'static str, comment: &'static str) -> Self {
        self.checks.push((format!("{}_{name}_check", self.name), format!("{name} LIKE '____-__-__'")));
        self.column(name, Kind::Text, true, comment)
    }

    /// Unix milliseconds.
    pub(crate) fn instant(self, name: &'static str, comment: &'static str) -> Self {
        self.column(name, Kind::Instant, false, comment)
    }

    /// Unix milliseconds of what may not have happened.
    pub(crate) fn optional_instant(self, name: &'static str, comment: &'static str) -> Self {
        self.column(name, Kind::Instant, true, comment)
    }

    /// A whole number.
    pub(crate) fn number(self, name: &'static str, comment: &'static str) -> Self {
        self.column(name, Kind::Number, false, comment)
    }

    /// A whole number that may be missing.
    pub(crate) fn optional_number(self, name: &'static str, comment: &'static str) -> Self {
        self.column(name, Kind::Number, true, comment)
    }

    /// The primary key is these columns together.
    pub(crate) fn key_of(mut self, columns: &[&'static str]) -> Self {
        self.key = columns.to_vec();
        self
    }

    /// No two rows are alike in these columns.
    pub(crate) fn unique(mut self, columns: &[&'static str]) -> Self {
        self.uniques.push(columns.to_vec());
        self
    }

    /// Rows are looked for by these columns.
    pub(crate) fn index(mut self, columns: &[&'static str]) -> Self {
        self.indexes.push(columns.to_vec());
        self
    }

    /// What must hold in every row. `name` says it in the constraint's name.
    pub(crate) fn check(mut self, name: &str, rule: &str) -> Self {
        self.checks.push((format!("{}_{name}_check", self.name), rule.to_owned()));
        self
    }

    /// The column names a row of another table.
    pub(crate) fn references(self, column: &'static str, table: &'static str, key: &'static str) -> Self {
        self.references_by(&[column], table, &[key])
    }

    /// These columns together name a row of another table, where they are unique together.
    pub(crate) fn references_by(
        mut self,
        columns: &[&'static str],
        table: &'static str,
        keys: &[&'static str],
    ) -> Self {
        let (columns, keys) = (columns.to_vec(), keys.to_vec());
        self.references.push(Reference { columns, table, keys, on_delete: ForeignKeyAction::NoAction });
        self
    }

    /// The column names a row of another table, and this row goes with that one.
    pub(crate) fn belongs_to(mut self, column: &'static str, table: &'static str, key: &'static str) -> Self {
        let (columns, keys) = (vec![column], vec![key]);
        self.references.push(Reference { columns, table, keys, on_delete: ForeignKeyAction::Cascade });
        self
    }

    /// SQLite: keep the rows by their key alone, so that no hidden number tells in which order they came.
    pub(crate) fn without_rowid(mut self) -> Self {
        self.has_rowid = false;
        self
    }

    /// Makes the table, its indexes and its comments.
    pub(crate) async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let backend = manager.get_database_backend();
        manager.create_table(self.statement(backend)).await?;
        for columns in &self.indexes {
            manager.create_index(self.plain_index(columns, "idx").take()).await?;
        }
        match backend {
            DbBackend::Postgres => self.comment_on(manager).await,
            // SQLite drops the names of constraints in a table; an index of its own keeps its name.
            _ => {
                for columns in &self.uniques {
                    manager.create_index(self.plain_index(columns, "key").unique().take()).await?;
                }
                Ok(())
            }
        }
    }

    fn column(mut self, name: &'static str, kind: Kind, is_nullable: bool, comment: &'static str) -> Self {
        self.columns.push(Column { name, kind, is_nullable, comment });
        self
    }

    fn check_hash(&mut self, name: &str) {
        self.checks.push((format!("{}_{name}_check", self.name), format!("length({name}) = 64")));
    }

    fn statement(&self, backend: DbBackend) -> TableCreateStatement {
        let mut table = Table::create();
        table.table(self.name);
        for column in &self.columns {
            table.col(column.definition(backend));
        }
        if !self.key.is_empty() {
            let mut key = Index::create();
            key.name(format!("{}_pkey", self.name));
            for column in &self.key {
                key.col(*column);
            }
            table.primary_key(&mut key);
        }
        if backend == DbBackend::Postgres {
            for columns in &self.uniques {
                table.index(self.plain_index(columns, "key").unique());
            }
        }
        for reference in &self.references {
            let mut key = ForeignKey::create();
            key.name(format!("{}_{}_fkey", self.name, reference.columns.join("_")))
                .from_tbl(self.name)
                .to_tbl(reference.table)
                .on_delete(reference.on_delete);
            for (column, other) in reference.columns.iter().zip(&reference.keys) {
                key.from_col(*column).to_col(*other);
            }
            table.foreign_key(&mut key);
        }
        for (name, rule) in &self.checks {
            table.check((Alias::new(name.as_str()), Expr::cust(rule.clone())));
        }
        if backend == DbBackend::Sqlite && !self.has_rowid {
            table.extra("WITHOUT ROWID");
        }
        table
    }

    fn plain_index(&self, columns: &[&'static str], suffix: &str) -> IndexCreateStatement {
        let mut index = Index::create();
        index.name(format!("{}_{}_{suffix}", self.name, columns.join("_"))).table(self.name);
        for column in columns {
            index.col(*column);
        }
        index
    }

    async fn comment_on(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let quoted = |text: &str| format!("'{}'", text.replace('\'', "''"));
        let connection = manager.get_connection();
        connection.execute_unprepared(&format!("COMMENT ON TABLE {} IS {}", self.name, quoted(self.comment))).await?;
        for column in &self.columns {
            let sql = format!("COMMENT ON COLUMN {}.{} IS {}", self.name, column.name, quoted(column.comment));
            connection.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}

impl Column {
    fn definition(&self, backend: DbBackend) -> ColumnDef {
        let mut column = ColumnDef::new(self.name);
        match self.kind {
            Kind::Key | Kind::Text => column.text(),
            Kind::Instant | Kind::Number => column.big_integer(),
        };
        if !self.is_nullable {
            column.not_null();
        }
        if self.kind == Kind::Key {
            column.primary_key();
        }
        if backend == DbBackend::Postgres && matches!(self.kind, Kind::Key | Kind::Text) {
            column.extra("COLLATE \"C\"");
        }
        column
    }
}

/// A column for days in a table that is there; rows that are there have none.
pub(crate) async fn add_day(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    comment: &'static str,
) -> Result<(), DbErr> {
    let check = format!("CONSTRAINT {table}_{name}_check CHECK ({name} LIKE '____-__-__')");
    add_column(manager, table, name, comment, "text", &check).await
}

/// A column for texts in a table that is there; rows that are there have none.
pub(crate) async fn add_text(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    comment: &'static str,
) -> Result<(), DbErr> {
    add_column(manager, table, name, comment, "text", "").await
}

/// A column for instants in a table that is there; rows that are there have none.
pub(crate) async fn add_instant(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    comment: &'static str,
) -> Result<(), DbErr> {
    add_column(manager, table, name, comment, "bigint", "").await
}

/// A column for whole numbers in a table that is there; rows that are there have a 1.
pub(crate) async fn add_number(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    comment: &'static str,
) -> Result<(), DbErr> {
    add_column(manager, table, name, comment, "bigint", "NOT NULL DEFAULT 1").await
}

async fn add_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
    comment: &'static str,
    kind: &str,
    rule: &str,
) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
    let collation = if is_postgres && kind == "text" { "COLLATE \"C\"" } else { "" };
    connection.execute_unprepared(&format!("ALTER TABLE {table} ADD COLUMN {name} {kind} {collation} {rule}")).await?;
    if is_postgres {
        let comment = comment.replace('\'', "''");
        connection.execute_unprepared(&format!("COMMENT ON COLUMN {table}.{name} IS '{comment}'")).await?;
    }
    Ok(())
}

/// Takes a column away again.
pub(crate) async fn drop_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    name: &'static str,
) -> Result<(), DbErr> {
    manager.get_connection().execute_unprepared(&format!("ALTER TABLE {table} DROP COLUMN {name}")).await?;
    Ok(())
}

/// Takes a table away again.
pub(crate) async fn drop(manager: &SchemaManager<'_>, name: &'static str) -> Result<(), DbErr> {
    manager.drop_table(Table::drop().table(name).take()).await
}
