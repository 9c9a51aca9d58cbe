use crate::table::{self, NewTable};
use sea_orm_migration::{prelude::*, sea_orm::DbBackend};

/// Questionnaires name their current definition. Deferrable, so that a backup can be put back in one transaction.
const LINK: &str = "ALTER TABLE questionnaires ADD CONSTRAINT questionnaires_current_definition_fkey \
    FOREIGN KEY (current_definition) REFERENCES definitions (hash) DEFERRABLE INITIALLY IMMEDIATE";
const UNLINK: &str = "ALTER TABLE questionnaires DROP CONSTRAINT questionnaires_current_definition_fkey";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("definitions", "What a questionnaire asked in one version; never updated")
            .hash_key("hash", "SHA-256 of body, hex")
            .text("questionnaire_id", "Whose definition it is")
            .text("version", "What its author calls this version")
            .text("body", "The canonical JSON")
            .day("published_on", "The site's day from which it could be answered")
            .unique(&["questionnaire_id", "version"])
            .references("questionnaire_id", "questionnaires", "id")
            .create(manager)
            .await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            manager.get_connection().execute_unprepared(LINK).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        connection.execute_unprepared("UPDATE questionnaires SET current_definition = NULL").await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            connection.execute_unprepared(UNLINK).await?;
        }
        table::drop(manager, "definitions").await
    }
}
