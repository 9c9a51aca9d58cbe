//! The root: a signing key that is kept offline. Its public half is part of an installation's configuration and stands, as
//! a short fingerprint, on posters; what it has signed cannot be swapped by anybody who only has the server.

use super::{bytes::Writer, is_signed, label, sign};
use ed25519_dalek::{SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// For what a key is vouched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'s> {
    /// The desk's key of a quarter: to this, voices are sealed.
    Epoch(u32),
    /// A member's key, with which replies are signed: who they are, and how workers know them.
    Member(&'s str, &'s str),
    /// A member's other key: to this, the desk's keys are sealed.
    MemberSeal(&'s str),
    /// A trustee's key: to this, recoveries are sealed.
    Trustee(&'s str),
}

/// That a key is whose it says to be, from one day to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Certificate<'s> {
    /// The installation.
    pub site: &'s str,
    /// Whose key, or for what.
    pub subject: Subject<'s>,
    /// The public key.
    pub key: [u8; 32],
    /// The first day, in days since 1970-01-01.
    pub from_day: u32,
    /// The last one.
    pub until_day: u32,
}

impl Certificate<'_> {
    fn bytes(&self) -> Vec<u8> {
        let writer = Writer::of(label::CERTIFICATE).field(self.site.as_bytes());
        let writer = match self.subject {
            Subject::Epoch(number) => writer.field(b"epoch").number(u64::from(number)),
            Subject::Member(id, called) => writer.field(b"member").field(id.as_bytes()).field(called.as_bytes()),
            Subject::MemberSeal(id) => writer.field(b"member seal").field(id.as_bytes()),
            Subject::Trustee(id) => writer.field(b"trustee").field(id.as_bytes()),
        };
        writer.field(&self.key).number(u64::from(self.from_day)).number(u64::from(self.until_day)).done()
    }

    /// Vouches for it.
    #[must_use]
    pub fn sign(&self, root: &SigningKey) -> [u8; 64] {
        sign(&self.bytes(), root)
    }

    /// Whether the root vouches for it, and on this day.
    #[must_use]
    pub fn holds(&self, root: &VerifyingKey, signature: &[u8; 64], day: u32) -> bool {
        is_signed(&self.bytes(), root, signature) && (self.from_day..=self.until_day).contains(&day)
    }
}

/// What posters say of a root: 80 bits of its digest, as 16 signs that no eye takes for others, in groups of four. It is
/// of letters too, so that nobody takes it for a receipt.
#[must_use]
pub fn fingerprint(root: &VerifyingKey) -> String {
    const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    let digest = Sha256::digest(root.as_bytes());
    let number = digest.iter().take(10).fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
    let sign = |at: u32| char::from(SIGNS[usize::try_from(number >> (75 - 5 * at) & 31).unwrap_or(0)]);
    let groups: Vec<String> = (0..4).map(|group| (0..4).map(|at| sign(4 * group + at)).collect()).collect();
    groups.join("-")
}
