//! Who has a seat: registering, moving, cancelling, moving up from the waiting list.
//!
//! Called by the guest's pages, the organizers' screens and the worker. What must stay true, held by the tests
//! `events/seats` on both databases: a place never has more seats given away than it has, a seat that becomes free
//! goes to who waits longest, and a form that is sent twice is one registration. All of it happens in [`TURN`], one
//! transaction after another.

mod choose;
mod correct;
mod end;
mod move_up;
mod register;
mod register_all;

pub use choose::{Choice, accept, choose, may_come_back};
pub use correct::{Bulk, correct, do_to_all, merge, move_guest, register_by_hand, tell_apart};
pub use end::{cancel, decline, delete_data, lapse, repeats};
pub use move_up::{move_up, move_up_everywhere};
pub use register::{Registering, Wish, find_repeated, register, register_untold, register_within};
pub use register_all::{Entry, register_all_within};

use super::{
    catalogue::{self, Event},
    entities::{guest, registration},
    link::Link,
    queries,
};
use crate::{
    error::AppError,
    ids::{PlaceId, RegistrationId},
    server::{Context, db::Transaction},
};
use sea_orm::{ConnectionTrait, IntoActiveModel as _, Set};

pub use super::entities::registration::{Source, State};

/// The table by which transactions about seats wait for each other.
pub const TURN: &str = "places";

/// Why something about a seat cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody registers for this event now.
    Closed,
    /// The event has no such place.
    NoPlace,
    /// Every seat there is taken, or others wait for one.
    Full,
    /// What is asked for fits what they have no more: an offer that ended, a seat that was given back.
    Over,
}

/// Who or what ended a registration, as the table holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The guest.
    Guest,
    /// An organizer.
    Organizer,
    /// Nobody answered the offer in time.
    Lapsed,
    /// A list was taken back.
    Import,
}

impl Ended {
    /// As the table holds it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Guest => "guest",
            Self::Organizer => "organizer",
            Self::Lapsed => "lapsed",
            Self::Import => "import",
        }
    }
}

/// A registration as its guest or an organizer sees it.
#[derive(Clone, Debug)]
pub struct Registration {
    /// The row.
    pub row: registration::Model,
    /// Whose it is, unless the name was deleted.
    pub guest: Option<guest::Model>,
    /// The secret of its link.
    pub link: Link,
    /// How many wait before them, if they wait.
    pub before: u64,
}

/// The registration of a personal link, and its event.
///
/// # Errors
/// [`AppError::NotFound`] for a link that nobody has; all that is wrong with one looks the same.
pub async fn find_own(ctx: &Context, link: &str) -> Result<(Event, Registration), AppError> {
    let link = Link::parse(link).ok_or(AppError::NotFound)?;
    let row = queries::registration_by_link(ctx.read(), &link.key(ctx.keys())).await?.ok_or(AppError::NotFound)?;
    let event = catalogue::find_by_id(ctx, ctx.read(), &row.event_id).await?;
    let registration = whole(ctx, ctx.read(), row).await?;
    Ok((event, registration))
}

/// A registration of an event by its id, for organizers.
///
/// # Errors
/// [`AppError::NotFound`] if the event has none of that id.
pub async fn find(ctx: &Context, event: &Event, id: &RegistrationId) -> Result<Registration, AppError> {
    let row = queries::find_registration(ctx.read(), id).await?.filter(|row| row.event_id == event.id);
    whole(ctx, ctx.read(), row.ok_or(AppError::NotFound)?).await
}

async fn whole(ctx: &Context, conn: &impl ConnectionTrait, row: registration::Model) -> Result<Registration, AppError> {
    let guest = queries::find_guest(conn, &row.id).await?;
    let link = Link::of_key(ctx.keys(), &row.link_key)?;
    let before = match (&row.place_id, row.state) {
        (Some(place), State::Waiting) => queries::waiting_before(conn, place, row.turn).await?,
        _ => 0,
    };
    Ok(Registration { row, guest, link, before })
}

/// The registration in the middle of a transaction, with its event.
async fn load(
    ctx: &Context,
    tx: &Transaction,
    id: &RegistrationId,
) -> Result<(Event, registration::Model, Option<guest::Model>), AppError> {
    let row = queries::find_registration(tx, id).await?.ok_or(AppError::NotFound)?;
    let event = catalogue::find_by_id(ctx, tx, &row.event_id).await?;
    let guest = queries::find_guest(tx, id).await?;
    Ok((event, row, guest))
}

/// Whether this state holds a seat.
const fn has_seat(state: State) -> bool {
    matches!(state, State::Registered | State::Offered)
}

/// Stores what a registration has from now on; gives the row as it is then.
async fn put(
    tx: &Transaction,
    row: registration::Model,
    change: impl FnOnce(&mut registration::ActiveModel),
) -> Result<registration::Model, AppError> {
    let id = row.id.clone();
    let mut active = row.into_active_model();
    active.changed_at = Set(tx.now_ms());
    change(&mut active);
    queries::update_registration(tx, active).await?;
    queries::find_registration(tx, &id).await?.ok_or(AppError::NotFound)
}

/// The places whose seats or waiting lists a change may have moved.
fn touched(before: Option<&PlaceId>, after: Option<&PlaceId>) -> Vec<PlaceId> {
    let mut places: Vec<PlaceId> = [before, after].into_iter().flatten().cloned().collect();
    places.dedup();
    places
}
