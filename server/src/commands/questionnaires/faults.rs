//! What is wrong with a definition, in plain English sentences: whoever writes definitions reads them in a terminal.

use form::{Fault, FaultKind, publish};

/// One fault as a line: its place, and what is wrong there.
pub fn line(fault: &Fault) -> String {
    let place = if fault.place.is_empty() { "the file" } else { fault.place.as_str() };
    format!("{place}: {}", sentence(fault.kind))
}

fn sentence(kind: FaultKind) -> String {
    match kind {
        FaultKind::NotJson { line, column } => {
            format!("This is not JSON, or a key stands there twice: see line {line}, column {column}.")
        }
        FaultKind::UnknownField => "This field is not known here.".to_owned(),
        FaultKind::MissingField => "This field has to be there.".to_owned(),
        FaultKind::UnexpectedType => {
            "This is of another type: words for a number, a number that is not whole, null.".to_owned()
        }
        FaultKind::UnsupportedKind => "This kind of question is not supported: use select_one, select_multiple, \
             integer, decimal, text, date, time, acknowledge or note."
            .to_owned(),
        FaultKind::UnsupportedAppearance => "This appearance is not supported here: select_one knows minimal and \
             likert, integer scale, date month_year and year, a group field_list."
            .to_owned(),
        FaultKind::NotADay => "This is no day of the calendar, written YYYY-MM-DD.".to_owned(),
        FaultKind::TooLarge => format!("A definition may have {} bytes at most.", publish::MAX_BYTES),
        FaultKind::UnsupportedFormat => {
            format!("This program reads definitions of format {}.", form::DEFINITION_FORMAT)
        }
        FaultKind::BadSlug => {
            "A slug has small letters, digits and hyphens, 60 at most, and begins with a letter or digit.".to_owned()
        }
        FaultKind::BadVersion => {
            "A version has small letters, digits, dots, hyphens and underscores, 40 at most.".to_owned()
        }
        FaultKind::BadName => {
            "A name has small letters, digits and underscores, 40 at most, and begins with a letter.".to_owned()
        }
        FaultKind::BadCode => {
            "A code has small letters, digits, hyphens and underscores, 40 at most, and begins with a letter or digit."
                .to_owned()
        }
        FaultKind::Duplicate => "This is there twice.".to_owned(),
        FaultKind::Empty => "There must be at least one.".to_owned(),
        FaultKind::TooMany => format!("There may be {} at most.", publish::MAX_ITEMS),
        FaultKind::UnknownLanguage => {
            format!("This is none of the languages that can be used: {}.", form::names::LANGUAGES.join(", "))
        }
        FaultKind::UndeclaredLanguage => "There is a text in a language that \"languages\" does not name.".to_owned(),
        FaultKind::MissingText => "There is no text in this language.".to_owned(),
        FaultKind::BadRuby => {
            "The readings cannot be read: write {kanji|kana}, with kana alone behind the bar.".to_owned()
        }
        FaultKind::BareKanji => "There is a kanji without a reading: in easy Japanese write {kanji|kana}.".to_owned(),
        FaultKind::ControlCharacter => {
            "There is a control character, a line break in a text of one line, or a mark that turns the direction of \
             writing."
                .to_owned()
        }
        FaultKind::TooLong => {
            "A text has 4,000 bytes at most, 20,000 where it may have lines; an expression 4,000.".to_owned()
        }
        FaultKind::RangeReversed => {
            "The smallest number is larger than the largest, or the first day later than the last.".to_owned()
        }
        FaultKind::BoundTooLarge => "A bound lies between -1,000,000,000,000 and 1,000,000,000,000.".to_owned(),
        FaultKind::ScaleTooLong => "A scale has eleven steps at most.".to_owned(),
        FaultKind::NoteIsAnswered => "Nobody answers a note: it cannot be required, declined or marked.".to_owned(),
        FaultKind::UnknownGroup => "There is no group of this name.".to_owned(),
        FaultKind::GroupIsParted => "The questions of a group must follow each other.".to_owned(),
        FaultKind::BadMaxBytes => "The most bytes of an answer are 1 to 2000.".to_owned(),
        FaultKind::BadSensitivity => "The sensitivity is 0, 1, 2 or 3.".to_owned(),
        FaultKind::FirstIsConditional => "The first question is always shown: it can have no condition.".to_owned(),
        FaultKind::BadExpression { at } => format!("The expression cannot be read: see byte {at}."),
        FaultKind::UnsupportedFunction { at } => format!(
            "The function at byte {at} is not supported; there are {}.",
            form::Function::ALL.iter().map(|function| function.name()).collect::<Vec<_>>().join(", ")
        ),
        FaultKind::WrongArity { at } => format!("The function at byte {at} has too few or too many arguments."),
        FaultKind::UnknownQuestion => "The expression names a question that is not there.".to_owned(),
        FaultKind::ForwardReference => "The expression looks at a question that comes later.".to_owned(),
        FaultKind::Cycle => "What the expression looks at depends on the expression itself.".to_owned(),
        FaultKind::UnknownCode => "The question does not offer this code.".to_owned(),
        FaultKind::TypeMismatch => "The expression brings values together that do not go together.".to_owned(),
        FaultKind::ThisOutsideConstraint => {
            "The point means the question's own answer: only in a constraint.".to_owned()
        }
        FaultKind::TooDeep => format!("The expression is nested deeper than {}.", form::MAX_DEPTH),
        FaultKind::TooComplex => format!(
            "The expression has more than {} parts, those of the calculations that it names included.",
            publish::MAX_PARTS
        ),
        FaultKind::AnswersTooLarge => {
            "The longest answers together would not fit into one sending: allow shorter texts.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_a_place_and_a_sentence() {
        let fault = |place: &str, kind| line(&Fault { place: place.to_owned(), kind });
        assert_eq!(
            fault("questions/hours/label/vi", FaultKind::MissingText),
            "questions/hours/label/vi: There is no text in this language."
        );
        assert_eq!(
            fault("", FaultKind::NotJson { line: 3, column: 7 }),
            "the file: This is not JSON, or a key stands there twice: see line 3, column 7."
        );
        assert!(fault("", FaultKind::TooLarge).contains("1048576"));
    }
}
