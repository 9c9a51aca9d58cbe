use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("channels", "By what people come to a questionnaire: a poster, a class. Never one person")
            .key("id", "Random")
            .text("questionnaire_id", "Where it leads")
            .text("code", "What stands in the address. Answers carry it, so it is never changed and never deleted")
            .text("name", "What organizers call it; nobody else sees it")
            .one_of(
                "state",
                &["active", "retired"],
                "Whether it is still handed out; retired, it is counted all the same",
            )
            .day("created_on", "The site's day on which it was made")
            .unique(&["questionnaire_id", "code"])
            .references("questionnaire_id", "questionnaires", "id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "channels").await
    }
}
