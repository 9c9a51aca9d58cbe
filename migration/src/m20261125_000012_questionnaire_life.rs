use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

/// Editions that are there are numbered by their day; within one day nothing tells which was first.
const NUMBER_EDITIONS: &str = "UPDATE definitions SET number = (SELECT count(*) FROM definitions AS d \
    WHERE d.questionnaire_id = definitions.questionnaire_id AND (d.published_on < definitions.published_on \
    OR (d.published_on = definitions.published_on AND d.hash <= definitions.hash)))";

const CODE_INDEX: &str = "quarantined_responses_code_hash_idx";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let days = [
            ("opens_on", "The first of the site's days on which answers are counted, if there is one"),
            ("closes_on", "The last of the site's days on which answers are counted, if there is one"),
            ("results_through", "Answers up to this day stand in published results and can no longer be deleted"),
        ];
        for (name, comment) in days {
            table::add_day(manager, "questionnaires", name, comment).await?;
        }
        table::add_number(manager, "definitions", "number", "Which edition of its questionnaire it is, from 1").await?;
        manager.get_connection().execute_unprepared(NUMBER_EDITIONS).await?;
        // Whose code it is cannot be told here, without the secret: rows of earlier days have none.
        let code = "Keyed hash of the code that the person may keep, so that they can delete this too";
        table::add_text(manager, "quarantined_responses", "code_hash", code).await?;
        let index = Index::create().name(CODE_INDEX).table("quarantined_responses").col("code_hash").take();
        manager.create_index(index).await?;
        NewTable::new(
            "deleted_responses",
            "Answers that people deleted: they are not stored again. Nothing of them is kept",
        )
        .hash_key("code_hash", "Keyed hash of the code that the person kept")
        .text("questionnaire_id", "What was answered")
        .references("questionnaire_id", "questionnaires", "id")
        .index(&["questionnaire_id", "code_hash"])
        .without_rowid()
        .create(manager)
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "deleted_responses").await?;
        manager.drop_index(Index::drop().name(CODE_INDEX).table("quarantined_responses").to_owned()).await?;
        table::drop_column(manager, "quarantined_responses", "code_hash").await?;
        table::drop_column(manager, "definitions", "number").await?;
        for name in ["results_through", "closes_on", "opens_on"] {
            table::drop_column(manager, "questionnaires", name).await?;
        }
        Ok(())
    }
}
