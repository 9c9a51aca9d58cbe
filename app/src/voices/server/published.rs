//! What everybody may read, and what was done about it.

use super::{
    consent::is_as_signed,
    deletion,
    entities::published_voice::{self, Model as Voice},
    keys::SITE,
    members::Member,
    queries, to_hex,
};
use crate::{
    error::AppError,
    i18n::Locale,
    server::{Context, audit, db::forget_tonight, error::internal},
    ui::reader::{LOCALES, tag},
    voices::sharing::RecipientKind,
};
use ::seal::voice::consent::digest;
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

/// What was published in a quarter. In which order it came nobody can tell. What no worker signed is not shown, whoever wrote
/// it into the table.
///
/// # Errors
/// When the database fails.
pub async fn of_quarter(ctx: &Context, quarter: &str) -> Result<Vec<Voice>, AppError> {
    let Some(site) = queries::setting(ctx.read(), SITE).await? else { return Ok(Vec::new()) };
    let mut shown = Vec::new();
    for voice in queries::list_published(ctx.read(), quarter).await? {
        if is_agreed(ctx, &site, &voice).await? {
            shown.push(voice);
        } else {
            tracing::error!("words that no worker signed stand among those that everybody reads: they are not shown");
        }
    }
    Ok(shown)
}

/// Whether a worker's signature covers exactly these words and their translation, for everybody.
async fn is_agreed(ctx: &Context, site: &str, voice: &Voice) -> Result<bool, AppError> {
    let Some(went) = queries::find_disclosure(ctx.read(), &voice.id).await? else { return Ok(false) };
    let text = queries::find_share_text(ctx.read(), &went.share_text_id).await?;
    let grant = match &went.grant_id {
        Some(grant) => queries::find_grant(ctx.read(), grant).await?,
        None => None,
    };
    let Some((text, grant)) = text.zip(grant) else { return Ok(false) };
    let hash = |words: &str| to_hex(&digest(words));
    Ok(grant.recipient_kind == RecipientKind::Public
        && hash(&voice.words) == text.words_hash
        && voice.shown.as_deref().map(hash) == text.shown_hash
        && voice.shown_language.as_ref().is_none_or(|language| *language == grant.language)
        && is_as_signed(ctx, site, &grant, &text))
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
/// [`AppError::NotFound`] if it is not there (any more), [`AppError::Malformed`] for what is too long or in no language,
/// [`AppError::Expired`] if the root does not vouch for the member today.
pub async fn tell(ctx: &Context, by: &Member, id: &str, outcomes: &BTreeMap<String, String>) -> Result<(), AppError> {
    let is_right = outcomes.iter().all(|(language, text)| {
        LOCALES.into_iter().any(|locale| tag(locale) == language) && text.len() <= OUTCOME_BYTES
    });
    if !is_right {
        return Err(AppError::Malformed);
    }
    if !by.signs_today() {
        return Err(AppError::Expired);
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
        forget_tonight(&tx).await?;
        audit::record(&tx, Some(by.organizer()), "voices.taken_down", id, "").await
    })
    .await?;
    deletion::overwrite(ctx).await;
    Ok(())
}
