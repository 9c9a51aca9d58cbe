//! What a questionnaire is. These types are plain data: a draft may be wrong in any way, and only
//! [`crate::Published`] says that a definition holds.

use crate::expression::Expression;
pub use crate::kind::Kind;
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// A questionnaire: its languages, its purpose and its questions, in the order in which they are
/// asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// The format of the definition, [`crate::FORMAT`].
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
    /// At least one; the first is always shown.
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Unique in the definition, `[a-z][a-z0-9_]{0,39}`.
    pub name: String,
    /// What is asked.
    pub label: Text,
    /// What helps to answer it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<Text>,
    /// What kind of answer it asks for.
    pub kind: Kind,
    /// Whether it cannot be left empty. Saying "prefer not to say" is an answer, where offered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// When it is shown; always, if absent. Sees the answers of earlier shown questions only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relevant: Option<Expression>,
    /// What must hold of an answer once it is given. Sees it and the answers of earlier questions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub constraint: Option<Constraint>,
    /// Whether "prefer not to say" is offered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub may_decline: bool,
    /// Whether "I do not know" is offered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub may_not_know: bool,
    /// How much harm the answer could do to the person who gave it: 0 (none) to 3 (grave). It
    /// decides what is suppressed when results are published.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub sensitivity: u8,
    /// The indicator that it feeds (say an ILO one), in the form of a name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub indicator: Option<String>,
}

/// One of the answers that a select offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Unique in the question, `[a-z0-9][a-z0-9_-]{0,39}`; what is stored and counted.
    pub code: String,
    /// What is shown.
    pub label: Text,
    /// Whether it excludes every other choice of a select_multiple ("none of these").
    #[serde(default, skip_serializing_if = "is_false")]
    pub exclusive: bool,
}

/// What must hold of an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Constraint {
    /// True if the answer holds.
    pub expression: Expression,
    /// What to say if it does not.
    pub message: Text,
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
}

pub(crate) fn is_false(flag: &bool) -> bool {
    !flag
}

fn is_zero(number: &u8) -> bool {
    *number == 0
}
