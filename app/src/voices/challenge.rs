//! Opening once. Whether somebody can open what was sealed for them nobody knows before they did: they answer a challenge
//! that is sealed to the desk's key, so that only who has opened the key can.

use super::encoding::from_text;
use ::seal::{KEY_BYTES, PublicKey, SecretKey};

const PURPOSE: &[u8] = b"entaku/voice/1/drill";

/// Whose wrap it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder<'h> {
    /// A member's.
    Member(&'h str),
    /// Two trustees' together.
    Trustees(&'h str, &'h str),
}

impl Holder<'_> {
    /// As it is bound to a challenge.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Member(id) => ["member ", id].concat(),
            Self::Trustees(first, second) => ["trustees ", first, " ", second].concat(),
        }
    }
}

/// A challenge that holds a word. `None` if the key is none.
#[must_use]
pub fn pose(to: &PublicKey, holder: &Holder<'_>, word: &str, entropy: [u8; KEY_BYTES]) -> Option<Vec<u8>> {
    ::seal::seal(to, PURPOSE, holder.name().as_bytes(), word.as_bytes(), entropy)
}

/// The answer, by who has opened the key. `None` if the challenge is for another key or another holder.
#[must_use]
pub fn proof(key: &SecretKey, holder: &Holder<'_>, challenge: &str) -> Option<String> {
    let sealed = from_text(challenge)?;
    String::from_utf8(::seal::open(key, PURPOSE, holder.name().as_bytes(), &sealed).ok()?).ok()
}
