//! What an organizer may do for one event. Only [`of`] makes an [`Access`], and services take it as a value.
//!
//! Coordinators own every event. An event nobody was given a role for is everybody's daily work; as soon as somebody
//! was, only those may touch it. (Tests: `events/roles`.)

pub use super::entities::event_role::Role;
use super::{catalogue::Event, entities::event_role, queries};
use crate::{
    auth::Organizer,
    error::AppError,
    ids::{EventId, OrganizerId, PlaceId},
    server::Context,
};
use std::collections::HashMap;

/// The right to do something for one event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    event: EventId,
    organizer: OrganizerId,
    role: Role,
    places: Option<Vec<PlaceId>>,
}

impl Access {
    /// The event.
    #[must_use]
    pub fn event(&self) -> &EventId {
        &self.event
    }

    /// Who it is, for the audit row.
    #[must_use]
    pub fn organizer(&self) -> &OrganizerId {
        &self.organizer
    }

    /// What they are.
    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// Whether guests of this place are theirs to see.
    #[must_use]
    pub fn reaches(&self, place: Option<&PlaceId>) -> bool {
        match (&self.places, place) {
            (None, _) => true,
            (Some(places), Some(place)) => places.contains(place),
            (Some(_), None) => false,
        }
    }

    /// Whether they may see who the guests are.
    #[must_use]
    pub fn sees_guests(&self) -> bool {
        self.role != Role::Auditor
    }

    /// Lets those pass who may change the event, its guests and mails.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn require_organizer(&self) -> Result<(), AppError> {
        let may = matches!(self.role, Role::Owner | Role::Organizer) && self.places.is_none();
        if may { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// Lets those pass who may see guests.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn require_guests(&self) -> Result<(), AppError> {
        if self.sees_guests() { Ok(()) } else { Err(AppError::Forbidden) }
    }

    /// Lets those pass who may give roles and delete names.
    ///
    /// # Errors
    /// [`AppError::Forbidden`].
    pub fn require_owner(&self) -> Result<(), AppError> {
        if self.role == Role::Owner && self.places.is_none() { Ok(()) } else { Err(AppError::Forbidden) }
    }
}

/// What this organizer may do for this event: the most of what they were given.
///
/// # Errors
/// [`AppError::Forbidden`] if others were given roles and they none.
pub async fn of(ctx: &Context, organizer: &Organizer, event: &Event) -> Result<Access, AppError> {
    let roles = queries::list_roles(ctx.read(), &event.id).await?;
    decide(organizer, &event.id, roles).ok_or(AppError::Forbidden)
}

/// The same for all events at once; those are missing that are others' alone.
///
/// # Errors
/// When the database fails.
pub async fn of_all(
    ctx: &Context,
    organizer: &Organizer,
    events: &[Event],
) -> Result<HashMap<EventId, Access>, AppError> {
    let mut roles: HashMap<EventId, Vec<event_role::Model>> = HashMap::new();
    for role in queries::list_all_roles(ctx.read()).await? {
        roles.entry(role.event_id.clone()).or_default().push(role);
    }
    let access = events.iter().filter_map(|event| {
        let roles = roles.remove(&event.id).unwrap_or_default();
        Some((event.id.clone(), decide(organizer, &event.id, roles)?))
    });
    Ok(access.collect())
}

/// The most of what somebody was given for an event; nothing if it is others' alone.
fn decide(organizer: &Organizer, event: &EventId, roles: Vec<event_role::Model>) -> Option<Access> {
    let access = |role, places| Access { event: event.clone(), organizer: organizer.id().clone(), role, places };
    if organizer.is_coordinator() {
        return Some(access(Role::Owner, None));
    }
    if roles.is_empty() {
        return Some(access(Role::Organizer, None));
    }
    let own: Vec<_> = roles.into_iter().filter(|role| role.organizer_id == *organizer.id()).collect();
    for role in [Role::Owner, Role::Organizer, Role::Desk, Role::Auditor] {
        let of_role: Vec<_> = own.iter().filter(|own| own.role == role).collect();
        if of_role.is_empty() {
            continue;
        }
        let places = of_role.iter().map(|own| own.place_id.clone()).collect::<Option<Vec<_>>>();
        // A role without a place is for all of them.
        return Some(access(role, places));
    }
    None
}
