//! What expressions calculate with.

use crate::answer::Answer;
use crate::day::Day;
use crate::decimal::Decimal;
use crate::time::Time;

/// What an expression amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Unanswered, or what has no result, such as a division by zero.
    Nothing,
    /// Whether something holds.
    Truth(bool),
    /// A number.
    Number(Decimal),
    /// Words, or the code of a choice.
    Text(String),
    /// A day.
    Day(Day),
    /// A time of the day.
    Time(Time),
    /// The codes that were picked, in the definition's order; at least one.
    Codes(Vec<String>),
}

impl Value {
    /// What was answered. "Prefer not to say" and "I do not know" say nothing, nor does a blank answer.
    pub(crate) fn of(answer: Option<&Answer>) -> Value {
        match answer {
            Some(answer) if answer.is_blank() => Value::Nothing,
            Some(Answer::Choice(text) | Answer::Text(text)) => Value::Text(text.clone()),
            Some(Answer::Choices(codes)) => Value::Codes(codes.clone()),
            Some(Answer::Integer(number)) => Decimal::whole(*number).into(),
            Some(Answer::Decimal(number)) => Value::Number(*number),
            Some(Answer::Date(day)) => Value::Day(*day),
            Some(Answer::Time(time)) => Value::Time(*time),
            Some(Answer::Acknowledged) => Value::Truth(true),
            Some(Answer::Declined | Answer::Unknown) | None => Value::Nothing,
        }
    }

    /// Whether it is true; everything else is not.
    pub(crate) fn is_true(&self) -> bool {
        matches!(self, Value::Truth(true))
    }

    pub(crate) fn number(&self) -> Option<Decimal> {
        if let Value::Number(number) = self { Some(*number) } else { None }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = self { Some(text) } else { None }
    }
}

/// The value in words, as tables show it; nothing for [`Value::Nothing`]. Codes are parted by spaces.
impl From<Value> for String {
    fn from(value: Value) -> String {
        match value {
            Value::Nothing => String::new(),
            Value::Truth(holds) => String::from(if holds { "true" } else { "false" }),
            Value::Number(number) => number.into(),
            Value::Text(text) => text,
            Value::Day(day) => day.into(),
            Value::Time(time) => time.into(),
            Value::Codes(codes) => codes.join(" "),
        }
    }
}

impl From<Option<Decimal>> for Value {
    fn from(number: Option<Decimal>) -> Value {
        number.map_or(Value::Nothing, Value::Number)
    }
}

impl From<Option<Day>> for Value {
    fn from(day: Option<Day>) -> Value {
        day.map_or(Value::Nothing, Value::Day)
    }
}
