use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

const LANE: &str = "Transactions that run at once add in different lanes; the sum over the lanes counts";
const NO_CHANNEL: &str = "How people came to it; empty if the address did not say";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        counts("response_counts", "How many sent answers there are; kept with them, so that nobody has to count")
            .text("definition", "Hash of the definition that was answered")
            .text("language", "The language in which it was answered")
            .text("channel", NO_CHANNEL)
            .number("lane", LANE)
            .number("n", "How many")
            .key_of(&["questionnaire_id", "definition", "language", "channel", "lane"])
            .create(manager)
            .await?;
        counts("day_counts", "How many answers came on a day")
            .day("day", "The site's day; nothing finer is kept")
            .number("lane", LANE)
            .number("n", "How many")
            .key_of(&["questionnaire_id", "day", "lane"])
            .create(manager)
            .await?;
        counts("answer_counts", "How many people said what to a question; never a word of theirs")
            .text("definition", "Hash of the definition that was answered")
            .text("question", "The question's name")
            .text("value", "A choice's code, a range of numbers, or _answered, _declined, _unknown, _skipped")
            .text("language", "The language in which it was answered")
            .text("channel", NO_CHANNEL)
            .number("lane", LANE)
            .number("n", "How many")
            // Question and value come before language and channel, so that a page adds up along the key.
            .key_of(&["questionnaire_id", "definition", "question", "value", "language", "channel", "lane"])
            .create(manager)
            .await?;
        counts("step_counts", "How many of the people who allowed it came to a page of the way; not joined to answers")
            .text("definition", "Hash of the definition that they answered")
            .text("question", "The question's name, or _check, or _sent")
            .number("lane", LANE)
            .number("n", "How many")
            .key_of(&["questionnaire_id", "definition", "question", "lane"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["step_counts", "answer_counts", "day_counts", "response_counts"] {
            table::drop(manager, name).await?;
        }
        Ok(())
    }
}

fn counts(name: &'static str, comment: &'static str) -> NewTable {
    NewTable::new(name, comment)
        .text("questionnaire_id", "Of which questionnaire")
        .references("questionnaire_id", "questionnaires", "id")
        .without_rowid()
}
