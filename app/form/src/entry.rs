//! What a form post or the island hands over, and back: the fields of a question's form.
//!
//! [`read`] is tolerant of how people type and says only what was meant; whether that will do is for
//! [`crate::validate()`]. Fields of other names are left alone, so that a page may carry its own.

use crate::answer::Answer;
use crate::day::Day;
use crate::decimal::Decimal;
use crate::definition::Question;
use crate::kind::{Kind, Precision};
use crate::number::{self, Number};
use crate::problem::{Problem, ProblemKey};
use crate::text::has_control_character;

/// The value of the box of [`Kind::Acknowledge`].
pub const ACKNOWLEDGED: &str = "yes";

/// The fields that belong to an answer, whatever its kind, by their plain names.
pub const FIELDS: [&str; 5] = [FIELD, YEAR_FIELD, MONTH_FIELD, DAY_FIELD, NO_ANSWER_FIELD];

/// Whether a field of a post belongs to an answer, alone on its page or not.
pub fn is_field(name: &str) -> bool {
    FIELDS.contains(&name.split_once('.').map_or(name, |(_, field)| field))
}

/// What stands before the names of a question's fields: nothing where it is alone on its page, else its name and a
/// point.
pub fn prefix(question: &Question, is_list: bool) -> String {
    if is_list { [question.name.as_str(), "."].concat() } else { String::new() }
}

/// The fields of one question out of those of its page, by their plain names.
pub fn own_fields(prefix: &str, fields: &[(String, String)]) -> Fields {
    let own = |(name, value): &(String, String)| Some((name.strip_prefix(prefix)?.to_owned(), value.clone()));
    fields.iter().filter_map(own).collect()
}

/// Names and values, in the order in which a form sends them.
pub type Fields = Vec<(String, String)>;

/// The field of an answer: the value of a radio button or check box, a number, words. It is
/// repeated where several choices are picked.
pub const FIELD: &str = "answer";
/// The field of a date's year.
pub const YEAR_FIELD: &str = "answer-year";
/// The field of a date's month.
pub const MONTH_FIELD: &str = "answer-month";
/// The field of a date's day of the month.
pub const DAY_FIELD: &str = "answer-day";
/// The radio group of numbers, words and dates that says why there is no answer: `declined` or
/// `unknown`.
pub const NO_ANSWER_FIELD: &str = "no-answer";
/// The value in a select's own group, and the code in [`crate::Expression::Selected`], for "prefer
/// not to say".
pub const DECLINED: &str = "_declined";
/// The value in a select's own group, and the code in [`crate::Expression::Selected`], for "I do
/// not know".
pub const UNKNOWN: &str = "_unknown";

/// What was answered; nothing if everything was left empty.
///
/// Surrounding spaces, full-width and national digits, grouping commas, full-width signs, tabs (read
/// as spaces) and every kind of line end (read as `\n`) are taken as meant. Values that cannot be
/// put into an [`Answer`] are problems: see [`ProblemKey`].
pub fn read(question: &Question, fields: &[(String, String)]) -> Result<Option<Answer>, Problem> {
    answer(question, fields).map_err(|key| Problem { question: question.name.clone(), key })
}

fn answer(question: &Question, fields: &[(String, String)]) -> Result<Option<Answer>, ProblemKey> {
    let none = no_answer(&question.kind, fields)?;
    if none.is_some() {
        // Before reading the value: beside "I do not know" it is too much, right or wrong.
        return if has_value(&question.kind, fields) { Err(ProblemKey::BothAnswerAndNone) } else { Ok(none) };
    }
    match &question.kind {
        Kind::SelectOne { choices, .. } => match single(fields, FIELD)? {
            None => Ok(None),
            Some(code) if choices.iter().any(|choice| choice.code == code) => Ok(Some(Answer::Choice(code.to_owned()))),
            Some(_) => Err(ProblemKey::NotAChoice),
        },
        Kind::SelectMultiple { choices } => {
            let picked: Vec<&str> = values(fields, FIELD).collect();
            if picked.iter().any(|code| !choices.iter().any(|choice| choice.code == *code)) {
                return Err(ProblemKey::NotAChoice);
            }
            let codes: Vec<String> = choices
                .iter()
                .map(|choice| &choice.code)
                .filter(|code| picked.contains(&code.as_str()))
                .cloned()
                .collect();
            Ok((!codes.is_empty()).then_some(Answer::Choices(codes)))
        }
        Kind::Integer { min, max, .. } => single(fields, FIELD)?
            .map(|text| match number::parse(text) {
                Number::Value(value) => Ok(Answer::Integer(value)),
                Number::TooSmall => Err(ProblemKey::TooSmall { min: bound(*min) }),
                Number::TooLarge => Err(ProblemKey::TooLarge { max: bound(*max) }),
                Number::Other => Err(ProblemKey::NotANumber),
            })
            .transpose(),
        Kind::Text { multiline, .. } => single(fields, FIELD)?
            .map(|text| lines(text).filter(|text| *multiline || !text.contains('\n')).map(Answer::Text))
            .map(|text| text.ok_or(ProblemKey::ControlCharacter))
            .transpose(),
        Kind::Decimal { .. } => single(fields, FIELD)?
            .map(|text| number::parse_decimal(text).map(Answer::Decimal).ok_or(ProblemKey::NotADecimal))
            .transpose(),
        Kind::Date { precision } => date(fields, *precision),
        Kind::Time => single(fields, FIELD)?
            .map(|text| number::parse_time(text).map(Answer::Time).ok_or(ProblemKey::NotATime))
            .transpose(),
        Kind::Acknowledge => match single(fields, FIELD)? {
            None => Ok(None),
            Some(ACKNOWLEDGED) => Ok(Some(Answer::Acknowledged)),
            Some(_) => Err(ProblemKey::NotAChoice),
        },
        Kind::Note => Ok(None),
    }
}

fn bound(number: i64) -> Decimal {
    Decimal::whole(number).unwrap_or(if number < 0 { Decimal::MIN } else { Decimal::MAX })
}

fn date(fields: &[(String, String)], precision: Precision) -> Result<Option<Answer>, ProblemKey> {
    let first = |is_asked: bool, name| if is_asked { single(fields, name) } else { Ok(Some("1")) };
    let year = single(fields, YEAR_FIELD)?;
    if year.is_none() && precision == Precision::Year {
        return Ok(None);
    }
    let month = first(precision != Precision::Year, MONTH_FIELD)?;
    if year.is_none() && month.is_none() && precision == Precision::MonthYear {
        return Ok(None);
    }
    let parts = (year, month, first(precision == Precision::Day, DAY_FIELD)?);
    let (year, month, day) = match parts {
        (None, None, None) => return Ok(None),
        (Some(year), Some(month), Some(day)) => (year, month, day),
        _ => return Err(ProblemKey::IncompleteDate),
    };
    let small = |text| u8::try_from(number::parse_date_part(text)?).ok();
    number::parse_date_part(year)
        .zip(small(month).zip(small(day)))
        .and_then(|(year, (month, day))| Day::new(year, month, day))
        .map(|day| Some(Answer::Date(day)))
        .ok_or(ProblemKey::NotADate)
}

/// The fields that [`read`] reads as this answer: to show it in its form again. Empty if there is
/// none, or if it is not of the question's kind.
pub fn fields_of(question: &Question, answer: Option<&Answer>) -> Fields {
    let field = |name: &str, value: String| (name.to_owned(), value);
    let reserved = |code: &str| {
        if question.kind.is_select() {
            field(FIELD, code.to_owned())
        } else {
            field(NO_ANSWER_FIELD, code.trim_start_matches('_').to_owned())
        }
    };
    match (&question.kind, answer) {
        (_, Some(Answer::Declined)) => vec![reserved(DECLINED)],
        (_, Some(Answer::Unknown)) => vec![reserved(UNKNOWN)],
        (Kind::SelectOne { .. }, Some(Answer::Choice(text))) | (Kind::Text { .. }, Some(Answer::Text(text))) => {
            vec![field(FIELD, text.clone())]
        }
        (Kind::SelectMultiple { .. }, Some(Answer::Choices(codes))) => {
            codes.iter().map(|code| field(FIELD, code.clone())).collect()
        }
        (Kind::Integer { .. }, Some(Answer::Integer(number))) => {
            vec![field(FIELD, number.to_string())]
        }
        (Kind::Decimal { .. }, Some(Answer::Decimal(number))) => vec![field(FIELD, (*number).into())],
        (Kind::Time, Some(Answer::Time(time))) => vec![field(FIELD, (*time).into())],
        (Kind::Acknowledge, Some(Answer::Acknowledged)) => vec![field(FIELD, ACKNOWLEDGED.to_owned())],
        (Kind::Date { precision }, Some(Answer::Date(day))) => {
            let parts = [
                field(YEAR_FIELD, day.year().to_string()),
                field(MONTH_FIELD, day.month().to_string()),
                field(DAY_FIELD, day.day().to_string()),
            ];
            let asked = match precision {
                Precision::Day => 3,
                Precision::MonthYear => 2,
                Precision::Year => 1,
            };
            parts.into_iter().take(asked).collect()
        }
        _ => Vec::new(),
    }
}

/// The trimmed values of a field that are not empty.
fn values<'f>(fields: &'f [(String, String)], name: &str) -> impl Iterator<Item = &'f str> {
    fields
        .iter()
        .filter(move |(field, _)| field == name)
        .map(|(_, value)| value.trim())
        .filter(|value| !value.is_empty())
}

/// The one value of a field. Two that differ are a problem: to choose one would be to guess.
fn single<'f>(fields: &'f [(String, String)], name: &str) -> Result<Option<&'f str>, ProblemKey> {
    let mut values = values(fields, name);
    let first = values.next();
    if values.any(|value| Some(value) != first) { Err(ProblemKey::WrongType) } else { Ok(first) }
}

/// "Prefer not to say" or "I do not know", from whichever group says it.
fn no_answer(kind: &Kind, fields: &[(String, String)]) -> Result<Option<Answer>, ProblemKey> {
    let own = single(fields, NO_ANSWER_FIELD)?;
    let (mut declined, mut unknown) = (own == Some("declined"), own == Some("unknown"));
    if own.is_some() && !declined && !unknown {
        return Err(ProblemKey::NotOffered);
    }
    if kind.is_select() {
        declined |= values(fields, FIELD).any(|code| code == DECLINED);
        unknown |= values(fields, FIELD).any(|code| code == UNKNOWN);
    }
    match (declined, unknown) {
        (true, true) => Err(ProblemKey::WrongType),
        (true, false) => Ok(Some(Answer::Declined)),
        (false, true) => Ok(Some(Answer::Unknown)),
        (false, false) => Ok(None),
    }
}

/// Whether something stands in the answer's own fields.
fn has_value(kind: &Kind, fields: &[(String, String)]) -> bool {
    match kind {
        Kind::SelectOne { .. } | Kind::SelectMultiple { .. } => {
            values(fields, FIELD).any(|code| code != DECLINED && code != UNKNOWN)
        }
        Kind::Integer { .. } | Kind::Decimal { .. } | Kind::Text { .. } | Kind::Time | Kind::Acknowledge => {
            values(fields, FIELD).next().is_some()
        }
        Kind::Note => false,
        Kind::Date { .. } => {
            [YEAR_FIELD, MONTH_FIELD, DAY_FIELD].into_iter().any(|name| values(fields, name).next().is_some())
        }
    }
}

/// Words with every line end as `\n` and every tab as a space, or nothing if a control character is
/// left.
fn lines(text: &str) -> Option<String> {
    let mut lines = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars() {
        match c {
            // The second half of a line end that is written already.
            '\n' if last == '\r' => {}
            '\r' => lines.push('\n'),
            '\t' => lines.push(' '),
            _ => lines.push(c),
        }
        last = c;
    }
    (!has_control_character(&lines, true)).then_some(lines)
}
