use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("invitations", "A link by which somebody becomes an organizer, once")
            .key("token_hash", "Keyed hash of the token in the link")
            .text("email", "Who is invited; lower-case and composed (NFC)")
            .one_of("role", &["coordinator", "assistant"], "The role that waits for them")
            // No foreign key: the invitation outlives the organizer.
            .optional_text("invited_by", "Id of the organizer who invited; none for the command line")
            .instant("created_at", "Unix milliseconds")
            .instant("expires_at", "Unix milliseconds from which on the link is dead")
            .optional_instant("accepted_at", "Unix milliseconds at which it was used; it works once")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "invitations").await
    }
}
