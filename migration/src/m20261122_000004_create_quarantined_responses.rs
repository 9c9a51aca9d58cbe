use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("quarantined_responses", "What came and could not be placed, kept for a person to look at")
            .key("id", "Random")
            .one_of("reason", &["unknown_definition", "closed", "other_bytes", "unreadable"], "Why it is here")
            .text("questionnaire", "The slug it was sent to, as the sender wrote it")
            .text("definition", "The hash it names, as the sender wrote it")
            .text("instance_id", "The id it names, as the sender wrote it")
            .hash("digest", "SHA-256 of payload, hex")
            .text("payload", "The bytes as they came, UTF-8")
            .day("received_on", "The site's day on which it came; nothing finer is kept")
            .unique(&["instance_id", "digest"])
            .without_rowid()
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "quarantined_responses").await
    }
}
