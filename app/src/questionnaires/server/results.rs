//! How far the results of a questionnaire are published. From then on the answers of those days can no longer be
//! deleted: numbers that people have read are not changed behind their backs.
//!
//! What must stay true: the day only moves forward, and it is over, so that whatever comes later lies behind it (tests
//! `questionnaires/results`).

use super::{catalogue, queries};
use crate::{
    auth::Organizer,
    error::AppError,
    server::{Context, audit, entities::StoredDay},
};
use form::Day;

/// What became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marked {
    /// Results are published with answers up to that day.
    Done,
    /// The day is not over: more answers would come to it.
    NotOver,
    /// Results were published up to this day before, which is not earlier.
    NotForward(Day),
}

/// Marks results with answers up to a day as published. It cannot be taken back.
///
/// # Errors
/// [`AppError::Forbidden`] for assistants, [`AppError::NotFound`] if there is none of that slug.
pub async fn mark_published(
    ctx: &Context,
    organizer: &Organizer,
    slug: &str,
    through: Day,
) -> Result<Marked, AppError> {
    organizer.require_coordinator()?;
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    if through >= ctx.clock().today() {
        return Ok(Marked::NotOver);
    }
    let (id, detail) = (&questionnaire.id, &through.to_string());
    let is_done = ctx
        .write(|tx| async move {
            let is_done = queries::set_results_through(&tx, id, StoredDay(through)).await?;
            if is_done {
                audit::record(&tx, Some(organizer.id()), "results.published", slug, detail).await?;
            }
            Ok(is_done)
        })
        .await?;
    if is_done {
        return Ok(Marked::Done);
    }
    let now = catalogue::find_by_slug(ctx, slug).await?;
    Ok(Marked::NotForward(now.results_through.unwrap_or(through)))
}
