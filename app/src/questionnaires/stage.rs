//! Where a person stands in a questionnaire, as data: what the server's page and the island both draw from.
//!
//! A [`Stage`] is made where it is drawn and never travels: the island makes its own once it holds the definition.

use crate::{i18n::*, questionnaires::types::Outcome, ui::Reader};
use form::{Answer, Answers, Day, Definition, Fields, Kind, ProblemKey, Question, flow};
use serde::{Deserialize, Serialize};

/// What stays the same from question to question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// The questionnaire's slug.
    pub slug: String,
    /// Hash of the definition they began on.
    pub definition: String,
    /// The id made once when they began.
    pub instance_id: String,
    /// The language in which they began; it travels with the answers.
    pub language: String,
    /// The server's public key for receipts, hex.
    pub receipt_key: String,
    /// The site's day: constraints compare with it.
    pub today: Day,
    /// The advice line that speaks the reader's language.
    pub advice_line: String,
}

/// One page of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A question.
    Question(Box<Asking>),
    /// Check your answers.
    Check(Checking),
    /// The code.
    Sent(Sent),
}

/// A question, what stands in its fields, and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// The question.
    pub question: Question,
    /// What stands in the fields: the answer, or what was typed.
    pub fields: Fields,
    /// Why it was not accepted.
    pub problem: Option<ProblemKey>,
    /// Which of the shown questions it is, from 1.
    pub number: usize,
    /// The question before, if there is one.
    pub back: Option<String>,
    /// Whether the person came from the check page and goes back there.
    pub change: bool,
}

/// All answers, to be read once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checking {
    /// One row per shown question.
    pub rows: Vec<Row>,
    /// The last question, for the way back.
    pub back: Option<String>,
    /// Why they could not be sent.
    pub trouble: Option<Trouble>,
}

/// One question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The question's name.
    pub name: String,
    /// What was asked, with its markup.
    pub label: String,
    /// What was answered.
    pub value: Value,
}

/// An answer as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Our own words, with their markup: one line each.
    Words(Vec<String>),
    /// The person's own words: never read as markup.
    Typed(String),
    /// Left empty.
    Nothing,
}

/// Why sending did not work. The answers stay in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// No answer came back.
    NotSent,
    /// An answer came that the server did not sign.
    Forged,
    /// Too many at once; seconds to wait.
    Busy(u32),
    /// The same id came before with other answers.
    Conflict,
    /// The page's program is too old.
    Outdated,
}

/// What is left after sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The code to keep.
    pub code: String,
    /// Counted, kept aside, or deleted before.
    pub outcome: Outcome,
}

/// The stage of a question. `typed` takes the place of the stored answer where something could not be read.
#[must_use]
pub fn asking(
    definition: &Definition,
    question: &Question,
    answers: &Answers,
    today: Day,
    typed: Option<Fields>,
) -> Asking {
    let fields = typed.unwrap_or_else(|| form::entry::fields_of(question, answers.get(&question.name)));
    let back = flow::previous_before(definition, answers, &question.name, today).map(|question| question.name.clone());
    let shown = flow::shown(definition, answers, today);
    let number = shown.iter().position(|other| other.name == question.name).map_or(1, |index| index + 1);
    Asking { question: question.clone(), fields, problem: None, number, back, change: false }
}

/// The stage before sending.
#[must_use]
pub fn checking(definition: &Definition, answers: &Answers, reader: Reader, today: Day) -> Checking {
    let shown = flow::shown(definition, answers, today);
    let back = shown.last().map(|question| question.name.clone());
    let rows = shown
        .into_iter()
        .map(|question| Row {
            name: question.name.clone(),
            label: question.label.get(reader.tag()).to_owned(),
            value: value(question, answers.get(&question.name), reader),
        })
        .collect();
    Checking { rows, back, trouble: None }
}

/// An answer in words.
fn value(question: &Question, answer: Option<&Answer>, reader: Reader) -> Value {
    let label = |code: &String| {
        let choice = question.kind.choices().iter().find(|choice| choice.code == *code);
        choice.map(|choice| choice.label.get(reader.tag()).to_owned())
    };
    let words = |text: &str| Value::Words(vec![text.to_owned()]);
    match answer {
        None => Value::Nothing,
        Some(Answer::Declined) => words(td_string!(reader.locale, questionnaires.prefer_not_to_say)),
        Some(Answer::Unknown) => words(td_string!(reader.locale, questionnaires.do_not_know)),
        Some(Answer::Choice(code)) => Value::Words(label(code).into_iter().collect()),
        Some(Answer::Choices(codes)) => Value::Words(codes.iter().filter_map(label).collect()),
        Some(Answer::Text(text)) => Value::Typed(text.clone()),
        Some(Answer::Date(day)) => Value::Typed(day.to_string()),
        Some(Answer::Integer(number)) => {
            let mut text = number.to_string();
            if let Kind::Integer { unit: Some(unit), .. } = &question.kind {
                text.push(' ');
                text.push_str(unit.get(reader.tag()));
            }
            Value::Words(vec![text])
        }
    }
}
