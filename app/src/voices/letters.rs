//! What was written and answered, opened with the case key. The same on the server, for who came without script, in the
//! browser of a worker and in that of a member of the desk.

use super::{
    encoding::{from_hex, from_text, to_text},
    people::Person,
};
use ::seal::{
    SecretKey,
    voice::{
        envelope::{CaseId, Envelope, Path, Role},
        message::Message,
    },
};
use ed25519_dalek::VerifyingKey;
use form::Day;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// One letter, read. Its `Debug` tells no word of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Which of the voice, from 1.
    pub number: u32,
    /// Who wrote it.
    pub role: Role,
    /// Where it was sealed.
    pub path: Path,
    /// On which day.
    pub day: Day,
    /// How workers know the member of the desk who signed it.
    pub by: Option<String>,
    /// What stands in it.
    pub message: Message,
}

/// One as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Which of the voice the table says it is.
    pub number: u32,
    /// The envelope; empty for what is none.
    pub envelope: Vec<u8>,
    /// On which day it came.
    pub day: Day,
}

/// The same as calls carry it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedLetter {
    /// Which of the voice.
    pub number: u32,
    /// Base 64.
    pub envelope: String,
    /// On which day it came, `YYYY-MM-DD`.
    pub day: String,
}

impl From<Stored> for SealedLetter {
    fn from(stored: Stored) -> Self {
        Self { number: stored.number, envelope: to_text(&stored.envelope), day: String::from(stored.day) }
    }
}

impl SealedLetter {
    /// As it is stored; `None` if the day is none.
    #[must_use]
    pub fn stored(&self) -> Option<Stored> {
        let envelope = from_text(&self.envelope).unwrap_or_default();
        Some(Stored { number: self.number, envelope, day: Day::parse(&self.day)? })
    }
}

/// Keys as calls carry them, 64 hexadecimal digits each; what is none is left out.
#[must_use]
pub fn keys(texts: &[String]) -> Vec<VerifyingKey> {
    texts.iter().filter_map(|text| VerifyingKey::from_bytes(&from_hex(text)?).ok()).collect()
}

/// By whom letters may be signed.
#[derive(Clone, Copy, Debug)]
pub struct Signers<'s> {
    /// The installation.
    pub site: &'s str,
    /// Who vouches for the members.
    pub root: &'s VerifyingKey,
    /// The worker's keys, newest first.
    pub worker: &'s [VerifyingKey],
    /// The members.
    pub people: &'s [Person],
}

/// Opens letters. So many of `count` are doubtful: missing, or not what who is said to have written them signed; they are
/// not shown, and that is said.
#[must_use]
pub fn read(
    signers: &Signers<'_>,
    case: CaseId,
    key: &SecretKey,
    count: usize,
    stored: &[Stored],
) -> (Vec<Letter>, usize) {
    let mut letters: Vec<Letter> = Vec::with_capacity(stored.len());
    for letter in stored.iter().filter_map(|stored| open(signers, case, key, stored)) {
        // One number twice would hide that another one is missing.
        if letters.iter().all(|other| other.number != letter.number) {
            letters.push(letter);
        }
    }
    letters.sort_by_key(|letter| letter.number);
    let doubtful = count.max(stored.len()) - letters.len();
    (letters, doubtful)
}

fn open(signers: &Signers<'_>, case: CaseId, key: &SecretKey, stored: &Stored) -> Option<Letter> {
    let envelope = Envelope::read(&stored.envelope).ok()?;
    if envelope.case != case || envelope.number != stored.number {
        return None;
    }
    let opened = Zeroizing::new(envelope.open(signers.site, key)?);
    let frame = envelope.frame(signers.site);
    let (message, by) = match envelope.role {
        Role::Worker => (Message::read(&opened, &frame, signers.worker)?.0, None),
        Role::Desk | Role::Share => {
            let vouched = signers.people.iter().filter_map(|person| {
                Some((person.called.clone(), person.signs(signers.site, signers.root, stored.day)?))
            });
            let (called, signing): (Vec<_>, Vec<_>) = vouched.unzip();
            let (message, who) = Message::read(&opened, &frame, &signing)?;
            (message, called.into_iter().nth(who))
        }
    };
    Some(Letter { number: envelope.number, role: envelope.role, path: envelope.path, day: stored.day, by, message })
}
