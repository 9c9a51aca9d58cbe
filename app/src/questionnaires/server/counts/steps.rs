//! Where people stop: how many came to each page of the way, of those who allowed to be counted.
//!
//! A count for each page and nothing else: no id, no time, nothing that joins two pages or leads to answers. Which
//! pages were counted is known to the person's own draft alone ([`Steps`]), so that each is counted once. What must
//! stay true, held by the tests `questionnaires/steps`: who ticked nothing is not counted, and a page that is opened
//! again is not counted again.

use super::super::{
    catalogue,
    draft::Draft,
    effort::{self, Client},
    entities::step_count,
    queries,
};
use crate::{
    error::AppError,
    questionnaires::{types::Receipt, walk::Place},
    server::Context,
};
use axum::http::HeaderMap;
use form::{Definition, flow};
use sea_orm::Set;
use serde::{Deserialize, Serialize};

/// The check page, beside the names of questions.
pub const CHECK: &str = "_check";
/// The answers were sent.
pub const SENT: &str = "_sent";

/// Which pages of a draft were counted: a bit for each question in the definition's order, then one for each of the
/// two pages behind them; written as hexadecimal digits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Steps(String);

impl Steps {
    /// Notes a page; whether it was not noted before.
    fn note(&mut self, place: usize) -> bool {
        let mut digits: Vec<u32> = self.0.chars().map(|digit| digit.to_digit(16).unwrap_or_default()).collect();
        let (at, bit) = (place / 4, 1 << (place % 4));
        if digits.len() <= at {
            digits.resize(at + 1, 0);
        }
        let is_new = digits[at] & bit == 0;
        digits[at] |= bit;
        self.0 = digits.into_iter().filter_map(|digit| char::from_digit(digit, 16)).collect();
        is_new
    }
}

/// Counts the page to which a person has come, once, if they allowed it. It never hinders anybody: what cannot be
/// counted is not counted. The caller keeps the draft.
pub async fn reach(ctx: &Context, client: Client, draft: &mut Draft, definition: &Definition, place: &Place) {
    let behind = definition.questions.len();
    let (index, name) = match place {
        // A page of several questions goes by its first.
        Place::Question(name) => {
            let index = flow::place_of(definition, name);
            let first = index.and_then(|index| definition.questions.get(index));
            (index, first.map_or("", |question| question.name.as_str()))
        }
        Place::Check => (Some(behind), CHECK),
        Place::Nothing => (None, ""),
    };
    if let (Some(steps), Some(index)) = (&mut draft.steps, index)
        && steps.note(index)
    {
        count(ctx, client, draft, name).await;
    }
}

/// The same for the island, which tells of an answer to `from` and has gone on to `place` already. What it answers
/// one upon the other may come with a cookie that does not know of the last page yet; so all pages up to the answered
/// one are taken as counted.
pub async fn reach_from(
    ctx: &Context,
    client: Client,
    draft: &mut Draft,
    definition: &Definition,
    from: &str,
    place: &Place,
) {
    if let (Some(steps), Some(last)) = (&mut draft.steps, flow::place_of(definition, from)) {
        (0..=last).for_each(|index| _ = steps.note(index));
    }
    reach(ctx, client, draft, definition, place).await;
}

/// Counts that the answers of this draft were sent.
pub async fn sent(ctx: &Context, client: Client, draft: &Draft) {
    if draft.is_open() && draft.steps.is_some() {
        count(ctx, client, draft, SENT).await;
    }
}

/// The same for the call of the island, if the browser holds the same person's draft.
pub async fn sent_by_call(ctx: &Context, client: Client, headers: &HeaderMap, receipt: &Receipt) {
    if let Some(draft) = Draft::of(ctx, headers).filter(|draft| draft.instance_id == receipt.instance_id) {
        sent(ctx, client, &draft).await;
    }
}

async fn count(ctx: &Context, client: Client, draft: &Draft, name: &str) {
    if effort::lets_step(ctx, client) {
        // The failure was logged under a reference where it arose.
        let _ = store(ctx, draft, name).await;
    }
}

async fn store(ctx: &Context, draft: &Draft, name: &str) -> Result<(), AppError> {
    let questionnaire = catalogue::find_by_slug(ctx, &draft.questionnaire).await?.id;
    let questionnaire = &questionnaire;
    ctx.write(|tx| async move {
        let row = step_count::ActiveModel {
            questionnaire_id: Set(questionnaire.clone()),
            definition: Set(draft.definition.clone()),
            question: Set(name.to_owned()),
            lane: Set(tx.lane()),
            n: Set(1),
        };
        Ok(queries::counts::add(&tx, vec![row]).await?)
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_place_is_new_once() {
        let mut steps = Steps::default();
        for place in [0, 3, 4, 41, 7] {
            assert!(steps.note(place), "{place}");
            assert!(!steps.note(place), "{place}");
        }
        assert!(steps.note(1));
        assert_eq!(steps.0, "b9000000002");
        assert!(!Steps("zz9".to_owned()).note(8), "what is no digit is nothing");
    }
}
