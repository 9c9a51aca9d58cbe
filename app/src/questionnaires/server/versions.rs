//! All versions of a questionnaire, side by side, for organizers.

use super::{
    catalogue::{self, Questionnaire},
    changes::Changes,
    queries,
};
use crate::{auth::Organizer, error::AppError, server::Context};
use form::{Day, Published};
use std::sync::Arc;

/// One version.
#[derive(Clone, Debug)]
pub struct Version {
    /// It.
    pub published: Arc<Published>,
    /// The day from which it could be answered.
    pub published_on: Day,
    /// How many answers to it are stored.
    pub answers: u64,
    /// Whether new answers are given to it.
    pub is_current: bool,
    /// What changed against the one before; nothing to compare the first with.
    pub changes: Option<Changes>,
}

/// The versions of a questionnaire, the newest first.
///
/// # Errors
/// [`AppError::NotFound`] if there is none of that slug.
pub async fn list(ctx: &Context, _: &Organizer, slug: &str) -> Result<(Questionnaire, Vec<Version>), AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let counts = queries::counts::count_by_definition(ctx.read(), &questionnaire.id).await?;
    let mut versions: Vec<Version> = Vec::new();
    for (hash, published_on) in queries::list_definitions(ctx.read(), &questionnaire.id).await? {
        let published = catalogue::definition_by_hash(ctx, &hash).await?;
        if let Some(later) = versions.last_mut() {
            later.changes = Some(Changes::between(&published, &later.published));
        }
        let answers = counts.get(&hash).copied().unwrap_or_default();
        let is_current = hash == questionnaire.current.hash();
        versions.push(Version { published, published_on: published_on.into(), answers, is_current, changes: None });
    }
    Ok((questionnaire, versions))
}
