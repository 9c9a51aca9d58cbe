use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("imports", "Lists of guests that organizers pasted, so that each can be taken back once")
            .key("id", "Random")
            .text("event_id", "The event")
            .optional_text("organizer_id", "Who pasted it. No foreign key: the row outlives the organizer")
            .instant("at", "When")
            .number("guests", "How many were taken in")
            .optional_instant("undone_at", "When it was taken back, if it was")
            .index(&["event_id"])
            .belongs_to("event_id", "events", "id")
            .create(manager)
            .await?;
        NewTable::new("registrations", "Seats, places on waiting lists, interest. Who it is stands in `guests` alone")
            .key("id", "Random")
            .text("event_id", "The event")
            .optional_text("place_id", "Where they come; nothing while they only want to hear of it")
            .one_of(
                "state",
                &["interested", "registered", "waiting", "offered", "cancelled"],
                "`registered` and `offered` hold a seat",
            )
            .optional_text("ended_by", "Who or what cancelled it: guest, organizer, lapsed, event, import")
            .number("turn", "The order in which they came and wait, within the event")
            .text("code", "Six letters and digits that can be spoken, within the event")
            .text("link_key", "The secret of the personal link, enciphered under a key of the installation")
            .text("attempt", "What the form carried: the same form sent twice is one registration")
            .text("language", "In which mails are written")
            .optional_text("kind", "Kind of organisation, for the numbers that stay")
            .optional_instant("offered_until", "Until when an offered seat is kept")
            .optional_text("repeat_of", "The registration that it seems to repeat; such a one holds no seat")
            .one_of("source", &["guest", "organizer", "import"], "Who entered it")
            .optional_text("import_id", "With which list it came")
            .number("changes", "How often it changed in a way that a calendar entry shows")
            .instant("created_at", "When it came")
            .instant("changed_at", "When it changed last")
            .unique(&["event_id", "code"])
            .unique(&["link_key"])
            .unique(&["attempt"])
            .index(&["event_id", "place_id", "state", "turn"])
            .index(&["import_id"])
            .index(&["repeat_of"])
            .belongs_to("event_id", "events", "id")
            .references("place_id", "places", "id")
            .create(manager)
            .await?;
        NewTable::new("guests", "Who registered. Rows are deleted some days after the event; registrations stay")
            .key("registration_id", "Whose it is")
            .text("event_id", "The event")
            .text("name", "As they wrote it")
            .optional_text("reading", "In kana, for lists in kana order")
            .text("organisation", "Where they come from; may be empty")
            .text("phone", "As they wrote it; may be empty")
            .optional_text("email", "Where mails go")
            .optional_text("needs", "What they need to take part")
            .optional_text("answers", "Answers to the organizers' own questions, JSON")
            .text("name_key", "The name without differences of width, case and spaces")
            .text("phone_key", "The phone's digits; empty if there is none")
            .optional_text("email_key", "The address in small letters")
            .optional_text("note", "Organizers' own")
            .index(&["event_id", "name_key"])
            .belongs_to("registration_id", "registrations", "id")
            .references("event_id", "events", "id")
            .create(manager)
            .await?;
        NewTable::new("followers", "Who asked to hear of the next date of a series")
            .key("id", "Random")
            .text("series_id", "The series")
            .text("email", "Where mails go")
            .text("email_key", "The address in small letters")
            .text("language", "In which mails are written")
            .text("link_key", "The secret of the link that ends it, enciphered")
            .instant("created_at", "When they asked")
            .unique(&["series_id", "email_key"])
            .unique(&["link_key"])
            .belongs_to("series_id", "series", "id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["followers", "guests", "registrations", "imports"] {
            table::drop(manager, name).await?;
        }
        Ok(())
    }
}
