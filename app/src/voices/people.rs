//! Who reads at the desk: their public keys, and that the root vouches for them. Whoever writes another key into the
//! database makes nobody believe it: both the server and the browsers of workers and members look at the signature.

use super::encoding::from_hex;
use ::seal::{
    PublicKey,
    voice::root::{Certificate, Subject},
};
use ed25519_dalek::VerifyingKey;
use form::Day;
use serde::{Deserialize, Serialize};

/// A member's public half. Keys are 64 hexadecimal digits, certificates 128, days `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Random; 32 hexadecimal digits.
    pub id: String,
    /// How workers know them.
    pub called: String,
    /// What checks their letters.
    pub sign_key: String,
    /// That the root vouches for it; empty while it has not.
    pub sign_certificate: String,
    /// To what keys are sealed for them.
    pub seal_key: String,
    /// That the root vouches for it; empty while it has not.
    pub seal_certificate: String,
    /// When they joined.
    pub joined_on: String,
    /// Until when the root vouches.
    pub until_day: String,
    /// Since when they read nothing new.
    pub left_on: Option<String>,
}

impl Person {
    /// Whether they are of the desk on a day, as far as the desk itself says.
    fn is_there(&self, day: Day) -> bool {
        match self.left_on.as_deref() {
            None => true,
            Some(left) => Day::parse(left).is_some_and(|left| day <= left),
        }
    }

    fn certificate<'p>(&self, site: &'p str, subject: Subject<'p>, key: [u8; 32]) -> Option<Certificate<'p>> {
        let from_day = days(Day::parse(&self.joined_on)?)?;
        Some(Certificate { site, subject, key, from_day, until_day: days(Day::parse(&self.until_day)?)? })
    }

    /// What checks a letter that they wrote on a day, if the root vouches for it and for that day.
    #[must_use]
    pub fn signs(&self, site: &str, root: &VerifyingKey, day: Day) -> Option<VerifyingKey> {
        let key = from_hex(&self.sign_key)?;
        let certificate = self.certificate(site, Subject::Member(&self.id, &self.called), key)?;
        let holds = self.is_there(day) && certificate.holds(root, &from_hex(&self.sign_certificate)?, days(day)?);
        VerifyingKey::from_bytes(&key).ok().filter(|_| holds)
    }

    /// To what a key may be sealed for them on a day, if the root vouches for it and for that day.
    #[must_use]
    pub fn opens(&self, site: &str, root: &VerifyingKey, day: Day) -> Option<PublicKey> {
        let key = from_hex(&self.seal_key)?;
        let certificate = self.certificate(site, Subject::MemberSeal(&self.id), key)?;
        let holds = self.left_on.is_none() && certificate.holds(root, &from_hex(&self.seal_certificate)?, days(day)?);
        holds.then_some(PublicKey::from_bytes(key))
    }

    /// The first digits of their signing key, as people read them to each other.
    #[must_use]
    pub fn digits(&self) -> String {
        digits(&self.sign_key)
    }
}

/// The first sixteen digits of a key in groups of four, as people read them to each other.
#[must_use]
pub fn digits(key: &str) -> String {
    let groups: Vec<&str> = (0..4).filter_map(|at| key.get(4 * at..4 * at + 4)).collect();
    groups.join("-")
}

/// Days since 1970-01-01, as certificates count them.
#[must_use]
pub fn days(day: Day) -> Option<u32> {
    u32::try_from(day.unix_days()).ok()
}
