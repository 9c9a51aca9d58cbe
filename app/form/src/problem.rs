//! Why an answer does not hold: a key and a place. Pages translate the key.

use crate::decimal::Decimal;
use crate::json::Tree;
use serde::{Deserialize, Serialize};

/// An answer that does not hold, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The question's name; empty if what was sent cannot be the name of a question.
    pub question: String,
    /// What is wrong.
    pub key: ProblemKey,
}

/// What is wrong with an answer. Carries bounds from the definition, never what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProblemKey {
    /// The question cannot be left empty.
    Required,
    /// A code that is not among the choices.
    NotAChoice,
    /// "None of these" together with one of these.
    Exclusive,
    /// Not a whole number.
    NotANumber,
    /// A number below the smallest.
    TooSmall {
        /// The smallest number that holds.
        min: Decimal,
    },
    /// A number above the largest.
    TooLarge {
        /// The largest number that holds.
        max: Decimal,
    },
    /// Not a number, or more than six decimal places.
    NotADecimal,
    /// No time of the day.
    NotATime,
    /// No day of the calendar between 1900 and 2200.
    NotADate,
    /// Year, month or day is empty, but not all of them.
    IncompleteDate,
    /// More bytes of UTF-8 than the question takes.
    TextTooLong {
        /// The most bytes that hold.
        max_bytes: u32,
    },
    /// A character that cannot be shown, or a line feed where there is one line only.
    ControlCharacter,
    /// An answer of another kind, several where one belongs, or choices out of order.
    WrongType,
    /// "Prefer not to say" or "I do not know" where it is not offered.
    NotOffered,
    /// An answer together with "prefer not to say" or "I do not know".
    BothAnswerAndNone,
    /// The question's own constraint does not hold; its message says what does.
    Constraint,
    /// No question of that name is in the definition.
    NoSuchQuestion,
}

impl Problem {
    /// Reads what serde writes of a problem; nothing if it is something else.
    pub fn read(tree: &Tree) -> Option<Problem> {
        Some(Problem {
            question: tree.field("question")?.text()?.to_owned(),
            key: ProblemKey::read(tree.field("key")?)?,
        })
    }
}

impl ProblemKey {
    fn read(tree: &Tree) -> Option<ProblemKey> {
        let bound = |name: &str, field: &str| Decimal::parse(tree.field(name)?.field(field)?.text()?);
        if let Some(min) = bound("too_small", "min") {
            return Some(ProblemKey::TooSmall { min });
        }
        if let Some(max) = bound("too_large", "max") {
            return Some(ProblemKey::TooLarge { max });
        }
        if let Some(long) = tree.field("text_too_long") {
            return Some(ProblemKey::TextTooLong {
                max_bytes: u32::try_from(long.field("max_bytes")?.number()?).ok()?,
            });
        }
        let word = tree.text()?;
        ProblemKey::PLAIN.into_iter().find(|key| key.as_str() == word)
    }

    /// Those that carry nothing.
    const PLAIN: [ProblemKey; 14] = [
        ProblemKey::Required,
        ProblemKey::NotAChoice,
        ProblemKey::Exclusive,
        ProblemKey::NotANumber,
        ProblemKey::NotADecimal,
        ProblemKey::NotATime,
        ProblemKey::NotADate,
        ProblemKey::IncompleteDate,
        ProblemKey::ControlCharacter,
        ProblemKey::WrongType,
        ProblemKey::NotOffered,
        ProblemKey::BothAnswerAndNone,
        ProblemKey::Constraint,
        ProblemKey::NoSuchQuestion,
    ];

    /// Every key, for the test that each has a sentence in each language.
    pub const NAMES: [&str; 17] = [
        "required",
        "not_a_choice",
        "exclusive",
        "not_a_number",
        "too_small",
        "too_large",
        "not_a_decimal",
        "not_a_time",
        "not_a_date",
        "incomplete_date",
        "text_too_long",
        "control_character",
        "wrong_type",
        "not_offered",
        "both_answer_and_none",
        "constraint",
        "no_such_question",
    ];

    /// The key of the sentence that tells it, one of [`ProblemKey::NAMES`].
    pub fn as_str(self) -> &'static str {
        match self {
            ProblemKey::Required => "required",
            ProblemKey::NotAChoice => "not_a_choice",
            ProblemKey::Exclusive => "exclusive",
            ProblemKey::NotANumber => "not_a_number",
            ProblemKey::TooSmall { .. } => "too_small",
            ProblemKey::TooLarge { .. } => "too_large",
            ProblemKey::NotADecimal => "not_a_decimal",
            ProblemKey::NotATime => "not_a_time",
            ProblemKey::NotADate => "not_a_date",
            ProblemKey::IncompleteDate => "incomplete_date",
            ProblemKey::TextTooLong { .. } => "text_too_long",
            ProblemKey::ControlCharacter => "control_character",
            ProblemKey::WrongType => "wrong_type",
            ProblemKey::NotOffered => "not_offered",
            ProblemKey::BothAnswerAndNone => "both_answer_and_none",
            ProblemKey::Constraint => "constraint",
            ProblemKey::NoSuchQuestion => "no_such_question",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_named_as_serde_names_them() {
        let bounds = r#"{"min":"0","max":"0","max_bytes":0}"#;
        for name in ProblemKey::NAMES {
            let key: ProblemKey = serde_json::from_str(&format!("\"{name}\""))
                .or_else(|_| serde_json::from_str(&format!("{{\"{name}\":{bounds}}}")))
                .unwrap();
            assert_eq!(key.as_str(), name);
            let problem = Problem { question: "q".into(), key };
            let tree = Tree::parse(&serde_json::to_string(&problem).unwrap()).unwrap();
            assert_eq!(Problem::read(&tree), Some(problem));
        }
    }
}
