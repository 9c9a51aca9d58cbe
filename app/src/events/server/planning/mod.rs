//! What organizers do with series and events: make, change, open, cancel, copy.
//!
//! Called by the console's screens and by the demonstration content. What must stay true, held by the tests
//! `events/planning`: the calendar entry's revision rises with everything that an entry shows and never falls; nobody
//! loses a seat because a room became smaller; each act has its audit row.

mod change;
mod copy;
mod plan;
mod roles;
mod series;
mod to_do;

pub use change::{change, change_as_seen, create, create_within, give_role, set_state, take_role};
pub use copy::{copy, copy_as_draft};
pub use plan::{EventPlan, Fault, MAX_PLACES, MAX_SEATS, PlaceKind, PlacePlan, Promotion, is_web_address};
pub use roles::{GivenRole, list_roles};
pub use series::{SeriesPlan, change_series, create_series};
pub use to_do::{ToDo, to_do};
