//! The questionnaire that a new installation begins with.

use super::{
    publish::{PublishError, publish},
    queries,
};
use crate::{error::AppError, server::Context};
use form::Published;

/// The questionnaire of a new installation.
const SEED: &[u8] = include_bytes!("seed/working-in-japan.json");

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
