use crate::table::{self, NewTable};
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let table = NewTable::new("questionnaires", "What stays the same while its definitions follow one another")
            .key("id", "Random")
            .text("slug", "Its name in addresses")
            .one_of("state", &["open", "closed"], "Whether answers are counted")
            .optional_text("current_definition", "Hash of the definition that new answers are given to")
            .unique(&["slug"]);
        // The two tables name each other. SQLite takes a key to a table that comes later, and none afterwards;
        // PostgreSQL gets it in the next step.
        match manager.get_database_backend() {
            DbBackend::Sqlite => table.references("current_definition", "definitions", "hash").create(manager).await,
            _ => table.create(manager).await,
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "questionnaires").await
    }
}
