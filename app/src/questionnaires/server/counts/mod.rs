//! Counts that are kept with the answers, so that a page costs the same with ten answers and with a million.
//!
//! [`said`] decides what one person's answers add one to. Arrival writes that in the transaction that stores the
//! answers, [`remove`] takes it away in the one that deletes them, and [`check`] and [`rebuild`] go through all
//! answers and compare. [`figures`] reads for the organizers' page; [`steps`] counts the pages of people who allowed
//! it and is joined to nothing. What must stay true, held by the tests `questionnaires/counts`: stored counts are
//! those that the answers give, whatever came and went and however many at once.

mod check;
pub mod figures;
mod question;
pub mod said;
pub mod steps;
mod tally;

pub use check::{Checked, Difference, check, ensure, rebuild, tidy};
pub use question::{Number, QuestionFigures, Value};
pub use said::{Said, said};
pub use tally::{Group, Tally};

use super::{entities::response, queries};
use crate::{error::AppError, server::db::Transaction};
use form::{Day, Payload, Published};

/// Adds one person's answers to the counts, in the transaction that stores them.
///
/// # Errors
/// When the database fails.
pub async fn add(tx: &Transaction, group: Group, day: Day, said: &[Said]) -> Result<(), AppError> {
    let mut tally = Tally::default();
    tally.add(group, day, said, 1);
    tally.write(tx).await
}

/// Takes the answers of a row that is deleted in this transaction out of the counts.
///
/// # Errors
/// When the database fails.
pub async fn remove(tx: &Transaction, response: &response::Model) -> Result<(), AppError> {
    let definition = queries::find_definition(tx, &response.definition).await?;
    let published = definition.and_then(|row| Published::from_json(row.body.as_bytes()).ok());
    let said = said_in(response, published.as_ref()).unwrap_or_default();
    let (group, day) = (Group::of(response), response.received_on.into());
    let mut tally = Tally::default();
    tally.add(group, day, &said, -1);
    tally.write(tx).await?;
    // A count of nothing would still tell that somebody had said this.
    queries::counts::drop_empty(tx, &response.questionnaire_id, &response.definition, day).await?;
    Ok(())
}

/// What a stored row adds to the counts of questions; `None` if this program cannot read it: then it counts as one
/// answer of its day and language, and no more.
fn said_in(response: &response::Model, published: Option<&Published>) -> Option<Vec<Said>> {
    let payload = Payload::parse(response.payload.as_bytes()).ok()?;
    Some(said(published?.definition(), &payload.answers, response.received_on.into()))
}
