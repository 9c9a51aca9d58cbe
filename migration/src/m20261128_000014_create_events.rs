use crate::table::{self, NewTable};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        NewTable::new("series", "Events that follow one another: a round table each month, numbered seminars")
            .key("id", "Random")
            .text("slug", "Its name in addresses")
            .text("title", "What it is called, by language, JSON")
            .text("about", "What it is for, by language, JSON")
            .instant("changed_at", "When organizers changed it last")
            .unique(&["slug"])
            .create(manager)
            .await?;
        NewTable::new("events", "One date and theme, at one place or at several")
            .key("id", "Random; with the site's host it is the entry's name in calendars, so it never changes")
            .text("slug", "Its name in addresses")
            .optional_text("series_id", "The series it belongs to, if it does")
            .optional_number("number", "Which of its series it is")
            .text("title", "Theme, by language, JSON")
            .text("details", "About it, programme, hosts, languages, materials, JSON")
            .day("held_on", "The day, as the calendar at the place says")
            .optional_text("begins", "The time of day there, HH:MM; nothing while it is not fixed")
            .optional_text("ends", "The time of day there, HH:MM")
            .number("utc_offset_minutes", "How far the clocks there are ahead of UTC")
            .optional_day("register_until", "The last of the site's days on which people register, if there is one")
            .one_of(
                "state",
                &["draft", "announced", "open", "closed", "cancelled"],
                "What organizers decided; whether it is full, held or reported follows from the rest",
            )
            .optional_text("report", "Where its report is read")
            .optional_text("questions", "Organizers' own questions on the form, a definition, JSON")
            .one_of(
                "promotion",
                &["at_once", "offered"],
                "Whether who moves up from the waiting list has the seat or is offered it",
            )
            .number("offer_hours", "How long an offer stands, the night not counted")
            .number("keep_days", "After so many days from the event names are deleted")
            .optional_day("anonymised_on", "The site's day on which they were")
            .number("sequence", "The calendar entry's revision; rises only")
            .number("last_turn", "The turn of the latest registration")
            .instant("created_at", "When it was made")
            .instant("changed_at", "When organizers changed it last")
            .unique(&["slug"])
            .unique(&["series_id", "number"])
            .index(&["held_on"])
            .references("series_id", "series", "id")
            .create(manager)
            .await?;
        NewTable::new("places", "Where an event is held: rooms in cities, or online")
            .key("id", "Random")
            .text("event_id", "The event")
            .number("position", "Its place in the list, from 0")
            .one_of("kind", &["venue", "online"], "Whether people come there or call in")
            .text("name", "The city or what it is called, by language, JSON")
            .optional_text("address", "Where exactly, by language, JSON; nothing while it is to be announced")
            .text("access", "How to get there and in, without steps for instance, by language, JSON")
            .optional_text("link", "Where to call in; only guests see it")
            .optional_number("capacity", "Seats; nothing if there is no limit")
            .index(&["event_id", "position"])
            .belongs_to("event_id", "events", "id")
            .create(manager)
            .await?;
        NewTable::new("event_roles", "What an organizer may do for one event, perhaps at one place only")
            .key("id", "Random")
            .text("event_id", "The event")
            .text("organizer_id", "Who")
            .optional_text("place_id", "Where, if not everywhere")
            .one_of("role", &["owner", "organizer", "desk", "auditor"], "What they may do")
            .index(&["event_id"])
            .index(&["organizer_id"])
            .belongs_to("event_id", "events", "id")
            .belongs_to("organizer_id", "organizers", "id")
            .belongs_to("place_id", "places", "id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for name in ["event_roles", "places", "events", "series"] {
            table::drop(manager, name).await?;
        }
        Ok(())
    }
}
