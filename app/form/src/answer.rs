//! Answers, as they are kept and sent: codes and values, never labels.

use crate::day::Day;
use crate::decimal::Decimal;
use crate::json::{self, Tree};
use crate::sorted_map::SortedMap;
use crate::time::Time;
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
    /// A number with decimal places.
    Decimal(Decimal),
    /// Words, with line feeds as `\n`.
    Text(String),
    /// A day.
    Date(Day),
    /// A time of the day.
    Time(Time),
    /// "I have read this."
    Acknowledged,
    /// "I prefer not to say."
    Declined,
    /// "I do not know."
    Unknown,
}

impl Answer {
    /// Writes it as JSON, to the byte as serde does.
    fn write(&self, json: &mut String) {
        let one = |key: &str, text: &str, json: &mut String| {
            json.push('{');
            json::field(key, text, json);
            json.push('}');
        };
        match self {
            Answer::Choice(code) => one("choice", code, json),
            Answer::Choices(codes) => {
                json.push_str("{\"choices\":[");
                for (index, code) in codes.iter().enumerate() {
                    if index > 0 {
                        json.push(',');
                    }
                    json::quote(code, json);
                }
                json.push_str("]}");
            }
            Answer::Integer(number) => {
                json.push_str("{\"integer\":");
                json.push_str(&number.to_string());
                json.push('}');
            }
            Answer::Decimal(number) => one("decimal", &String::from(*number), json),
            Answer::Text(text) => one("text", text, json),
            Answer::Date(day) => one("date", &String::from(*day), json),
            Answer::Time(time) => one("time", &String::from(*time), json),
            Answer::Acknowledged => json.push_str("\"acknowledged\""),
            Answer::Declined => json.push_str("\"declined\""),
            Answer::Unknown => json.push_str("\"unknown\""),
        }
    }

    /// Reads what is written so.
    fn read(tree: &Tree) -> Option<Answer> {
        match tree {
            Tree::Text(word) => match word.as_str() {
                "acknowledged" => Some(Answer::Acknowledged),
                "declined" => Some(Answer::Declined),
                "unknown" => Some(Answer::Unknown),
                _ => None,
            },
            Tree::Object(fields) => {
                let [(key, value)] = fields.as_slice() else { return None };
                match (key.as_str(), value) {
                    ("choice", Tree::Text(code)) => Some(Answer::Choice(code.clone())),
                    ("choices", Tree::List(codes)) => {
                        let codes: Option<Vec<String>> =
                            codes.iter().map(|code| Some(code.text()?.to_owned())).collect();
                        codes.map(Answer::Choices)
                    }
                    ("integer", Tree::Number(number)) => Some(Answer::Integer(*number)),
                    ("decimal", Tree::Text(text)) => {
                        Decimal::parse(text).filter(|number| String::from(*number) == *text).map(Answer::Decimal)
                    }
                    ("text", Tree::Text(text)) => Some(Answer::Text(text.clone())),
                    ("date", Tree::Text(text)) => Day::parse(text).map(Answer::Date),
                    ("time", Tree::Text(text)) => Time::parse(text).map(Answer::Time),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// Whether nothing was said: no choices, or only spaces. Such an answer counts as none
    /// everywhere in this crate.
    pub fn is_blank(&self) -> bool {
        match self {
            Answer::Choices(codes) => codes.is_empty(),
            Answer::Choice(text) | Answer::Text(text) => text.trim().is_empty(),
            _ => false,
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

    /// Writes them as JSON, to the byte as serde does.
    pub fn write(&self, json: &mut String) {
        json.push('{');
        for (name, answer) in self.iter() {
            json::key(name, json);
            answer.write(json);
        }
        json.push('}');
    }

    /// Reads what [`Answers::write`] writes; nothing if it is something else.
    pub fn read(tree: &Tree) -> Option<Answers> {
        let Tree::Object(fields) = tree else { return None };
        fields.iter().map(|(name, answer)| Some((name.clone(), Answer::read(answer)?))).collect()
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
        let json = r#"{"a":{"choice":"yes"},"b":{"choices":["x","y"]},"c":{"integer":-48},"d":{"text":"a\n\"b\""},"e":{"date":"2026-11-22"},"f":"declined","g":"unknown","h":{"decimal":"7.5"},"i":{"time":"08:30"},"j":"acknowledged"}"#;
        let answers: Answers = serde_json::from_str(json).unwrap();
        assert_eq!(answers.len(), 10);
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
            r#"{"a":{"decimal":"7.50"}}"#,
            r#"{"a":{"decimal":7.5}}"#,
            r#"{"a":{"time":"8:30"}}"#,
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
