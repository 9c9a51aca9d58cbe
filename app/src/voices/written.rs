//! What a worker types, read with patience. Nothing here touches a database; nothing here prints what was typed.

use ::seal::voice::message::Message;
use zeroize::Zeroize as _;

/// The most bytes of a message as it is sealed: it fits the largest envelope with everything around it.
pub const TEXT_BYTES: usize = 48 * 1024;
/// The most characters of an employer's name.
pub const EMPLOYER_CHARS: usize = 200;

/// What it can be about; a picture and a word each.
pub const TOPICS: [&str; 8] = ["wages", "hours", "safety", "violence", "dismissal", "housing", "papers", "other"];

/// Why a field is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Nothing is there, and nothing was chosen either.
    Missing,
    /// It is longer than one message can be.
    TooLong,
}

/// What somebody wrote. Its `Debug` tells no word of it, and it is wiped when it goes.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Written {
    /// What it is about: one of [`TOPICS`], or nothing.
    pub topic: String,
    /// The employer, if they gave one.
    pub employer: String,
    /// What happened.
    pub text: String,
}

impl std::fmt::Debug for Written {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Written").finish_non_exhaustive()
    }
}

impl Drop for Written {
    fn drop(&mut self) {
        for text in [&mut self.topic, &mut self.employer, &mut self.text] {
            text.zeroize();
        }
    }
}

impl Written {
    /// Takes what stands in the fields, composed by the caller (NFC): without spaces around, lines kept. A topic that nobody
    /// offered is none.
    #[must_use]
    pub fn of(topic: &str, employer: &str, text: &str) -> Self {
        let topic = TOPICS.into_iter().find(|known| *known == topic).unwrap_or_default();
        let employer: String = employer.split_whitespace().collect::<Vec<_>>().join(" ");
        let text = text.replace("\r\n", "\n");
        Self { topic: topic.to_owned(), employer, text: text.trim().to_owned() }
    }

    /// Whether a letter says exactly this.
    #[must_use]
    pub fn is(&self, letter: &Message) -> bool {
        letter.topic == self.topic && letter.employer == self.employer && letter.text == self.text
    }

    /// What is wrong with it, by field. Who only chose what it is about has said enough to be answered.
    #[must_use]
    pub fn faults(&self) -> Vec<(&'static str, Fault)> {
        let mut faults = Vec::new();
        if self.text.is_empty() && self.topic.is_empty() {
            faults.push(("text", Fault::Missing));
        }
        if self.text.len() > TEXT_BYTES {
            faults.push(("text", Fault::TooLong));
        }
        if self.employer.chars().count() > EMPLOYER_CHARS {
            faults.push(("employer", Fault::TooLong));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choosing_is_saying_something() {
        assert_eq!(Written::of("", "", " \r\n ").faults(), [("text", Fault::Missing)]);
        assert_eq!(Written::of("wages", "", "").faults(), []);
        assert_eq!(Written::of("", "", "残業代").faults(), []);
        assert_eq!(Written::of("somebody else's", "", "").faults(), [("text", Fault::Missing)]);
    }

    #[test]
    fn what_is_too_long_says_where() {
        let faults = Written::of("", &"ア".repeat(EMPLOYER_CHARS + 1), &"a".repeat(TEXT_BYTES + 1)).faults();
        assert_eq!(faults, [("text", Fault::TooLong), ("employer", Fault::TooLong)]);
        assert!(Written::of("", &"ア".repeat(EMPLOYER_CHARS), &"a".repeat(TEXT_BYTES)).faults().is_empty());
    }

    #[test]
    fn spaces_go_and_lines_stay() {
        let written = Written::of("other", "  Red \t Factory ", " が\r\n二 ");
        assert_eq!((written.employer.as_str(), written.text.as_str()), ("Red Factory", "が\n二"));
        assert_eq!(format!("{written:?}"), "Written { .. }");
    }
}
