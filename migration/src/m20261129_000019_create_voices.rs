use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("voice_epochs", "The keys to which voices are sealed, one after another")
            .number("number", "Which, from 1")
            .hash("public_key", "To this it is sealed; 64 hexadecimal digits")
            .text("certificate", "That the root vouches for it; 128 hexadecimal digits")
            .day("from_day", "From which day it may be sealed to")
            .day("until_day", "Until which")
            .optional_day("activated_on", "Since when it is; nothing before all who may read were there")
            .key_of(&["number"])
            .create(manager)
            .await?;
        NewTable::new(
            "voice_members",
            "Who reads at the voice desk and answers; their secret keys are locked by what they know",
        )
        .key("id", "Random; 32 hexadecimal digits")
        .text("organizer_id", "Who signs in. No foreign key: what they signed outlives them")
        .text("called", "How workers know them")
        .hash("sign_key", "With this their replies are checked; 64 hexadecimal digits")
        .text("sign_certificate", "That the root vouches for it; 128 hexadecimal digits")
        .hash("seal_key", "To this the keys of the desk are sealed; 64 hexadecimal digits")
        .text("seal_certificate", "That the root vouches for it; 128 hexadecimal digits")
        .text("salt", "Of their passphrase; 32 hexadecimal digits")
        .text("locked", "Their secret keys, locked by the passphrase; base 64")
        .day("joined_on", "When")
        .day("until_day", "Until when the root vouches")
        .optional_day("left_on", "Since when they read nothing new")
        .index(&["organizer_id"])
        .create(manager)
        .await?;
        NewTable::new("voice_trustees", "Who together, two of three, open the desk's keys when nobody of the desk can")
            .key("id", "Random; 32 hexadecimal digits")
            .text("called", "Who it is")
            .hash("seal_key", "To this recoveries are sealed; 64 hexadecimal digits")
            .text("certificate", "That the root vouches for it; 128 hexadecimal digits")
            .day("from_day", "From which day the root vouches")
            .day("until_day", "Until which")
            .create(manager)
            .await?;
        NewTable::new("voice_epoch_wraps", "The desk's secret keys, sealed for each of its members")
            .number("epoch", "Which key")
            .text("member_id", "For whom")
            .text("wrapped", "The key, sealed; base 64")
            .optional_day("opened_on", "When they opened it first; before, nobody knows that they can")
            .key_of(&["epoch", "member_id"])
            .references("epoch", "voice_epochs", "number")
            .references("member_id", "voice_members", "id")
            .create(manager)
            .await?;
        NewTable::new("voice_recoveries", "The desk's secret keys, sealed for two trustees together")
            .number("epoch", "Which key")
            .text("first_id", "For whom the inner seal is")
            .text("second_id", "For whom the outer one is")
            .text("nested", "The key, sealed twice; base 64")
            .optional_day("opened_on", "When the two opened it in a drill")
            .key_of(&["epoch", "first_id", "second_id"])
            .references("epoch", "voice_epochs", "number")
            .references("first_id", "voice_trustees", "id")
            .references("second_id", "voice_trustees", "id")
            .check("trustees", "first_id <> second_id")
            .create(manager)
            .await?;
        NewTable::new("voices", "What somebody told without a name: days and counts, never a word, never a minute")
            .key("id", "Random; 32 hexadecimal digits")
            .hash("receipt_tag", "Keyed hash of what follows from the receipt")
            .text("worker", "The worker's public keys, sealed under the installation's secret: they could be tried out")
            .number("epoch", "To which key the case key is wrapped for the desk")
            .text("language", "In which the worker reads")
            .one_of("state", &["received", "assessed", "addressed", "concluded"], "How far the desk is")
            .day("due_on", "By which day the worker was promised the next step")
            .optional_text("member_id", "Which member of the desk looks after it")
            .optional_text("labels", "What the desk calls it, sealed to its key; base 64")
            .number("opens", "How often a member of the desk opened it; the worker is shown the number")
            .number("messages", "The number of the last message")
            .number("kept_days", "For so many days after it was concluded it is kept")
            .day("opened_on", "When it came")
            .day("changed_on", "When something was last added")
            .optional_day("concluded_on", "When it was concluded")
            .unique(&["receipt_tag"])
            .references("epoch", "voice_epochs", "number")
            .without_rowid()
            .create(manager)
            .await?;
        NewTable::new("voice_messages", "Sealed messages; what they say only holders of the case key can tell")
            .text("voice_id", "Of which voice")
            .number("number", "Which of it, from 1")
            .text("envelope", "As it was sealed; base 64")
            .day("sent_on", "On which day")
            .key_of(&["voice_id", "number"])
            .references("voice_id", "voices", "id")
            .without_rowid()
            .create(manager)
            .await?;
        NewTable::new(
            "deleted_voices",
            "That a voice was deleted, for two days: the form that made it makes it no more",
        )
        .hash_key("mark", "Keyed hash of its id")
        .day("deleted_on", "When")
        .without_rowid()
        .create(manager)
        .await?;
        NewTable::new("voice_wraps", "The case keys, sealed for who may read. Not in the backups of the other tables")
            .text("voice_id", "Of which voice")
            .one_of("holder", &["desk", "worker"], "For whom")
            .text("wrapped", "The key; the worker's is sealed once more under the installation's secret. Base 64")
            .key_of(&["voice_id", "holder"])
            .references("voice_id", "voices", "id")
            .without_rowid()
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in [
            "voice_wraps",
            "deleted_voices",
            "voice_messages",
            "voices",
            "voice_recoveries",
            "voice_epoch_wraps",
            "voice_trustees",
            "voice_members",
            "voice_epochs",
        ] {
            table::drop(manager, name).await?;
        }
        Ok(())
    }
}
