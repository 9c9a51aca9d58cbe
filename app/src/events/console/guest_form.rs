//! The fields of one guest, for the screens that enter and correct one.

use super::guest_parts::{fault_word, kind_rows, menu};
use crate::{
    auth::pages::problems::Problems,
    events::{
        guest::{self, Fault, KINDS, Line, Phone, Typed},
        server::entities,
    },
    i18n::*,
    ui::{Field, Reader, html::Html, text_field},
};
use serde::Deserialize;

/// What was typed. It has no `Debug`: it is somebody's name.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct GuestForm {
    name: String,
    reading: String,
    organisation: String,
    phone: String,
    email: String,
    kind: String,
    needs: String,
    note: String,
    /// A place's position, from 1.
    pub place: String,
    /// In which language mails are written.
    pub language: String,
    /// What makes the form count once.
    pub attempt: String,
    /// What is to be done.
    pub act: String,
}

impl GuestForm {
    /// Nothing typed yet; most who call speak Japanese.
    pub fn blank(attempt: String) -> Self {
        Self { attempt, language: "ja".to_owned(), ..Self::default() }
    }

    /// What is known of a guest.
    pub fn of(row: &entities::registration::Model, guest: &entities::guest::Model) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            name: guest.name.clone(),
            reading: text(&guest.reading),
            organisation: guest.organisation.clone(),
            phone: guest.phone.clone(),
            email: text(&guest.email),
            kind: text(&row.kind),
            needs: text(&guest.needs),
            note: text(&guest.note),
            ..Self::default()
        }
    }

    /// Reads it; what is wrong goes to `problems`.
    pub fn read(&self, reader: Reader, problems: &mut Problems) -> Option<Typed> {
        fn keep<T>(
            reader: Reader,
            problems: &mut Problems,
            id: &'static str,
            read: Result<Option<T>, Fault>,
        ) -> Option<T> {
            read.unwrap_or_else(|fault| {
                problems.add(id, fault_word(reader, fault));
                None
            })
        }
        let name = keep(reader, problems, "name", Line::required(&self.name).map(Some));
        let reading = keep(reader, problems, "reading", Line::reading(&self.reading));
        let organisation = keep(reader, problems, "organisation", Line::optional(&self.organisation));
        let phone = keep(reader, problems, "phone", Phone::optional(&self.phone));
        let email = keep(reader, problems, "email", guest::email(&self.email));
        let needs = keep(reader, problems, "needs", guest::needs(&self.needs));
        keep(reader, problems, "note", guest::needs(&self.note));
        let kind = KINDS.into_iter().find(|kind| *kind == self.kind);
        let typed = Typed { name: name?, reading, organisation, phone, email, kind, needs, answers: None };
        problems.is_empty().then_some(typed)
    }

    /// The organizers' own note.
    pub fn note(&self) -> Option<String> {
        guest::needs(&self.note).ok().flatten()
    }

    /// Writes the fields.
    pub fn write(&self, html: &mut Html, reader: Reader, problems: &Problems, has_note: bool) {
        let locale = reader.locale;
        for (id, words, value, kind) in [
            ("name", td_string!(locale, guests.col_name), &self.name, "text"),
            ("reading", td_string!(locale, guests.col_reading), &self.reading, "text"),
            ("organisation", td_string!(locale, guests.col_organisation), &self.organisation, "text"),
            ("phone", td_string!(locale, guests.col_phone), &self.phone, "tel"),
            ("email", td_string!(locale, guests.col_email), &self.email, "email"),
        ] {
            let field = Field::new(id, words).error(problems.of(id));
            let field = if id == "name" { field.required() } else { field };
            let line = text_field::Line {
                name: id,
                value,
                kind,
                inputmode: None,
                autocomplete: "off",
                unit: None,
                short: false,
            };
            text_field::write_line(html, reader, &field, &line);
        }
        let kinds = kind_rows(reader, td_string!(locale, guests.kind_none));
        menu(html, reader, "kind", td_string!(locale, guests.col_kind), &kinds, &self.kind);
        let needs = Field::new("needs", td_string!(locale, guests.col_needs)).error(problems.of("needs"));
        text_field::write_lines(html, reader, &needs, "needs", &self.needs);
        if has_note {
            let note = Field::new("note", td_string!(locale, guests.col_note))
                .hint(td_string!(locale, guests.note_hint))
                .error(problems.of("note"));
            text_field::write_lines(html, reader, &note, "note", &self.note);
        }
    }
}
