use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new(
            "responses",
            "One person's answers. No minute, no address, no order: see app/src/server/db/forget.rs",
        )
        .key("instance_id", "Random, made by the person's device; sending twice stores once")
        .text("questionnaire_id", "What was answered")
        .text("definition", "Hash of the definition that was answered")
        .hash("digest", "SHA-256 of payload, hex")
        .text("payload", "The canonical bytes as they came, UTF-8 JSON")
        .text("language", "The language in which it was answered")
        .optional_text("channel", "How the person came to it, if the address said so")
        .day("received_on", "The site's day on which it came; nothing finer is kept")
        .text("code_hash", "Keyed hash of the code that the person may keep")
        .unique(&["code_hash"])
        // The id ends the index: rows of one day lie in it by their random ids, not as they came.
        .index(&["questionnaire_id", "received_on", "instance_id"])
        .references("questionnaire_id", "questionnaires", "id")
        .references("definition", "definitions", "hash")
        .without_rowid()
        .create(manager)
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "responses").await
    }
}
