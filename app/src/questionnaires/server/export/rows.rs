//! The answers themselves, read in parts, in the order of their random ids.

use super::{Column, Columns};
use crate::{
    error::AppError,
    ids::{InstanceId, QuestionnaireId},
    questionnaires::server::{
        catalogue::{self, Questionnaire},
        entities::response,
        queries,
        scope::Scope,
    },
    server::{Context, error::internal},
};
use form::{Answers, Payload};
use serde::Serialize;

/// Answers that are read at once.
const PART: u64 = 500;

/// Which answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those in this language.
    pub language: Option<String>,
    /// Only those that gave this answer: a question's name and a code.
    pub answer: Option<(String, String)>,
}

impl Filter {
    /// Reads what stands in an address: `language=vi` and `answer=sector=care`. Empty is none.
    ///
    /// # Errors
    /// [`AppError::Malformed`] for what can be neither.
    pub fn parse(language: Option<&str>, answer: Option<&str>) -> Result<Self, AppError> {
        let language = language.filter(|language| !language.is_empty());
        if language.is_some_and(|language| !form::names::is_language_tag(language)) {
            return Err(AppError::Malformed);
        }
        let answer = match answer.filter(|answer| !answer.is_empty()) {
            None => None,
            Some(answer) => {
                let (name, code) = answer.split_once('=').ok_or(AppError::Malformed)?;
                let is_code = form::names::is_code(code.strip_prefix('_').unwrap_or(code));
                if !form::names::is_name(name) || !is_code {
                    return Err(AppError::Malformed);
                }
                Some((name.to_owned(), code.to_owned()))
            }
        };
        Ok(Self { language: language.map(str::to_owned), answer })
    }

    /// Whether all answers pass.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As it stands in an address, behind `?` or `&`; its parts need no escaping.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = String::new();
        if let Some(language) = &self.language {
            query.extend(["language=", language, "&"]);
        }
        if let Some((name, code)) = &self.answer {
            query.extend(["answer=", name, "%3D", code, "&"]);
        }
        query
    }

    fn lets_pass(&self, answers: &Answers) -> bool {
        self.answer
            .as_ref()
            .is_none_or(|(name, code)| answers.get(name).is_some_and(|answer| Column::is_answer(answer, code)))
    }
}

/// One person's answers, as far as they may be seen. No id: rows of two files cannot be joined by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Row {
    /// The hash of the edition.
    pub definition: String,
    /// The day on which they arrived.
    pub day: String,
    /// The language in which they were given last.
    pub language: String,
    /// The answers.
    pub answers: Answers,
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
}

impl Page {
    fn new(columns: Columns, rows: Vec<Row>, index: u64, size: u64, total: u64) -> Self {
        let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
        Self { columns, rows, number: small(index + 1), pages: small(total.div_ceil(size).max(1)), total }
    }
}

/// The rows that pass a filter.
pub struct Rows {
    ctx: Context,
    questionnaire: QuestionnaireId,
    columns: Columns,
    filter: Filter,
    after: Option<InstanceId>,
    is_done: bool,
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
        let questionnaire = questionnaire.id.clone();
        Ok(Self { ctx: ctx.clone(), questionnaire, columns, filter, after: None, is_done: false })
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
        let language = self.filter.language.as_deref();
        let total = queries::counts::count_responses(self.ctx.read(), &self.questionnaire, language).await?;
        let index = wanted.min(total.saturating_sub(1) / size);
        let read =
            queries::list_responses_at(self.ctx.read(), &self.questionnaire, language, index * size, size).await?;
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

    /// The next of them, some hundred at most; none when there are no more.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn next(&mut self) -> Result<Vec<Row>, AppError> {
        while !self.is_done {
            let language = self.filter.language.as_deref();
            let read =
                queries::list_responses(self.ctx.read(), &self.questionnaire, language, self.after.as_ref(), PART)
                    .await?;
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
        let payload = Payload::parse(row.payload.as_bytes()).map_err(|_| internal("a stored answer is broken"))?;
        if !self.filter.lets_pass(&payload.answers) {
            return Ok(None);
        }
        Ok(Some(Row {
            definition: row.definition,
            day: row.received_on.to_string(),
            language: row.language,
            answers: self.columns.of_answers(&payload.answers),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read_from_addresses_and_written_back() {
        let filter = Filter::parse(Some("vi"), Some("sector=care")).unwrap();
        assert_eq!(filter.query(), "language=vi&answer=sector%3Dcare&");
        assert_eq!(Filter::parse(Some(""), Some("")).unwrap(), Filter::default());
        assert!(Filter::parse(None, Some("sector=_declined")).is_ok());
        for (language, answer) in
            [(Some("v i"), None), (None, Some("sector")), (None, Some("S=x")), (None, Some("s=<b>"))]
        {
            assert_eq!(Filter::parse(language, answer), Err(AppError::Malformed));
        }
    }
}
