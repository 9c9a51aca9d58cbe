//! Publishing a definition, by the command line and for the demonstration content.
//!
//! What must stay true, held by the tests `questionnaires/versions`: a published definition never changes, a new one
//! stands beside it, and whoever began on the old one ends on it.

use super::{
    catalogue,
    entities::{definition, questionnaire},
    queries,
};
use crate::{
    error::AppError,
    ids::{OrganizerId, QuestionnaireId},
    server::{Context, audit, bus::Topic, db::Transaction, entities::StoredDay, error::internal},
};
use form::{Fault, Published};
use sea_orm::Set;

/// Why a definition was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// It has faults, each with its place.
    #[error("the definition has faults:{}", list(.0))]
    Faults(Vec<Fault>),
    /// Another definition of this questionnaire bears the same version: give the new one a version of its own.
    #[error("version {version:?} of this questionnaire was published before with other content")]
    VersionTaken {
        /// The version.
        version: String,
    },
    /// The database failed.
    #[error(transparent)]
    App(#[from] AppError),
}

fn list(faults: &[Fault]) -> String {
    faults.iter().flat_map(|fault| ["\n  ", &fault.place, ": ", fault.kind.as_str()]).collect()
}

/// Publishes a definition: from now on new answers to its questionnaire are given to it. A questionnaire that was not
/// there before is made and is open. Publishing the current definition again changes nothing.
///
/// # Errors
/// [`PublishError::Faults`] with every place that is wrong, [`PublishError::VersionTaken`].
pub async fn publish(ctx: &Context, actor: Option<&OrganizerId>, json: &[u8]) -> Result<Published, PublishError> {
    let published = Published::from_json(json).map_err(PublishError::Faults)?;
    let version = &published.definition().version;
    let today = StoredDay(ctx.clock().today());
    let stored = &published;
    let done = ctx.write(|tx| async move { store(&tx, actor, stored, today).await }).await?;
    match done {
        Done::Changed(id) => ctx.bus().publish(Topic::Questionnaire(id)),
        Done::Unchanged => {}
        Done::VersionTaken => return Err(PublishError::VersionTaken { version: version.clone() }),
    }
    Ok(published)
}

/// The version that is asked now, if this definition was published before and another one took its place since: to
/// publish it would lead back.
///
/// # Errors
/// When the database fails.
pub async fn would_lead_back(ctx: &Context, published: &Published) -> Result<Option<String>, AppError> {
    if queries::find_definition(ctx.read(), published.hash()).await?.is_none() {
        return Ok(None);
    }
    let current = catalogue::find_by_slug(ctx, &published.definition().slug).await?.current;
    Ok((current.hash() != published.hash()).then(|| current.definition().version.clone()))
}

enum Done {
    Changed(QuestionnaireId),
    Unchanged,
    VersionTaken,
}

async fn store(
    tx: &Transaction,
    actor: Option<&OrganizerId>,
    published: &Published,
    today: StoredDay,
) -> Result<Done, AppError> {
    let slug = &published.definition().slug;
    let new = questionnaire::ActiveModel {
        id: Set(QuestionnaireId(uuid::Uuid::new_v4().to_string())),
        slug: Set(slug.clone()),
        state: Set(questionnaire::State::Open),
        current_definition: Set(None),
        ..Default::default()
    };
    queries::insert_questionnaire(tx, new).await?;
    let found = queries::find_questionnaire(tx, slug).await?;
    let id = found.ok_or_else(|| internal("a questionnaire was not stored"))?.id;
    let number = i64::try_from(queries::count_definitions(tx, &id).await?).unwrap_or(i64::MAX).saturating_add(1);
    let body = std::str::from_utf8(published.canonical_bytes()).map_err(|_| internal("canonical bytes are text"))?;
    let row = definition::ActiveModel {
        hash: Set(published.hash().to_owned()),
        questionnaire_id: Set(id.clone()),
        version: Set(published.definition().version.clone()),
        body: Set(body.to_owned()),
        published_on: Set(today),
        number: Set(number),
    };
    if !queries::insert_definition(tx, row).await? && queries::find_definition(tx, published.hash()).await?.is_none() {
        return Ok(Done::VersionTaken);
    }
    if !queries::set_current(tx, &id, published.hash()).await? {
        return Ok(Done::Unchanged);
    }
    audit::record(tx, actor, "questionnaire.published", slug, published.hash()).await?;
    Ok(Done::Changed(id))
}
