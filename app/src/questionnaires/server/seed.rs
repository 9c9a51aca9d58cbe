//! The questionnaire that a new installation begins with.

use super::{
    publish::{PublishError, publish},
    queries,
};
use crate::{error::AppError, server::Context};
use form::Published;

/// The questionnaire of a new installation.
const SEED: &[u8] = include_bytes!("seed/working-in-japan.json");

/// Publishes the questionnaire *Working in Japan*, open, unless it was published before. May be repeated: it never
/// takes back what organizers did since.
///
/// # Errors
/// When the database fails.
pub async fn seed(ctx: &Context) -> Result<(), PublishError> {
    let published = Published::from_json(SEED).map_err(PublishError::Faults)?;
    if queries::find_definition(ctx.read(), published.hash()).await.map_err(AppError::from)?.is_some() {
        return Ok(());
    }
    publish(ctx, None, SEED).await.map(drop)
}
