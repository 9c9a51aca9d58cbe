use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("organizers", "Somebody of the secretariat who may sign in")
            .key("id", "Random")
            .text("email", "Lower-case and composed (NFC)")
            .text("name", "How colleagues call them")
            .one_of("role", &["coordinator", "assistant"], "What they may do")
            .text("passphrase_hash", "Argon2id in the PHC format")
            .instant("created_at", "Unix milliseconds")
            .optional_instant("disabled_at", "Unix milliseconds since when they may not sign in any more")
            .unique(&["email"])
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "organizers").await
    }
}
