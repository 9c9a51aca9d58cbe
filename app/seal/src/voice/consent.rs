//! What a worker agrees to: exactly these words, to exactly this recipient, until a day. It is signed with the key that
//! follows from the receipt, so that neither the desk nor who runs the server can make one up, and anybody can check one
//! later without reading a voice.

use super::{bytes::Writer, envelope::CaseId, envelope::Path, is_signed, label, sign};
use ed25519_dalek::{SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};

/// What is agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant<'g> {
    /// The installation.
    pub site: &'g str,
    /// Its own id.
    pub id: &'g str,
    /// The case.
    pub case: CaseId,
    /// The digest of the exact words, as [`digest`] gives it.
    pub words: [u8; 32],
    /// What kind of recipient, as a code.
    pub recipient_kind: &'g str,
    /// Who it is.
    pub recipient: &'g str,
    /// What they may do with it, as a code.
    pub scope: &'g str,
    /// From which day it may be passed on, in days since 1970-01-01.
    pub from_day: u32,
    /// Until which.
    pub until_day: u32,
    /// In which language the words were shown.
    pub language: &'g str,
    /// Where it was signed.
    pub path: Path,
    /// The digest of their translation, if they were shown in one.
    pub shown: Option<[u8; 32]>,
}

impl Grant<'_> {
    fn bytes(&self) -> Vec<u8> {
        let writer = Writer::of(label::GRANT)
            .field(self.site.as_bytes())
            .field(self.id.as_bytes())
            .field(&self.case.0)
            .field(&self.words)
            .field(self.recipient_kind.as_bytes())
            .field(self.recipient.as_bytes())
            .field(self.scope.as_bytes())
            .number(u64::from(self.from_day))
            .number(u64::from(self.until_day))
            .field(self.language.as_bytes())
            .field(match self.path {
                Path::Phone => b"phone",
                Path::Server => b"server",
            });
        match &self.shown {
            Some(shown) => writer.field(shown).done(),
            None => writer.done(),
        }
    }

    /// Agrees.
    #[must_use]
    pub fn sign(&self, worker: &SigningKey) -> [u8; 64] {
        sign(&self.bytes(), worker)
    }

    /// Whether the worker of this key agreed to exactly this.
    #[must_use]
    pub fn is_signed(&self, worker: &VerifyingKey, signature: &[u8; 64]) -> bool {
        is_signed(&self.bytes(), worker, signature)
    }
}

/// That a grant is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revocation<'g> {
    /// The installation.
    pub site: &'g str,
    /// The case.
    pub case: CaseId,
    /// The grant's id.
    pub grant: &'g str,
}

impl Revocation<'_> {
    fn bytes(&self) -> Vec<u8> {
        let writer = Writer::of(label::REVOCATION).field(self.site.as_bytes());
        writer.field(&self.case.0).field(self.grant.as_bytes()).done()
    }

    /// Takes it back.
    #[must_use]
    pub fn sign(&self, worker: &SigningKey) -> [u8; 64] {
        sign(&self.bytes(), worker)
    }

    /// Whether the worker of this key did.
    #[must_use]
    pub fn is_signed(&self, worker: &VerifyingKey, signature: &[u8; 64]) -> bool {
        is_signed(&self.bytes(), worker, signature)
    }
}

/// That words are passed on without the worker's yes: two members sign the same, and neither can be made up for them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order<'o> {
    /// The installation.
    pub site: &'o str,
    /// Its own id.
    pub id: &'o str,
    /// The case.
    pub case: CaseId,
    /// Why, as a code.
    pub basis: &'o str,
    /// The digest of the exact words.
    pub words: [u8; 32],
    /// Who is told.
    pub recipient: &'o str,
    /// The number of the letter that tells the worker.
    pub reason: u32,
}

impl Order<'_> {
    fn bytes(&self) -> Vec<u8> {
        Writer::of(label::ORDER)
            .field(self.site.as_bytes())
            .field(self.id.as_bytes())
            .field(&self.case.0)
            .field(self.basis.as_bytes())
            .field(&self.words)
            .field(self.recipient.as_bytes())
            .number(u64::from(self.reason))
            .done()
    }

    /// Answers for it.
    #[must_use]
    pub fn sign(&self, member: &SigningKey) -> [u8; 64] {
        sign(&self.bytes(), member)
    }

    /// Whether the member of this key answers for exactly this.
    #[must_use]
    pub fn is_signed(&self, member: &VerifyingKey, signature: &[u8; 64]) -> bool {
        is_signed(&self.bytes(), member, signature)
    }
}

/// Names words by their bytes: one space more is other words.
#[must_use]
pub fn digest(words: &str) -> [u8; 32] {
    Sha256::digest(words.as_bytes()).into()
}
