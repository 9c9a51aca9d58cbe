//! What desks, organizers and walls listen to. What is said there stands in `events::server::attendance::live`.

use super::phone;
use crate::{
    auth::Organizer,
    error::AppError,
    events::server::{
        access,
        attendance::live::{self, Wants},
        catalogue,
    },
    server::Context,
};
use axum::{
    extract::{Path, Query, State},
    http::HeaderMap,
    response::Response,
};
use serde::Deserialize;

/// What the address says.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
pub struct After {
    /// The number up to which the desk knows.
    after: u64,
}

/// `GET /console/desk/{lang}/{id}/live`: operations and numbers.
///
/// # Errors
/// [`AppError::SignInRequired`] without the desk's secret, [`AppError::Expired`] for one that is over.
pub async fn of_desk(
    State(ctx): State<Context>,
    Path((_, id)): Path<(String, String)>,
    Query(After { after }): Query<After>,
    headers: HeaderMap,
) -> Result<Response, AppError> {
    let desk = phone::desk_of(&ctx, &headers, &id).await?;
    desk.require_open(ctx.clock().now_ms())?;
    live::stream(&ctx, desk.event(), Wants::behind(desk.id(), &headers, after)).await
}

/// `GET /console/events/{slug}/live`: numbers alone.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event, [`AppError::Forbidden`] if it is others' alone.
pub async fn of_event(
    organizer: Organizer,
    State(ctx): State<Context>,
    Path(slug): Path<String>,
) -> Result<Response, AppError> {
    let event = catalogue::find_any(&ctx, &slug).await?;
    access::of(&ctx, &organizer, &event).await?;
    live::stream(&ctx, &event.id, Wants::Numbers).await
}
