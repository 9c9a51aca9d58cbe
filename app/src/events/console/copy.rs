//! `POST /console/events/{slug}/copy`: the next date as a draft.

use crate::{
    auth::Organizer,
    error::AppError,
    events::{
        paths,
        server::{access, catalogue, planning},
    },
    server::Context,
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};

/// Makes a draft of the next date and leads to its form.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] for a role that may not,
/// [`AppError::Conflict`] if somebody copied it at the same moment.
pub async fn make(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let event = catalogue::find_any(&ctx, &slug).await?;
    let access = access::of(&ctx, &organizer, &event).await?;
    let slug = planning::copy_as_draft(&ctx, &access, &event).await?;
    Ok(Redirect::to(&paths::console(&slug, "/edit?done=copied")).into_response())
}
