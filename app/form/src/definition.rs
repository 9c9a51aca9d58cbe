//! What a questionnaire is. These types are plain data: a draft may be wrong in any way, and only
//! [`crate::Published`] says that a definition holds. [`crate::read`] reads them.

use crate::expression::Expression;
pub use crate::kind::{Choice, Kind, Precision};
use crate::text::Text;
use serde::Serialize;

/// A questionnaire: its languages, its purpose and its questions, in the order in which they are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// The format of the definition, [`crate::DEFINITION_FORMAT`].
    pub format: u32,
    /// Its name in URLs, `[a-z0-9][a-z0-9-]{0,59}`.
    pub slug: String,
    /// The author's own mark of this edition, `[a-z0-9._-]{1,40}`. Identity is the hash, not this.
    pub version: String,
    /// The languages in which every text of it is present; see [`crate::names::LANGUAGES`].
    pub languages: Vec<String>,
    /// What it is called.
    pub title: Text,
    /// Why it is asked and what becomes of the answers; paragraphs are parted by `\n\n`.
    pub purpose: Text,
    /// The sections that questions may belong to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// At least one; the first is always shown.
    pub questions: Vec<Question>,
    /// What is worked out from the answers. Never asked, never sent: whoever needs it calculates it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calculations: Vec<Calculation>,
}

/// A section: questions that follow each other under one heading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Unique among groups, questions and calculations; the form of a question's name.
    pub name: String,
    /// Its heading.
    pub label: Text,
    /// What helps with all of its questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// When its questions can be shown; always, if absent. Sees what is before its first question.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expression>,
    /// Whether all its questions stand on one page (`"appearance":"field_list"`); their `relevant` then see what is
    /// before the group.
    #[serde(rename = "appearance", skip_serializing_if = "is_false", serialize_with = "field_list")]
    pub is_page: bool,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Unique in the definition, `[a-z][a-z0-9_]{0,39}`.
    pub name: String,
    /// The group that it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// What is asked.
    pub label: Text,
    /// What helps to answer it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// What kind of answer it asks for.
    pub kind: Kind,
    /// Whether it cannot be left empty. Saying "prefer not to say" is an answer, where offered.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// When it is shown; always, if absent. Sees the answers of earlier shown questions only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expression>,
    /// What must hold of an answer once it is given. Sees it and the answers of earlier questions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub constraint: Option<Constraint>,
    /// Whether "prefer not to say" is offered.
    #[serde(skip_serializing_if = "is_false")]
    pub may_decline: bool,
    /// Whether "I do not know" is offered.
    #[serde(skip_serializing_if = "is_false")]
    pub may_not_know: bool,
    /// How much harm the answer could do to the person who gave it: 0 (none) to 3 (grave). It
    /// decides what is suppressed when results are published.
    #[serde(skip_serializing_if = "is_zero")]
    pub sensitivity: u8,
    /// The indicators that it feeds (say ILO ones), each in the form of a name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<String>,
}

/// What must hold of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Constraint {
    /// True if the answer holds.
    pub expression: Expression,
    /// What to say if it does not.
    pub message: Text,
}

/// A value that follows from the answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Calculation {
    /// Unique among groups, questions and calculations; the form of a question's name.
    pub name: String,
    /// What it tells, for those who read the results.
    pub label: Text,
    /// How it is worked out. Sees all questions, and calculations before it.
    pub expression: Expression,
}

impl Definition {
    /// The question of that name (the first, should a draft hold two).
    pub fn question(&self, name: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.name == name)
    }

    /// Its place among the questions, from 0.
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.questions.iter().position(|question| question.name == name)
    }

    /// The group that a question belongs to.
    pub fn group_of(&self, question: &Question) -> Option<&Group> {
        let name = question.group.as_deref()?;
        self.groups.iter().find(|group| group.name == name)
    }

    /// The calculation of that name.
    pub fn calculation(&self, name: &str) -> Option<&Calculation> {
        self.calculations.iter().find(|calculation| calculation.name == name)
    }
}

pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_zero(number: &u8) -> bool {
    *number == 0
}

fn field_list<S: serde::Serializer>(_: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("field_list")
}
