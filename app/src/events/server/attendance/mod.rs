//! Who is there: what desks say is taken in here, and read back as one roll.
//!
//! The rules are those of the crate `rollcall`; a desk without a signal works by the very same. What must stay true,
//! held by the tests `events/attendance`: an operation is held once, under its id and under its desk's number, whatever
//! is sent how often; each is answered for itself; nothing that a desk said is dropped, what cannot be taken in lies on
//! a tray for a person; rows hold ids, names stand beside them and can be deleted.

pub mod by_hand;
mod deliver;
pub mod desks;
mod list;
pub mod live;
mod news;
mod roll;

pub use deliver::{Delivered, deliver};
pub use desks::Desk;
pub use list::{Attended, list};
pub use news::{Knows, news};
pub use roll::{DeskState, Rolled, board, names, roll};

use super::catalogue::{Event, Place};
use crate::error::AppError;
use rollcall::Id;
use sea_orm::ConnectionTrait;
use std::collections::BTreeMap;

/// The table whose turn deliveries take: the numbers of an event's operations follow each other without a gap, so that
/// who has read up to one has missed none.
const TURN: &str = "operations";

/// An id of a table (a UUID) as it stands on the wire.
#[must_use]
pub fn wire_id(id: &str) -> Option<Id> {
    uuid::Uuid::parse_str(id).ok().map(|id| Id(id.as_u128()))
}

/// The place of this id, with its position from 0.
#[must_use]
pub fn place_of(event: &Event, id: Id) -> Option<(usize, &Place)> {
    event.places.iter().enumerate().find(|(_, place)| wire_id(place.id.as_str()) == Some(id))
}

/// Ids that are another guest's, and whose.
async fn merged(conn: &impl ConnectionTrait, event: &crate::ids::EventId) -> Result<BTreeMap<Id, Id>, AppError> {
    let rows = super::queries::list_merged(conn, event).await?;
    Ok(rows.iter().filter_map(|row| Some((Id::parse(&row.guest)?, Id::parse(&row.into_guest)?))).collect())
}

/// The desks of an event that are open at a moment, with their names.
///
/// # Errors
/// When the database fails.
pub async fn open_desks(
    ctx: &crate::server::Context,
    event: &crate::ids::EventId,
    now_ms: i64,
) -> Result<Vec<(Id, String)>, AppError> {
    let rows = super::queries::list_desks(ctx.read(), event).await?;
    let open = rows.into_iter().filter(|row| row.revoked_at.is_none() && now_ms < row.expires_at);
    Ok(open.filter_map(|row| Some((Id::parse(&row.id)?, row.name))).collect())
}

/// Whether a guest is said to have come.
pub(super) async fn has_come(
    conn: &impl ConnectionTrait,
    event: &crate::ids::EventId,
    guest: &crate::ids::RegistrationId,
) -> Result<bool, AppError> {
    let merged = merged(conn, event).await?;
    let rows = super::queries::list_operations(conn, event, 0).await?;
    let entries = rows.iter().filter_map(|row| Some(deliver::entry_of(row)?.of_merged(&merged)));
    let roll = rollcall::Roll::of(&entries.collect::<Vec<_>>());
    Ok(wire_id(guest.as_str()).is_some_and(|guest| roll.of_guest(&guest).is_some()))
}

/// An id of the wire as tables have it.
#[must_use]
pub fn table_id(id: Id) -> String {
    uuid::Uuid::from_u128(id.0).to_string()
}
