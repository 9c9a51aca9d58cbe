//! What an expression means. Two-valued on purpose: authors think in "yes or no", and a third value
//! would hide questions for reasons that nobody can see.

use crate::answer::{Answer, Answers};
use crate::day::Day;
use crate::entry::{DECLINED, UNKNOWN};
use crate::expression::{Expression, MAX_DEPTH, Operand};

/// How to find the answer of a question. A trait object, so that one copy of the evaluator serves
/// the flow and the constraints.
pub(crate) type Find<'f, 'a> = &'f dyn Fn(&str) -> Option<&'a Answer>;

/// A value that can be compared.
#[derive(Clone, Copy)]
enum Value {
    Number(i64),
    Day(Day),
}

impl Expression {
    /// Whether it holds for these answers on this day.
    ///
    /// A question that has no answer (absent, blank, declined or unknown; leave hidden ones out of
    /// `answers`, see [`crate::flow::prune`]) makes `selected`, `answered` and every comparison
    /// false, `not_equal` too; so does an answer of another type. `all` of nothing is true, `any`
    /// of nothing is false. An expression nested deeper than [`MAX_DEPTH`] is false as a whole.
    pub fn holds(&self, answers: &Answers, today: Day) -> bool {
        self.holds_with(&|name| answers.get(name), today)
    }

    pub(crate) fn holds_with(&self, find: Find<'_, '_>, today: Day) -> bool {
        self.value(find, today, MAX_DEPTH).unwrap_or(false)
    }

    /// Nothing means: nested too deep. Only unpublished definitions can be.
    fn value(&self, find: Find<'_, '_>, today: Day, depth: usize) -> Option<bool> {
        let depth = depth.checked_sub(1)?;
        Some(match self {
            Expression::Selected { question, code } => find(question).is_some_and(|answer| is_selected(answer, code)),
            Expression::Answered { question } => find(question)
                .is_some_and(|answer| !matches!(answer, Answer::Declined | Answer::Unknown) && !answer.is_blank()),
            Expression::Compare { left, operator, right } => {
                let ordering = match (left.value(find, today), right.value(find, today)) {
                    (Some(Value::Number(left)), Some(Value::Number(right))) => left.cmp(&right),
                    (Some(Value::Day(left)), Some(Value::Day(right))) => left.cmp(&right),
                    _ => return Some(false),
                };
                operator.admits(ordering)
            }
            Expression::All(parts) => {
                for part in parts {
                    if !part.value(find, today, depth)? {
                        return Some(false);
                    }
                }
                true
            }
            Expression::Any(parts) => {
                for part in parts {
                    if part.value(find, today, depth)? {
                        return Some(true);
                    }
                }
                false
            }
            Expression::Not(part) => !part.value(find, today, depth)?,
        })
    }
}

impl Operand {
    fn value(&self, find: Find<'_, '_>, today: Day) -> Option<Value> {
        match self {
            Operand::Number(number) => Some(Value::Number(*number)),
            Operand::Date(day) => Some(Value::Day(*day)),
            Operand::Today => Some(Value::Day(today)),
            Operand::Answer(name) => match find(name)? {
                Answer::Integer(number) => Some(Value::Number(*number)),
                Answer::Date(day) => Some(Value::Day(*day)),
                _ => None,
            },
        }
    }
}

fn is_selected(answer: &Answer, code: &str) -> bool {
    match answer {
        Answer::Choice(picked) => picked == code,
        Answer::Choices(picked) => picked.iter().any(|picked| picked == code),
        Answer::Declined => code == DECLINED,
        Answer::Unknown => code == UNKNOWN,
        Answer::Integer(_) | Answer::Text(_) | Answer::Date(_) => false,
    }
}
