//! One answer as the cells of a row.
//!
//! Our convention, told on the page of the codebook: a question with several choices has one cell for each choice
//! (`question/code`: 1 chosen, 0 not) and one for each way of not answering (`question/_declined`); every other
//! question has one cell. An empty cell is a question that was not shown or has no answer.

use super::columns::{Column, Columns};
use crate::{i18n::*, ui::reader::locale_of};
use form::{Answer, Answers, entry};

/// In what the cells are written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Labels {
    /// Names and codes.
    #[default]
    Codes,
    /// The words of this language of the questionnaire.
    In(String),
}

impl Labels {
    fn question(&self, column: &Column) -> String {
        match self {
            Self::Codes => column.name.clone(),
            Self::In(language) => column.label_in(language),
        }
    }

    fn choice(&self, column: &Column, code: &str) -> String {
        match self {
            Self::Codes => code.to_owned(),
            Self::In(language) => column.choice_in(code, language),
        }
    }

    /// "Prefers not to say" or "does not know"; the code where this program does not speak the language.
    fn no_answer(&self, code: &'static str) -> String {
        let locale = match self {
            Self::Codes => None,
            Self::In(language) => locale_of(language),
        };
        match (locale, code) {
            (Some(locale), entry::DECLINED) => form::ruby::plain(td_string!(locale, answers.declined)),
            (Some(locale), entry::UNKNOWN) => form::ruby::plain(td_string!(locale, answers.unknown)),
            _ => code.to_owned(),
        }
    }

    fn part(&self, column: &Column, part: &str) -> String {
        let joint = if *self == Self::Codes { "/" } else { ": " };
        [self.question(column).as_str(), joint, part].concat()
    }

    /// The heads of a row's first cells: day, language and edition.
    fn first_heads(&self) -> [String; 3] {
        let locale = match self {
            Self::Codes => None,
            Self::In(language) => locale_of(language),
        };
        match locale {
            None => ["day", "language", "definition"].map(str::to_owned),
            Some(locale) => [
                form::ruby::plain(td_string!(locale, answers.col_day)),
                form::ruby::plain(td_string!(locale, answers.col_language)),
                form::ruby::plain(td_string!(locale, answers.col_edition)),
            ],
        }
    }
}

/// The heads of all cells.
#[must_use]
pub fn heads(columns: &Columns, labels: &Labels) -> Vec<String> {
    let mut heads = labels.first_heads().to_vec();
    for column in columns.iter() {
        if column.has_value_cell() {
            heads.push(labels.question(column));
        }
        if column.has_choice_cells() {
            heads.extend(column.choices.iter().map(|choice| labels.part(column, &labels.choice(column, &choice.code))));
            heads.extend(no_answers(column).map(|code| labels.part(column, &labels.no_answer(code))));
        }
    }
    heads.into_iter().map(defused).collect()
}

/// The cells of one person's answers.
#[must_use]
pub fn row(columns: &Columns, labels: &Labels, first: [&str; 3], answers: &Answers) -> Vec<String> {
    let mut row = first.map(str::to_owned).to_vec();
    for column in columns.iter() {
        let answer = answers.get(&column.name);
        if column.has_value_cell() {
            row.push(value(column, labels, answer));
        }
        if column.has_choice_cells() {
            let chosen = match answer {
                Some(Answer::Choices(codes)) => Some(codes),
                _ => None,
            };
            let cell = |code: &String| chosen.map(|chosen| flag(chosen.contains(code))).unwrap_or_default();
            row.extend(column.choices.iter().map(|choice| cell(&choice.code)));
            row.extend(no_answers(column).map(|code| no_answer_cell(answer, code)));
        }
    }
    row
}

/// The ways of not answering that a question offers.
fn no_answers(column: &Column) -> impl Iterator<Item = &'static str> {
    let declined = column.may_decline.then_some(entry::DECLINED);
    let unknown = column.may_not_know.then_some(entry::UNKNOWN);
    declined.into_iter().chain(unknown)
}

fn no_answer_cell(answer: Option<&Answer>, code: &str) -> String {
    answer.map(|answer| flag(Column::is_answer(answer, code))).unwrap_or_default()
}

fn flag(is_set: bool) -> String {
    if is_set { "1" } else { "0" }.to_owned()
}

fn value(column: &Column, labels: &Labels, answer: Option<&Answer>) -> String {
    match answer {
        None | Some(Answer::Choices(_)) => String::new(),
        Some(Answer::Choice(code)) => defused(labels.choice(column, code)),
        // Numbers and days are numbers and days: nothing a spreadsheet could run.
        Some(Answer::Integer(number)) => number.to_string(),
        Some(Answer::Decimal(number)) => number.to_string(),
        Some(Answer::Time(time)) => time.to_string(),
        // A tick is the same in every language.
        Some(Answer::Acknowledged) => "1".to_owned(),
        Some(Answer::Date(day)) => day.to_string(),
        Some(Answer::Text(text)) => defused(text.clone()),
        Some(Answer::Declined) => labels.no_answer(entry::DECLINED),
        Some(Answer::Unknown) => labels.no_answer(entry::UNKNOWN),
    }
}

/// A text that a spreadsheet would take for a formula, made a text: an apostrophe in front. Full-width signs count
/// too, because Japanese and Chinese spreadsheets read them.
fn defused(text: String) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if is_formula { ["'", &text].concat() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::server::export::Include;
    use form::Published;
    use std::sync::Arc;

    fn columns(include: Include) -> Columns {
        let json = include_bytes!("../../../../../server/tests/it/questionnaires/short.json");
        Columns::of(&[Arc::new(Published::from_json(json).unwrap())], include)
    }

    #[test]
    fn formulas_are_defused_and_numbers_stay() {
        for text in ["=1+1", "+81", "-1", "@a", "\tx", "\rx", "\nx", "＝1"] {
            assert_eq!(defused(text.to_owned()), format!("'{text}"));
        }
        for text in ["", "a=1", "'=1", "1-2", "ありがとう"] {
            assert_eq!(defused(text.to_owned()), text);
        }
        let columns = columns(Include::Ordinary);
        let column = columns.find("hours_week").unwrap();
        assert_eq!(value(column, &Labels::Codes, Some(&Answer::Integer(-5))), "-5");
    }

    #[test]
    fn every_row_has_a_cell_for_every_head() {
        let full: Answers = [
            ("consent", Answer::Choice("yes".into())),
            ("deductions", Answer::Choices(vec!["rent".into(), "food".into()])),
            ("treatment", Answer::Declined),
            ("hours_week", Answer::Unknown),
            ("message", Answer::Text("=cmd".into())),
        ]
        .into_iter()
        .collect();
        for include in [Include::Ordinary, Include::Everything] {
            for labels in [Labels::Codes, Labels::In("vi".into()), Labels::In("my".into())] {
                let columns = columns(include);
                let heads = heads(&columns, &labels);
                for answers in [&full, &Answers::new()] {
                    assert_eq!(row(&columns, &labels, ["", "", ""], answers).len(), heads.len());
                }
            }
        }
        let columns = columns(Include::Everything);
        let heads = heads(&columns, &Labels::Codes);
        let row = row(&columns, &Labels::Codes, ["2026-11-22", "vi", "h"], &full);
        let cell = |head: &str| row[heads.iter().position(|other| other == head).unwrap()].as_str();
        assert_eq!(cell("day"), "2026-11-22");
        assert_eq!((cell("deductions/rent"), cell("deductions/fines"), cell("deductions/_declined")), ("1", "0", "0"));
        assert_eq!((cell("treatment/sexual"), cell("treatment/_declined")), ("", "1"));
        assert_eq!((cell("hours_week"), cell("message"), cell("sector")), ("_unknown", "'=cmd", ""));
    }

    #[test]
    fn labels_are_words_of_the_language() {
        let columns = columns(Include::Ordinary);
        let labels = Labels::In("ja-easy".into());
        let answers =
            [("sector", Answer::Choice("farming".into())), ("hours_week", Answer::Declined)].into_iter().collect();
        let row = row(&columns, &labels, ["", "", ""], &answers);
        assert!(row.contains(&"農業".to_owned()) && row.contains(&"答えたくない".to_owned()), "{row:?}");
        assert!(heads(&columns, &labels).iter().all(|head| !head.contains(['{', '|', '\n'])));
    }
}
