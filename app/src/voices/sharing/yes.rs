//! A worker's yes: signed on the phone or, for who has no script, on the server, and the same either way.

use super::{MOST_DAYS, RecipientKind, Scope, Shared, recipient_hash};
use crate::voices::{
    encoding::{from_hex, to_hex},
    people::days,
};
use ::seal::voice::{
    consent::{Grant, digest},
    envelope::{CaseId, Path},
};
use form::Day;
use serde::{Deserialize, Serialize};

/// A worker's yes, as it is signed and sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Yes {
    /// To which words, by their id.
    pub share: String,
    /// A new id, 32 hexadecimal digits.
    pub id: String,
    /// What kind of recipient.
    pub kind: RecipientKind,
    /// Who it is, salted ([`recipient_hash`]).
    pub recipient_hash: String,
    /// The salt; 32 hexadecimal digits.
    pub salt: String,
    /// How often.
    pub scope: Scope,
    /// From which day, `YYYY-MM-DD`.
    pub from_day: String,
    /// Until which.
    pub until_day: String,
    /// In which language the worker read the words.
    pub language: String,
    /// By the key that follows from the receipt; 128 hexadecimal digits.
    pub signature: String,
}

impl Yes {
    /// Agrees on a day to exactly what was proposed. `id` and `salt` must be fresh. `None` if it is too late for it.
    #[must_use]
    pub fn sign(
        (site, case, path): (&str, CaseId, Path),
        to: &Shared,
        today: Day,
        [id, salt]: [[u8; 16]; 2],
        worker: &ed25519_dalek::SigningKey,
    ) -> Option<Self> {
        let Shared { facts, proposal, .. } = to;
        let from = proposal.kind.first_day(today);
        let last = today.plus_days(MOST_DAYS).unwrap_or(today);
        let until = proposal.until.min(last);
        if until < from {
            return None;
        }
        let (id, recipient) = (to_hex(&id), recipient_hash(&salt, &proposal.recipient));
        let grant = Grant {
            site,
            id: &id,
            case,
            words: digest(&proposal.words),
            recipient_kind: proposal.kind.word(),
            recipient: &recipient,
            scope: proposal.scope.word(),
            from_day: days(from)?,
            until_day: days(until)?,
            language: proposal.read_in(),
            path,
        };
        let signature = to_hex(&grant.sign(worker));
        Some(Self {
            share: facts.id.clone(),
            kind: proposal.kind,
            salt: to_hex(&salt),
            scope: proposal.scope,
            from_day: String::from(from),
            until_day: String::from(until),
            language: proposal.read_in().to_owned(),
            recipient_hash: recipient,
            signature,
            id,
        })
    }

    /// The bytes of the salt.
    #[must_use]
    pub fn salt(&self) -> Option<[u8; 16]> {
        from_hex(&self.salt)
    }
}
