//! One cell of a file, before it is known of which kind of file.

use form::{Day, Decimal};

/// What stands in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A whole number.
    Number(i64),
    /// A number with decimal places.
    Decimal(Decimal),
    /// A day.
    Day(Day),
    /// A text, also one that somebody typed: never a formula.
    Text(String),
}

impl Cell {
    /// A text of ours or of somebody's.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    /// As it is written in CSV.
    #[must_use]
    pub fn into_csv(self) -> String {
        match self {
            Self::Empty => String::new(),
            // Numbers and days are numbers and days: nothing a spreadsheet could run.
            Self::Number(number) => number.to_string(),
            Self::Decimal(number) => number.to_string(),
            Self::Day(day) => day.to_string(),
            Self::Text(text) => defused(text),
        }
    }
}

/// Whether a spreadsheet that reads or edits this text would take it for a formula. Full-width signs count too,
/// because Japanese and Chinese spreadsheets read them.
#[must_use]
pub fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

/// Such a text, made a text: CSV has no other way than an apostrophe in front.
fn defused(text: String) -> String {
    if is_formula(&text) { ["'", &text].concat() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_defused_and_numbers_stay() {
        for text in ["=1+1", "+81", "-1", "@a", "\tx", "\rx", "\nx", "＝1"] {
            assert_eq!(Cell::text(text).into_csv(), format!("'{text}"));
        }
        for text in ["", "a=1", "'=1", "1-2", "ありがとう"] {
            assert_eq!(Cell::text(text).into_csv(), text);
        }
        assert_eq!(Cell::Number(-5).into_csv(), "-5");
        assert_eq!(Cell::Day(Day::FIRST).into_csv(), "1900-01-01");
        assert_eq!(Cell::Empty.into_csv(), "");
    }
}
