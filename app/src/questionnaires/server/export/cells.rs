//! One answer as the cells of a row.
//!
//! Our convention, told on the page of the codebook: a question with several choices has one cell for each choice
//! (`question/code`: 1 chosen, 0 not) and one for each way of not answering (`question/_declined`); every other
//! question has one cell. An empty cell is a question that was not shown or has no answer.

use super::{
    cell::Cell,
    columns::{Column, Columns},
    rows::Row,
};
use crate::{i18n::*, ui::reader::locale_of};
use form::{Answer, entry};

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
    /// Our own words in that language; none for codes and for languages that this program does not speak.
    pub(super) fn locale(&self) -> Option<Locale> {
        match self {
            Self::Codes => None,
            Self::In(language) => locale_of(language),
        }
    }

    pub(super) fn question(&self, column: &Column) -> String {
        match self {
            Self::Codes => column.name.clone(),
            Self::In(language) => column.label_in(language),
        }
    }

    pub(super) fn choice(&self, column: &Column, code: &str) -> String {
        match self {
            Self::Codes => code.to_owned(),
            Self::In(language) => column.choice_in(code, language),
        }
    }

    /// "Prefers not to say" or "does not know"; the code where this program does not speak the language.
    fn no_answer(&self, code: &'static str) -> String {
        self.locale().and_then(|locale| no_answer_in(locale, code)).unwrap_or_else(|| code.to_owned())
    }

    fn part(&self, column: &Column, part: &str) -> String {
        let joint = if *self == Self::Codes { "/" } else { ": " };
        [self.question(column).as_str(), joint, part].concat()
    }

    /// The heads of a row's first cells: day, language, edition and channel.
    fn first_heads(&self) -> [String; 4] {
        match self.locale() {
            None => FIRST.map(str::to_owned),
            Some(locale) => [
                td_string!(locale, answers.col_day),
                td_string!(locale, answers.col_language),
                td_string!(locale, answers.col_edition),
                td_string!(locale, answers.col_channel),
            ]
            .map(form::ruby::plain),
        }
    }
}

/// The names of a row's first cells. No question can have them: names never begin with an underscore.
pub(super) const FIRST: [&str; 4] = ["_day", "_language", "_definition", "_channel"];

/// "Prefers not to say" or "does not know" in a language.
pub(super) fn no_answer_in(locale: Locale, code: &str) -> Option<String> {
    let words = match code {
        entry::DECLINED => td_string!(locale, answers.declined),
        entry::UNKNOWN => td_string!(locale, answers.unknown),
        _ => return None,
    };
    Some(form::ruby::plain(words))
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
    heads
}

/// The cells of one person's answers.
#[must_use]
pub fn row(columns: &Columns, labels: &Labels, row: &Row) -> Vec<Cell> {
    let channel = row.channel.as_deref().map_or(Cell::Empty, Cell::text);
    let mut cells = vec![Cell::Day(row.day), Cell::text(&row.language), Cell::text(&row.definition), channel];
    cells.extend(columns.iter().flat_map(|column| answer(column, labels, row.find(&column.name))));
    cells
}

/// The cells of one question.
fn answer(column: &Column, labels: &Labels, answer: Option<&Answer>) -> Vec<Cell> {
    let mut cells = Vec::new();
    if column.has_value_cell() {
        cells.push(value(column, labels, answer));
    }
    if column.has_choice_cells() {
        let chosen = match answer {
            Some(Answer::Choices(codes)) => Some(codes),
            _ => None,
        };
        let cell = |code: &String| chosen.map_or(Cell::Empty, |chosen| flag(chosen.contains(code)));
        cells.extend(column.choices.iter().map(|choice| cell(&choice.code)));
        cells.extend(no_answers(column).map(|code| no_answer_cell(answer, code)));
    }
    cells
}

/// The ways of not answering that a question offers.
pub(super) fn no_answers(column: &Column) -> impl Iterator<Item = &'static str> + use<> {
    let declined = column.may_decline.then_some(entry::DECLINED);
    let unknown = column.may_not_know.then_some(entry::UNKNOWN);
    declined.into_iter().chain(unknown)
}

fn no_answer_cell(answer: Option<&Answer>, code: &str) -> Cell {
    answer.map_or(Cell::Empty, |answer| flag(Column::is_answer(answer, code)))
}

fn flag(is_set: bool) -> Cell {
    Cell::Number(i64::from(is_set))
}

fn value(column: &Column, labels: &Labels, answer: Option<&Answer>) -> Cell {
    match answer {
        None | Some(Answer::Choices(_)) => Cell::Empty,
        Some(Answer::Choice(code)) => Cell::Text(labels.choice(column, code)),
        Some(Answer::Integer(number)) => Cell::Number(*number),
        Some(Answer::Decimal(number)) => Cell::Decimal(*number),
        Some(Answer::Time(time)) => Cell::Text((*time).into()),
        // A tick is the same in every language.
        Some(Answer::Acknowledged) => Cell::Number(1),
        Some(Answer::Date(day)) => Cell::Day(*day),
        Some(Answer::Text(text)) => Cell::text(text),
        Some(Answer::Declined) => Cell::Text(labels.no_answer(entry::DECLINED)),
        Some(Answer::Unknown) => Cell::Text(labels.no_answer(entry::UNKNOWN)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::questionnaires::server::export::Include;
    use form::{Answers, Published};
    use std::sync::Arc;

    fn columns(include: Include) -> Columns {
        let json = include_bytes!("../../../../../server/tests/it/questionnaires/short.json");
        Columns::of(&[Arc::new(Published::from_json(json).unwrap())], include)
    }

    /// The cells behind the first ones, as CSV.
    fn texts(columns: &Columns, labels: &Labels, answers: &Answers) -> Vec<String> {
        let cells = columns.iter().flat_map(|column| answer(column, labels, answers.get(&column.name)));
        cells.map(Cell::into_csv).collect()
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
                    assert_eq!(FIRST.len() + texts(&columns, &labels, answers).len(), heads.len());
                }
            }
        }
        let columns = columns(Include::Everything);
        let heads = heads(&columns, &Labels::Codes);
        assert_eq!(heads[..FIRST.len()], FIRST);
        let row = texts(&columns, &Labels::Codes, &full);
        let cell = |head: &str| row[heads.iter().position(|other| other == head).unwrap() - FIRST.len()].as_str();
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
        let row = texts(&columns, &labels, &answers);
        assert!(row.contains(&"農業".to_owned()) && row.contains(&"答えたくない".to_owned()), "{row:?}");
        assert!(heads(&columns, &labels).iter().all(|head| !head.contains(['{', '|', '\n'])));
    }
}
