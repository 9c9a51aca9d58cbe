//! Who was given which role for an event.

use crate::{
    error::AppError,
    events::server::{access::Role, catalogue::Event, queries},
    ids::{OrganizerId, PlaceId},
    server::Context,
};

/// A role that somebody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GivenRole {
    /// By which it is taken back.
    pub id: String,
    /// Whose.
    pub organizer: OrganizerId,
    /// What they may do.
    pub role: Role,
    /// Where, if not everywhere.
    pub place: Option<PlaceId>,
}

/// The roles of an event.
///
/// # Errors
/// When the database fails.
pub async fn list_roles(ctx: &Context, event: &Event) -> Result<Vec<GivenRole>, AppError> {
    let rows = queries::list_roles(ctx.read(), &event.id).await?;
    let given = rows.into_iter().map(|row| GivenRole {
        id: row.id,
        organizer: row.organizer_id,
        role: row.role,
        place: row.place_id,
    });
    Ok(given.collect())
}
