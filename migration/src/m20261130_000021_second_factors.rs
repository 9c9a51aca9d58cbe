use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("second_factors", "What an organizer's phone makes the codes of a sign-in from")
            .key("organizer_id", "Whose; it goes with them")
            .text("sealed", "The secret, sealed under the installation's secret; base 64")
            .number("last_step", "The thirty seconds of the last code that was taken: none is taken twice")
            .instant("added_at", "Unix milliseconds")
            .belongs_to("organizer_id", "organizers", "id")
            .create(manager)
            .await?;
        NewTable::new("recovery_codes", "Codes that take the place of the phone's; who uses one deletes its row")
            .key("code_hash", "Keyed hash of the code and of whose it is")
            .text("organizer_id", "Whose; they go with them")
            .index(&["organizer_id"])
            .belongs_to("organizer_id", "organizers", "id")
            .create(manager)
            .await?;
        table::add_instant(manager, "sessions", "proven_at", "When its second factor was shown; without one, never")
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop_column(manager, "sessions", "proven_at").await?;
        table::drop(manager, "recovery_codes").await?;
        table::drop(manager, "second_factors").await
    }
}
