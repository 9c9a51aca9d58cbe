//! What sign-in speaks of: roles, mail addresses, names and passphrases as typed by a person, and why one is refused.
//!
//! Nothing here touches a database or a clock. A [`Passphrase`] never prints itself.

use serde::Deserialize;
use unicode_normalization::UnicodeNormalization;

/// What an organizer may do: coordinators everything, assistants the daily work without the sensitive answers.
pub use super::server::entities::organizer::Role;

impl Role {
    /// All roles, in the order in which a form offers them.
    pub const ALL: [Self; 2] = [Self::Assistant, Self::Coordinator];

    /// The role as tables and forms write it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Coordinator => "coordinator",
            Self::Assistant => "assistant",
        }
    }

    /// The role a table or form names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == text)
    }
}

/// A mail address: ASCII, lower-case, at most 254 bytes. It is an organizer's name at the door, so that two
/// spellings must not be two people.
#[derive(Clone, PartialEq, Eq)]
pub struct EmailAddress(String);

/// An address belongs to a person; it is not for logs.
impl std::fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

impl EmailAddress {
    /// Reads what somebody typed: surrounding spaces, capitals and full-width letters are forgiven.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        // Whoever sends megabytes is not typing an address.
        if typed.len() > 1024 {
            return None;
        }
        let folded = typed.nfkc().collect::<String>().trim().to_ascii_lowercase();
        let (local, domain) = folded.split_once('@')?;
        let fits = !local.is_empty() && local.len() <= 64 && folded.len() <= 254;
        let local_holds =
            local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte));
        let domain_holds = domain
            .split('.')
            .all(|label| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
        (fits && local_holds && domain_holds).then_some(Self(folded))
    }

    /// The address as it is stored.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The most characters of an organizer's name.
pub const NAME_CHARS: usize = 100;

/// A person's name as colleagues read it: composed (NFC), trimmed, one line, 1 to [`NAME_CHARS`] characters.
#[must_use]
pub fn parse_name(typed: &str) -> Option<String> {
    if typed.len() > 4 * NAME_CHARS * 2 {
        return None;
    }
    let name = typed.nfc().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ");
    let holds = (1..=NAME_CHARS).contains(&name.chars().count()) && !name.chars().any(char::is_control);
    holds.then_some(name)
}

/// The fewest characters of a new passphrase.
pub const PASSPHRASE_MIN_CHARS: usize = 12;
/// The most characters of a passphrase; more would only cost the server time.
pub const PASSPHRASE_MAX_CHARS: usize = 256;

/// A passphrase as typed, composed (NFC) so that every keyboard gives the same bytes. Never printed, never stored.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "String")]
pub struct Passphrase(String);

impl std::fmt::Debug for Passphrase {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Passphrase(…)")
    }
}

impl From<String> for Passphrase {
    fn from(typed: String) -> Self {
        // Composition can make a text longer; a text this long is refused by its length anyhow.
        if typed.len() > 16 * PASSPHRASE_MAX_CHARS { Self(typed) } else { Self(typed.nfc().collect()) }
    }
}

/// Why a new passphrase is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PassphraseFault {
    /// Nothing was typed.
    Empty,
    /// Fewer than [`PASSPHRASE_MIN_CHARS`] characters.
    TooShort,
    /// More than [`PASSPHRASE_MAX_CHARS`] characters.
    TooLong,
    /// One that every attacker tries first.
    Common,
    /// The person's own mail address or name.
    Personal,
}

/// What attackers try first, of twelve characters and more, lower-case, without spaces and signs.
const COMMON: &str = include_str!("server/common_passphrases.txt");

impl Passphrase {
    /// The text, for hashing only.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is short enough to be worth hashing.
    #[must_use]
    pub fn is_within_bounds(&self) -> bool {
        self.0.chars().take(PASSPHRASE_MAX_CHARS + 1).count() <= PASSPHRASE_MAX_CHARS
    }

    /// Checks a new passphrase: its length, and that it is none of the first guesses. Which letters it is made of
    /// is the person's own business.
    ///
    /// # Errors
    /// The first reason against it.
    pub fn check_new(&self, email: &str, name: &str) -> Result<(), PassphraseFault> {
        if self.is_empty() {
            return Err(PassphraseFault::Empty);
        }
        if !self.is_within_bounds() {
            return Err(PassphraseFault::TooLong);
        }
        if self.0.chars().count() < PASSPHRASE_MIN_CHARS {
            return Err(PassphraseFault::TooShort);
        }
        let bare = bare(&self.0);
        if bare == bare_of(email) || bare == bare_of(name) {
            return Err(PassphraseFault::Personal);
        }
        if is_monotonous(&self.0) || COMMON.lines().any(|line| line == bare) {
            return Err(PassphraseFault::Common);
        }
        Ok(())
    }
}

/// Lower-case letters and digits only: "Pass-word 1234" is "password1234".
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The same for what is compared with; an empty name must not equal a passphrase of signs only.
fn bare_of(text: &str) -> String {
    let bare = bare(text);
    if bare.is_empty() { "\0".to_owned() } else { bare }
}

/// One or two different characters, or a run like "abcdefghijkl" and "210987654321".
fn is_monotonous(text: &str) -> bool {
    let chars: Vec<u32> = text.to_lowercase().chars().map(u32::from).collect();
    let mut distinct = chars.clone();
    distinct.sort_unstable();
    distinct.dedup();
    let runs = |step: u32| {
        chars.windows(2).all(|pair| {
            pair[0].wrapping_add(step) == pair[1]
                || (step == 1 && pair == [u32::from('9'), u32::from('0')])
                || (step != 1 && pair == [u32::from('0'), u32::from('9')])
        })
    };
    distinct.len() <= 2 || runs(1) || runs(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> Option<PassphraseFault> {
        Passphrase::from(text.to_owned()).check_new("hanako.yamada@example.org", "山田 花子です、よろしくね！").err()
    }

    #[test]
    fn passphrase_is_judged_by_length_and_first_guesses_only() {
        assert_eq!(fault(""), Some(PassphraseFault::Empty));
        assert_eq!(fault("elevenchars"), Some(PassphraseFault::TooShort));
        assert_eq!(fault("twelve chars"), None);
        assert_eq!(fault("雨の日は電車で行くつもりだ"), None);
        assert_eq!(fault(&"ab c".repeat(64)), None, "256 characters are allowed");
        assert_eq!(fault(&format!("{}!", "ab c".repeat(64))), Some(PassphraseFault::TooLong));
        assert_eq!(fault("Password 1234"), Some(PassphraseFault::Common));
        assert_eq!(fault("            "), Some(PassphraseFault::Common));
        assert_eq!(fault("123456789012"), Some(PassphraseFault::Common));
        assert_eq!(fault("ponmlkjihgfedcba"), Some(PassphraseFault::Common));
        assert_eq!(fault("abababababab"), Some(PassphraseFault::Common));
        assert_eq!(fault("Hanako.Yamada@Example.org"), Some(PassphraseFault::Personal));
        assert_eq!(fault("山田花子です　よろしくね"), Some(PassphraseFault::Personal));
    }

    #[test]
    fn common_list_is_written_as_it_is_compared() {
        for line in COMMON.lines() {
            assert_eq!(line, bare(line));
            assert!(line.chars().count() >= PASSPHRASE_MIN_CHARS, "{line} is refused by its length already");
        }
    }

    #[test]
    fn passphrase_is_the_same_from_every_keyboard() {
        let composed = Passphrase::from("tiếng việt của tôi".to_owned());
        let decomposed = Passphrase::from("tiếng việt của tôi".nfd().collect::<String>());
        assert_eq!(composed.reveal(), decomposed.reveal());
    }

    #[test]
    fn nothing_private_prints_itself() {
        let passphrase = Passphrase::from("correct horse battery".to_owned());
        assert_eq!(format!("{passphrase:?}"), "Passphrase(…)");
        let email = EmailAddress::parse("hanako@example.org").unwrap();
        assert_eq!(format!("{email:?}"), "EmailAddress(…)");
    }

    #[test]
    fn address_is_folded_to_one_spelling() {
        let same = |typed: &str| EmailAddress::parse(typed).map(|email| email.as_str().to_owned());
        assert_eq!(same(" Hanako@Example.ORG ").as_deref(), Some("hanako@example.org"));
        assert_eq!(same("ｈａｎａｋｏ＠ｅｘａｍｐｌｅ．ｏｒｇ").as_deref(), Some("hanako@example.org"));
        for wrong in ["", "hanako", "@example.org", "hanako@", "a@b@c", "a b@c.org", "a@b..org", "a@b\n.org", "a@例.jp"]
        {
            assert_eq!(same(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn name_is_one_trimmed_line() {
        assert_eq!(parse_name("  Nguyễn\tVăn \n An ").as_deref(), Some("Nguyễn Văn An"));
        assert_eq!(parse_name("   "), None);
        assert_eq!(parse_name("a\u{0}b"), None);
        assert_eq!(parse_name(&"あ".repeat(101)), None);
        assert!(parse_name(&"あ".repeat(100)).is_some());
    }

    #[test]
    fn roles_are_read_as_written() {
        for role in Role::ALL {
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
        assert_eq!(Role::parse("owner"), None);
    }
}
