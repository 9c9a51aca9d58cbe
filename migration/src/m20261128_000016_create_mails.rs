use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

/// What a mail or a mailing can be about.
const KINDS: &[&str] = &[
    "confirmation",
    "waiting",
    "interest",
    "again",
    "place_fixed",
    "opened",
    "reminder",
    "changed",
    "cancelled",
    "promoted",
    "offered",
    "lapsed",
    "thanks",
    "next_date",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("mailings", "What is told to many at once; who cannot be mailed is called")
            .key("id", "Random")
            .text("event_id", "The event")
            .one_of("kind", KINDS, "What it tells")
            .optional_text("organizer_id", "Who sent it; nobody for what the program sends by itself")
            .optional_text("words", "What organizers added, by language, JSON")
            .instant("created_at", "When")
            .index(&["event_id"])
            .belongs_to("event_id", "events", "id")
            .create(manager)
            .await?;
        NewTable::new("mails", "The outbox: written in the transaction of what it tells, sent by the worker")
            .key("id", "Random; stands in the mail's Message-ID, so that one that went twice is seen once")
            .optional_text("event_id", "What it is about")
            .optional_text("mailing_id", "The mailing it belongs to")
            .optional_text("registration_id", "To whom it goes")
            .one_of("kind", KINDS, "What it tells")
            .optional_text("recipient", "The address; deleted with the guest's name")
            .optional_text("message", "Subject, text and calendar entry, JSON; deleted when it is sent")
            .one_of("state", &["waiting", "sent", "failed", "dropped"], "Where it stands")
            .number("tries", "How often it was tried")
            .instant("due_at", "When it is tried next")
            .optional_instant("claimed_until", "Until when a worker has it")
            .optional_text("fault", "Why the last try failed, a key")
            .instant("created_at", "When it was written")
            .optional_instant("sent_at", "When it was sent")
            .index(&["state", "due_at"])
            .index(&["event_id"])
            .index(&["mailing_id"])
            .index(&["registration_id"])
            .belongs_to("event_id", "events", "id")
            .belongs_to("mailing_id", "mailings", "id")
            .create(manager)
            .await?;
        NewTable::new("calls", "Whom a mailing cannot reach by mail, with a tick when they were called")
            .key("id", "Random")
            .text("mailing_id", "The mailing")
            .text("registration_id", "Whom")
            .optional_instant("done_at", "When somebody reached them")
            .optional_text("done_by", "Which organizer. No foreign key: the row outlives them")
            .unique(&["mailing_id", "registration_id"])
            .belongs_to("mailing_id", "mailings", "id")
            .belongs_to("registration_id", "registrations", "id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["calls", "mails", "mailings"] {
            table::drop(manager, name).await?;
        }
        Ok(())
    }
}
