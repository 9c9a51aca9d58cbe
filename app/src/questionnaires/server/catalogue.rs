//! Which questionnaires there are, and their definitions, which never change and so are read once.
//!
//! Called by pages, arrival and console. What must stay true: whoever names a hash is given the very bytes of that
//! hash, and the memory this takes is bounded.

use super::{
    entities::questionnaire,
    queries,
    schedule::{Schedule, Standing},
};
use crate::{
    error::AppError,
    ids::QuestionnaireId,
    server::{Context, error::internal},
};
use form::{Day, Published};
use std::sync::{Arc, Mutex, PoisonError};

/// Definitions in memory at most, some hundred kilobytes each.
const CACHED: usize = 32;

/// A questionnaire that was published.
#[derive(Clone, Debug)]
pub struct Questionnaire {
    /// Its id.
    pub id: QuestionnaireId,
    /// Its name in addresses.
    pub slug: String,
    /// Whether answers are counted today.
    pub is_open: bool,
    /// What was decided about it.
    pub schedule: Schedule,
    /// What that means today.
    pub standing: Standing,
    /// Answers up to this day stand in published results; see [`super::results`].
    pub results_through: Option<Day>,
    /// What new answers are given to.
    pub current: Arc<Published>,
}

/// The questionnaire of that name.
///
/// # Errors
/// [`AppError::NotFound`] if there is none or nothing of it was published.
pub async fn find_by_slug(ctx: &Context, slug: &str) -> Result<Questionnaire, AppError> {
    if !form::names::is_slug(slug) {
        return Err(AppError::NotFound);
    }
    let row = queries::find_questionnaire(ctx.read(), slug).await?.ok_or(AppError::NotFound)?;
    of_row(ctx, row).await?.ok_or(AppError::NotFound)
}

/// All of them, by slug.
///
/// # Errors
/// When the database fails.
pub async fn list(ctx: &Context) -> Result<Vec<Questionnaire>, AppError> {
    let mut questionnaires = Vec::new();
    for row in queries::list_questionnaires(ctx.read()).await? {
        questionnaires.extend(of_row(ctx, row).await?);
    }
    Ok(questionnaires)
}

/// The definition with that hash, whether it is still asked or not.
///
/// # Errors
/// [`AppError::NotFound`] if nobody published it.
pub async fn definition_by_hash(ctx: &Context, hash: &str) -> Result<Arc<Published>, AppError> {
    if !form::names::is_digest(hash) {
        return Err(AppError::NotFound);
    }
    let cache = ctx.part::<Cache>();
    if let Some(published) = cache.find(hash) {
        return Ok(published);
    }
    let row = queries::find_definition(ctx.read(), hash).await?.ok_or(AppError::NotFound)?;
    // What is not the bytes of its own hash was changed behind our back: better no definition than another one.
    let published = Published::from_json(row.body.as_bytes()).map_err(|_| internal("a stored definition is broken"))?;
    if published.hash() != hash {
        return Err(internal("a stored definition was changed"));
    }
    Ok(cache.keep(Arc::new(published)))
}

/// The edition of a questionnaire that has this hash, or the current one: a page that was kept on a phone may know an
/// older one, and nobody may begin on one of another questionnaire.
///
/// # Errors
/// When the database fails.
pub async fn definition_of(
    ctx: &Context,
    questionnaire: &Questionnaire,
    hash: &str,
) -> Result<Arc<Published>, AppError> {
    let editions = queries::list_definitions(ctx.read(), &questionnaire.id).await?;
    if editions.iter().any(|(edition, _)| edition == hash) {
        return definition_by_hash(ctx, hash).await;
    }
    Ok(Arc::clone(&questionnaire.current))
}

/// All editions of a questionnaire: the current one, then the others, the newest first.
///
/// # Errors
/// When the database fails.
pub async fn editions(ctx: &Context, questionnaire: &Questionnaire) -> Result<Vec<Arc<Published>>, AppError> {
    let mut editions = vec![Arc::clone(&questionnaire.current)];
    for (hash, _) in queries::list_definitions(ctx.read(), &questionnaire.id).await? {
        if hash != questionnaire.current.hash() {
            editions.push(definition_by_hash(ctx, &hash).await?);
        }
    }
    Ok(editions)
}

async fn of_row(ctx: &Context, row: questionnaire::Model) -> Result<Option<Questionnaire>, AppError> {
    let Some(hash) = &row.current_definition else { return Ok(None) };
    let current = definition_by_hash(ctx, hash).await.map_err(|error| match error {
        AppError::NotFound => internal("a questionnaire has lost its definition"),
        other => other,
    })?;
    let schedule = Schedule::of(&row);
    let standing = schedule.on(ctx.clock().today());
    let questionnaire::Model { id, slug, results_through, .. } = row;
    let results_through = results_through.map(Day::from);
    Ok(Some(Questionnaire { id, slug, is_open: standing.is_open(), schedule, standing, results_through, current }))
}

/// Definitions by hash, the one used last at the end.
#[derive(Default)]
struct Cache(Mutex<Vec<Arc<Published>>>);

impl Cache {
    fn find(&self, hash: &str) -> Option<Arc<Published>> {
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = cached.iter().position(|published| published.hash() == hash)?;
        let published = cached.remove(place);
        cached.push(Arc::clone(&published));
        Some(published)
    }

    fn keep(&self, published: Arc<Published>) -> Arc<Published> {
        let mut cached = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        cached.retain(|other| other.hash() != published.hash());
        if cached.len() >= CACHED {
            cached.remove(0);
        }
        cached.push(Arc::clone(&published));
        published
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(version: usize) -> Arc<Published> {
        let json = format!(
            r#"{{"format":2,"slug":"s","version":"{version}","languages":["en"],"title":{{"en":"T"}},"purpose":{{"en":"P"}},"questions":[{{"name":"a","label":{{"en":"A"}},"kind":{{"type":"date"}}}}]}}"#
        );
        Arc::new(Published::from_json(json.as_bytes()).unwrap())
    }

    #[test]
    fn cache_keeps_what_was_used_last() {
        let cache = Cache::default();
        let first = cache.keep(published(0));
        for version in 1..CACHED + 5 {
            cache.keep(published(version));
            assert!(cache.find(first.hash()).is_some(), "used again and again");
        }
        assert!(cache.find(published(1).hash()).is_none(), "the oldest has gone");
        assert_eq!(cache.0.lock().unwrap().len(), CACHED);
    }
}
