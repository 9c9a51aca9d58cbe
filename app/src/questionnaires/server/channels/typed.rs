//! What organizers type to make a channel, and what is wrong with it.

use crate::{error::AppError, server::error::internal};
use unicode_normalization::UnicodeNormalization;

/// The fewest characters of a code.
pub const CODE_MIN: usize = 2;
/// The most characters of a code: it stands in an address that people may have to type.
pub const CODE_MAX: usize = 20;
/// The most characters of a name.
pub const NAME_MAX_CHARS: usize = 60;

/// Characters of a code that is made up: none that looks like another on paper, and five of them are 28 million.
const ALPHABET: &[u8; 31] = b"abcdefghjkmnpqrstuvwxyz23456789";
const PROPOSED_LENGTH: usize = 5;

/// The code of a channel: lower-case letters, digits and hyphens, neither first nor last a hyphen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelCode(String);

/// What organizers call a channel: composed (NFC), trimmed, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChannelName(String);

/// Why a channel cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It has no name.
    NameMissing,
    /// Its name has more than [`NAME_MAX_CHARS`] characters.
    NameTooLong,
    /// Another channel of this questionnaire has the name.
    NameTaken,
    /// Its code has not the form of one.
    CodeWrong,
    /// Another channel of this questionnaire has the code, or had it once.
    CodeTaken,
    /// There are as many channels as there may be.
    TooMany,
}

impl ChannelCode {
    /// The code, if the text is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let holds = (CODE_MIN..=CODE_MAX).contains(&text.len())
            && text.bytes().all(is_inner)
            && !text.starts_with('-')
            && !text.ends_with('-');
        holds.then(|| Self(text.to_owned()))
    }

    /// What an organizer typed: large letters and spaces around it are forgiven; `None` for nothing typed.
    ///
    /// # Errors
    /// [`Fault::CodeWrong`].
    pub fn typed(text: &str) -> Result<Option<Self>, Fault> {
        let text = text.trim().to_ascii_lowercase();
        if text.is_empty() {
            return Ok(None);
        }
        Self::parse(&text).map(Some).ok_or(Fault::CodeWrong)
    }

    /// One that means nothing, so that it tells nobody anything.
    ///
    /// # Errors
    /// When the system has no random numbers.
    pub fn propose() -> Result<Self, AppError> {
        let mut bytes = [0_u8; PROPOSED_LENGTH];
        getrandom::fill(&mut bytes).map_err(|_| internal("no random numbers"))?;
        Ok(Self(bytes.iter().map(|byte| char::from(ALPHABET[usize::from(*byte) % ALPHABET.len()])).collect()))
    }

    /// The characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ChannelName {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, Fault> {
        if typed.len() > NAME_MAX_CHARS * 16 {
            return Err(Fault::NameTooLong);
        }
        let composed = typed.nfc().map(|letter| if letter.is_control() { ' ' } else { letter }).collect::<String>();
        let name = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        match name.chars().count() {
            0 => Err(Fault::NameMissing),
            1..=NAME_MAX_CHARS => Ok(Self(name)),
            _ => Err(Fault::NameTooLong),
        }
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_short_and_need_no_escaping() {
        for good in ["ab", "union-2026", "7eleven", &"a".repeat(20)] {
            assert!(ChannelCode::parse(good).is_some(), "{good}");
            assert!(form::names::is_code(good), "a payload takes {good}");
        }
        for bad in ["", "a", "-ab", "ab-", "A1", "a b", "a_b", "ポスター", "a/b", "a%2f", &"a".repeat(21)] {
            assert!(ChannelCode::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn typed_codes_are_forgiven_their_case() {
        let typed = |text| ChannelCode::typed(text).map(|code| code.map(|code| code.0));
        assert_eq!(typed(" Union-1 "), Ok(Some("union-1".to_owned())));
        assert_eq!(typed("  "), Ok(None));
        assert_eq!(typed("a b"), Err(Fault::CodeWrong));
    }

    #[test]
    fn proposed_codes_are_codes_and_differ() {
        let proposed: Vec<_> = (0..50).map(|_| ChannelCode::propose().unwrap()).collect();
        assert!(proposed.iter().all(|code| ChannelCode::parse(code.as_str()).as_ref() == Some(code)));
        assert!(proposed.windows(2).any(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn names_are_one_line() {
        let name = |typed: &str| ChannelName::parse(typed).map(|name| name.0);
        assert_eq!(name(" 組合の\nポスター\u{0} "), Ok("組合の ポスター".to_owned()));
        assert_eq!(name(" \t"), Err(Fault::NameMissing));
        assert_eq!(name(&"あ".repeat(61)), Err(Fault::NameTooLong));
        assert_eq!(name(&"x".repeat(100_000)), Err(Fault::NameTooLong));
    }
}
