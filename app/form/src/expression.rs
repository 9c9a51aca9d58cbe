//! The language of `relevant` and `constraint`. [`Expression::holds`] says what it means.

use crate::day::Day;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;

/// How deep expressions may nest: a single comparison has depth 1.
pub const MAX_DEPTH: usize = 32;

/// A condition on answers. In JSON `{"selected":{"question":"paid","code":"yes"}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Expression {
    /// The choice was picked. The codes [`crate::entry::DECLINED`] and [`crate::entry::UNKNOWN`]
    /// ask of any question whether the person preferred not to say or did not know.
    Selected {
        /// The question's name.
        question: String,
        /// The choice's code.
        code: String,
    },
    /// The question has an answer; "prefer not to say" and "I do not know" are none.
    Answered {
        /// The question's name.
        question: String,
    },
    /// Both sides are numbers or both are days, and they stand in this relation. With a question
    /// that has no answer every comparison is false, `not_equal` too.
    Compare {
        /// What stands before the operator.
        left: Operand,
        /// The relation.
        operator: Operator,
        /// What stands after it.
        right: Operand,
    },
    /// Every one of them holds.
    All(Vec<Expression>),
    /// At least one of them holds.
    Any(Vec<Expression>),
    /// It does not hold. So `not` of a comparison with an unanswered question is true.
    Not(Box<Expression>),
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operand {
    /// The answer of the integer or date question of that name.
    Answer(String),
    /// A fixed number.
    Number(i64),
    /// A fixed day.
    Date(Day),
    /// The day on which the questionnaire is answered.
    Today,
}

/// The relation of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operator {
    /// `=`
    Equal,
    /// `≠`
    NotEqual,
    /// `<`
    Less,
    /// `≤`
    LessOrEqual,
    /// `>`
    Greater,
    /// `≥`
    GreaterOrEqual,
}

impl Operator {
    /// Whether two values that compare like this stand in the relation.
    pub(crate) fn admits(self, ordering: Ordering) -> bool {
        match self {
            Operator::Equal => ordering.is_eq(),
            Operator::NotEqual => ordering.is_ne(),
            Operator::Less => ordering.is_lt(),
            Operator::LessOrEqual => ordering.is_le(),
            Operator::Greater => ordering.is_gt(),
            Operator::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_written_and_read_alike() {
        for json in [
            r#"{"selected":{"question":"paid","code":"yes"}}"#,
            r#"{"not":{"answered":{"question":"paid"}}}"#,
            r#"{"compare":{"left":{"answer":"hours"},"operator":"greater_or_equal","right":{"number":-40}}}"#,
            r#"{"compare":{"left":{"date":"2027-04-01"},"operator":"not_equal","right":"today"}}"#,
            r#"{"all":[{"any":[]},{"all":[]}]}"#,
        ] {
            let expression: Expression = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&expression).unwrap(), json);
        }
    }

    #[test]
    fn unknown_fields_words_and_days_are_refused() {
        for json in [
            r#"{"selected":{"question":"paid","code":"yes","also":"no"}}"#,
            r#"{"xor":[]}"#,
            r#"{"answered":{"question":"a"},"not":{"answered":{"question":"a"}}}"#,
            r#"{"compare":{"left":"today","operator":"=","right":"today"}}"#,
            r#"{"compare":{"left":"today","operator":"equal","right":{"date":"2026-02-29"}}}"#,
        ] {
            assert!(serde_json::from_str::<Expression>(json).is_err(), "{json}");
        }
    }
}
