//! What stands in the form of an event, field by field, as text.

use super::{Rows, questions, speakers};
use crate::{
    events::{
        server::{
            catalogue::Event,
            planning::{PlaceKind, Promotion},
        },
        words::Words,
    },
    ui::reader::{LOCALES, tag},
};
use std::collections::HashMap;

/// The fields of the form by their names.
#[derive(Clone, Debug, Default)]
pub struct Typed(HashMap<String, Vec<String>>);

impl Typed {
    /// What a browser sent. Signs that no database stores are left out, and lines end as they do here.
    #[must_use]
    pub fn of_form(pairs: Vec<(String, String)>) -> Self {
        let mut typed = Self::default();
        for (name, value) in pairs {
            let value: String =
                value.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
            typed.0.entry(name).or_default().push(value);
        }
        typed
    }

    /// The form of an event that is not there yet.
    #[must_use]
    pub fn new_event() -> Self {
        let mut typed = Self::default();
        typed.set("offset", "540");
        typed.set("promotion", "at_once");
        typed.set("hours", "24");
        typed.set("keep", "30");
        typed.set("speaks", "ja");
        for rows in Rows::ALL {
            typed.set(rows.count(), if rows == Rows::Programme { "3" } else { "1" });
        }
        typed
    }

    /// The form of an event.
    #[must_use]
    pub fn of_event(event: &Event) -> Self {
        let mut typed = Self::default();
        typed.set("seen", event.changed_at.to_string());
        typed.set("series", event.series.as_ref().map_or("", |series| &series.slug));
        typed.set("number", event.number.map(|number| number.to_string()).unwrap_or_default());
        typed.set_words("title", &event.title);
        typed.set_words("about", &event.details.about);
        typed.set_day("day", Some(event.held_on));
        typed.set_day("until", event.register_until);
        typed.set("begins", event.begins.map(String::from).unwrap_or_default());
        typed.set("ends", event.ends.map(String::from).unwrap_or_default());
        typed.set("offset", event.utc_offset_minutes.to_string());
        typed.0.insert("speaks".to_owned(), event.details.languages.clone());
        typed.set_words("interpretation", &event.details.interpretation);
        typed.set("report", event.report.as_deref().unwrap_or_default());
        let promotion = if event.promotion == Promotion::Offered { "offered" } else { "at_once" };
        typed.set("promotion", promotion);
        typed.set("hours", event.offer_hours.to_string());
        typed.set("keep", event.keep_days.to_string());
        typed.set("questions", event.questions.as_deref().map(questions::to_typed).unwrap_or_default());
        typed.set_rows(event);
        typed
    }

    fn set_rows(&mut self, event: &Event) {
        for (row, place) in event.places.iter().enumerate() {
            let name = |field| Rows::Places.name(row, field);
            self.set(&name("id"), place.id.as_str());
            self.set(&name("kind"), if place.kind == PlaceKind::Online { "online" } else { "venue" });
            self.set_words(&name("name"), &place.name);
            self.set_words(&name("address"), place.address.as_ref().unwrap_or(&Words::default()));
            self.set_words(&name("access"), &place.access);
            self.set(&name("link"), place.link.as_deref().unwrap_or_default());
            self.set(&name("capacity"), place.taken.capacity.map(|seats| seats.to_string()).unwrap_or_default());
        }
        for (row, item) in event.details.programme.iter().enumerate() {
            self.set(&Rows::Programme.name(row, "at"), item.at.as_str());
            self.set_words(&Rows::Programme.name(row, "title"), &item.title);
            self.set(&Rows::Programme.name(row, "speakers"), speakers::write(&item.speakers));
        }
        for (row, host) in event.details.hosts.iter().enumerate() {
            self.set(&Rows::Hosts.name(row, "role"), host.role.as_str());
            self.set_words(&Rows::Hosts.name(row, "name"), &host.name);
            self.set_words(&Rows::Hosts.name(row, "receives"), &host.receives);
        }
        for (row, material) in event.details.materials.iter().enumerate() {
            self.set_words(&Rows::Materials.name(row, "title"), &material.title);
            self.set(&Rows::Materials.name(row, "url"), material.url.as_str());
        }
        for rows in Rows::ALL {
            let there = match rows {
                Rows::Places => event.places.len(),
                Rows::Programme => event.details.programme.len(),
                Rows::Hosts => event.details.hosts.len(),
                Rows::Materials => event.details.materials.len(),
            };
            // One to write a new one into.
            self.set(rows.count(), (there + 1).to_string());
        }
    }

    /// A field, or nothing.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|values| values.first()).map_or("", String::as_str)
    }

    /// All values of a name.
    #[must_use]
    pub fn all(&self, name: &str) -> &[String] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// Puts a value into a field.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), vec![value.into()]);
    }

    /// A text in its languages: `title-ja`, `title-en`.
    #[must_use]
    pub fn words(&self, name: &str) -> Words {
        Words::new(LOCALES.map(tag).map(|tag| (tag, self.get(&[name, "-", tag].concat()))))
    }

    fn set_words(&mut self, name: &str, words: &Words) {
        for (tag, text) in words.iter() {
            self.set(&[name, "-", tag].concat(), text);
        }
    }

    fn set_day(&mut self, name: &str, day: Option<form::Day>) {
        let fields = crate::events::console::edit::moments::day_fields(day);
        for (part, value) in ["year", "month", "day"].into_iter().zip(fields) {
            self.set(&[name, "-", part].concat(), value);
        }
    }

    /// How many rows a list of the form has, at least one.
    #[must_use]
    pub fn rows(&self, rows: Rows) -> usize {
        self.get(rows.count()).parse().unwrap_or(1).clamp(1, rows.most())
    }

    /// Adds rows if *more rows* was pressed; whether it was.
    pub fn add_rows(&mut self) -> bool {
        let pressed = Rows::ALL.into_iter().find(|rows| rows.as_str() == self.get("more"));
        if let Some(rows) = pressed {
            let count = (self.rows(rows) + rows.step()).min(rows.most());
            self.set(rows.count(), count.to_string());
        }
        pressed.is_some()
    }
}
