//! Who came, one by one: everybody who has a seat, and everybody who came. The files and the screens are made of these
//! rows, and the sums of their columns are the numbers of the roll.

use super::{names, place_of, roll, wire_id};
use crate::{
    error::AppError,
    events::server::{
        access::Access,
        catalogue::Event,
        entities::registration::State,
        guest_list::{self, Row, Status},
    },
    server::Context,
};
use rollcall::{Attendance, Id};
use std::collections::BTreeMap;

/// One guest, and how they attended.
#[derive(Clone, Debug)]
pub struct Attended {
    /// What they registered; nothing for who walked in.
    pub row: Option<Row>,
    /// The name as it was told last; empty if it was deleted.
    pub name: String,
    /// For which place they have a seat, by its position.
    pub registered: Option<usize>,
    /// How they came; nothing if they did not.
    pub attendance: Option<Attendance>,
    /// To which place, by its position.
    pub came_to: Option<usize>,
}

/// The list, in the order of kana; who walked in stands at its end, in the order in which they came.
///
/// # Errors
/// [`AppError::Forbidden`] for who sees no names.
pub async fn list(ctx: &Context, access: &Access, event: &Event) -> Result<Vec<Attended>, AppError> {
    let rolled = roll(ctx, event).await?;
    let told = names(ctx, event).await?;
    let mut rows = guest_list::load(ctx, access, event).await?;
    rows.sort_by_cached_key(|row| (row.guest.is_none(), row.kana(), row.row.turn));
    let mut left: BTreeMap<Id, Attendance> =
        rolled.roll.attendances().map(|(id, attendance)| (*id, attendance.clone())).collect();
    let mut list = Vec::new();
    for row in rows {
        let Some(id) = wire_id(row.row.id.as_str()) else { continue };
        let attendance = left.remove(&id);
        let has_seat = row.status() == Status::Is(State::Registered);
        if !has_seat && attendance.is_none() {
            continue;
        }
        let name = rolled.name_told(&told, &id).unwrap_or_else(|| row.name()).to_owned();
        let registered = row.place.filter(|_| has_seat);
        list.push(attended(event, Some(row), name, registered, attendance));
    }
    let mut others: Vec<(Id, Attendance)> = left.into_iter().collect();
    others.retain(|(_, attendance)| access.reaches(place_of(event, attendance.came_to).map(|(_, place)| &place.id)));
    others.sort_by_key(|(id, attendance)| (attendance.came_at, *id));
    for (id, attendance) in others {
        let name = rolled.name_told(&told, &id).unwrap_or_default().to_owned();
        list.push(attended(event, None, name, None, Some(attendance)));
    }
    Ok(list)
}

fn attended(
    event: &Event,
    row: Option<Row>,
    name: String,
    registered: Option<usize>,
    attendance: Option<Attendance>,
) -> Attended {
    let came_to = attendance.as_ref().and_then(|attendance| place_of(event, attendance.came_to)).map(|(at, _)| at);
    Attended { row, name, registered, attendance, came_to }
}
