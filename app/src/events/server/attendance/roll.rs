//! The roll of an event, read back: who came where, how many, and what desks have not sent yet.

use super::{deliver::entry_of, merged, news, wire_id};
use crate::{
    error::AppError,
    events::server::{
        catalogue::{Event, Place},
        entities::{desk, operation, refused_operation, registration::State},
        guest_list::Status,
        queries,
    },
    server::{Context, error::internal},
};
use rollcall::{
    Counts, Entry, Id, Roll,
    board::{self, Board},
    desk::Numbered,
    gaps::Held,
    operation::MOST_SEQUENCE,
};
use std::collections::{BTreeMap, HashMap};

/// One desk and what is held of it.
#[derive(Clone, Debug)]
pub struct DeskState {
    /// The desk.
    pub desk: desk::Model,
    /// What is held, and what is missing.
    pub held: Held,
    /// How many operations bear a time that its clock cannot have shown then.
    pub doubtful: usize,
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
    /// What lies on the tray, the oldest first, settled or not.
    pub tray: Vec<refused_operation::Model>,
}

impl Rolled {
    /// The name of a guest as desks told it last; `told` are the names by operation.
    #[must_use]
    pub fn name_told<'n>(&self, told: &'n BTreeMap<Id, String>, guest: &Id) -> Option<&'n str> {
        self.roll.name_told_by(guest).and_then(|operation| told.get(operation)).map(String::as_str)
    }
}

/// The roll of an event.
///
/// # Errors
/// When the database fails, or holds what no desk can have said.
pub async fn roll(ctx: &Context, event: &Event) -> Result<Rolled, AppError> {
    let rows = queries::list_operations(ctx.read(), &event.id, 0).await?;
    let merged = merged(ctx.read(), &event.id).await?;
    let mut registered: BTreeMap<Id, Id> = BTreeMap::new();
    for row in queries::list_registrations(ctx.read(), &event.id).await? {
        let has_seat = Status::of(&row) == Status::Is(State::Registered);
        let place = row.place_id.as_ref().and_then(|place| wire_id(place.as_str()));
        if let (true, Some(guest), Some(place)) = (has_seat, wire_id(row.id.as_str()), place) {
            registered.insert(guest, place);
        }
    }
    let broken = || internal("a stored operation is broken");
    let entries: Vec<Entry> = rows
        .iter()
        .map(|row| Ok(entry_of(row).ok_or_else(broken)?.of_merged(&merged)))
        .collect::<Result<_, AppError>>()?;
    let roll = Roll::of(&entries);
    let counts = Counts::of(&roll, &registered);
    let tray = queries::list_refused(ctx.read(), &event.id).await?;
    let desks = queries::list_desks(ctx.read(), &event.id).await?;
    let mut said: HashMap<String, Vec<&Entry>> = HashMap::new();
    for entry in &entries {
        said.entry(entry.desk.to_string()).or_default().push(entry);
    }
    let desks = desks.into_iter().map(|desk| {
        let own = said.remove(&desk.id).unwrap_or_default();
        // What lies on the tray came too.
        let aside = tray.iter().filter(|row| row.desk_id == desk.id).filter_map(sequence_of);
        let held = Held::of(own, u64::try_from(desk.made).unwrap_or(0)).with(aside);
        let doubtful = rows.iter().filter(|row| row.desk_id == desk.id && row.doubtful != 0).count();
        DeskState { desk, held, doubtful }
    });
    let last = rows.last().map_or(0, |row| row.number);
    Ok(Rolled { roll, counts, desks: desks.collect(), last, tray })
}

/// The desk's number for what was refused; nothing for what could not be read, or is none.
fn sequence_of(row: &refused_operation::Model) -> Option<u64> {
    let said: rollcall::Operation = serde_json::from_str(&row.operation).ok()?;
    (1..=MOST_SEQUENCE).contains(&said.sequence).then_some(said.sequence)
}

/// The numbers alone, as screens show them.
///
/// # Errors
/// As [`roll`].
pub async fn board(ctx: &Context, event: &Event) -> Result<Board, AppError> {
    let rolled = roll(ctx, event).await?;
    let guests = news::guests(ctx.read(), &event.id).await?;
    let now = ctx.clock().now_ms();
    let places = event.places.iter().filter_map(|place| at_place(&rolled.counts, place));
    let desks = rolled.desks.iter().filter_map(|DeskState { desk, held, .. }| {
        Some(board::DeskState {
            id: Id::parse(&desk.id)?,
            place: wire_id(desk.place_id.as_str())?,
            name: desk.name.clone(),
            made: held.made(),
            held: held.held(),
            seen_at: desk.seen_at,
            is_open: desk.revoked_at.is_none() && now < desk.expires_at,
        })
    });
    let waiting = rolled.tray.iter().filter(|row| row.settled_at.is_none()).count();
    Ok(Board {
        last: u64::try_from(rolled.last).unwrap_or(0),
        at: now,
        guests: guests.version,
        places: places.collect(),
        desks: desks.collect(),
        tray: u32::try_from(waiting).unwrap_or(u32::MAX),
    })
}

fn at_place(counts: &Counts, place: &Place) -> Option<board::Place> {
    use crate::events::server::entities::place::Kind;
    let id = wire_id(place.id.as_str())?;
    let tally = counts.at(&id);
    Some(board::Place {
        id,
        is_online: place.kind == Kind::Online,
        registered: tally.registered,
        waiting: place.taken.waiting + place.taken.offered,
        came: tally.came,
        here: tally.here,
        walk_ins: tally.walk_ins,
        from_elsewhere: tally.from_elsewhere,
        unsure: tally.unsure,
    })
}

/// A row of the log as it is told.
///
/// # Errors
/// [`AppError::Internal`] if no desk can have said it.
pub(super) fn numbered(row: &operation::Model) -> Result<Numbered, AppError> {
    let entry = entry_of(row).ok_or_else(|| internal("a stored operation is broken"))?;
    Ok(Numbered { number: u64::try_from(row.number).unwrap_or(0), entry: Some(entry) })
}

/// The names that desks told, by operation.
///
/// # Errors
/// When the database fails.
pub async fn names(ctx: &Context, event: &Event) -> Result<BTreeMap<Id, String>, AppError> {
    let rows = queries::list_operation_names(ctx.read(), &event.id).await?;
    Ok(rows.into_iter().filter_map(|row| Some((Id::parse(&row.operation_id)?, row.name))).collect())
}
