//! The arrival of an answer: one service for the island's call and for the form post.
//!
//! What must stay true, held by the tests `questionnaires/arrival`: the same bytes twice give one row and the same
//! receipt, however many arrive at once; other bytes under the same id change nothing and are kept aside; what is
//! well formed but cannot be placed is kept aside, never refused for being old; nonsense is refused; and nothing
//! tells when an answer came: no audit row, no log line, no instant.

use super::{
    catalogue,
    effort::{self, Client},
    entities::{
        quarantined_response::{self as quarantined, Reason},
        questionnaire::State,
        response,
    },
    queries, receipt,
};
use crate::{
    error::AppError,
    ids::{InstanceId, QuestionnaireId},
    questionnaires::types::{Outcome, Receipt, Sending},
    server::{
        Context,
        bus::Topic,
        db::Transaction,
        entities::StoredDay,
        error::internal,
    },
};
use form::{Answer, Answers, Day, Definition, Payload, PayloadError, Problem, ProblemKey, flow};
use sea_orm::Set;
use serde::Deserialize;

/// Earlier days on which an answer is tried at most, see [`problems`].
const EARLIER_DAYS: usize = 32;

/// What became of an answer within the transaction.
enum Arrived {
    Stored(QuestionnaireId),
    Known(Outcome),
    KeptAside,
    OtherBytes,
}

/// [`arrive`] for an answer from outside: first it is asked for some effort if its network sends very much.
///
/// # Errors
/// As [`arrive`], and [`AppError::TooManyRequests`].
pub async fn arrive_from(ctx: &Context, client: Client, sending: Sending) -> Result<Receipt, AppError> {
    effort::admit(ctx, client, &sending.questionnaire).await?;
    arrive(ctx, sending).await
}

/// Takes an answer and gives the receipt for it.
///
/// # Errors
/// [`AppError::Malformed`] if it cannot be read or was damaged on the way (the digest is not that of the bytes),
/// [`AppError::Invalid`] if it is no answer to the definition it names, [`AppError::Conflict`] if other bytes came
/// under its id before. Only a conflict has kept it.
pub async fn arrive(ctx: &Context, sending: Sending) -> Result<Receipt, AppError> {
    let payload = read(&sending)?;
    let today = ctx.clock().today();
    // Whether it can be placed at all is known beforehand, because definitions never change.
    let row = match &payload {
        Some(payload) => row(ctx, &sending, payload, today).await?.ok_or(Reason::UnknownDefinition),
        None => Err(Reason::Unreadable),
    };
    let (sending, row) = (&sending, &row);
    let arrived = ctx
        .write(|tx| async move {
            if let Some(known) = known(&tx, sending, today).await? {
                return Ok(known);
            }
            match row {
                Ok(row) => store(&tx, sending, row.clone(), today).await,
                Err(reason) => keep_aside(&tx, sending, *reason, today).await,
            }
        })
        .await?;
    let outcome = match arrived {
        Arrived::Stored(questionnaire) => {
            ctx.bus().publish(Topic::Questionnaire(questionnaire));
            Outcome::Stored
        }
        Arrived::Known(outcome) => outcome,
        Arrived::KeptAside => Outcome::KeptAside,
        Arrived::OtherBytes => return Err(AppError::Conflict),
    };
    Ok(receipt::receipt(ctx.keys(), &sending.instance_id, &sending.digest, outcome))
}

/// The payload, if its bytes are those that were digested and agree with the envelope; `None` if they are of a
/// format that another release of ours may understand.
fn read(sending: &Sending) -> Result<Option<Payload>, AppError> {
    let bytes = sending.payload.as_bytes();
    let envelope_holds = form::names::is_slug(&sending.questionnaire)
        && form::names::is_digest(&sending.definition)
        && form::is_instance_id(&sending.instance_id)
        && bytes.len() <= form::payload::MAX_BYTES;
    if !envelope_holds || form::digest(bytes) != sending.digest {
        return Err(AppError::Malformed);
    }
    match Payload::parse(bytes) {
        Ok(payload) if agrees(sending, &payload) => Ok(Some(payload)),
        Ok(_) => Err(AppError::Malformed),
        Err(PayloadError::UnsupportedFormat) => Ok(None),
        Err(_) if is_of_another_format(bytes) => Ok(None),
        Err(_) => Err(AppError::Malformed),
    }
}

fn agrees(sending: &Sending, payload: &Payload) -> bool {
    payload.questionnaire == sending.questionnaire
        && payload.definition == sending.definition
        && payload.instance_id == sending.instance_id
}

/// Whether the bytes say of themselves that they are of a format other than ours.
fn is_of_another_format(bytes: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Format {
        format: u32,
    }
    serde_json::from_slice(bytes).is_ok_and(|Format { format }| format != form::FORMAT)
}

/// The row of an answer, all but its questionnaire; `None` if nobody published its definition under its slug.
async fn row(
    ctx: &Context,
    sending: &Sending,
    payload: &Payload,
    today: Day,
) -> Result<Option<response::ActiveModel>, AppError> {
    let published = match catalogue::definition_by_hash(ctx, &payload.definition).await {
        Ok(published) if published.definition().slug == payload.questionnaire => published,
        Ok(_) | Err(AppError::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let problems = problems(published.definition(), &payload.answers, today);
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    let code = receipt::code(ctx.keys(), &sending.instance_id);
    Ok(Some(response::ActiveModel {
        instance_id: Set(InstanceId(sending.instance_id.clone())),
        definition: Set(sending.definition.clone()),
        digest: Set(sending.digest.clone()),
        payload: Set(sending.payload.clone()),
        language: Set(payload.language.clone()),
        channel: Set(payload.channel.clone()),
        received_on: Set(StoredDay(today)),
        code_hash: Set(receipt::code_hash(ctx.keys(), &code)),
        ..Default::default()
    }))
}

/// What became of this id before.
async fn known(tx: &Transaction, sending: &Sending, today: Day) -> Result<Option<Arrived>, AppError> {
    let Sending { instance_id, digest, .. } = sending;
    match queries::find_digest(tx, instance_id).await? {
        Some(stored) if stored == *digest => return Ok(Some(Arrived::Known(Outcome::Stored))),
        Some(_) => {
            keep_aside(tx, sending, Reason::OtherBytes, today).await?;
            return Ok(Some(Arrived::OtherBytes));
        }
        None => {}
    }
    Ok(match queries::find_quarantine_reason(tx, instance_id, digest).await? {
        Some(Reason::OtherBytes) => Some(Arrived::OtherBytes),
        Some(Reason::UnknownDefinition | Reason::Closed | Reason::Unreadable) => Some(Arrived::Known(Outcome::KeptAside)),
        None => None,
    })
}

/// Stores an answer that fits its definition, or keeps it aside if its questionnaire takes none.
async fn store(
    tx: &Transaction,
    sending: &Sending,
    mut row: response::ActiveModel,
    today: Day,
) -> Result<Arrived, AppError> {
    let Some(questionnaire) = queries::find_questionnaire(tx, &sending.questionnaire).await? else {
        return keep_aside(tx, sending, Reason::UnknownDefinition, today).await;
    };
    if questionnaire.state == State::Closed {
        return keep_aside(tx, sending, Reason::Closed, today).await;
    }
    row.questionnaire_id = Set(questionnaire.id.clone());
    if queries::insert_response(tx, row).await? {
        return Ok(Arrived::Stored(questionnaire.id));
    }
    // Another request was faster by a moment.
    known(tx, sending, today).await?.ok_or_else(|| internal("an answer is neither stored nor known"))
}

async fn keep_aside(tx: &Transaction, sending: &Sending, reason: Reason, today: Day) -> Result<Arrived, AppError> {
    let row = quarantined::ActiveModel {
        id: Set(uuid::Uuid::new_v4().to_string()),
        reason: Set(reason),
        questionnaire: Set(sending.questionnaire.clone()),
        definition: Set(sending.definition.clone()),
        instance_id: Set(sending.instance_id.clone()),
        digest: Set(sending.digest.clone()),
        payload: Set(sending.payload.clone()),
        received_on: Set(StoredDay(today)),
    };
    queries::insert_quarantined(tx, row).await?;
    Ok(Arrived::KeptAside)
}

/// Why these are no answers to the definition; none if they held on the day on which they were given.
///
/// That day is not told by an answer. It may lie weeks back, and a question may have asked for something as of
/// "today": so answers hold if they hold today or held on an earlier day. What holds changes only around a day that
/// the answers or the definition name, so no other days need be tried.
fn problems(definition: &Definition, answers: &Answers, today: Day) -> Vec<Problem> {
    let now = problems_on(definition, answers, today);
    if now.is_empty() {
        return now;
    }
    let mut earlier = earlier_days(definition, answers, today).into_iter().rev().take(EARLIER_DAYS);
    if earlier.any(|day| problems_on(definition, answers, day).is_empty()) { Vec::new() } else { now }
}

fn problems_on(definition: &Definition, answers: &Answers, day: Day) -> Vec<Problem> {
    let mut problems = form::validate_all(definition, answers, day);
    let kept = flow::prune(definition, answers, day);
    let superfluous = answers.iter().filter(|(name, _)| definition.question(name).is_some() && kept.get(name).is_none());
    problems.extend(superfluous.map(|(name, answer)| Problem {
        question: name.to_owned(),
        key: if answer.is_blank() { ProblemKey::WrongType } else { ProblemKey::NoSuchQuestion },
    }));
    problems
}

/// The days before today among those named by the answers and the definition, and next to them.
fn earlier_days(definition: &Definition, answers: &Answers, today: Day) -> Vec<Day> {
    let given = answers.iter().filter_map(|(_, answer)| match answer {
        Answer::Date(day) => Some(*day),
        _ => None,
    });
    let mut named: Vec<Day> = given.collect();
    for question in &definition.questions {
        let constraint = question.constraint.as_ref().map(|constraint| &constraint.expression);
        question.relevant.iter().chain(constraint).for_each(|expression| days_in(expression, &mut named));
    }
    let mut days: Vec<Day> = named.iter().flat_map(|day| [-1, 0, 1].map(|step| day.plus_days(step))).flatten().collect();
    days.retain(|day| *day < today);
    days.sort_unstable();
    days.dedup();
    days
}

fn days_in(expression: &form::Expression, days: &mut Vec<Day>) {
    use form::{Expression, Operand};
    match expression {
        Expression::Compare { left, right, .. } => days.extend([left, right].into_iter().filter_map(|side| match side {
            Operand::Date(day) => Some(*day),
            Operand::Answer(_) | Operand::Number(_) | Operand::Today => None,
        })),
        Expression::All(parts) | Expression::Any(parts) => parts.iter().for_each(|part| days_in(part, days)),
        Expression::Not(part) => days_in(part, days),
        Expression::Selected { .. } | Expression::Answered { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Published;

    fn definition(questions: &str) -> Definition {
        let json = format!(
            r#"{{"format":1,"slug":"s","version":"1","languages":["en"],"title":{{"en":"T"}},"purpose":{{"en":"P"}},"questions":[{questions}]}}"#
        );
        Published::from_json(json.as_bytes()).unwrap().definition().clone()
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn answer_that_held_when_it_was_given_holds_for_ever() {
        // Shown until the end of November only.
        let definition = definition(
            r#"{"name":"a","label":{"en":"A"},"kind":{"type":"date"}},
               {"name":"b","label":{"en":"B"},"kind":{"type":"date"},
                "relevant":{"compare":{"left":"today","operator":"less","right":{"date":"2026-12-01"}}}}"#,
        );
        let answers: Answers = [("b", Answer::Date(day("2026-01-01")))].into_iter().collect();
        assert!(problems(&definition, &answers, day("2026-11-30")).is_empty());
        assert!(!problems_on(&definition, &answers, day("2026-12-24")).is_empty());
        assert!(problems(&definition, &answers, day("2026-12-24")).is_empty());
        let wrong: Answers = [("b", Answer::Integer(1))].into_iter().collect();
        assert!(!problems(&definition, &wrong, day("2026-12-24")).is_empty());
    }

    #[test]
    fn day_to_come_never_holds() {
        let definition = definition(
            r#"{"name":"a","label":{"en":"A"},"kind":{"type":"date"},"constraint":{"message":{"en":"M"},
                "expression":{"compare":{"left":{"answer":"a"},"operator":"less_or_equal","right":"today"}}}}"#,
        );
        let answers = |day| [("a", Answer::Date(day))].into_iter().collect();
        assert!(problems(&definition, &answers(day("2026-11-22")), day("2026-11-22")).is_empty());
        assert!(!problems(&definition, &answers(day("2026-11-23")), day("2026-11-22")).is_empty());
    }

    #[test]
    fn hidden_and_blank_answers_are_named() {
        let definition = definition(
            r#"{"name":"a","label":{"en":"A"},"kind":{"type":"integer","min":0,"max":9}},
               {"name":"b","label":{"en":"B"},"kind":{"type":"text","max_bytes":9},"relevant":{"answered":{"question":"a"}}}"#,
        );
        let find = |answers: &[(&str, Answer)]| {
            let answers = answers.iter().cloned().collect();
            problems(&definition, &answers, day("2026-11-22")).into_iter().map(|problem| (problem.question, problem.key)).collect::<Vec<_>>()
        };
        assert_eq!(find(&[("b", Answer::Text("x".into()))]), [("b".to_owned(), ProblemKey::NoSuchQuestion)]);
        assert_eq!(
            find(&[("a", Answer::Integer(1)), ("b", Answer::Text(" ".into()))]),
            [("b".to_owned(), ProblemKey::WrongType)]
        );
        assert!(find(&[("a", Answer::Integer(1)), ("b", Answer::Text("x".into()))]).is_empty());
    }
}
