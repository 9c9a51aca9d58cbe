//! `/console/organizers`: who the organizers are, inviting, disabling, taking a lost second factor away. For coordinators.

mod invited;
mod list;

use crate::{
    auth::{
        Organizer, Role,
        pages::problems::Problems,
        server::service::{self, second_factors},
        types::EmailAddress,
    },
    error::AppError,
    i18n::*,
    ids::OrganizerId,
    server::Context,
    ui::Reader,
};
use axum::{
    extract::{Form, Path, Query, State, rejection::FormRejection},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use list::{Listed, draw};
use serde::Deserialize;

/// What the address says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct OrganizersQuery {
    /// What has just been done: `disabled`, or `second-factor` that was taken away.
    done: String,
}

/// What the form of an invitation sends.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct InviteForm {
    email: String,
    role: String,
}

/// The page.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants.
pub async fn show(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    Query(query): Query<OrganizersQuery>,
) -> Result<Response, AppError> {
    let done = match query.done.as_str() {
        "disabled" => Some(td_string!(reader.locale, console.disabled_done)),
        "second-factor" => Some(td_string!(reader.locale, console.factor_taken)),
        _ => None,
    };
    let listed = Listed { done, ..Listed::default() };
    draw(&ctx, &organizer, reader, StatusCode::OK, listed).await
}

/// Invites somebody and shows the link, this once.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::Malformed`] for what is no form.
pub async fn invite(
    organizer: Organizer,
    State(ctx): State<Context>,
    reader: Reader,
    form: Result<Form<InviteForm>, FormRejection>,
) -> Result<Response, AppError> {
    organizer.require_coordinator()?;
    let Form(InviteForm { email, role: typed }) = form.map_err(|_| AppError::Malformed)?;
    let mut problems = Problems::default();
    if EmailAddress::parse(&email).is_none() {
        problems.add("email", td_string!(reader.locale, console.invite_email_wrong));
    }
    let role = Role::parse(&typed);
    if role.is_none() {
        problems.add("role", td_string!(reader.locale, console.invite_role_missing));
    }
    match role {
        Some(role) if problems.is_empty() => {
            let path = service::invite(&ctx, &email, role, Some(&organizer)).await?;
            Ok(invited::draw(&ctx, &organizer, reader, &path))
        }
        _ => {
            let listed = Listed { email, role, problems, done: None };
            draw(&ctx, &organizer, reader, StatusCode::UNPROCESSABLE_ENTITY, listed).await
        }
    }
}

/// Disables somebody.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::Conflict`] for oneself, [`AppError::NotFound`] if there is
/// nobody of that id.
pub async fn disable(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(id): Path<String>,
) -> Result<Response, AppError> {
    service::disable(&ctx, &organizer, &OrganizerId(id)).await?;
    Ok(Redirect::to("/console/organizers?done=disabled").into_response())
}

/// Takes somebody's second factor away who has lost phone and recovery codes.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::Conflict`] for oneself, [`AppError::NotFound`] if there is
/// nobody of that id or they have none.
pub async fn take_second_factor(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(id): Path<String>,
) -> Result<Response, AppError> {
    second_factors::take_away(&ctx, &organizer, &OrganizerId(id)).await?;
    Ok(Redirect::to("/console/organizers?done=second-factor").into_response())
}
