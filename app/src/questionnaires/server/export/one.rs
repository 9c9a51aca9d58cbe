//! One person's answers among the rows, and which stand before and after them.

use super::rows::{PART, Row, Rows, answers_of};
use crate::{
    error::AppError,
    ids::InstanceId,
    questionnaires::server::{answer_key::AnswerKey, entities::response, queries},
};
use form::Published;
use std::sync::Arc;

/// One person's answers, as far as they may be seen.
pub struct One {
    /// They.
    pub row: Row,
    /// The edition that was answered.
    pub edition: Arc<Published>,
    /// The answers before them in the order of the table.
    pub before: Option<AnswerKey>,
    /// The answers after them.
    pub after: Option<AnswerKey>,
}

#[derive(Clone, Copy)]
enum Way {
    Back,
    Forth,
}

impl Rows {
    /// The answers of this key; they need not pass the filter, but those before and after them do.
    ///
    /// # Errors
    /// [`AppError::NotFound`] if there are none of that key to this questionnaire.
    pub async fn one(&self, key: &AnswerKey) -> Result<One, AppError> {
        let id = key.id(self.ctx.keys()).ok_or(AppError::NotFound)?;
        let found = queries::find_response(self.ctx.read(), &self.questionnaire, &id).await?;
        let found = found.ok_or(AppError::NotFound)?;
        let edition = self.editions.iter().find(|edition| edition.hash() == found.definition);
        let edition = Arc::clone(edition.ok_or(AppError::NotFound)?);
        let answers = answers_of(&found)?;
        let row = self.seen(found, &answers)?;
        let (before, after) = (self.neighbour(&id, Way::Back).await?, self.neighbour(&id, Way::Forth).await?);
        Ok(One { row, edition, before, after })
    }

    /// The next answers that pass the filter. If it asks for an answer, some hundred are read at a time until one
    /// passes.
    async fn neighbour(&self, id: &InstanceId, way: Way) -> Result<Option<AnswerKey>, AppError> {
        let limit = if self.filter.answer.is_some() { PART } else { 1 };
        let mut from = id.clone();
        loop {
            let read = self.read(&from, way, limit).await?;
            for row in &read {
                if self.filter.lets_pass(&answers_of(row)?) {
                    return AnswerKey::of(self.ctx.keys(), &row.instance_id).map(Some);
                }
            }
            match read.last() {
                Some(last) if read.len() as u64 == limit => from = last.instance_id.clone(),
                _ => return Ok(None),
            }
        }
    }

    async fn read(&self, from: &InstanceId, way: Way, limit: u64) -> Result<Vec<response::Model>, AppError> {
        let (conn, questionnaire, narrow) = (self.ctx.read(), &self.questionnaire, Some(&self.narrow));
        Ok(match way {
            Way::Forth => queries::list_responses(conn, questionnaire, narrow, Some(from), limit).await?,
            Way::Back => queries::list_responses_before(conn, questionnaire, narrow, from, limit).await?,
        })
    }
}
