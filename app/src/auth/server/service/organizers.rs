//! Who the organizers are, and saying goodbye to one. For coordinators.

use crate::{
    auth::{Organizer, Role, server::queries},
    error::AppError,
    ids::OrganizerId,
    server::{Context, audit},
};

/// One organizer in the list.
#[derive(Clone, PartialEq, Eq)]
pub struct OrganizerSummary {
    /// Their id.
    pub id: OrganizerId,
    /// Their name, typed text.
    pub name: String,
    /// Their mail address.
    pub email: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may no longer sign in.
    pub is_disabled: bool,
    /// Whether signing in asks them for a code, too.
    pub has_second_factor: bool,
}

/// An invitation nobody has used yet.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    /// Whose it is.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Until when the link is good, in Unix milliseconds.
    pub expires_at: i64,
}

/// Whether anybody has joined yet.
///
/// # Errors
/// [`AppError::Internal`] when the database fails.
pub async fn has_organizers(ctx: &Context) -> Result<bool, AppError> {
    Ok(queries::count_organizers(ctx.read()).await? > 0)
}

/// All organizers by name.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants.
pub async fn list_organizers(ctx: &Context, organizer: &Organizer) -> Result<Vec<OrganizerSummary>, AppError> {
    organizer.require_coordinator()?;
    let rows = queries::list_organizers(ctx.read()).await?;
    let proving = queries::list_factor_owners(ctx.read()).await?;
    Ok(rows
        .into_iter()
        .map(|row| OrganizerSummary {
            is_disabled: row.disabled_at.is_some(),
            has_second_factor: proving.contains(&row.id),
            id: row.id,
            name: row.name,
            email: row.email,
            role: row.role,
        })
        .collect())
}

/// Who may sign in, by name: ids and names alone, for everybody who works here.
///
/// # Errors
/// When the database fails.
pub async fn list_names(ctx: &Context, _: &Organizer) -> Result<Vec<(OrganizerId, String)>, AppError> {
    let rows = queries::list_organizers(ctx.read()).await?;
    Ok(rows.into_iter().filter(|row| row.disabled_at.is_none()).map(|row| (row.id, row.name)).collect())
}

/// Those of them who are no coordinators, by name: for whom a role for one event makes a difference.
///
/// # Errors
/// When the database fails.
pub async fn list_assistants(ctx: &Context, _: &Organizer) -> Result<Vec<(OrganizerId, String)>, AppError> {
    let rows = queries::list_organizers(ctx.read()).await?;
    let assistants = rows.into_iter().filter(|row| row.disabled_at.is_none() && row.role == Role::Assistant);
    Ok(assistants.map(|row| (row.id, row.name)).collect())
}

/// The invitations that wait, by address.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants.
pub async fn list_invitations(ctx: &Context, organizer: &Organizer) -> Result<Vec<OpenInvitation>, AppError> {
    organizer.require_coordinator()?;
    let rows = queries::list_open_invitations(ctx.read(), ctx.clock().now_ms()).await?;
    Ok(rows
        .into_iter()
        .map(|row| OpenInvitation { email: row.email, role: row.role, expires_at: row.expires_at })
        .collect())
}

/// Lets somebody sign in no more: ends their sessions, the link waiting for them and the links they have given. A
/// new invitation brings them back.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::Conflict`] for oneself (so that one coordinator is always
/// left), [`AppError::NotFound`] if there is nobody of that id or they are disabled already.
pub async fn disable(ctx: &Context, organizer: &Organizer, id: &OrganizerId) -> Result<(), AppError> {
    organizer.require_coordinator()?;
    if organizer.id() == id {
        return Err(AppError::Conflict);
    }
    ctx.write(|tx| async move {
        // Two coordinators who disable each other at the same time: the second is none any more.
        let actor = queries::find_organizer(&tx, organizer.id()).await?;
        if actor.is_none_or(|actor| actor.disabled_at.is_some()) {
            return Err(AppError::SignInRequired);
        }
        let row = queries::find_organizer(&tx, id).await?.ok_or(AppError::NotFound)?;
        if !queries::disable_organizer(&tx, id, tx.now_ms()).await? {
            return Err(AppError::NotFound);
        }
        queries::delete_sessions_of(&tx, id, None).await?;
        queries::delete_open_invitations(&tx, &row.email).await?;
        queries::delete_open_invitations_by(&tx, id).await?;
        audit::record(&tx, Some(organizer.id()), "organizer.disabled", id.as_str(), "").await
    })
    .await
}
