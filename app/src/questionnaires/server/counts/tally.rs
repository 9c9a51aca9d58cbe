//! Counts in memory, as many answers give them, on their way into the tables.

use super::{super::entities, Said};
use crate::{
    error::AppError,
    ids::QuestionnaireId,
    questionnaires::server::queries,
    server::{db::Transaction, entities::StoredDay},
};
use entities::{answer_count, day_count, response, response_count};
use form::Day;
use sea_orm::Set;
use std::collections::BTreeMap;

/// What the answers of a count have in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Group {
    /// What was answered.
    pub questionnaire: QuestionnaireId,
    /// The hash of the definition that was answered.
    pub definition: String,
    /// The language in which it was answered.
    pub language: String,
    /// How people came to it; empty for those of whom nothing is known.
    pub channel: String,
}

impl Group {
    /// The group of a stored row.
    #[must_use]
    pub fn of(response: &response::Model) -> Self {
        Self {
            questionnaire: response.questionnaire_id.clone(),
            definition: response.definition.clone(),
            language: response.language.clone(),
            channel: response.channel.clone().unwrap_or_default(),
        }
    }
}

/// How much is to be added to which count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    groups: BTreeMap<Group, Counts>,
    days: BTreeMap<(QuestionnaireId, Day), i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Counts {
    answers: i64,
    /// By question and value.
    said: BTreeMap<String, BTreeMap<String, i64>>,
}

impl Tally {
    /// Adds one person's answers, `times` times (once less for -1).
    pub fn add(&mut self, group: Group, day: Day, said: &[Said], times: i64) {
        *self.days.entry((group.questionnaire.clone(), day)).or_default() += times;
        let counts = self.groups.entry(group).or_default();
        counts.answers += times;
        for Said { question, value } in said {
            counts.add(question, value, times);
        }
    }

    /// Takes away what is stored, of every table and lane, so that what is missing there is left.
    pub(super) fn take_away(
        &mut self,
        responses: Vec<response_count::Model>,
        days: Vec<day_count::Model>,
        answers: Vec<answer_count::Model>,
    ) {
        for row in responses {
            let response_count::Model { questionnaire_id, definition, language, channel, n, .. } = row;
            let group = Group { questionnaire: questionnaire_id, definition, language, channel };
            self.groups.entry(group).or_default().answers -= n;
        }
        for row in days {
            *self.days.entry((row.questionnaire_id, row.day.into())).or_default() -= row.n;
        }
        for row in answers {
            let answer_count::Model { questionnaire_id, definition, question, value, language, channel, n, .. } = row;
            let group = Group { questionnaire: questionnaire_id, definition, language, channel };
            self.groups.entry(group).or_default().add(&question, &value, -n);
        }
    }

    /// Adds everything to the tables, always in the same order.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn write(&self, tx: &Transaction) -> Result<(), AppError> {
        let lane = Set(tx.lane());
        let mut responses = Vec::new();
        let mut answers = Vec::new();
        for (group, counts) in &self.groups {
            let Group { questionnaire, definition, language, channel } = group.clone();
            if counts.answers != 0 {
                responses.push(response_count::ActiveModel {
                    questionnaire_id: Set(questionnaire.clone()),
                    definition: Set(definition.clone()),
                    language: Set(language.clone()),
                    channel: Set(channel.clone()),
                    lane: lane.clone(),
                    n: Set(counts.answers),
                });
            }
            for (question, value, n) in counts.all() {
                answers.push(answer_count::ActiveModel {
                    questionnaire_id: Set(questionnaire.clone()),
                    definition: Set(definition.clone()),
                    question: Set(question.to_owned()),
                    value: Set(value.to_owned()),
                    language: Set(language.clone()),
                    channel: Set(channel.clone()),
                    lane: lane.clone(),
                    n: Set(n),
                });
            }
        }
        let days = self.days.iter().filter(|(_, n)| **n != 0).map(|((questionnaire, day), n)| day_count::ActiveModel {
            questionnaire_id: Set(questionnaire.clone()),
            day: Set(StoredDay(*day)),
            lane: lane.clone(),
            n: Set(*n),
        });
        queries::counts::add(tx, responses).await?;
        queries::counts::add(tx, days.collect()).await?;
        queries::counts::add(tx, answers).await?;
        Ok(())
    }

    /// Everything that is not nothing, told for people: which count, and how much. `name` names a questionnaire.
    #[must_use]
    pub fn told(&self, name: impl Fn(&QuestionnaireId) -> String) -> Vec<(String, i64)> {
        let days = self.days.iter().filter(|(_, n)| **n != 0);
        let mut told: Vec<_> =
            days.map(|((questionnaire, day), n)| (format!("{} {day}", name(questionnaire)), *n)).collect();
        for (Group { questionnaire, definition, language, channel }, counts) in &self.groups {
            let short = definition.get(..8).unwrap_or(definition);
            let group = format!("{} {short} {language} {channel}", name(questionnaire));
            let group = group.trim_end();
            if counts.answers != 0 {
                told.push((group.to_owned(), counts.answers));
            }
            told.extend(counts.all().map(|(question, value, n)| (format!("{group} {question}={value}"), n)));
        }
        told
    }
}

impl Counts {
    fn add(&mut self, question: &str, value: &str, n: i64) {
        // Nearly always both are there, and nothing is copied.
        if let Some(count) = self.said.get_mut(question).and_then(|values| values.get_mut(value)) {
            *count += n;
            return;
        }
        *self.said.entry(question.to_owned()).or_default().entry(value.to_owned()).or_default() += n;
    }

    fn all(&self) -> impl Iterator<Item = (&str, &str, i64)> {
        let values = self.said.iter().flat_map(|(question, values)| {
            values.iter().map(move |(value, n)| (question.as_str(), value.as_str(), *n))
        });
        values.filter(|(.., n)| *n != 0)
    }
}
