//! Publishing a definition, and the questionnaire that a new installation begins with.

use super::{
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

/// The questionnaire of a new installation.
const SEED: &[u8] = include_bytes!("seed/working-in-japan.json");

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

/// Editions of it that earlier releases brought. Whoever still asks one of them is given the present one beside it.
const EARLIER: &[&str] = &["8bb2228a17b7bc01d1ff3c08c7b90a7a075cc3fe55cecb3cfc7050f394642623"];

/// Publishes the questionnaire *Working in Japan*, open, unless organizers have published an edition of their own. May
/// be repeated: it never takes back what they did since.
///
/// # Errors
/// When the database fails.
pub async fn seed(ctx: &Context) -> Result<(), PublishError> {
    let published = Published::from_json(SEED).map_err(PublishError::Faults)?;
    let slug = &published.definition().slug;
    let found = queries::find_questionnaire(ctx.read(), slug).await.map_err(AppError::from)?;
    let current = found.and_then(|questionnaire| questionnaire.current_definition);
    if current.is_some_and(|current| !EARLIER.contains(&current.as_str())) {
        return Ok(());
    }
    publish(ctx, None, SEED).await.map(drop)
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
    };
    queries::insert_questionnaire(tx, new).await?;
    let found = queries::find_questionnaire(tx, slug).await?;
    let id = found.ok_or_else(|| internal("a questionnaire was not stored"))?.id;
    let body = std::str::from_utf8(published.canonical_bytes()).map_err(|_| internal("canonical bytes are text"))?;
    let row = definition::ActiveModel {
        hash: Set(published.hash().to_owned()),
        questionnaire_id: Set(id.clone()),
        version: Set(published.definition().version.clone()),
        body: Set(body.to_owned()),
        published_on: Set(today),
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

#[cfg(test)]
mod tests {
    use super::*;
    use form::{Kind, Text};

    fn texts(definition: &form::Definition) -> Vec<&Text> {
        let mut texts = vec![&definition.title, &definition.purpose];
        for question in &definition.questions {
            texts.push(&question.label);
            texts.extend(&question.hint);
            texts.extend(question.constraint.as_ref().map(|constraint| &constraint.message));
            texts.extend(question.kind.choices().iter().map(|choice| &choice.label));
            if let Kind::Integer { unit, .. } = &question.kind {
                texts.extend(unit);
            }
        }
        texts.extend(definition.groups.iter().flat_map(|group| [Some(&group.label), group.hint.as_ref()]).flatten());
        texts.extend(definition.calculations.iter().map(|calculation| &calculation.label));
        texts
    }

    #[test]
    fn every_text_is_translated() {
        let published = Published::from_json(SEED).unwrap();
        let texts = texts(published.definition());
        assert!(texts.len() > 300, "{}", texts.len());
        for text in texts {
            assert_ne!(text.get("vi"), text.get("en"));
            let is_empty = ["ja", "ja-easy", "en", "zh-Hans", "vi"].map(|language| text.get(language).is_empty());
            assert_eq!(is_empty, [false; 5]);
            assert!(
                text.get("en").is_ascii() || !text.get("en").contains(|c: char| matches!(c, '\u{3040}'..='\u{9fff}'))
            );
        }
    }

    #[test]
    fn nothing_but_consent_is_required_and_everything_may_be_declined() {
        let published = Published::from_json(SEED).unwrap();
        for (index, question) in published.definition().questions.iter().enumerate() {
            assert_eq!(question.required, index == 0, "{}", question.name);
            assert!(index == 0 || question.may_decline || !question.kind.is_answered(), "{}", question.name);
            let asks_for_words = matches!(question.kind, Kind::Text { .. });
            assert!(!asks_for_words || question.hint.is_some(), "{} warns of names", question.name);
        }
    }

    #[test]
    fn every_indicator_of_forced_labour_is_fed_and_counted() {
        let published = Published::from_json(SEED).unwrap();
        let definition = published.definition();
        let flags: Vec<&str> = definition
            .calculations
            .iter()
            .filter_map(|calculation| calculation.name.strip_prefix("ilo_"))
            .filter(|name| *name != "flags")
            .collect();
        assert_eq!(flags.len(), 11);
        for flag in flags {
            let feeds = |question: &form::Question| question.indicators.iter().any(|indicator| indicator == flag);
            assert!(definition.questions.iter().any(feeds), "{flag}");
        }
    }
}
