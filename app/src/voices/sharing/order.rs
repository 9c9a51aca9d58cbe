//! What is passed on without the worker's yes: because a court ordered it or a life is in danger, when two members answer
//! for it. Everybody is told beforehand that this can be, and the worker sees it.

use super::{Proposal, recipient_hash};
use crate::voices::encoding::{from_hex, to_hex};
use ::seal::voice::{
    consent::{Order, digest},
    envelope::CaseId,
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use form::Day;
use serde::{Deserialize, Serialize};

/// Why something may be passed on without a yes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "ssr",
    derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum),
    sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// A court ordered it.
    CourtOrder,
    /// A life is in danger.
    DangerToLife,
}

impl Basis {
    /// Both, in the order in which a form offers them.
    pub const ALL: [Self; 2] = [Self::CourtOrder, Self::DangerToLife];

    /// The word that is signed, stored and sent for it; never changed.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CourtOrder => "court_order",
            Self::DangerToLife => "danger_to_life",
        }
    }

    /// The basis of a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|basis| basis.word() == word)
    }
}

/// For so many days another member may answer: it is for what cannot wait.
pub const ORDER_DAYS: i64 = 7;

/// What the server knows of an order: days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderFacts {
    /// Its id; 32 hexadecimal digits.
    pub id: String,
    /// When one member asked, `YYYY-MM-DD`.
    pub ordered_on: String,
    /// When another one said no.
    pub refused_on: Option<String>,
    /// When it went: the other one answered for it too.
    pub disclosed_on: Option<String>,
}

impl OrderFacts {
    /// Whether another member may answer for it on a day.
    #[must_use]
    pub fn is_open(&self, today: Day) -> bool {
        let last = Day::parse(&self.ordered_on).and_then(|day| day.plus_days(ORDER_DAYS));
        self.refused_on.is_none() && self.disclosed_on.is_none() && last.is_some_and(|last| today <= last)
    }
}

/// An order as one member signed it, for another one to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedOrder {
    /// Its id; 32 hexadecimal digits.
    pub id: String,
    /// The salt of the recipient's name; 32 hexadecimal digits.
    pub salt: String,
    /// The number of the letter that tells the worker.
    pub reason: u32,
    /// Which member signed, by their id.
    pub signer: String,
    /// 128 hexadecimal digits.
    pub signature: String,
}

impl SignedOrder {
    /// What is signed for a proposal, with this id, salt and reason. `None` if the proposal asks for a yes.
    fn to_sign<'o>(&'o self, (site, case): (&'o str, CaseId), of: &Proposal, recipient: &'o str) -> Option<Order<'o>> {
        let (basis, words) = (of.order?.word(), digest(&of.words));
        Some(Order { site, id: &self.id, case, basis, words, recipient, reason: self.reason })
    }

    fn recipient(&self, of: &Proposal) -> Option<String> {
        Some(recipient_hash(&from_hex(&self.salt)?, &of.recipient))
    }

    /// Signs an order anew. `id` and `salt` must be fresh. `None` if the proposal asks for a yes.
    #[must_use]
    pub fn sign(
        at: (&str, CaseId),
        of: &Proposal,
        reason: u32,
        [id, salt]: [[u8; 16]; 2],
        (signer, key): (&str, &SigningKey),
    ) -> Option<Self> {
        let (id, salt, signer) = (to_hex(&id), to_hex(&salt), signer.to_owned());
        let unsigned = Self { id, salt, reason, signer, signature: String::new() };
        let signature = unsigned.signed_by(at, of, key)?;
        Some(Self { signature, ..unsigned })
    }

    /// The signature of who answers for it, too.
    #[must_use]
    pub fn signed_by(&self, at: (&str, CaseId), of: &Proposal, key: &SigningKey) -> Option<String> {
        let recipient = self.recipient(of)?;
        Some(to_hex(&self.to_sign(at, of, &recipient)?.sign(key)))
    }

    /// Whether the member of this key signed exactly this.
    #[must_use]
    pub fn is_signed(&self, at: (&str, CaseId), of: &Proposal, key: &VerifyingKey) -> bool {
        let is_signed = || {
            let recipient = self.recipient(of)?;
            Some(self.to_sign(at, of, &recipient)?.is_signed(key, &from_hex(&self.signature)?))
        };
        is_signed().unwrap_or_default()
    }
}
