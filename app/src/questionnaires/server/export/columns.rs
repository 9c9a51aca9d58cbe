//! Which columns the answers to a questionnaire have, on the screen and in files, over all editions of it that were
//! answered; and which of them stay out of sight.

use crate::{
    i18n::*,
    ui::reader::{LOCALES, tag},
};
use form::{Answer, Answers, Choice, Kind, Published, Question, Text, calculated, entry, ruby};
use std::sync::Arc;

/// From this sensitivity on, an answer is for coordinators with a stated reason.
const GRAVE: u8 = 3;

/// How much is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Include {
    /// Neither own words nor the most sensitive questions.
    Ordinary,
    /// Everything.
    Everything,
}

/// One question, as all its editions together have it.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What is asked, in each language by the newest edition that has it.
    pub label: Text,
    /// The kinds it had, the newest first; one, unless an edition changed it.
    pub kinds: Vec<Kind>,
    /// The choices of all editions, each code once.
    pub choices: Vec<Choice>,
    /// Whether some edition offers "prefer not to say".
    pub may_decline: bool,
    /// Whether some edition offers "I do not know".
    pub may_not_know: bool,
    /// The highest of all editions.
    pub sensitivity: u8,
    /// Whether it is worked out from the answers, and nobody was asked.
    pub is_calculated: bool,
}

impl Column {
    fn new(question: &Question) -> Self {
        let mut column = Self {
            name: question.name.clone(),
            label: question.label.clone(),
            kinds: Vec::new(),
            choices: Vec::new(),
            may_decline: false,
            may_not_know: false,
            sensitivity: 0,
            is_calculated: false,
        };
        column.merge(question);
        column
    }

    /// A calculation: what holds and what does not is said in the organizers' words.
    fn calculated(question: &Question) -> Self {
        let mut column = Self { is_calculated: true, ..Self::new(question) };
        for choice in &mut column.choices {
            for locale in LOCALES {
                let words = match choice.code.as_str() {
                    calculated::TRUE => td_string!(locale, answers.calculated_yes),
                    _ => td_string!(locale, answers.calculated_no),
                };
                choice.label.set(tag(locale), words);
            }
        }
        column
    }

    fn merge(&mut self, question: &Question) {
        if !self.kinds.iter().any(|kind| std::mem::discriminant(kind) == std::mem::discriminant(&question.kind)) {
            self.kinds.push(question.kind.clone());
        }
        for choice in question.kind.choices() {
            match self.choices.iter_mut().find(|known| known.code == choice.code) {
                None => self.choices.push(choice.clone()),
                Some(known) => fill(&mut known.label, &choice.label),
            }
        }
        fill(&mut self.label, &question.label);
        self.may_decline |= question.may_decline;
        self.may_not_know |= question.may_not_know;
        self.sensitivity = self.sensitivity.max(question.sensitivity);
    }

    /// Whether it may be shown without a reason: no own words, and not among the most sensitive.
    #[must_use]
    pub fn is_ordinary(&self) -> bool {
        !self.is_grave() && !self.kinds.iter().any(|kind| matches!(kind, Kind::Text { .. }))
    }

    /// Whether it is among the most sensitive.
    #[must_use]
    pub fn is_grave(&self) -> bool {
        self.sensitivity >= GRAVE
    }

    /// Whether several choices may be picked: then each of them has a cell of its own.
    #[must_use]
    pub fn has_choice_cells(&self) -> bool {
        self.kinds.iter().any(|kind| matches!(kind, Kind::SelectMultiple { .. }))
    }

    /// Whether it has a cell that holds the answer itself.
    #[must_use]
    pub fn has_value_cell(&self) -> bool {
        self.kinds.iter().any(|kind| !matches!(kind, Kind::SelectMultiple { .. }))
    }

    fn choice(&self, code: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.code == code)
    }

    /// The question in a language, on one line and without readings; its name if it has none there.
    #[must_use]
    pub fn label_in(&self, language: &str) -> String {
        or(one_line(self.label.get(language)), &self.name)
    }

    /// A choice in a language; its code if it has none there.
    #[must_use]
    pub fn choice_in(&self, code: &str, language: &str) -> String {
        let label = self.choice(code).map(|choice| one_line(choice.label.get(language))).unwrap_or_default();
        or(label, code)
    }

    /// Whether an answer is the one that a filter asks for.
    #[must_use]
    pub fn is_answer(answer: &Answer, code: &str) -> bool {
        match answer {
            Answer::Choice(chosen) => chosen == code,
            Answer::Choices(chosen) => chosen.iter().any(|chosen| chosen == code),
            Answer::Declined => code == entry::DECLINED,
            Answer::Unknown => code == entry::UNKNOWN,
            Answer::Acknowledged => code == entry::ACKNOWLEDGED,
            Answer::Integer(_) | Answer::Decimal(_) | Answer::Text(_) | Answer::Date(_) | Answer::Time(_) => false,
        }
    }
}

/// The columns of a questionnaire.
#[derive(Clone, Debug)]
pub struct Columns(Vec<Column>);

impl Columns {
    /// Of these editions, the newest first: its questions in its order, then those that only older ones had.
    #[must_use]
    pub fn of(editions: &[Arc<Published>], include: Include) -> Self {
        let mut columns: Vec<Column> = Vec::new();
        let questions = editions.iter().flat_map(|edition| &edition.definition().questions);
        for question in questions.filter(|question| question.kind.is_answered()) {
            match columns.iter_mut().find(|column| column.name == question.name) {
                Some(column) => column.merge(question),
                None => columns.push(Column::new(question)),
            }
        }
        for edition in editions {
            for question in calculated::questions(edition.definition()) {
                match columns.iter_mut().find(|column| column.name == question.name) {
                    Some(column) => column.merge(&question),
                    None => columns.push(Column::calculated(&question)),
                }
            }
        }
        columns.retain(|column| include == Include::Everything || column.is_ordinary());
        Self(columns)
    }

    /// Those of them that are in `others` too, as they are here.
    #[must_use]
    pub fn also_in(mut self, others: &Self) -> Self {
        self.0.retain(|column| others.find(&column.name).is_some());
        self
    }

    /// In their order.
    pub fn iter(&self) -> impl Iterator<Item = &Column> {
        self.0.iter()
    }

    /// The column of a question; `None` for what must not be seen.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&Column> {
        self.0.iter().find(|column| column.name == name)
    }

    /// The answers that may be seen.
    #[must_use]
    pub fn of_answers(&self, answers: &Answers) -> Answers {
        answers
            .iter()
            .filter(|(name, _)| self.find(name).is_some())
            .map(|(name, answer)| (name, answer.clone()))
            .collect()
    }
}

/// Puts in what only an older edition says in a language.
fn fill(label: &mut Text, older: &Text) {
    for (language, words) in older.iter() {
        if label.get(language).is_empty() {
            label.set(language, words);
        }
    }
}

/// A text of a definition for a cell: no readings, no line feeds.
pub(super) fn one_line(text: &str) -> String {
    ruby::plain(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn or(text: String, instead: &str) -> String {
    if text.is_empty() { instead.to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(version: &str, questions: &str) -> Arc<Published> {
        let json = format!(
            r#"{{"format":2,"slug":"s","version":"{version}","languages":["en"],"title":{{"en":"T"}},"purpose":{{"en":"P"}},"questions":[{questions}]}}"#
        );
        Arc::new(Published::from_json(json.as_bytes()).unwrap())
    }

    fn question(name: &str, rest: &str) -> String {
        format!(r#"{{"name":"{name}","label":{{"en":"{name}\n?"}},{rest}}}"#)
    }

    fn select(kind: &str, codes: &[&str]) -> String {
        let choices: Vec<String> = codes
            .iter()
            .map(|code| format!(r#"{{"code":"{code}","label":{{"en":"{}"}}}}"#, code.to_uppercase()))
            .collect();
        format!(r#""kind":{{"type":"{kind}","choices":[{}]}}"#, choices.join(","))
    }

    fn names(columns: &Columns) -> Vec<&str> {
        columns.iter().map(|column| column.name.as_str()).collect()
    }

    #[test]
    fn own_words_and_grave_questions_stay_out() {
        let edition = edition(
            "1",
            &[
                question("a", r#""kind":{"type":"date"},"sensitivity":2"#),
                question("b", r#""kind":{"type":"date"},"sensitivity":3"#),
                question("c", r#""kind":{"type":"text","max_bytes":9}"#),
            ]
            .join(","),
        );
        assert_eq!(names(&Columns::of(std::slice::from_ref(&edition), Include::Ordinary)), ["a"]);
        assert_eq!(names(&Columns::of(&[edition], Include::Everything)), ["a", "b", "c"]);
    }

    #[test]
    fn what_one_edition_calls_grave_stays_out_in_all() {
        let old = edition("1", &question("a", r#""kind":{"type":"date"},"sensitivity":3"#));
        let new = edition("2", &question("a", r#""kind":{"type":"date"}"#));
        assert!(names(&Columns::of(&[new.clone(), old], Include::Ordinary)).is_empty());
        assert_eq!(names(&Columns::of(&[new], Include::Ordinary)), ["a"]);
    }

    #[test]
    fn editions_are_merged() {
        let old = edition(
            "1",
            &[question("old", r#""kind":{"type":"date"}"#), question("a", &select("select_one", &["x", "y"]))]
                .join(","),
        );
        let new = edition(
            "2",
            &[question("a", &select("select_one", &["y", "z"])), question("new", r#""kind":{"type":"date"}"#)]
                .join(","),
        );
        let columns = Columns::of(&[new, old], Include::Ordinary);
        assert_eq!(names(&columns), ["a", "new", "old"]);
        let codes: Vec<&str> = columns.find("a").unwrap().choices.iter().map(|choice| choice.code.as_str()).collect();
        assert_eq!(codes, ["y", "z", "x"]);
    }

    #[test]
    fn labels_are_on_one_line_and_fall_back_to_names() {
        let edition = edition("1", &question("a", &select("select_one", &["x"])));
        let columns = Columns::of(&[edition], Include::Ordinary);
        let column = columns.find("a").unwrap();
        assert_eq!((column.label_in("en").as_str(), column.label_in("vi").as_str()), ("a ?", "a"));
        assert_eq!((column.choice_in("x", "en").as_str(), column.choice_in("gone", "en").as_str()), ("X", "gone"));
    }

    #[test]
    fn filter_finds_single_several_and_none() {
        assert!(Column::is_answer(&Answer::Choices(vec!["x".into(), "y".into()]), "y"));
        assert!(Column::is_answer(&Answer::Choice("x".into()), "x"));
        assert!(!Column::is_answer(&Answer::Choice("x".into()), "y"));
        assert!(Column::is_answer(&Answer::Declined, "_declined") && Column::is_answer(&Answer::Unknown, "_unknown"));
        assert!(!Column::is_answer(&Answer::Text("x".into()), "x"));
    }
}
