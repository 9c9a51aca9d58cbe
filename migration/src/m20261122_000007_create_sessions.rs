use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("sessions", "A browser in which an organizer is signed in")
            .key("id_hash", "Keyed hash of the token in the cookie")
            .text("organizer_id", "Who is signed in; their sessions go with them")
            .instant("created_at", "Unix milliseconds")
            .instant("last_seen_at", "Unix milliseconds of the last request, for the idle limit")
            .instant("expires_at", "Unix milliseconds from which on it is dead, idle or not")
            .index(&["organizer_id"])
            .belongs_to("organizer_id", "organizers", "id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "sessions").await
    }
}
