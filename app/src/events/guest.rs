//! What a guest types, read with patience: wide letters and digits, a country code, one name or five.
//!
//! Nothing here touches a database. What must stay true: whatever a person can reasonably type is taken, what is
//! refused says why, and two spellings of one person have one [`key`](Typed::name_key).

use crate::auth::types::EmailAddress;
use unicode_normalization::UnicodeNormalization;

/// The most characters of a name or an organisation.
pub const NAME_CHARS: usize = 100;
/// The most characters of what somebody needs to take part.
pub const NEEDS_CHARS: usize = 500;
/// The most bytes of a field that are looked at.
const MOST_BYTES: usize = 8 * 1024;

/// A name, an organisation, a reading: one line, composed, at least one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line(String);

/// Why a field is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// Nothing is there.
    Missing,
    /// It is longer than it may be.
    TooLong,
    /// There is no letter in it, or a sign that belongs into no text.
    NotText,
    /// A reading holds something else than kana or letters.
    NotKana,
    /// There are letters in a number to call.
    PhoneLetters,
    /// It has fewer or more digits than any number to call.
    PhoneDigits,
    /// It is no mail address.
    NotEmail,
}

impl Line {
    /// Reads a line of at most [`NAME_CHARS`] characters; nothing typed is nothing.
    ///
    /// # Errors
    /// [`Fault::TooLong`], [`Fault::NotText`].
    pub fn optional(typed: &str) -> Result<Option<Self>, Fault> {
        if typed.len() > MOST_BYTES {
            return Err(Fault::TooLong);
        }
        let line = typed.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return Ok(None);
        }
        if line.chars().count() > NAME_CHARS {
            return Err(Fault::TooLong);
        }
        // One letter is a name; an emoji alone, or only dots, is not.
        let is_text = line.chars().any(char::is_alphanumeric) && !line.chars().any(is_unseen);
        if is_text { Ok(Some(Self(line))) } else { Err(Fault::NotText) }
    }

    /// The same where something must be there.
    ///
    /// # Errors
    /// [`Fault::Missing`] too.
    pub fn required(typed: &str) -> Result<Self, Fault> {
        Self::optional(typed)?.ok_or(Fault::Missing)
    }

    /// Reads a reading: kana of either kind and width, spaces, or Latin letters. It is stored in hiragana's order, as
    /// katakana is folded only to compare.
    ///
    /// # Errors
    /// [`Fault::NotKana`] too.
    pub fn reading(typed: &str) -> Result<Option<Self>, Fault> {
        let Some(Self(line)) = Self::optional(typed)? else { return Ok(None) };
        let line: String = line.nfkc().collect();
        let fits = line.chars().all(|c| is_kana(c) || c.is_whitespace() || "・･'’-".contains(c) || is_latin(c));
        if fits { Ok(Some(Self(line))) } else { Err(Fault::NotKana) }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text itself.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

/// A number to call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    written: String,
    digits: String,
}

impl Phone {
    /// Reads a number however it is written: wide digits, brackets, dashes of any kind, `+81`. Nothing typed is nothing.
    ///
    /// # Errors
    /// [`Fault::PhoneLetters`], [`Fault::PhoneDigits`].
    pub fn optional(typed: &str) -> Result<Option<Self>, Fault> {
        if typed.len() > MOST_BYTES {
            return Err(Fault::PhoneDigits);
        }
        let line: String = typed.nfkc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
        if line.is_empty() {
            return Ok(None);
        }
        // An extension may follow in words: "03-1234-5678 ext. 12", "内線 12".
        let (number, rest) = line.split_at(line.find(is_extension).unwrap_or(line.len()));
        if number.chars().any(|c| c.is_alphabetic() && !is_long_dash(c)) {
            return Err(Fault::PhoneLetters);
        }
        let digits = digits_of(number);
        if !(8..=15).contains(&digits.len()) || rest.chars().count() > 20 {
            return Err(Fault::PhoneDigits);
        }
        Ok(Some(Self { written: line, digits }))
    }

    /// The same where one must be there.
    ///
    /// # Errors
    /// [`Fault::Missing`] too.
    pub fn required(typed: &str) -> Result<Self, Fault> {
        Self::optional(typed)?.ok_or(Fault::Missing)
    }

    /// As they wrote it, narrow.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.written
    }

    /// Its digits, `+81` as `0`: what two spellings have in common.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.digits
    }
}

/// The digits of a number, Japan's country code written as people do at home.
fn digits_of(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let is_international = number.trim_start().starts_with('+') || digits.starts_with("0081");
    match digits.trim_start_matches("00").strip_prefix("81").filter(|_| is_international) {
        // "+81 (0)3 …" has the zero already.
        Some(rest) => ["0", rest.trim_start_matches('0')].concat(),
        None => digits,
    }
}

/// A sign of Japanese that people type for a dash.
const fn is_long_dash(c: char) -> bool {
    matches!(c, 'ー' | '一' | '−' | 'ｰ')
}

fn is_extension(c: char) -> bool {
    matches!(c, '内' | 'e' | 'E' | 'x' | 'X' | '#')
}

/// A mail address.
///
/// # Errors
/// [`Fault::NotEmail`].
pub fn email(typed: &str) -> Result<Option<EmailAddress>, Fault> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    EmailAddress::parse(typed).map(Some).ok_or(Fault::NotEmail)
}

/// What somebody needs to take part: several lines.
///
/// # Errors
/// [`Fault::TooLong`], [`Fault::NotText`].
pub fn needs(typed: &str) -> Result<Option<String>, Fault> {
    if typed.len() > MOST_BYTES {
        return Err(Fault::TooLong);
    }
    let text = typed.nfc().collect::<String>().replace("\r\n", "\n");
    let text = text.trim();
    match text.chars().count() {
        0 => Ok(None),
        count if count > NEEDS_CHARS => Err(Fault::TooLong),
        _ if text.chars().any(|c| c != '\n' && c != '\t' && is_unseen(c)) => Err(Fault::NotText),
        _ => Ok(Some(text.to_owned())),
    }
}

/// A sign that nobody sees and no name needs: controls, marks that turn the direction of writing.
fn is_unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffd}')
}

const fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{309d}' | '\u{309e}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}')
}

const fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | '\u{300}'..='\u{36f}')
}

/// A text without the differences that people do not mean: width, case, spaces, the kind of kana, dots between names.
/// Two texts that say the same have the same key; it is stored beside the text to be looked for.
#[must_use]
pub fn key(text: &str) -> String {
    let folded = text.nfkc().flat_map(char::to_lowercase).filter_map(|c| match c {
        '・' | '.' | ',' | '\'' | '’' | '-' | '‐' | '·' => None,
        _ if c.is_whitespace() => None,
        '\u{30a1}'..='\u{30f6}' => char::from_u32(u32::from(c) - 0x60),
        _ => Some(c),
    });
    folded.nfc().collect()
}

/// Kinds of organisation that a form offers, as they are stored; their words are `registrations.kind_*`.
pub const KINDS: [&str; 8] = ["company", "union", "ngo", "lawyer", "government", "school", "media", "person"];

/// Everything of one guest, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The name.
    pub name: Line,
    /// Its reading.
    pub reading: Option<Line>,
    /// The organisation.
    pub organisation: Option<Line>,
    /// The number to call.
    pub phone: Option<Phone>,
    /// Where mails go.
    pub email: Option<EmailAddress>,
    /// The kind of organisation, one of [`KINDS`].
    pub kind: Option<&'static str>,
    /// What they need.
    pub needs: Option<String>,
    /// Answers to the organizers' own questions, as payload JSON.
    pub answers: Option<String>,
}

impl Typed {
    /// What two spellings of the name have in common.
    #[must_use]
    pub fn name_key(&self) -> String {
        key(self.name.as_str())
    }

    /// The phone's digits; empty without one.
    #[must_use]
    pub fn phone_key(&self) -> String {
        self.phone.as_ref().map(|phone| phone.key().to_owned()).unwrap_or_default()
    }

    /// The address as it is compared.
    #[must_use]
    pub fn email_key(&self) -> Option<String> {
        self.email.as_ref().map(|email| email.as_str().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_what_people_are_called() {
        for (typed, stored) in [
            ("A", "A"),
            ("  Nguyễn   Văn A ", "Nguyễn Văn A"),
            ("山田　太郎", "山田 太郎"),
            ("Suharto", "Suharto"),
            ("O’Brien-Smith, Jr.", "O’Brien-Smith, Jr."),
            ("=HYPERLINK(\"x\")", "=HYPERLINK(\"x\")"),
            ("👩‍🏭 Red One", "👩‍🏭 Red One"),
        ] {
            assert_eq!(Line::required(typed).map(Line::into_string), Ok(stored.to_owned()));
        }
        assert_eq!(Line::required(" \u{3000}"), Err(Fault::Missing));
        for wrong in ["👩‍🏭", "...", "a\u{0}b", "abc\u{202e}def"] {
            assert_eq!(Line::required(wrong), Err(Fault::NotText), "{wrong:?}");
        }
        assert_eq!(Line::required(&"x".repeat(101)), Err(Fault::TooLong));
        assert_eq!(Line::required(&"名".repeat(5_000)), Err(Fault::TooLong));
    }

    #[test]
    fn a_reading_is_kana_of_any_kind() {
        for typed in ["やまだ たろう", "ヤマダ・タロウ", "ﾔﾏﾀﾞ", "Yamada", "グエン"] {
            assert!(Line::reading(typed).unwrap().is_some(), "{typed}");
        }
        assert_eq!(Line::reading("ﾔﾏﾀﾞ").unwrap().unwrap().as_str(), "ヤマダ");
        assert_eq!(Line::reading(""), Ok(None));
        assert_eq!(Line::reading("山田"), Err(Fault::NotKana));
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for typed in [
            "03-1234-5678",
            "０３－１２３４－５６７８",
            "+81 3 1234 5678",
            "+81(0)3-1234-5678",
            "0081 3 12345678",
            "03ー1234ー5678",
            "(03) 1234 5678",
            "03-1234-5678 内線 12",
            "03-1234-5678 ext. 12",
        ] {
            assert_eq!(Phone::required(typed).as_ref().map(Phone::key), Ok("0312345678"), "{typed}");
        }
        assert_eq!(Phone::required("+84 912 345 678").unwrap().key(), "84912345678");
        assert_eq!(Phone::optional(" "), Ok(None));
        assert_eq!(Phone::required(""), Err(Fault::Missing));
        for (typed, fault) in [
            ("call me", Fault::PhoneLetters),
            ("0120-ASK-ME", Fault::PhoneLetters),
            ("1234", Fault::PhoneDigits),
            ("1234567890123456", Fault::PhoneDigits),
            ("----", Fault::PhoneDigits),
        ] {
            assert_eq!(Phone::optional(typed), Err(fault), "{typed}");
        }
    }

    #[test]
    fn one_person_has_one_key() {
        for (one, other) in [
            ("山田 太郎", "山田太郎"),
            ("YAMADA Taro", "yamada　taro"),
            ("ヤマダ", "やまだ"),
            ("ﾔﾏﾀﾞ", "ヤマダ"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("Jean-Luc O'Neil", "Jean Luc ONeil"),
        ] {
            assert_eq!(key(one), key(other), "{one}");
        }
        assert_ne!(key("Nguyễn"), key("Nguyen"), "another name");
    }
}
