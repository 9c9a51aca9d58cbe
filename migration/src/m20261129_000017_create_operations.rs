use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("desks", "Who may say for one event and place who came")
            .key("id", "Random; 32 hexadecimal digits")
            .text("event_id", "The event")
            .text("place_id", "The place")
            .text("name", "What organizers call it")
            .text("token_hash", "Keyed hash of the secret that it shows")
            .optional_text("opened_by", "Which organizer. No foreign key: the row outlives them")
            .instant("opened_at", "When")
            .instant("expires_at", "From when on it says nothing new")
            .optional_instant("revoked_at", "Since when it says nothing at all")
            .number("made", "The number of the last operation that it says it has made")
            .optional_instant("seen_at", "When it was last heard of")
            .unique(&["token_hash"])
            .index(&["event_id"])
            .belongs_to("event_id", "events", "id")
            .create(manager)
            .await?;
        NewTable::new("operations", "What desks said, in ids alone; rows are never changed")
            .key("id", "Random, made by the desk; 32 hexadecimal digits")
            .text("event_id", "The event")
            .number("number", "Its place in the order in which the event's operations were taken in, from 1")
            .text("desk_id", "Which desk")
            .number("sequence", "The desk's own number for it, from 1")
            .instant("at", "When it happened, by the server's clock as well as that is known")
            .instant("noted_at", "What the desk's clock said")
            .instant("received_at", "When it came")
            .number("doubtful", "1 if the desk's clock cannot have been right")
            .number("known", "Up to which number the desk knew what others had said")
            .one_of("act", &["arrive", "walk_in", "leave", "move", "correct", "undo"], "What happened")
            .optional_text(
                "guest",
                "Whom it is about: a registration, or who walked in. No foreign key: it outlives them",
            )
            .optional_text("place", "Where")
            .optional_text("target", "What an undo takes back; it may come later than the undo")
            .unique(&["event_id", "number"])
            .unique(&["desk_id", "sequence"])
            .belongs_to("event_id", "events", "id")
            .references("desk_id", "desks", "id")
            .create(manager)
            .await?;
        NewTable::new("operation_names", "Names that were told at a desk; deleted with the names of the guests")
            .key("operation_id", "Beside which operation")
            .text("event_id", "The event")
            .text("guest", "Whose")
            .text("name", "As it was typed")
            .index(&["event_id"])
            .index(&["guest"])
            .belongs_to("operation_id", "operations", "id")
            .create(manager)
            .await?;
        NewTable::new("refused_operations", "What a desk said and nobody could take in: for a person to look at")
            .key("id", "Random")
            .text("event_id", "The event")
            .text("desk_id", "Which desk")
            .text("operation_id", "What it called it")
            .text("why", "Why, a key")
            .text("operation", "What it said, JSON of ids")
            .optional_text("name", "The name beside it; deleted with the names of the guests")
            .instant("received_at", "When it came first")
            .optional_instant("settled_at", "When somebody looked")
            .optional_text("settled_by", "Which organizer. No foreign key: the row outlives them")
            .unique(&["desk_id", "operation_id", "why"])
            .index(&["event_id"])
            .belongs_to("event_id", "events", "id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["refused_operations", "operation_names", "operations", "desks"] {
            table::drop(manager, name).await?;
        }
        Ok(())
    }
}
