//! Where a person stands in a questionnaire, as data: what the server's page and the island both draw from.
//!
//! A [`Stage`] is made where it is drawn and never travels: the island makes its own once it holds the definition.

use crate::{
    i18n::*,
    questionnaires::types::Outcome,
    ui::{Reader, dates::long_date},
};
use form::traces::has_traces;
use form::{
    Answer, Answers, Day, Definition, FORMAT, Fields, Group, Kind, Payload, Precision, Problem, ProblemKey, Question,
    entry, flow,
};
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
    /// By which channel they came; it travels with the answers too.
    pub channel: Option<String>,
    /// The server's public key for receipts, hex.
    pub receipt_key: String,
    /// The questionnaire's public key to which answers are sealed before they are kept, hex.
    pub intake_key: String,
    /// The site's day: constraints compare with it.
    pub today: Day,
    /// Who helps, whatever was answered: HTML of the server's own for the last page.
    pub help: String,
}

impl Person {
    /// What is sent: by the form post and by the island the same, to the byte. `answers` are pruned.
    #[must_use]
    pub fn payload(&self, answers: Answers) -> Payload {
        Payload {
            format: FORMAT,
            questionnaire: self.slug.clone(),
            definition: self.definition.clone(),
            instance_id: self.instance_id.clone(),
            language: self.language.clone(),
            channel: self.channel.clone(),
            answers,
        }
    }
}

/// One page of the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// One question, or several that stand together.
    Question(Box<Asking>),
    /// Check your answers.
    Check(Checking),
    /// The code.
    Sent(Sent),
    /// *Send* was pressed, and no receipt came yet: drawn by the island alone.
    Waiting(Waiting),
}

/// Where answers are that the server does not hold yet, as far as the person needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// On their way just now.
    Sending,
    /// Locked, on a phone of the person's own.
    OnOwnPhone,
    /// Locked, on a phone that is handed on.
    OnSharedPhone,
    /// On this page only: the browser keeps nothing.
    OnPage,
}

/// A page with a question, or with several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asking {
    /// Its name in addresses.
    pub page: String,
    /// The section that it belongs to.
    pub group: Option<Group>,
    /// Whether it is a section as a whole, with all its questions.
    pub is_list: bool,
    /// The questions; at least one.
    pub items: Vec<Item>,
    /// Which of the shown pages it is, from 1.
    pub number: usize,
    /// The page before, if there is one.
    pub back: Option<String>,
    /// Whether the person came from the check page and goes back there.
    pub change: bool,
}

/// A question, what stands in its fields, and what was wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// The question.
    pub question: Question,
    /// What stands in the fields, by their plain names: the answer, or what was typed.
    pub fields: Fields,
    /// Why it was not accepted.
    pub problem: Option<ProblemKey>,
}

impl Asking {
    /// The same page with what was wrong with it.
    #[must_use]
    pub fn refused(mut self, problems: &[Problem]) -> Self {
        for item in &mut self.items {
            let own = problems.iter().find(|problem| problem.question == item.question.name);
            item.problem = own.map(|problem| problem.key);
        }
        self
    }

    /// Whether something was wrong.
    #[must_use]
    pub fn is_refused(&self) -> bool {
        self.items.iter().any(|item| item.problem.is_some())
    }
}

/// All answers, to be read once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checking {
    /// One row per question that was asked.
    pub rows: Vec<Row>,
    /// The last page, for the way back.
    pub back: Option<String>,
    /// Why they could not be sent.
    pub trouble: Option<Trouble>,
}

/// One question and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The page on which it is asked.
    pub page: String,
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
    /// The same, and they may tell who the person is.
    Telling(String),
    /// Left empty.
    Nothing,
}

/// Why sending did not work. The answers stay in every case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Too many at once; seconds to wait.
    Busy(u32),
    /// The same id came before with other answers.
    Conflict,
}

/// What is left after sending.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// The code to keep; empty where another tab of a shared phone got it.
    pub code: String,
    /// Counted, kept aside, or deleted before.
    pub outcome: Outcome,
}

/// The stage of a page that is shown. `typed` takes the place of the stored answers where something could not be read.
#[must_use]
pub fn asking(
    definition: &Definition,
    name: &str,
    answers: &Answers,
    today: Day,
    typed: Option<&Fields>,
) -> Option<Asking> {
    let pages = flow::pages(definition, answers, today);
    let place = pages.iter().position(|page| page.name == name)?;
    let page = pages.get(place)?;
    let item = |question: &&Question| Item {
        question: (*question).clone(),
        fields: match typed {
            Some(typed) => entry::own_fields(&entry::prefix(question, page.is_list()), typed),
            None => entry::fields_of(question, answers.get(&question.name)),
        },
        problem: None,
    };
    Some(Asking {
        page: name.to_owned(),
        group: page.group.cloned(),
        is_list: page.is_list(),
        items: page.questions.iter().map(item).collect(),
        number: place + 1,
        back: place.checked_sub(1).and_then(|before| pages.get(before)).map(|before| before.name.to_owned()),
        change: false,
    })
}

/// The stage before sending.
#[must_use]
pub fn checking(definition: &Definition, answers: &Answers, reader: Reader, today: Day) -> Checking {
    let pages = flow::pages(definition, answers, today);
    let back = pages.last().map(|page| page.name.to_owned());
    let rows = pages
        .iter()
        .flat_map(|page| page.questions.iter().map(|question| (page.name, *question)))
        .filter(|(_, question)| question.kind.is_answered())
        .map(|(page, question)| Row {
            page: page.to_owned(),
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
        Some(Answer::Text(text)) if has_traces(text) => Value::Telling(text.clone()),
        Some(Answer::Text(text)) => Value::Typed(text.clone()),
        Some(Answer::Acknowledged) => words(td_string!(reader.locale, questionnaires.acknowledged)),
        Some(Answer::Time(time)) => Value::Typed((*time).into()),
        Some(Answer::Date(day)) => {
            let precision = match &question.kind {
                Kind::Date { precision } => *precision,
                _ => Precision::Day,
            };
            Value::Words(vec![long_date(reader, *day, precision)])
        }
        Some(Answer::Integer(number)) => with_unit(question, number.to_string(), reader),
        Some(Answer::Decimal(number)) => with_unit(question, (*number).into(), reader),
    }
}

/// A number with what it counts.
fn with_unit(question: &Question, mut text: String, reader: Reader) -> Value {
    if let Kind::Integer { unit: Some(unit), .. } | Kind::Decimal { unit: Some(unit), .. } = &question.kind {
        text.push(' ');
        text.push_str(unit.get(reader.tag()));
    }
    Value::Words(vec![text])
}
