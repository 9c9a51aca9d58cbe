//! `/{lang}/events/{slug}/calendar.ics` and `/{lang}/series/{slug}/calendar.ics`: calendar entries, to keep or to
//! subscribe to.

use crate::{
    error::AppError,
    events::server::{calendar, catalogue},
    server::Context,
    ui::Reader,
};
use axum::{
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

/// The entry of one event.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown event or a draft.
pub async fn of_event(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let event = catalogue::find(&ctx, &slug).await?;
    Ok(answer(&event.slug, calendar::public_entry(&ctx, &event, reader)))
}

/// All public events of a series.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown series.
pub async fn of_series(
    State(ctx): State<Context>,
    reader: Reader,
    Path((_, slug)): Path<(String, String)>,
) -> Result<Response, AppError> {
    let series = catalogue::find_series(&ctx, &slug).await?;
    let mut events = catalogue::list(&ctx).await?;
    events.retain(|event| event.series.as_ref().is_some_and(|own| own.id == series.id));
    Ok(answer(&series.slug, calendar::series_calendar(&ctx, &series, &events, reader)))
}

/// A slug holds nothing that a header could not.
fn answer(slug: &str, entries: String) -> Response {
    let name = ["inline; filename=\"", slug, ".ics\""].concat();
    let headers = [
        (header::CONTENT_TYPE, calendar::CONTENT_TYPE.to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-cache".to_owned()),
    ];
    (headers, entries).into_response()
}
