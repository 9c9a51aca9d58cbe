//! What everybody may read, and what was done about it.

use super::{
    entities::published_voice::{self, Model as Voice},
    members::Member,
    queries,
};
use crate::{
    error::AppError,
    i18n::Locale,
    server::{Context, audit, error::internal},
    ui::reader::{LOCALES, tag},
};
use sea_orm::ActiveValue::Set;
use std::collections::BTreeMap;

pub use super::entities::published_voice::Model;

/// The most bytes of what was done about a voice, in one language.
pub const OUTCOME_BYTES: usize = 4_000;

/// The quarters in which something was published, the newest first, with how many.
///
/// # Errors
/// When the database fails.
pub async fn quarters(ctx: &Context) -> Result<Vec<(String, i64)>, AppError> {
    Ok(queries::published_quarters(ctx.read()).await?)
}

/// What was published in a quarter. In which order it came nobody can tell.
///
/// # Errors
/// When the database fails.
pub async fn of_quarter(ctx: &Context, quarter: &str) -> Result<Vec<Voice>, AppError> {
    Ok(queries::list_published(ctx.read(), quarter).await?)
}

/// One of them.
///
/// # Errors
/// [`AppError::NotFound`] if it is not there (any more).
pub async fn find(ctx: &Context, id: &str) -> Result<Voice, AppError> {
    queries::find_published(ctx.read(), id).await?.ok_or(AppError::NotFound)
}

/// What was done about a voice, by language.
#[must_use]
pub fn outcomes(voice: &Voice) -> BTreeMap<String, String> {
    voice.outcome.as_deref().and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
}

/// The same for a reader: in their language, or in the first one there is.
#[must_use]
pub fn outcome_for(voice: &Voice, locale: Locale) -> Option<(Locale, String)> {
    let outcomes = outcomes(voice);
    let first = [locale].into_iter().chain(LOCALES);
    first.filter_map(|locale| Some((locale, outcomes.get(tag(locale))?.clone()))).next()
}

/// Says what was done about a voice; languages without words say nothing.
///
/// # Errors
/// [`AppError::NotFound`] if it is not there (any more), [`AppError::Malformed`] for what is too long or in no language.
pub async fn tell(ctx: &Context, by: &Member, id: &str, outcomes: &BTreeMap<String, String>) -> Result<(), AppError> {
    let is_right = outcomes.iter().all(|(language, text)| {
        LOCALES.into_iter().any(|locale| tag(locale) == language) && text.len() <= OUTCOME_BYTES
    });
    if !is_right {
        return Err(AppError::Malformed);
    }
    let said: BTreeMap<_, _> = outcomes.iter().filter(|(_, text)| !text.is_empty()).collect();
    let text = serde_json::to_string(&said).map_err(|_| internal("an outcome cannot be written"))?;
    let outcome = Set((!said.is_empty()).then_some(text));
    let row = published_voice::ActiveModel { id: Set(id.to_owned()), outcome, ..Default::default() };
    let row = &row;
    ctx.write(|tx| async move {
        if !queries::update_published(&tx, row.clone()).await? {
            return Err(AppError::NotFound);
        }
        audit::record(&tx, Some(by.organizer()), "voices.outcome", id, "").await
    })
    .await
}

/// Takes words off the site. That they were there stays written down.
///
/// # Errors
/// [`AppError::NotFound`] if they are not there (any more).
pub async fn take_down(ctx: &Context, by: &Member, id: &str) -> Result<(), AppError> {
    ctx.write(|tx| async move {
        if !queries::delete_published(&tx, id).await? {
            return Err(AppError::NotFound);
        }
        audit::record(&tx, Some(by.organizer()), "voices.taken_down", id, "").await
    })
    .await
}
