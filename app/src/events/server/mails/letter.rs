//! A mail as it is kept in the outbox, and how one is put together in the guest's language.
//!
//! What must stay true, held by the tests `events/mails`: a letter names nobody but the guest it goes to, and every
//! address in it is whole.

use super::phrases::{self, Phrases};
use crate::{
    error::AppError,
    events::{
        paths,
        server::{
            calendar,
            catalogue::Event,
            entities::{follower, guest, mailing::MailKind, registration},
            link::{self, Link},
        },
        words::Words,
    },
    i18n::Locale,
    server::Context,
    ui::{Reader, reader::locale_of},
};
use registration::State;
use serde::{Deserialize, Serialize};

/// What a mail says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The subject: one line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The calendar entry, if one goes along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
    /// Where its reader says that they want no more of this kind, if that can be said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
}

impl Letter {
    /// As it stands in a table.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What a table holds.
    #[must_use]
    pub fn of_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

/// What is told, the same for everybody who is told it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Told<'a> {
    /// Of which event.
    pub event: &'a Event,
    /// What.
    pub kind: MailKind,
    /// What organizers add.
    pub words: Option<&'a Words>,
    /// The next event of the series, for the letter of thanks.
    pub next: Option<&'a Event>,
}

/// Writes a letter about a registration.
///
/// # Errors
/// [`AppError::Internal`] if the stored link is broken.
pub(super) fn write(
    ctx: &Context,
    told: &Told<'_>,
    row: &registration::Model,
    guest: &guest::Model,
) -> Result<Letter, AppError> {
    let reader = reader_of(&row.language);
    let link = Link::of_key(ctx.keys(), &row.link_key)?.reveal();
    let event = told.event;
    let place = row.place_id.as_ref().and_then(|id| event.place(id));
    let says = Phrases { ctx, reader, event };
    let own = absolute(ctx, &paths::registration(reader, &link));
    let calendar = calendar_method(event, row, told.kind)
        .map(|is_cancelled| calendar::personal_entry(ctx, event, place, row.changes, reader, is_cancelled));

    let mut parts = vec![says.greeting(&guest.name), says.what(told.kind, row)];
    parts.extend(told.words.map(|words| words.plain(reader)).filter(|text| !text.is_empty()));
    if told.kind == MailKind::Offered {
        parts.push(phrases::link(&says.answer(), &own));
    }
    if told.kind == MailKind::Opened {
        parts.push(phrases::link(&says.register(), &own));
    }
    parts.push(says.facts(place, row.state));
    if told.kind == MailKind::Thanks {
        parts.extend(event.report.as_deref().map(|report| phrases::link(&says.report(), &absolute(ctx, report))));
        parts.extend(told.next.map(|next| next_words(ctx, reader, next, &link)));
    }
    parts.push([says.code(&link::spaced(&row.code)), phrases::link(&says.own(), &own)].join("\n"));
    if calendar.is_some() {
        parts.push(says.calendar());
    }
    parts.push(says.sign());
    Ok(Letter { subject: says.subject(told.kind), text: text(&parts), calendar, unsubscribe: None })
}

/// Writes to somebody who follows the series, that its next event takes guests.
///
/// # Errors
/// [`AppError::Internal`] if the stored link is broken.
pub(super) fn write_next_date(ctx: &Context, event: &Event, follower: &follower::Model) -> Result<Letter, AppError> {
    let reader = reader_of(&follower.language);
    let link = Link::of_key(ctx.keys(), &follower.link_key)?.reveal();
    let unfollow = absolute(ctx, &paths::unfollow(reader, &link));
    let says = Phrases { ctx, reader, event };
    let parts = [
        says.next_date(),
        says.facts(None, State::Interested),
        phrases::link(&says.register(), &absolute(ctx, &paths::register(reader, &event.slug))),
        says.sign_follower(&unfollow),
    ];
    Ok(Letter {
        subject: says.subject(MailKind::NextDate),
        text: text(&parts),
        calendar: None,
        unsubscribe: Some(unfollow),
    })
}

/// The next date, and how to come: with what they told before if people register already.
fn next_words(ctx: &Context, reader: Reader, next: &Event, link: &str) -> String {
    let says = Phrases { ctx, reader, event: next };
    let facts = [says.next(), says.facts(None, State::Interested)].join("\n");
    let way = if next.standing.takes_guests() {
        phrases::link(&says.again(), &absolute(ctx, &paths::register_again(reader, &next.slug, link)))
    } else {
        phrases::link(&says.about(), &absolute(ctx, &paths::event(reader, &next.slug)))
    };
    [facts, way].join("\n\n")
}

/// Whether a calendar entry goes along, and whether it takes itself out of the calendar. Only who has a seat, or wants
/// to hear of the date, has one: who waits is not told to keep the day free.
fn calendar_method(event: &Event, row: &registration::Model, kind: MailKind) -> Option<bool> {
    use crate::events::standing::State as Decided;
    match kind {
        MailKind::Cancelled => {
            let had_entry = matches!(row.state, State::Registered | State::Interested | State::Cancelled);
            (had_entry && (row.state == State::Cancelled || event.state == Decided::Cancelled)).then_some(true)
        }
        MailKind::Confirmation
        | MailKind::Interest
        | MailKind::PlaceFixed
        | MailKind::Changed
        | MailKind::Promoted
        | MailKind::Reminder => matches!(row.state, State::Registered | State::Interested).then_some(false),
        // Nothing stands in a calendar yet, or it stays there as it is.
        MailKind::Waiting
        | MailKind::Again
        | MailKind::Opened
        | MailKind::Offered
        | MailKind::Lapsed
        | MailKind::Thanks
        | MailKind::NextDate => None,
    }
}

/// The reader that a stored tag names.
fn reader_of(tag: &str) -> Reader {
    Reader::new(locale_of(tag).unwrap_or(Locale::ja))
}

/// A whole address; one that is whole already stays as it is.
fn absolute(ctx: &Context, path: &str) -> String {
    if path.starts_with('/') { [ctx.site().base_url.as_str(), path].concat() } else { path.to_owned() }
}

fn text(parts: &[String]) -> String {
    let mut text = parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join("\n\n");
    text.push('\n');
    text
}
