//! Answers, as they are kept and sent: codes and values, never labels.

use crate::day::Day;
use crate::sorted_map::SortedMap;
use serde::{Deserialize, Serialize};

/// The answer to one question. In JSON `{"choice":"yes"}`, `{"integer":48}` or `"declined"`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The code of the choice that was picked.
    Choice(String),
    /// The codes of the choices that were picked, in the definition's order, each once.
    Choices(Vec<String>),
    /// A whole number.
    Integer(i64),
    /// Words, with line feeds as `\n`.
    Text(String),
    /// A day.
    Date(Day),
    /// "I prefer not to say."
    Declined,
    /// "I do not know."
    Unknown,
}

impl Answer {
    /// Whether nothing was said: no choices, or only spaces. Such an answer counts as none
    /// everywhere in this crate.
    pub fn is_blank(&self) -> bool {
        match self {
            Answer::Choices(codes) => codes.is_empty(),
            Answer::Choice(text) | Answer::Text(text) => text.trim().is_empty(),
            Answer::Integer(_) | Answer::Date(_) | Answer::Declined | Answer::Unknown => false,
        }
    }
}

/// The answers of one person: question name → answer. In JSON an object in the order of the names,
/// so the order in which questions were answered leaves no trace.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Answers(SortedMap<Answer>);

impl Answers {
    /// No answers.
    pub fn new() -> Answers {
        Answers::default()
    }

    /// The answer to the question of that name.
    pub fn get(&self, name: &str) -> Option<&Answer> {
        self.0.get(name)
    }

    /// Keeps an answer and gives back the one that it replaces.
    pub fn insert(&mut self, name: impl Into<String>, answer: Answer) -> Option<Answer> {
        self.0.insert(name.into(), answer)
    }

    /// Takes an answer out.
    pub fn remove(&mut self, name: &str) -> Option<Answer> {
        self.0.remove(name)
    }

    /// Names and answers, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Answer)> {
        self.0.iter()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.len() == 0
    }
}

impl<N: Into<String>> FromIterator<(N, Answer)> for Answers {
    fn from_iter<I: IntoIterator<Item = (N, Answer)>>(answers: I) -> Answers {
        let mut all = Answers::new();
        for (name, answer) in answers {
            all.insert(name, answer);
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_written_and_read_alike() {
        let json = r#"{"a":{"choice":"yes"},"b":{"choices":["x","y"]},"c":{"integer":-48},"d":{"text":"a\n\"b\""},"e":{"date":"2026-11-22"},"f":"declined","g":"unknown"}"#;
        let answers: Answers = serde_json::from_str(json).unwrap();
        assert_eq!(answers.len(), 7);
        assert_eq!(answers.get("g"), Some(&Answer::Unknown));
        assert_eq!(serde_json::to_string(&answers).unwrap(), json);
    }

    #[test]
    fn malformed_answers_are_refused() {
        for json in [
            r#"{"a":{"choice":1}}"#,
            r#"{"a":{"integer":1.5}}"#,
            r#"{"a":{"integer":9223372036854775808}}"#,
            r#"{"a":"refused"}"#,
            r#"{"a":"declined","a":"unknown"}"#,
            r#"{"a":{"choice":"x","text":"y"}}"#,
        ] {
            assert!(serde_json::from_str::<Answers>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn only_empty_words_and_choices_are_blank() {
        assert!(Answer::Text(" \u{3000}\n".into()).is_blank());
        assert!(Answer::Choices(Vec::new()).is_blank());
        assert!(Answer::Choice(String::new()).is_blank());
        assert!(!Answer::Integer(0).is_blank() && !Answer::Declined.is_blank() && !Answer::Text("x".into()).is_blank());
    }
}
