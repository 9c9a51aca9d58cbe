//! The roll of an event, read back: who came where, how many, and what desks have not sent yet.

use super::{deliver::entry_of, wire_id};
use crate::{
    error::AppError,
    events::server::{
        catalogue::Event,
        entities::{desk, refused_operation, registration::State},
        queries,
    },
    server::{Context, error::internal},
};
use rollcall::{Counts, Entry, Id, Roll, gaps::Held};
use std::collections::BTreeMap;

/// One desk and what is held of it.
#[derive(Clone, Debug)]
pub struct DeskState {
    /// The desk.
    pub desk: desk::Model,
    /// What is held, and what is missing.
    pub held: Held,
}

/// Everything together.
#[derive(Clone, Debug)]
pub struct Rolled {
    /// Who came.
    pub roll: Roll,
    /// How many.
    pub counts: Counts,
    /// Its desks, in the order in which they were opened.
    pub desks: Vec<DeskState>,
    /// The number of the latest operation in it.
    pub last: i64,
}

/// The roll of an event.
///
/// # Errors
/// When the database fails, or holds what no desk can have said.
pub async fn roll(ctx: &Context, event: &Event) -> Result<Rolled, AppError> {
    let rows = queries::list_operations(ctx.read(), &event.id, 0).await?;
    let last = rows.last().map_or(0, |row| row.number);
    let entries: Vec<Entry> = rows
        .iter()
        .map(|row| entry_of(row).ok_or_else(|| internal("a stored operation is broken")))
        .collect::<Result<_, _>>()?;
    let mut registered: BTreeMap<Id, Id> = BTreeMap::new();
    for row in queries::list_registrations(ctx.read(), &event.id).await? {
        let has_seat = row.state == State::Registered && row.repeat_of.is_none();
        let place = row.place_id.as_ref().and_then(|place| wire_id(place.as_str()));
        if let (true, Some(guest), Some(place)) = (has_seat, wire_id(row.id.as_str()), place) {
            registered.insert(guest, place);
        }
    }
    let roll = Roll::of(&entries);
    let counts = Counts::of(&roll, &registered);
    let desks = queries::list_desks(ctx.read(), &event.id).await?;
    let desks = desks.into_iter().map(|desk| {
        let own = entries.iter().filter(|entry| entry.desk.to_string() == desk.id);
        let held = Held::of(own, u64::try_from(desk.made).unwrap_or(0));
        DeskState { desk, held }
    });
    Ok(Rolled { roll, counts, desks: desks.collect(), last })
}

/// What lies on the tray, the oldest first.
///
/// # Errors
/// When the database fails.
pub async fn tray(ctx: &Context, event: &Event) -> Result<Vec<refused_operation::Model>, AppError> {
    queries::list_refused(ctx.read(), &event.id).await.map_err(AppError::from)
}

/// The names that desks told, by operation.
///
/// # Errors
/// When the database fails.
pub async fn names(ctx: &Context, event: &Event) -> Result<BTreeMap<Id, String>, AppError> {
    let rows = queries::list_operation_names(ctx.read(), &event.id).await?;
    Ok(rows.into_iter().filter_map(|row| Some((Id::parse(&row.operation_id)?, row.name))).collect())
}
