//! A worker's yes: signed on the phone or, for who has no script, on the server, and the same either way. Members look at
//! it before they believe it.

use super::{MOST_DAYS, RecipientKind, Scope, Shared, recipient_hash};
use crate::voices::{
    encoding::{from_hex, to_hex},
    people::days,
};
use ::seal::voice::{
    consent::{Grant, digest},
    envelope::{CaseId, Path},
};
use ed25519_dalek::{SigningKey, VerifyingKey};
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

/// The same as it is stored, for members to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedYes {
    /// What was signed.
    pub yes: Yes,
    /// Whether that was on the phone.
    pub is_on_phone: bool,
}

impl Yes {
    /// Agrees on a day to exactly what was proposed. `id` and `salt` must be fresh. `None` if it is too late for it, or no
    /// yes is asked for.
    #[must_use]
    pub fn sign(
        at: (&str, CaseId, Path),
        to: &Shared,
        today: Day,
        [id, salt]: [[u8; 16]; 2],
        worker: &SigningKey,
    ) -> Option<Self> {
        let Shared { facts, proposal, .. } = to;
        let from = proposal.kind.first_day(today);
        let last = today.plus_days(MOST_DAYS).unwrap_or(today);
        let until = proposal.until.min(last);
        if until < from || proposal.order.is_some() {
            return None;
        }
        let mut yes = Self {
            share: facts.id.clone(),
            id: to_hex(&id),
            kind: proposal.kind,
            recipient_hash: recipient_hash(&salt, &proposal.recipient),
            salt: to_hex(&salt),
            scope: proposal.scope,
            from_day: String::from(from),
            until_day: String::from(until),
            language: proposal.read_in().to_owned(),
            signature: String::new(),
        };
        let signature = to_hex(&yes.to_sign(at, to)?.sign(worker));
        yes.signature = signature;
        Some(yes)
    }

    /// What is signed: these terms, and the words of a proposal. `None` for days that are none.
    fn to_sign<'g>(&'g self, (site, case, path): (&'g str, CaseId, Path), to: &Shared) -> Option<Grant<'g>> {
        Some(Grant {
            site,
            id: &self.id,
            case,
            words: digest(&to.proposal.words),
            recipient_kind: self.kind.word(),
            recipient: &self.recipient_hash,
            scope: self.scope.word(),
            from_day: days(Day::parse(&self.from_day)?)?,
            until_day: days(Day::parse(&self.until_day)?)?,
            language: &self.language,
            path,
            shown: to.signed_translation(),
        })
    }

    /// The bytes of the salt.
    #[must_use]
    pub fn salt(&self) -> Option<[u8; 16]> {
        from_hex(&self.salt)
    }
}

impl SignedYes {
    /// Whether a worker of one of these keys agreed to exactly what was proposed, in the terms that the server tells of it.
    #[must_use]
    pub fn is_true(&self, (site, case): (&str, CaseId), to: &Shared, keys: &[VerifyingKey]) -> bool {
        let Self { yes, is_on_phone } = self;
        let Shared { facts, proposal, .. } = to;
        let is_told = facts.grants.iter().any(|grant| {
            grant.id == yes.id
                && grant.scope == yes.scope
                && (&grant.from_day, &grant.until_day) == (&yes.from_day, &yes.until_day)
        });
        let is_asked = (yes.kind, yes.scope) == (proposal.kind, proposal.scope)
            && yes.language == proposal.read_in()
            && Day::parse(&yes.until_day).is_some_and(|until| until <= proposal.until)
            && yes.salt().is_some_and(|salt| recipient_hash(&salt, &proposal.recipient) == yes.recipient_hash);
        let path = if *is_on_phone { Path::Phone } else { Path::Server };
        let is_signed = || {
            let (grant, signature) = (yes.to_sign((site, case, path), to)?, from_hex(&yes.signature)?);
            Some(keys.iter().any(|key| grant.is_signed(key, &signature)))
        };
        is_told && is_asked && is_signed().unwrap_or_default()
    }
}
