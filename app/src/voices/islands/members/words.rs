//! Sentences with a date or a name in them.

use crate::{
    i18n::*,
    ui::{
        Reader,
        dates::long_day,
        reader::{NAME, endonym, locale_of},
    },
    voices::{letters::Letter, standing::State},
};
use ::seal::voice::envelope::{Path, Role};
use form::Day;

/// A stored day in words; as it stands if it is none.
pub(super) fn date(reader: Reader, day: &str) -> String {
    Day::parse(day).map_or_else(|| day.to_owned(), |day| long_day(reader, day))
}

/// A language in its own script; as it stands if it is none of ours.
pub(super) fn language(tag: &str) -> String {
    locale_of(tag).map_or_else(|| tag.to_owned(), |locale| endonym(locale).to_owned())
}

/// How far the desk is.
pub(super) fn state(reader: Reader, state: State) -> &'static str {
    match state {
        State::Received => td_string!(reader.locale, members.state_received),
        State::Assessed => td_string!(reader.locale, members.state_assessed),
        State::Addressed => td_string!(reader.locale, members.state_addressed),
        State::Concluded => td_string!(reader.locale, members.state_concluded),
    }
}

/// Who wrote a letter, and when, as HTML.
pub(super) fn who(reader: Reader, letter: &Letter) -> String {
    let (locale, date) = (reader.locale, long_day(reader, letter.day));
    match (&letter.by, letter.role) {
        (Some(name), _) => {
            reader.rich_about(&td_string!(locale, members.by_member, name = NAME, date = date).to_string(), name)
        }
        (None, Role::Worker | Role::Desk | Role::Share) => {
            reader.rich(&td_string!(locale, members.by_worker, date = date).to_string())
        }
    }
}

/// Where it was sealed.
pub(super) fn path(reader: Reader, path: Path) -> &'static str {
    match path {
        Path::Server => td_string!(reader.locale, members.path_server),
        Path::Phone => td_string!(reader.locale, members.path_phone),
    }
}

/// Who looks after it, as HTML.
pub(super) fn looked_after(reader: Reader, name: &str) -> String {
    reader.rich_about(&td_string!(reader.locale, members.looked_after, name = NAME).to_string(), name)
}
