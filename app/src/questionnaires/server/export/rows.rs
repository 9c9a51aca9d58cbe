//! The answers themselves, read in parts, in the order of their random ids.

use super::{
    Columns,
    filter::{Channel, Filter},
};
use crate::{
    error::AppError,
    ids::{InstanceId, QuestionnaireId},
    questionnaires::server::{
        answer_key::AnswerKey,
        catalogue::{self, Questionnaire},
        channels,
        entities::response,
        queries::{self, Narrow},
        scope::Scope,
    },
    server::{Context, error::internal},
};
use form::{Answer, Answers, Day, Payload, Published, calculated};
use serde::Serialize;
use std::sync::Arc;

/// Answers that are read at once.
pub(super) const PART: u64 = 500;

/// One person's answers, as far as they may be seen. No id goes out: rows of two files cannot be joined by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// What stands for them in addresses of the console; in no file.
    #[serde(skip)]
    pub key: AnswerKey,
    /// The hash of the edition.
    pub definition: String,
    /// The version of the edition, for the screen.
    #[serde(skip)]
    pub version: String,
    /// The day on which they arrived.
    pub day: Day,
    /// The language in which they were given last.
    pub language: String,
    /// Through which invitation they came, if anything said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The answers.
    pub answers: Answers,
    /// What was worked out from them.
    #[serde(skip_serializing_if = "Answers::is_empty")]
    pub calculated: Answers,
}

impl Row {
    /// What stands in a column.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Answer> {
        self.answers.get(name).or_else(|| self.calculated.get(name))
    }
}

/// One page of the table on the screen.
#[derive(Clone, Debug)]
pub struct Page {
    /// What the rows have.
    pub columns: Columns,
    /// The rows.
    pub rows: Vec<Row>,
    /// Which page, from 1; the last one if a later one was asked for.
    pub number: u32,
    /// How many pages there are, at least 1.
    pub pages: u32,
    /// How many rows pass the filter in all.
    pub total: u64,
    /// How many of them stand on the pages before.
    pub before: u64,
}

impl Page {
    fn new(columns: Columns, rows: Vec<Row>, index: u64, size: u64, total: u64) -> Self {
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        let pages = small(total.div_ceil(size).max(1));
        Self { columns, rows, number: small(index + 1), pages, total, before: index * size }
    }
}

/// The rows that pass a filter.
pub struct Rows {
    pub(super) ctx: Context,
    pub(super) questionnaire: QuestionnaireId,
    pub(super) editions: Vec<Arc<Published>>,
    pub(super) columns: Columns,
    pub(super) filter: Filter,
    /// What of the filter the database does.
    pub(super) narrow: Narrow,
    after: Option<InstanceId>,
    is_done: bool,
}

/// The part of a filter that names what there is not, as a word of the command line: an empty file would read as if
/// nobody had answered so.
///
/// # Errors
/// [`AppError::NotFound`] for an unknown questionnaire.
pub async fn misspelt(ctx: &Context, slug: &str, filter: &Filter) -> Result<Option<&'static str>, AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
    let editions = catalogue::editions(ctx, &questionnaire).await?;
    let has = |holds: &dyn Fn(&form::Definition) -> bool| editions.iter().any(|edition| holds(edition.definition()));
    if filter.version.as_ref().is_some_and(|version| !has(&|definition| definition.version == *version)) {
        return Ok(Some("edition"));
    }
    if filter.language.as_ref().is_some_and(|tag| !has(&|definition| definition.languages.contains(tag))) {
        return Ok(Some("language"));
    }
    if let Some(Channel::Code(code)) = &filter.channel
        && channels::known(ctx, &questionnaire.id, code).await?.is_none()
    {
        return Ok(Some("channel"));
    }
    let is_answer = |(name, code): &(String, String)| {
        has(&|definition| {
            definition.question(name).is_some_and(|question| {
                let choices = question.kind.choices();
                code.starts_with('_') || choices.is_empty() || choices.iter().any(|choice| choice.code == *code)
            })
        })
    };
    Ok(filter.answer.as_ref().is_some_and(|answer| !is_answer(answer)).then_some("answer"))
}

impl Rows {
    /// From the first.
    ///
    /// # Errors
    /// [`AppError::Malformed`] for a filter by a question that may not be seen: it would tell the answer.
    pub async fn of(
        ctx: &Context,
        questionnaire: &Questionnaire,
        filter: Filter,
        scope: Scope,
    ) -> Result<Self, AppError> {
        let editions = catalogue::editions(ctx, questionnaire).await?;
        let columns = Columns::of(&editions, scope.include());
        if filter.answer.as_ref().is_some_and(|(name, _)| columns.find(name).is_none()) {
            return Err(AppError::Malformed);
        }
        // No answer is one to an edition that there is not.
        let hash = |version: &String| {
            let edition = editions.iter().find(|edition| edition.definition().version == *version);
            edition.map(|edition| edition.hash().to_owned()).unwrap_or_default()
        };
        let definition = filter.version.as_ref().map(hash);
        let channel = filter.channel.as_ref().map(|channel| match channel {
            Channel::None => None,
            Channel::Code(code) => Some(code.clone()),
        });
        let narrow = Narrow { definition, language: filter.language.clone(), channel };
        let (ctx, questionnaire) = (ctx.clone(), questionnaire.id.clone());
        Ok(Self { ctx, questionnaire, editions, columns, filter, narrow, after: None, is_done: false })
    }

    /// Some of them, in the same order, and how many there are in all. Numbers of rows that are passed over cost
    /// little, unless the filter asks for an answer: then all answers are read.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn page(self, number: u32, size: u32) -> Result<Page, AppError> {
        let size = u64::from(size.max(1));
        let wanted = u64::from(number.max(1) - 1);
        if self.filter.answer.is_some() {
            return self.page_of_some(wanted, size).await;
        }
        let narrow = Some(&self.narrow);
        let total = queries::counts::count_narrow(self.ctx.read(), &self.questionnaire, &self.narrow).await?;
        let index = wanted.min(total.saturating_sub(1) / size);
        let read = queries::list_responses_at(self.ctx.read(), &self.questionnaire, narrow, index * size, size).await?;
        let mut rows = Vec::with_capacity(read.len());
        for row in read {
            rows.extend(self.row(row)?);
        }
        Ok(Page::new(self.columns, rows, index, size, total))
    }

    async fn page_of_some(mut self, wanted: u64, size: u64) -> Result<Page, AppError> {
        let mut kept: Vec<Row> = Vec::new();
        let mut total = 0;
        loop {
            let part = self.next().await?;
            if part.is_empty() {
                break;
            }
            for row in part {
                let index = total / size;
                // The page before the wanted one is let go when a later one begins.
                if index <= wanted && total % size == 0 {
                    kept.clear();
                }
                if index <= wanted {
                    kept.push(row);
                }
                total += 1;
            }
        }
        let index = wanted.min(total.saturating_sub(1) / size);
        Ok(Page::new(self.columns, kept, index, size, total))
    }

    /// What they have.
    #[must_use]
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The editions of the questionnaire: the current one, then the others, the newest first.
    #[must_use]
    pub fn editions(&self) -> &[Arc<Published>] {
        &self.editions
    }

    /// Which of all answers they are.
    #[must_use]
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The next of them, some hundred at most; none when there are no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> Result<Vec<Row>, AppError> {
        while !self.is_done {
            let (conn, narrow) = (self.ctx.read(), Some(&self.narrow));
            let read = queries::list_responses(conn, &self.questionnaire, narrow, self.after.as_ref(), PART).await?;
            self.is_done = (read.len() as u64) < PART;
            self.after = read.last().map(|row| row.instance_id.clone()).or(self.after.take());
            let mut rows = Vec::with_capacity(read.len());
            for row in read {
                rows.extend(self.row(row)?);
            }
            if !rows.is_empty() {
                return Ok(rows);
            }
        }
        Ok(Vec::new())
    }

    fn row(&self, row: response::Model) -> Result<Option<Row>, AppError> {
        let answers = answers_of(&row)?;
        let row = self.seen(row, &answers)?;
        // A filter by what may not be seen was refused at the beginning.
        let passes = self.filter.answer.as_ref().is_none_or(|_| self.filter.lets_pass(&answers))
            || self.filter.lets_pass(&row.calculated);
        Ok(passes.then_some(row))
    }

    /// What may be seen of a stored answer.
    pub(super) fn seen(&self, row: response::Model, answers: &Answers) -> Result<Row, AppError> {
        let edition = self.editions.iter().find(|edition| edition.hash() == row.definition);
        let calculated =
            edition.map(|edition| calculated::answers(edition.definition(), answers, row.received_on.into()));
        Ok(Row {
            calculated: self.columns.of_answers(&calculated.unwrap_or_default()),
            key: AnswerKey::of(self.ctx.keys(), &row.instance_id)?,
            version: edition.map(|edition| edition.definition().version.clone()).unwrap_or_default(),
            definition: row.definition,
            day: row.received_on.into(),
            language: row.language,
            channel: row.channel,
            answers: self.columns.of_answers(answers),
        })
    }
}

/// The answers of a stored row.
pub(super) fn answers_of(row: &response::Model) -> Result<Answers, AppError> {
    let payload = Payload::parse(row.payload.as_bytes()).map_err(|_| internal("a stored answer is broken"))?;
    Ok(payload.answers)
}
