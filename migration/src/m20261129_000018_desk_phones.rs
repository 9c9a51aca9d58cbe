use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::add_text(manager, "desks", "invitation_hash", "Keyed hash of what the square says; a phone enters once")
            .await?;
        table::add_instant(manager, "desks", "entered_at", "When a phone did").await?;
        manager
            .create_index(
                Index::create()
                    .name("desks_invitation_hash_key")
                    .table(Alias::new("desks"))
                    .col(Alias::new("invitation_hash"))
                    .unique()
                    .to_owned(),
            )
            .await?;
        table::add_instant(manager, "refused_operations", "happened_at", "When it happened, if that can be told")
            .await?;
        NewTable::new("merged_guests", "Whom somebody is that a desk or a guest knows by another id; ids alone")
            .key("guest", "The other id; 32 hexadecimal digits")
            .text("event_id", "The event")
            .text("into_guest", "Who it is")
            .index(&["event_id"])
            .belongs_to("event_id", "events", "id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop(manager, "merged_guests").await?;
        table::drop_column(manager, "refused_operations", "happened_at").await?;
        manager
            .drop_index(Index::drop().name("desks_invitation_hash_key").table(Alias::new("desks")).to_owned())
            .await?;
        table::drop_column(manager, "desks", "entered_at").await?;
        table::drop_column(manager, "desks", "invitation_hash").await
    }
}
