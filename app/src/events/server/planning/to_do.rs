//! What waits for somebody at the desk: guests who may be registered twice, and guests who are to be called.

use crate::{
    error::AppError,
    events::server::{access::Access, queries},
    ids::{EventId, PlaceId},
    server::Context,
};
use std::collections::HashMap;

/// What waits, by event and place.
#[derive(Clone, Debug, Default)]
pub struct ToDo {
    repeats: HashMap<EventId, Vec<(Option<PlaceId>, u32)>>,
    calls: HashMap<EventId, Vec<(Option<PlaceId>, u32)>>,
}

impl ToDo {
    /// How many registrations seem to be somebody's who is registered already, as far as these guests are theirs to
    /// see.
    #[must_use]
    pub fn repeats(&self, access: &Access) -> u32 {
        reached(&self.repeats, access)
    }

    /// How many guests are still to be called.
    #[must_use]
    pub fn calls(&self, access: &Access) -> u32 {
        reached(&self.calls, access)
    }
}

fn reached(rows: &HashMap<EventId, Vec<(Option<PlaceId>, u32)>>, access: &Access) -> u32 {
    let rows = rows.get(access.event()).map_or(&[][..], Vec::as_slice);
    rows.iter().filter(|(place, _)| access.reaches(place.as_ref())).map(|(_, n)| n).sum()
}

/// What waits in all events.
///
/// # Errors
/// When the database fails.
pub async fn to_do(ctx: &Context) -> Result<ToDo, AppError> {
    let mut to_do = ToDo::default();
    for row in queries::count_repeats(ctx.read()).await? {
        let n = u32::try_from(row.n).unwrap_or(0);
        to_do.repeats.entry(row.event_id).or_default().push((row.place_id, n));
    }
    for (event, place) in queries::open_calls(ctx.read()).await? {
        to_do.calls.entry(event).or_default().push((place, 1));
    }
    Ok(to_do)
}
