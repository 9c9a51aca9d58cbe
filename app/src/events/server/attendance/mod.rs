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
pub use news::news;
pub use roll::{DeskState, Rolled, board, names, roll};

use rollcall::Id;

/// The table whose turn deliveries take: the numbers of an event's operations follow each other without a gap, so that
/// who has read up to one has missed none.
const TURN: &str = "operations";

/// An id of a table (a UUID) as it stands on the wire.
#[must_use]
pub fn wire_id(id: &str) -> Option<Id> {
    uuid::Uuid::parse_str(id).ok().map(|id| Id(id.as_u128()))
}

/// An id of the wire as tables have it.
#[must_use]
pub fn table_id(id: Id) -> String {
    uuid::Uuid::from_u128(id.0).to_string()
}
