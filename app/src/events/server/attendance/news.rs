//! What a desk is told: who the guests are, and what other desks said since it last asked.

use super::{Desk, desks, merged, roll::numbered, wire_id};
use crate::{
    error::AppError,
    events::server::{
        catalogue::{self, Event},
        entities::{guest, registration},
        guest_list::Status,
        queries,
    },
    ids::EventId,
    server::{Context, error::internal},
    ui::Reader,
};
use registration::State;
use rollcall::{
    Guest, Id,
    desk::{Facts, Guests, News, Standing},
    operation::Name,
};
use sea_orm::ConnectionTrait;
use std::collections::HashMap;

/// Digits of a phone number that a desk is told.
const DIGITS: usize = 4;

/// How much of an event a desk knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Knows {
    /// Operations up to this number.
    pub after: u64,
    /// The operation under it, if the desk says so.
    pub last: Option<Id>,
    /// The state of the list of guests.
    pub guests: String,
    /// The last number that it has given, sent or not.
    pub made: u64,
}

/// What a desk does not know yet.
///
/// # Errors
/// [`AppError::Expired`] for a desk that may not know any more who the guests are.
pub async fn news(ctx: &Context, desk: &Desk, knows: &Knows, reader: Reader) -> Result<(News, Facts), AppError> {
    desk.require_open(ctx.clock().now_ms())?;
    let row = queries::find_desk(ctx.read(), &desk.id.to_string()).await?.ok_or(AppError::Expired)?;
    // That it cannot be noted is no reason to tell nothing.
    let _ = desks::heard(ctx, &row, knows.made).await;
    let after = i64::try_from(knows.after).unwrap_or(i64::MAX);
    let went_back = after > 0 && !queries::is_numbered(ctx.read(), &desk.event, after, knows.last).await?;
    let entries = queries::list_operations(ctx.read(), &desk.event, after).await?;
    let entries = entries.iter().map(numbered).collect::<Result<_, _>>()?;
    let names = queries::list_names_behind(ctx.read(), &desk.event, after).await?;
    let names =
        names.into_iter().filter_map(|row| Some(Name { operation: Id::parse(&row.operation_id)?, name: row.name }));
    let names = names.collect();
    let guests = Some(guests(ctx.read(), &desk.event).await?).filter(|guests| guests.version != knows.guests);
    let held = queries::last_sequence(ctx.read(), &row.id).await?;
    let made = u64::try_from(row.made.max(held)).unwrap_or(0);
    let event = catalogue::find_by_id(ctx, ctx.read(), &desk.event).await?;
    let news = News { entries, names, guests, made, server_ms: ctx.clock().now_ms(), went_back };
    Ok((news, facts(&event, desk, row.name, reader)))
}

fn facts(event: &Event, desk: &Desk, name: String, reader: Reader) -> Facts {
    let places = event.places.iter();
    let places =
        places.filter_map(|place| Some((wire_id(place.id.as_str())?, reader.plain(place.name.said(reader).text))));
    Facts {
        title: reader.plain(event.title.said(reader).text),
        name,
        place: wire_id(desk.place.as_str()),
        places: places.collect(),
        expires_at: desk.expires_at,
    }
}

/// The guests of an event as desks know them: who cancelled is not among them, and neither is a number that could be
/// called.
pub(super) async fn guests(conn: &impl ConnectionTrait, event: &EventId) -> Result<Guests, AppError> {
    let rows = queries::list_registrations(conn, event).await?;
    let mut people: HashMap<_, guest::Model> = queries::list_guests(conn, event)
        .await?
        .into_iter()
        .map(|guest| (guest.registration_id.clone(), guest))
        .collect();
    let mut guests: Vec<(String, Guest)> = Vec::with_capacity(rows.len());
    for row in rows.into_iter().filter(|row| row.state != State::Cancelled) {
        // Without a name there is nobody to be found.
        let Some(who) = people.remove(&row.id) else { continue };
        let id = wire_id(row.id.as_str()).ok_or_else(|| internal("a stored registration is broken"))?;
        let kana = crate::events::guest::key(who.reading.as_deref().unwrap_or(&who.name));
        guests.push((kana, told(id, &row, who)));
    }
    guests.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.id.cmp(&other.id)));
    let guests: Vec<Guest> = guests.into_iter().map(|(_, guest)| guest).collect();
    let merged = merged(conn, event).await?.into_iter().collect();
    let nameless = queries::list_nameless(conn, event).await?;
    let nameless = nameless.iter().filter_map(|id| Id::parse(id)).collect();
    let mut list = Guests { version: String::new(), guests, merged, nameless };
    let mut version = form::digest(&serde_json::to_vec(&list).unwrap_or_default());
    version.truncate(16);
    list.version = version;
    Ok(list)
}

fn told(id: Id, row: &registration::Model, who: guest::Model) -> Guest {
    let standing = match Status::of(row) {
        Status::Is(State::Registered) => Standing::Registered,
        Status::Is(State::Waiting | State::Offered) => Standing::Waiting,
        Status::Is(State::Interested | State::Cancelled) | Status::Repeat => Standing::Other,
    };
    let digits = who.phone_key.len().saturating_sub(DIGITS);
    Guest {
        id,
        place: row.place_id.as_ref().and_then(|place| wire_id(place.as_str())),
        standing,
        name: who.name,
        reading: who.reading,
        organisation: who.organisation,
        digits: who.phone_key.get(digits..).unwrap_or_default().to_owned(),
        code: row.code.clone(),
    }
}
