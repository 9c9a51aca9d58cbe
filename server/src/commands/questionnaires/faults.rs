//! What is wrong with a definition, in plain English sentences: whoever writes definitions reads them in a terminal.

use form::{Fault, FaultKind, publish};

/// One fault as a line: its place, and what is wrong there.
pub fn line(fault: &Fault) -> String {
    let place = if fault.place.is_empty() { "the file" } else { fault.place.as_str() };
    format!("{place}: {}", sentence(fault.kind))
}

fn sentence(kind: FaultKind) -> String {
    match kind {
        FaultKind::NotJson { line, column } => format!("This is not JSON: see line {line}, column {column}."),
        FaultKind::NotADefinition { line, column } => format!(
            "This is JSON, but no definition: near line {line}, column {column} a field is unknown, missing, there \
             twice or of another type."
        ),
        FaultKind::TooLarge => format!("A definition may have {} bytes at most.", publish::MAX_BYTES),
        FaultKind::UnsupportedFormat => format!("This program reads definitions of format {}.", form::FORMAT),
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
            "There is a control character, or a line break in a text of one line.".to_owned()
        }
        FaultKind::RangeReversed => "The smallest number is larger than the largest.".to_owned(),
        FaultKind::BadMaxBytes => "The most bytes of an answer are 1 to 2000.".to_owned(),
        FaultKind::BadSensitivity => "The sensitivity is 0, 1, 2 or 3.".to_owned(),
        FaultKind::FirstIsConditional => "The first question is always shown: it can have no condition.".to_owned(),
        FaultKind::UnknownQuestion => "The expression names a question that is not there.".to_owned(),
        FaultKind::ForwardReference => {
            "The expression looks at a question that comes later, or at its own where it may not.".to_owned()
        }
        FaultKind::UnknownCode => "The question does not offer this code.".to_owned(),
        FaultKind::TypeMismatch => {
            "The expression compares what cannot be compared, or asks a question without choices for a choice."
                .to_owned()
        }
        FaultKind::TooDeep => format!("The expression is nested deeper than {}.", form::MAX_DEPTH),
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
            "the file: This is not JSON: see line 3, column 7."
        );
        assert!(fault("", FaultKind::TooLarge).contains("1048576"));
    }
}
