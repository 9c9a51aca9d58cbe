//! Whether answers hold. [`crate::entry::read`] only says what was typed; this says whether it will
//! do. The phone asks before it sends, the server asks again.

use crate::answer::{Answer, Answers};
use crate::day::Day;
use crate::decimal::Decimal;
use crate::definition::{Definition, Question};
use crate::evaluate::Scope;
use crate::flow;
use crate::kind::{Choice, Kind, Precision};
use crate::names;
use crate::problem::{Problem, ProblemKey};
use crate::text::has_control_character;

/// Whether this answer to this question holds. `answers` are those of the other questions, without
/// hidden ones ([`flow::prune`]); the constraint sees them, and in the place of this question's own
/// entry it sees `answer`.
///
/// A blank answer is none, and none holds unless the question is required. "Prefer not to say" and
/// "I do not know" hold where they are offered, required or not, and skip the constraint.
///
/// # Errors
/// The problem, with the question's name.
pub fn validate(
    definition: &Definition,
    question: &Question,
    answer: Option<&Answer>,
    answers: &Answers,
    today: Day,
) -> Result<(), Problem> {
    key(definition, question, answer, answers, today).map_err(|key| Problem { question: question.name.clone(), key })
}

/// Every problem of these answers, in the order of the questions. Answers to hidden questions do
/// not count, as everywhere. Answers for which there is no question come last.
pub fn validate_all(definition: &Definition, answers: &Answers, today: Day) -> Vec<Problem> {
    let kept = flow::prune(definition, answers, today);
    let mut problems: Vec<Problem> = flow::shown(definition, answers, today)
        .into_iter()
        .filter_map(|question| validate(definition, question, kept.get(&question.name), &kept, today).err())
        .collect();
    for (name, _) in answers.iter().filter(|(name, _)| definition.question(name).is_none()) {
        // Only what has the form of a name is repeated: a problem must not carry user text.
        let question = if names::is_name(name) { name.to_owned() } else { String::new() };
        problems.push(Problem { question, key: ProblemKey::NoSuchQuestion });
    }
    problems
}

fn key(
    definition: &Definition,
    question: &Question,
    answer: Option<&Answer>,
    answers: &Answers,
    today: Day,
) -> Result<(), ProblemKey> {
    let Some(answer) = answer.filter(|answer| !answer.is_blank()) else {
        return if question.required { Err(ProblemKey::Required) } else { Ok(()) };
    };
    let is_offered = match answer {
        Answer::Declined => Some(question.may_decline),
        Answer::Unknown => Some(question.may_not_know),
        _ => None,
    };
    if let Some(is_offered) = is_offered {
        return if is_offered { Ok(()) } else { Err(ProblemKey::NotOffered) };
    }
    value(&question.kind, answer)?;
    let holds = question.constraint.as_ref().is_none_or(|constraint| {
        let find = |name: &str| {
            if name == question.name { Some(answer) } else { answers.get(name) }
        };
        let scope = Scope { find: &find, definition, this: Some(answer), today };
        constraint.expression.evaluate(&scope).is_true()
    });
    if holds { Ok(()) } else { Err(ProblemKey::Constraint) }
}

fn value(kind: &Kind, answer: &Answer) -> Result<(), ProblemKey> {
    match (kind, answer) {
        (Kind::SelectOne { choices, .. }, Answer::Choice(code)) => place(choices, code).map(drop),
        (Kind::SelectMultiple { choices }, Answer::Choices(codes)) => {
            let mut last = None;
            for code in codes {
                let place = place(choices, code)?;
                if last >= Some(place) {
                    return Err(ProblemKey::WrongType);
                }
                last = Some(place);
            }
            let is_exclusive = |choice: &Choice| choice.exclusive && codes.contains(&choice.code);
            if codes.len() > 1 && choices.iter().any(is_exclusive) { Err(ProblemKey::Exclusive) } else { Ok(()) }
        }
        (Kind::Integer { min, max, .. }, Answer::Integer(number)) => {
            // Definitions of format 1 may have bounds that are no decimal numbers.
            let bound = |bound: i64, otherwise| Decimal::whole(bound).unwrap_or(otherwise);
            if number < min {
                return Err(ProblemKey::TooSmall { min: bound(*min, Decimal::MIN) });
            }
            if number > max { Err(ProblemKey::TooLarge { max: bound(*max, Decimal::MAX) }) } else { Ok(()) }
        }
        (Kind::Decimal { min, max, .. }, Answer::Decimal(number)) => within(*number, *min, *max),
        (Kind::Date { precision }, Answer::Date(day)) => {
            // What is not asked is the first: two ways to say one month would be two answers.
            let is_asked_so = match precision {
                Precision::Day => true,
                Precision::MonthYear => day.day() == 1,
                Precision::Year => day.day() == 1 && day.month() == 1,
            };
            if is_asked_so { Ok(()) } else { Err(ProblemKey::WrongType) }
        }
        (Kind::Time, Answer::Time(_)) | (Kind::Acknowledge, Answer::Acknowledged) => Ok(()),
        (Kind::Text { max_bytes, multiline }, Answer::Text(text)) => {
            if has_control_character(text, *multiline) {
                Err(ProblemKey::ControlCharacter)
            } else if u32::try_from(text.len()).is_ok_and(|bytes| bytes <= *max_bytes) {
                Ok(())
            } else {
                Err(ProblemKey::TextTooLong { max_bytes: *max_bytes })
            }
        }
        _ => Err(ProblemKey::WrongType),
    }
}

fn within(number: Decimal, min: Decimal, max: Decimal) -> Result<(), ProblemKey> {
    if number < min {
        return Err(ProblemKey::TooSmall { min });
    }
    if number > max { Err(ProblemKey::TooLarge { max }) } else { Ok(()) }
}

fn place(choices: &[Choice], code: &str) -> Result<usize, ProblemKey> {
    choices.iter().position(|choice| choice.code == code).ok_or(ProblemKey::NotAChoice)
}
