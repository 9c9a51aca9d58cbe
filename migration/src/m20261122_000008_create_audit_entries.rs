use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("audit_entries", "What somebody of the secretariat did; never about the arrival of answers")
            .key("id", "Random")
            .instant("at", "Unix milliseconds")
            // No foreign key: the entry outlives the organizer.
            .optional_text("organizer_id", "Who did it; none for the command line")
            .text("action", "What, dotted: questionnaire.close")
            .text("subject", "To what: an id or a slug")
            .text("detail", "Keys and numbers for people; may be empty")
            .index(&["at"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "audit_entries").await
    }
}
