//! Series: made and changed.

use super::Fault;
use crate::{
    error::AppError,
    events::{
        server::{catalogue::Series, entities::series, queries},
        words::Words,
    },
    ids::{OrganizerId, SeriesId},
    server::{Context, audit},
};
use sea_orm::Set;

/// A series as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeriesPlan {
    /// Its name in addresses.
    pub slug: String,
    /// What it is called.
    pub title: Words,
    /// What it is for.
    pub about: Words,
}

impl SeriesPlan {
    fn fault(&self) -> Option<Fault> {
        if !form::names::is_slug(&self.slug) {
            Some(Fault::SlugWrong)
        } else {
            self.title.is_empty().then_some(Fault::TitleMissing)
        }
    }
}

/// Makes a series.
///
/// # Errors
/// Inside, what is wrong; outside, when the database fails.
pub async fn create_series(
    ctx: &Context,
    organizer: Option<&OrganizerId>,
    plan: &SeriesPlan,
) -> Result<Result<SeriesId, Fault>, AppError> {
    if let Some(fault) = plan.fault() {
        return Ok(Err(fault));
    }
    let id = &SeriesId(uuid::Uuid::new_v4().to_string());
    let is_new = ctx
        .write(|tx| async move {
            let row = series::ActiveModel {
                id: Set(id.clone()),
                slug: Set(plan.slug.clone()),
                title: Set(plan.title.to_json()),
                about: Set(plan.about.to_json()),
                changed_at: Set(tx.now_ms()),
            };
            let is_new = queries::insert_series(&tx, row).await?;
            if is_new {
                audit::record(&tx, organizer, "series.created", &plan.slug, "").await?;
            }
            Ok(is_new)
        })
        .await?;
    Ok(if is_new { Ok(id.clone()) } else { Err(Fault::SlugTaken) })
}

/// Changes what a series is called and is for. Its name in addresses stays. `seen` is when it had last been changed as
/// somebody began to write: nothing of others is overwritten unseen.
///
/// # Errors
/// Inside, what is wrong; outside, when the database fails.
pub async fn change_series(
    ctx: &Context,
    organizer: &OrganizerId,
    series: &Series,
    plan: &SeriesPlan,
    seen: i64,
) -> Result<Result<(), Fault>, AppError> {
    if plan.title.is_empty() {
        return Ok(Err(Fault::TitleMissing));
    }
    ctx.write(|tx| async move {
        let before = queries::series_by_id(&tx, &series.id).await?.ok_or(AppError::NotFound)?;
        if before.changed_at != seen {
            return Ok(Err(Fault::ChangedSince));
        }
        let row = series::ActiveModel {
            id: Set(series.id.clone()),
            title: Set(plan.title.to_json()),
            about: Set(plan.about.to_json()),
            changed_at: Set(tx.now_ms()),
            ..Default::default()
        };
        queries::update_series(&tx, row).await?;
        audit::record(&tx, Some(organizer), "series.changed", &series.slug, "").await?;
        Ok(Ok(()))
    })
    .await
}
