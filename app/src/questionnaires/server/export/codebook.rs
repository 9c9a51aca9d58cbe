//! What the columns of the files mean, as a table: a line for each question, and one for each code that may be
//! answered to it, with the words of every language.
//!
//! The names of its own columns are the same in every language of the reader, like the codes in it: programs look
//! them up. Texts are those of the newest edition that has them.

use super::{
    cell::Cell,
    cells::{no_answer_in, no_answers},
    columns::{Column, Columns, Include, one_line},
};
use crate::{i18n::*, ui::reader::locale_of};
use form::{Kind, Published, Question};
use std::sync::Arc;

/// The table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Codebook {
    /// The heads: `question`, `column`, `kind`, `code`, `versions`, `sensitivity`, `ordinary`, `indicators`, then
    /// `question/<language>` and `choice/<language>` for each language.
    pub heads: Vec<String>,
    /// The lines, each with a cell for each head.
    pub lines: Vec<Vec<Cell>>,
}

/// One line, all but its texts.
struct Line<'c> {
    column: &'c Column,
    /// The head under which it stands in the files.
    head: String,
    kind: String,
    code: &'c str,
    versions: String,
}

impl Codebook {
    /// Of these editions, the newest first. It names all questions, also those whose answers stay out of ordinary
    /// files.
    #[must_use]
    pub fn of(editions: &[Arc<Published>]) -> Self {
        let mut languages: Vec<&str> = Vec::new();
        for language in editions.iter().flat_map(|edition| &edition.definition().languages) {
            if !languages.contains(&language.as_str()) {
                languages.push(language);
            }
        }
        let names = ["question", "column", "kind", "code", "versions", "sensitivity", "ordinary", "indicators"];
        let mut heads = names.map(str::to_owned).to_vec();
        for part in ["question/", "choice/"] {
            heads.extend(languages.iter().map(|language| [part, *language].concat()));
        }
        let mut lines: Vec<_> = FIRST_LINES.iter().map(|(name, kind)| first_line(name, kind, &languages)).collect();
        for column in Columns::of(editions, Include::Everything).iter() {
            lines.extend(lines_of(column, editions, &languages));
        }
        Self { heads, lines }
    }

    /// The same as records of CSV, without what a spreadsheet would run.
    pub fn into_records(self) -> impl Iterator<Item = Vec<String>> {
        let heads = self.heads.into_iter().map(Cell::Text).collect();
        std::iter::once(heads).chain(self.lines).map(|line| line.into_iter().map(Cell::into_csv).collect())
    }
}

/// What stands before the questions in every file.
const FIRST_LINES: [(&str, &str); 4] =
    [("_day", "date"), ("_language", "code"), ("_definition", "code"), ("_channel", "code")];

fn first_line(name: &str, kind: &str, languages: &[&str]) -> Vec<Cell> {
    let words = |locale: Locale| match name {
        "_day" => td_string!(locale, answers.codebook_day),
        "_language" => td_string!(locale, answers.codebook_language),
        "_definition" => td_string!(locale, answers.codebook_definition),
        _ => td_string!(locale, answers.codebook_channel),
    };
    let mut line = [name, name, kind].map(Cell::text).to_vec();
    line.extend([Cell::Empty, Cell::Empty, Cell::Empty, Cell::text("yes"), Cell::Empty]);
    line.extend(languages.iter().map(|tag| locale_of(tag).map_or(Cell::Empty, |locale| cell(words(locale)))));
    line.extend(languages.iter().map(|_| Cell::Empty));
    line
}

fn lines_of(column: &Column, editions: &[Arc<Published>], languages: &[&str]) -> Vec<Vec<Cell>> {
    let kind = match column.is_calculated {
        true => "calculation".to_owned(),
        false => column.kinds.iter().map(kind_name).collect::<Vec<_>>().join(" "),
    };
    let versions = |is_in: &dyn Fn(&Question) -> bool| {
        let of = |edition: &Arc<Published>| {
            let question = edition.definition().question(&column.name);
            let is_worked_out = edition.definition().calculation(&column.name).is_some();
            (is_worked_out || question.is_some_and(is_in)).then(|| edition.definition().version.clone())
        };
        editions.iter().filter_map(of).collect::<Vec<_>>().join(" ")
    };
    let indicators = indicators(column, editions);
    let line = |code, versions, texts: &dyn Fn(&str) -> String| {
        let head = match code {
            "" => column.name.clone(),
            code if column.has_choice_cells() => [&column.name, "/", code].concat(),
            _ => column.name.clone(),
        };
        Line { column, head, kind: kind.clone(), code, versions }.cells(&indicators, languages, texts)
    };
    let mut lines = vec![line("", versions(&|_| true), &|_| String::new())];
    for choice in &column.choices {
        let is_in = |question: &Question| question.kind.choices().iter().any(|other| other.code == choice.code);
        lines.push(line(&choice.code, versions(&is_in), &|tag| one_line(choice.label.get(tag))));
    }
    for code in no_answers(column) {
        let is_in = |question: &Question| match code {
            form::entry::DECLINED => question.may_decline,
            _ => question.may_not_know,
        };
        let words = |tag: &str| locale_of(tag).and_then(|locale| no_answer_in(locale, code)).unwrap_or_default();
        lines.push(line(code, versions(&is_in), &words));
    }
    lines
}

impl Line<'_> {
    fn cells(self, indicators: &str, languages: &[&str], choice: &dyn Fn(&str) -> String) -> Vec<Cell> {
        let column = self.column;
        let ordinary = if column.is_ordinary() { "yes" } else { "no" };
        let mut cells = vec![
            cell(&column.name),
            Cell::Text(self.head),
            Cell::Text(self.kind),
            cell(self.code),
            Cell::Text(self.versions),
            Cell::Number(column.sensitivity.into()),
            cell(ordinary),
            cell(indicators),
        ];
        cells.extend(languages.iter().map(|tag| cell(&one_line(column.label.get(tag)))));
        cells.extend(languages.iter().map(|tag| cell(&choice(tag))));
        cells
    }
}

/// A text, or nothing.
fn cell(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(form::ruby::plain(text)) }
}

fn indicators(column: &Column, editions: &[Arc<Published>]) -> String {
    let mut indicators: Vec<&str> = Vec::new();
    for edition in editions {
        let question = edition.definition().question(&column.name);
        for indicator in question.into_iter().flat_map(|question| &question.indicators) {
            if !indicators.contains(&indicator.as_str()) {
                indicators.push(indicator);
            }
        }
    }
    indicators.join(" ")
}

/// A kind as definitions name it.
fn kind_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::SelectOne { .. } => "select_one",
        Kind::SelectMultiple { .. } => "select_multiple",
        Kind::Integer { .. } => "integer",
        Kind::Decimal { .. } => "decimal",
        Kind::Text { .. } => "text",
        Kind::Date { .. } => "date",
        Kind::Time => "time",
        Kind::Acknowledge => "acknowledge",
        Kind::Note => "note",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(version: &str, questions: &str, languages: &str) -> Arc<Published> {
        let words = if languages.contains("vi") { r#"{"en":"T","vi":"T"}"# } else { r#"{"en":"T"}"# };
        let json = format!(
            r#"{{"format":2,"slug":"s","version":"{version}","languages":[{languages}],"title":{words},"purpose":{words},"questions":[{questions}]}}"#
        );
        Arc::new(Published::from_json(json.as_bytes()).unwrap())
    }

    #[test]
    fn every_code_has_its_line_with_the_versions_in_which_it_occurs() {
        let old = edition(
            "1",
            r#"{"name":"a","label":{"en":"Old A","vi":"A cũ"},"indicators":["debt"],"kind":{"type":"select_one","choices":[{"code":"x","label":{"en":"X","vi":"X vi"}}]}}"#,
            r#""en","vi""#,
        );
        let new = edition(
            "2",
            r#"{"name":"a","label":{"en":"A"},"may_decline":true,"sensitivity":3,"kind":{"type":"select_one","choices":[{"code":"x","label":{"en":"=X"}},{"code":"y","label":{"en":"Y"}}]}},
               {"name":"b","label":{"en":"B\n?"},"kind":{"type":"select_multiple","choices":[{"code":"z","label":{"en":"Z"}}]}}"#,
            r#""en""#,
        );
        let codebook = Codebook::of(&[new, old]);
        let records: Vec<Vec<String>> = codebook.into_records().collect();
        assert_eq!(
            records[0].join(" "),
            "question column kind code versions sensitivity ordinary indicators question/en question/vi choice/en choice/vi"
        );
        assert!(records.iter().all(|record| record.len() == records[0].len()));
        let lines: Vec<String> = records[5..].iter().map(|record| record.join("|")).collect();
        assert_eq!(
            lines,
            [
                "a|a|select_one||2 1|3|no|debt|A|A cũ||",
                "a|a|select_one|x|2 1|3|no|debt|A|A cũ|'=X|X vi",
                "a|a|select_one|y|2|3|no|debt|A|A cũ|Y|",
                "a|a|select_one|_declined|2|3|no|debt|A|A cũ|Prefers not to say|Không muốn trả lời",
                "b|b|select_multiple||2|0|yes||B ?|||",
                "b|b/z|select_multiple|z|2|0|yes||B ?||Z|",
            ]
        );
    }

    #[test]
    fn columns_of_the_files_are_all_in_it() {
        let json = include_bytes!("../seed/working-in-japan.json");
        let editions = [Arc::new(Published::from_json(json).unwrap())];
        let codebook = Codebook::of(&editions);
        let columns = Columns::of(&editions, Include::Everything);
        for head in super::super::cells::heads(&columns, &super::super::Labels::Codes) {
            assert!(codebook.lines.iter().any(|line| line[1] == Cell::Text(head.clone())), "{head}");
        }
    }
}
