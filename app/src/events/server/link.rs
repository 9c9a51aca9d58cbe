//! What leads to a registration: the secret of a personal link, and the short code that can be spoken.
//!
//! The secret is 128 random bits and has nothing to do with the code. The table holds it enciphered under a key of the
//! installation: later mails must write it again, and who steals the database has no link.

use crate::{
    error::AppError,
    server::{Context, error::internal, keys::Keys},
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};

/// The secret of a personal link. It never prints itself.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Link([u8; 16]);

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Link(…)")
    }
}

impl Link {
    /// A new one.
    ///
    /// # Errors
    /// [`AppError::Internal`] when the machine has no randomness to give.
    pub fn random() -> Result<Self, AppError> {
        random_bytes().map(Self)
    }

    /// What stands in an address, or nothing.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }

    /// As it stands in an address: 22 letters.
    #[must_use]
    pub fn reveal(self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// As it stands in a table.
    #[must_use]
    pub fn key(self, keys: &Keys) -> String {
        HEXLOWER.encode(&keys.veil_link(self.0))
    }

    /// The secret that a table holds.
    ///
    /// # Errors
    /// [`AppError::Internal`] if it holds none.
    pub fn of_key(keys: &Keys, key: &str) -> Result<Self, AppError> {
        let veiled = HEXLOWER.decode(key.as_bytes()).ok().and_then(|bytes| <[u8; 16]>::try_from(bytes).ok());
        veiled.map(|veiled| Self(keys.unveil_link(veiled))).ok_or_else(|| internal("a stored link is broken"))
    }
}

/// What a form carries so that it counts once, however often it is sent: 32 hex digits.
///
/// # Errors
/// [`AppError::Internal`] when the machine has no randomness to give.
pub fn new_attempt() -> Result<String, AppError> {
    random_bytes().map(|bytes| HEXLOWER.encode(&bytes))
}

/// Whether a form's field holds such.
#[must_use]
pub fn is_attempt(text: &str) -> bool {
    text.len() == 32 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// The letters of a code: no vowels, so that no code is a word, and nothing that is read as something else.
const LETTERS: &[u8; 24] = b"BCDFGHJKMNPQRTVWXYZ23467";

/// A new code: five letters and one that checks them, 24^5 of them in one event.
///
/// # Errors
/// [`AppError::Internal`] when the machine has no randomness to give.
pub fn new_code() -> Result<String, AppError> {
    let bytes: [u8; 16] = random_bytes()?;
    let mut number = u128::from_le_bytes(bytes);
    let mut code = String::with_capacity(6);
    for _ in 0..5 {
        code.push(char::from(LETTERS[(number % 24) as usize]));
        number /= 24;
    }
    code.push(check_letter(&code));
    Ok(code)
}

/// A code as somebody typed or spoke it: small letters, spaces and dashes are forgiven. `None` if it is none.
#[must_use]
pub fn parse_code(typed: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization as _;
    if typed.len() > 200 {
        return None;
    }
    let code: String = typed
        .nfkc()
        .flat_map(char::to_uppercase)
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | 'ー' | '−'))
        .collect();
    let is_code = code.len() == 6 && code.bytes().all(|byte| LETTERS.contains(&byte));
    let (body, check) = is_code.then(|| code.split_at(5))?;
    check.starts_with(check_letter(body)).then_some(code)
}

/// As it is printed: `BCD FGH`.
#[must_use]
pub fn spaced(code: &str) -> String {
    let (first, last) = code.split_at_checked(3).unwrap_or((code, ""));
    [first, " ", last].concat().trim_end().to_owned()
}

/// Weights that differ by what has no common part with 24, so that two letters that change places are noticed.
fn check_letter(body: &str) -> char {
    let weights = [1, 5, 7, 11, 13];
    let sum: usize = body
        .bytes()
        .zip(weights)
        .map(|(byte, weight)| LETTERS.iter().position(|letter| *letter == byte).unwrap_or(0) * weight)
        .sum();
    char::from(LETTERS[sum % 24])
}

/// What the square on a guest's page says: the code, and a mark that nobody can make up. It tells no name, and the
/// desk recognises it without a network.
#[must_use]
pub fn ticket(ctx: &Context, registration: &str, code: &str) -> String {
    let mark = ctx.keys().keyed_hash("ticket", [registration, code].concat().as_bytes());
    // 50 bits: ten letters that a square writes two by two.
    let mark = data_encoding::BASE32_NOPAD.encode(&mark[..7]);
    ["EN1-", code, "-", &mark[..10]].concat()
}

fn random_bytes() -> Result<[u8; 16], AppError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| internal("no randomness"))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn a_link_leads_back_and_only_with_the_secret() {
        let (ours, others) = (Keys::derive(&[7; 32]), Keys::derive(&[8; 32]));
        let link = Link::random().unwrap();
        assert_eq!(Link::parse(&link.reveal()), Some(link));
        assert_eq!(Link::of_key(&ours, &link.key(&ours)).unwrap(), link);
        assert_ne!(Link::of_key(&others, &link.key(&ours)).unwrap(), link);
        assert_ne!(link.key(&ours), HEXLOWER.encode(&link.0), "the table does not hold the secret");
        assert_eq!(format!("{link:?}"), "Link(…)");
        for wrong in ["", "abc", &"A".repeat(21), &"A".repeat(23), &"/".repeat(22), &"A".repeat(100_000)] {
            assert_eq!(Link::parse(wrong), None);
        }
    }

    #[test]
    fn a_code_is_understood_as_it_is_spoken_and_typed() {
        let code = new_code().unwrap();
        let typed = spaced(&code).to_lowercase();
        assert_eq!(parse_code(&typed), Some(code.clone()));
        assert_eq!(parse_code(&[" ", &typed.replace(' ', "ー"), "　"].concat()), Some(code.clone()));
        assert_eq!(code.len(), 6);
        let many: BTreeSet<String> = (0..500).map(|_| new_code().unwrap()).collect();
        assert!(many.len() > 495);
        assert!(many.iter().all(|code| parse_code(code).as_ref() == Some(code)));
    }

    #[test]
    fn a_slip_of_the_tongue_is_noticed() {
        let code = new_code().unwrap();
        for at in 0..5 {
            for letter in LETTERS {
                let mut other = code.clone().into_bytes();
                if other[at] != *letter {
                    other[at] = *letter;
                    assert_eq!(parse_code(&String::from_utf8(other).unwrap()), None, "{code} at {at}");
                }
            }
        }
        assert_eq!(parse_code(""), None);
        assert_eq!(parse_code("AEIOU1"), None);
    }
}
