//! What organizers do with questionnaires: look at the counts, open and close. Answers themselves are in
//! [`super::export`], what was kept aside in [`super::quarantine`].

use super::{
    catalogue::{self, Questionnaire},
    effort,
    entities::questionnaire::State,
    export::{Codebook, Columns, Include},
    queries,
};
use crate::{
    auth::Organizer,
    error::AppError,
    server::{Context, audit, bus::Topic},
};
use form::Day;

/// One questionnaire in the list.
#[derive(Clone, Debug)]
pub struct Summary {
    /// It.
    pub questionnaire: Questionnaire,
    /// How many answers were stored.
    pub answers: u64,
    /// How many sendings were kept aside.
    pub kept_aside: u64,
    /// How many people deleted their answers.
    pub deleted: u64,
}

/// One questionnaire in full.
#[derive(Clone, Debug)]
pub struct Overview {
    /// It and its counts.
    pub summary: Summary,
    /// Answers by language tag.
    pub by_language: Vec<(String, u64)>,
    /// Answers by day, the latest first.
    pub by_day: Vec<(Day, u64)>,
    /// Days on which unusually many came from one place at once.
    pub flags: Vec<Day>,
}

/// All questionnaires, and the slugs of those that do not exist but were sent answers.
///
/// # Errors
/// When the database fails.
pub async fn list(ctx: &Context, _: &Organizer) -> Result<(Vec<Summary>, Vec<(String, u64)>), AppError> {
    /// Whoever invents slugs must not fill the screen.
    const OTHERS: u64 = 100;
    let summaries = list_by_command(ctx).await?;
    let mut others = queries::count_quarantined_by_slug(ctx.read(), OTHERS).await?;
    others.retain(|(slug, _)| !summaries.iter().any(|summary| summary.questionnaire.slug == *slug));
    Ok((summaries, others))
}

/// All questionnaires, for whoever sits at the server itself.
///
/// # Errors
/// When the database fails.
pub async fn list_by_command(ctx: &Context) -> Result<Vec<Summary>, AppError> {
    let mut summaries = Vec::new();
    for questionnaire in catalogue::list(ctx).await? {
        summaries.push(summary(ctx, questionnaire).await?);
    }
    Ok(summaries)
}

/// One questionnaire.
///
/// # Errors
/// [`AppError::NotFound`] if there is none of that slug.
pub async fn overview(ctx: &Context, _: &Organizer, slug: &str) -> Result<Overview, AppError> {
    let summary = summary(ctx, catalogue::find_by_slug(ctx, slug).await?).await?;
    let id = &summary.questionnaire.id;
    let by_language = queries::counts::count_by_language(ctx.read(), id).await?;
    let by_day = queries::counts::count_by_day(ctx.read(), id).await?;
    Ok(Overview { summary, by_language, by_day, flags: effort::flags(ctx, slug) })
}

/// Opens a questionnaire to answers, or closes it; what comes when it is closed is kept aside. Doing it twice
/// changes nothing and leaves one audit row.
///
/// # Errors
/// [`AppError::NotFound`] if there is none of that slug.
pub async fn set_open(ctx: &Context, organizer: &Organizer, slug: &str, is_open: bool) -> Result<(), AppError> {
    let (state, action) = match is_open {
        true => (State::Open, "questionnaire.opened"),
        false => (State::Closed, "questionnaire.closed"),
    };
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let id = &questionnaire.id;
    ctx.write(|tx| async move {
        if queries::set_state(&tx, id, state).await? {
            audit::record(&tx, Some(organizer.id()), action, slug, "").await?;
        }
        Ok(())
    })
    .await?;
    ctx.bus().publish(Topic::Questionnaire(questionnaire.id));
    Ok(())
}

/// A questionnaire with all its columns, to tell what they mean. No answer is read.
///
/// # Errors
/// [`AppError::NotFound`] if there is none of that slug.
pub async fn codebook(ctx: &Context, _: &Organizer, slug: &str) -> Result<(Questionnaire, Columns), AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let editions = catalogue::editions(ctx, &questionnaire).await?;
    Ok((questionnaire, Columns::of(&editions, Include::Everything)))
}

/// The same as a table for a file.
///
/// # Errors
/// [`AppError::NotFound`] if there is none of that slug.
pub async fn codebook_table(ctx: &Context, _: &Organizer, slug: &str) -> Result<Codebook, AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    Ok(Codebook::of(&catalogue::editions(ctx, &questionnaire).await?))
}

/// Through which channels answers to a questionnaire came, the most used first, and how many through each.
///
/// # Errors
/// When the database fails.
pub async fn channels(
    ctx: &Context,
    _: &Organizer,
    questionnaire: &Questionnaire,
) -> Result<Vec<(Option<String>, u64)>, AppError> {
    Ok(queries::counts::count_by_channel(ctx.read(), &questionnaire.id).await?)
}

async fn summary(ctx: &Context, questionnaire: Questionnaire) -> Result<Summary, AppError> {
    let answers = queries::counts::count_responses(ctx.read(), &questionnaire.id, None).await?;
    let reasons = queries::count_quarantined(ctx.read(), &questionnaire.slug).await?;
    let deleted = queries::count_deleted(ctx.read(), &questionnaire.id).await?;
    Ok(Summary { questionnaire, answers, kept_aside: reasons.iter().map(|(_, count)| count).sum(), deleted })
}
