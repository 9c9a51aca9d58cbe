//! The second factor, pure: six digits that follow from a secret and the time (RFC 6238, as authenticator apps make
//! them), and the recovery codes that take their place when the phone is lost.
//!
//! No database and no clock: the instant comes in. Secrets and codes never print themselves.

use crate::server::query::in_query;
use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Bytes of a secret: as many as the hash has.
pub const SECRET_BYTES: usize = 20;
/// A code is made for so long, in milliseconds.
pub const STEP_MS: i64 = 30_000;
/// So many steps early or late are forgiven: a phone's clock is rarely right to the second.
const DRIFT: i64 = 1;
/// How many digits a code has.
const DIGITS: usize = 6;
/// All codes there can be.
const CODES: u32 = 1_000_000;
/// How many recovery codes are made at a time.
pub const RECOVERY_CODES: usize = 10;
/// Letters of one: fifty random bits.
const RECOVERY_LETTERS: usize = 10;
/// Crockford's base 32: nothing is mistaken when it is copied by hand.
const LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// What the phone and the server both know.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<[u8; SECRET_BYTES]>);

/// Never shows it.
impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Secret {
    /// A new one. `None` when the machine has no randomness to give.
    #[must_use]
    pub fn random() -> Option<Self> {
        let mut bytes = Zeroizing::new([0; SECRET_BYTES]);
        getrandom::fill(&mut bytes[..]).ok()?;
        Some(Self(bytes))
    }

    /// The secret of these bytes, if they are as many as it has.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes, for sealing only.
    #[must_use]
    pub fn reveal(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }

    /// The secret for who types it into the app: base 32, four letters at a time.
    #[must_use]
    pub fn groups(&self) -> String {
        let letters = BASE32_NOPAD.encode(&self.0[..]);
        let groups = letters.as_bytes().chunks(4).map(|group| String::from_utf8_lossy(group));
        groups.collect::<Vec<_>>().join(" ")
    }

    /// The address that an app reads from a square; `site` and `email` are what it calls the entry.
    #[must_use]
    pub fn uri(&self, site: &str, email: &str) -> String {
        let (site, email, secret) = (in_query(site), in_query(email), BASE32_NOPAD.encode(&self.0[..]));
        format!(
            "otpauth://totp/{site}:{email}?secret={secret}&issuer={site}&algorithm=SHA1&digits={DIGITS}&period={}",
            STEP_MS / 1_000
        )
    }

    /// The step whose code this is, a step early or late forgiven. None up to `used` is taken any more, so that a code
    /// that somebody looked at over a shoulder is worth nothing once its owner has typed it.
    #[must_use]
    pub fn find_step(&self, typed: u32, now_ms: i64, used: Option<i64>) -> Option<i64> {
        let now = now_ms.div_euclid(STEP_MS);
        (now - DRIFT..=now + DRIFT)
            .filter(|step| used.is_none_or(|used| *step > used))
            .find(|step| self.code(*step) == Some(typed))
    }

    /// The code of a step, counted since 1970, as an app shows it (RFC 4226, section 5.3).
    #[must_use]
    pub fn code(&self, step: i64) -> Option<u32> {
        let mut mac = Hmac::<Sha1>::new_from_slice(&self.0[..]).ok()?;
        mac.update(&step.to_be_bytes());
        let hash = mac.finalize().into_bytes();
        let at = usize::from(hash.last()? & 0x0f);
        let word: [u8; 4] = hash.get(at..at + 4)?.try_into().ok()?;
        Some((u32::from_be_bytes(word) & 0x7fff_ffff) % CODES)
    }
}

/// A code for who has lost the phone: ten letters and digits, good once.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryCode(String);

/// Never shows it.
impl std::fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

impl RecoveryCode {
    /// As many new ones as there are at a time. `None` when the machine has no randomness to give.
    #[must_use]
    pub fn draw() -> Option<Vec<Self>> {
        (0..RECOVERY_CODES)
            .map(|_| {
                let mut bytes = [0; 8];
                getrandom::fill(&mut bytes).ok()?;
                Some(Self::of(u64::from_le_bytes(bytes)))
            })
            .collect()
    }

    /// The code of fifty bits.
    fn of(bits: u64) -> Self {
        let letters = (0..RECOVERY_LETTERS).map(|at| {
            let index = usize::try_from(bits >> (5 * at) & 31).unwrap_or_default();
            char::from(LETTERS[index])
        });
        Self(letters.collect())
    }

    /// The letters, for hashing only.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// As it is written down: two groups of five.
    #[must_use]
    pub fn groups(&self) -> String {
        let (first, second) = self.0.split_at(RECOVERY_LETTERS / 2);
        [first, "-", second].concat()
    }
}

/// What somebody typed where a code is asked for.
#[derive(Clone, PartialEq, Eq)]
pub enum Typed {
    /// The digits that a phone shows.
    Digits(u32),
    /// A recovery code.
    Recovery(RecoveryCode),
}

/// Only which of them it is.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Digits(_) => "Digits(…)",
            Self::Recovery(_) => "Recovery(…)",
        })
    }
}

impl Typed {
    /// Reads a code: full-width letters, spaces and hyphens are forgiven, small letters too. `None` if it can be none.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        if typed.len() > 256 {
            return None;
        }
        let bare: String = typed.nfkc().filter(|c| !is_filling(*c)).map(|c| c.to_ascii_uppercase()).collect();
        if bare.len() == DIGITS && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            return bare.parse().ok().map(Self::Digits);
        }
        // Who copied by hand may have read what no code holds.
        let letters: String = bare.chars().map(meant).collect();
        let is_code = letters.len() == RECOVERY_LETTERS && letters.bytes().all(|byte| LETTERS.contains(&byte));
        is_code.then_some(Self::Recovery(RecoveryCode(letters)))
    }
}

/// What may stand between the letters of a code: spaces, hyphens, and the long sound that Japanese keyboards give for one.
fn is_filling(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | 'ー')
}

fn meant(c: char) -> char {
    match c {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc() -> Secret {
        Secret::of(b"12345678901234567890").unwrap()
    }

    /// RFC 6238, appendix B, SHA-1: of its eight digits an app shows the last six.
    const VECTORS: [(i64, u32); 6] = [
        (59, 94_287_082),
        (1_111_111_109, 7_081_804),
        (1_111_111_111, 14_050_471),
        (1_234_567_890, 89_005_924),
        (2_000_000_000, 69_279_037),
        (20_000_000_000, 65_353_130),
    ];

    #[test]
    fn codes_are_those_of_the_standard() {
        for (seconds, eight) in VECTORS {
            assert_eq!(rfc().code(seconds * 1_000 / STEP_MS), Some(eight % CODES), "{seconds}");
        }
        // RFC 4226, appendix D.
        let counted: Vec<_> = (0..10).map(|step| rfc().code(step).unwrap()).collect();
        let expected = [755_224, 287_082, 359_152, 969_429, 338_314, 254_676, 287_922, 162_583, 399_871, 520_489];
        assert_eq!(counted, expected);
    }

    #[test]
    fn a_step_early_or_late_is_forgiven_and_no_more() {
        let (secret, now) = (rfc(), 1_795_316_400_000);
        let step = now / STEP_MS;
        for (late, found) in [(-2, false), (-1, true), (0, true), (1, true), (2, false)] {
            let typed = secret.code(step + late).unwrap();
            assert_eq!(secret.find_step(typed, now, None), found.then_some(step + late), "{late}");
        }
        assert_eq!(secret.find_step(secret.code(step).unwrap(), now + STEP_MS - 1, None), Some(step));
        assert_eq!(Secret::of(&[1; 20]).unwrap().find_step(secret.code(step).unwrap(), now, None), None);
    }

    #[test]
    fn a_code_works_once_and_none_before_it_after_it() {
        let (secret, now) = (rfc(), 1_795_316_400_000);
        let step = now / STEP_MS;
        let typed = |late: i64| secret.code(step + late).unwrap();
        assert_eq!(secret.find_step(typed(0), now, Some(step)), None);
        assert_eq!(secret.find_step(typed(-1), now, Some(step)), None);
        assert_eq!(secret.find_step(typed(1), now, Some(step)), Some(step + 1));
        assert_eq!(secret.find_step(typed(1), now, Some(step + 1)), None);
    }

    #[test]
    fn what_is_typed_is_read_as_it_is_meant() {
        let digits = Some(Typed::Digits(12_345));
        for typed in ["012345", " 012 345 ", "012-345", "０１２　３４５", "0 1 2 3 4 5", "０１２ー３４５"]
        {
            assert_eq!(Typed::parse(typed), digits, "{typed}");
        }
        let code = RecoveryCode::of(0x0003_1234_5678_9abc);
        assert_eq!(code.groups().len(), 11);
        for typed in [code.groups(), code.groups().to_lowercase(), code.groups().replace('-', " "), code.0.clone()] {
            assert_eq!(Typed::parse(&typed), Some(Typed::Recovery(code.clone())), "{typed}");
        }
        assert_eq!(Typed::parse("o1il2-abcde"), Typed::parse("01112-ABCDE"));
        assert!(Typed::parse("o1il2-abcde").is_some());
        for wrong in ["", "12345", "1234567", "abcdef", "ABCDE-ABCDU", "ABCDE-ABCD", "１２３４５あ", &"1".repeat(1_000)]
        {
            assert_eq!(Typed::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn apps_are_told_what_they_need() {
        let secret = rfc();
        assert_eq!(secret.groups(), "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ");
        assert_eq!(
            secret.uri("Entaku entaku.example", "a+b@example.org"),
            "otpauth://totp/Entaku%20entaku%2Eexample:a%2Bb%40example%2Eorg?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=Entaku%20entaku%2Eexample&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn recovery_codes_differ_and_nothing_prints_itself() {
        let codes = RecoveryCode::draw().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        assert!(codes.iter().enumerate().all(|(at, code)| !codes[..at].contains(code)));
        assert!(codes.iter().all(|code| Typed::parse(&code.groups()) == Some(Typed::Recovery(code.clone()))));
        let typed = Typed::parse("123456").unwrap();
        let printed = format!("{:?} {:?} {typed:?} {:?}", rfc(), codes[0], Typed::Recovery(codes[0].clone()));
        assert_eq!(printed, "Secret(…) RecoveryCode(…) Digits(…) Recovery(…)");
        assert_ne!(Secret::random(), Secret::random());
        assert_eq!(Secret::of(&[0; 19]), None);
    }
}
