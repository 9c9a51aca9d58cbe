//! What the organizers' page of counts shows: read from the tables of counts alone, whatever number of answers.
//!
//! Numbers of the most sensitive questions are for coordinators with a stated reason, as their answers are. Others
//! see them roughly: see [`super::Number`].

use super::{
    super::{
        catalogue::{self, Questionnaire},
        export::{Column, Columns, Include},
        queries::{
            self,
            counts::{Only, Part},
        },
        scope::Scope,
    },
    question::QuestionFigures,
    steps,
};
use crate::{auth::Organizer, error::AppError, server::Context};
use form::{Published, flow};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Channels that are offered to filter by: whoever invents some must not fill the screen.
const CHANNELS: usize = 100;
/// What stands in an address for "came without a channel"; no code begins like this.
pub const NO_CHANNEL: &str = "-";

/// Which answers are counted; all, unless something is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The version of one edition.
    pub edition: Option<String>,
    /// One language.
    pub language: Option<String>,
    /// One channel, or [`NO_CHANNEL`].
    pub channel: Option<String>,
}

impl Filter {
    /// Reads what stands in an address. Empty is none.
    ///
    /// # Errors
    /// [`AppError::Malformed`] for what can be none of these.
    pub fn parse(edition: &str, language: &str, channel: &str) -> Result<Self, AppError> {
        let some = |text: &str, is_one: fn(&str) -> bool| match text {
            "" => Ok(None),
            text if is_one(text) => Ok(Some(text.to_owned())),
            _ => Err(AppError::Malformed),
        };
        Ok(Self {
            edition: some(edition, form::names::is_version)?,
            language: some(language, form::names::is_language_tag)?,
            channel: some(channel, |text| text == NO_CHANNEL || form::names::is_code(text))?,
        })
    }

    /// Whether all answers are counted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A page of the way.
#[derive(Clone, Debug)]
pub enum Step {
    /// A question.
    Question(Column),
    /// All answers once more, before they are sent.
    Check,
    /// They were sent.
    Sent,
}

/// The whole page.
#[derive(Clone, Debug)]
pub struct Figures {
    /// What was answered.
    pub questionnaire: Questionnaire,
    /// Versions by which it can be filtered, with their answers, the newest first.
    pub editions: Vec<(String, u64)>,
    /// Languages, likewise, by tag.
    pub languages: Vec<(String, u64)>,
    /// Channels, likewise, those of most answers first; empty for none.
    pub channels: Vec<(String, u64)>,
    /// How many answers pass the filter.
    pub total: u64,
    /// Whether a question is among the most sensitive.
    pub has_grave: bool,
    /// The questions in their order; without numbers (`Err`) where they are withheld under a filter, because two
    /// filters together would tell what each hides.
    pub questions: Vec<Result<QuestionFigures, Column>>,
    /// How many of the people who allowed it came how far; of all languages and channels.
    pub steps: Vec<(Step, u64)>,
}

/// Reads it.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire, [`AppError::Malformed`] for an edition it does not have.
pub async fn figures(
    ctx: &Context,
    _: &Organizer,
    slug: &str,
    filter: &Filter,
    scope: Scope,
) -> Result<Figures, AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let editions = catalogue::editions(ctx, &questionnaire).await?;
    let chosen = match &filter.edition {
        None => None,
        Some(version) => {
            let found = editions.iter().find(|edition| edition.definition().version == *version);
            Some(found.ok_or(AppError::Malformed)?)
        }
    };
    let only = Only {
        definition: chosen.map(|edition| edition.hash().to_owned()),
        language: filter.language.clone(),
        channel: filter.channel.as_deref().map(|channel| if channel == NO_CHANNEL { "" } else { channel }.to_owned()),
    };
    let id = &questionnaire.id;
    let parts = queries::counts::count_by_part(ctx.read(), id).await?;
    let values = queries::counts::count_by_value(ctx.read(), id, &only).await?;
    let counted = queries::counts::count_by_step(ctx.read(), id, only.definition.as_deref()).await?;

    let all = Columns::of(&editions, Include::Everything);
    let columns = chosen.map(|edition| Columns::of(std::slice::from_ref(edition), Include::Everything));
    let columns = columns.as_ref().unwrap_or(&all);
    let mut said: BTreeMap<String, BTreeMap<String, u64>> = BTreeMap::new();
    for (question, value, n) in values {
        *said.entry(question).or_default().entry(value).or_default() += n;
    }
    // Grave in one edition is grave in all, as for the answers themselves.
    let is_grave = |column: &Column| all.find(&column.name).unwrap_or(column).is_grave();
    let is_rough = |column: &Column| is_grave(column) && scope.include() != Include::Everything;
    let questions = columns.iter().filter(|column| column.kinds.iter().any(form::Kind::is_answered)).map(|column| {
        let is_rough = is_rough(column);
        if is_rough && !filter.is_empty() {
            return Err(column.clone());
        }
        let mut figures = QuestionFigures::of(column, said.get(&column.name).unwrap_or(&BTreeMap::new()));
        if is_rough {
            figures.make_rough();
        }
        Ok(figures)
    });
    let versions = editions.iter().map(|edition| {
        let hash = edition.hash();
        (edition.definition().version.clone(), sum(&parts, |part| part.definition == hash))
    });
    Ok(Figures {
        editions: versions.collect(),
        languages: by(&parts, |part| &part.language),
        channels: channels(&parts),
        total: sum(&parts, |part| passes(&only, part)),
        has_grave: columns.iter().any(is_grave),
        questions: questions.collect(),
        steps: steps_of(&editions, columns, &counted),
        questionnaire,
    })
}

fn steps_of(editions: &[Arc<Published>], columns: &Columns, counted: &[(String, u64)]) -> Vec<(Step, u64)> {
    if counted.is_empty() {
        return Vec::new();
    }
    let count = |name: &str| counted.iter().find(|(counted, _)| counted == name).map_or(0, |(_, n)| *n);
    // A page of several questions goes by its first.
    let begins_page = |column: &&Column| {
        editions.iter().any(|edition| {
            let definition = edition.definition();
            let page = definition.question(&column.name).map(|question| flow::page_name(definition, question));
            page.is_some_and(|page| flow::place_of(definition, page) == definition.index_of(&column.name))
        })
    };
    let asked = columns.iter().filter(begins_page);
    let questions = asked.map(|column| (Step::Question(column.clone()), count(&column.name)));
    questions.chain([(Step::Check, count(steps::CHECK)), (Step::Sent, count(steps::SENT))]).collect()
}

fn passes(only: &Only, part: &Part) -> bool {
    let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
    is(&only.definition, &part.definition) && is(&only.language, &part.language) && is(&only.channel, &part.channel)
}

fn sum(parts: &[Part], is_counted: impl Fn(&Part) -> bool) -> u64 {
    let n: i64 = parts.iter().filter(|part| is_counted(part)).map(|part| part.n).sum();
    u64::try_from(n).unwrap_or_default()
}

fn by(parts: &[Part], key: impl Fn(&Part) -> &str) -> Vec<(String, u64)> {
    let keys: BTreeSet<&str> = parts.iter().map(&key).collect();
    let counts = keys.into_iter().map(|wanted| (wanted.to_owned(), sum(parts, |part| key(part) == wanted)));
    counts.filter(|(_, count)| *count > 0).collect()
}

fn channels(parts: &[Part]) -> Vec<(String, u64)> {
    let mut channels = by(parts, |part| &part.channel);
    channels.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    channels.truncate(CHANNELS);
    channels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read_from_addresses() {
        let filter = Filter::parse("2026-11", "ja-easy", "-").unwrap();
        assert_eq!(filter.channel.as_deref(), Some(NO_CHANNEL));
        assert!(Filter::parse("", "", "").unwrap().is_empty());
        for (edition, language, channel) in [("a b", "", ""), ("", "<b>", ""), ("", "", "--"), ("", "", "_x")] {
            assert_eq!(Filter::parse(edition, language, channel), Err(AppError::Malformed));
        }
    }
}
