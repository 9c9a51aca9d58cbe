//! What a member asks a worker, or another member, and what they believe of the answers.

use super::{Case, Unlocked};
use crate::voices::{
    encoding::{from_hex, to_hex, to_text},
    people::Person,
    sharing::{Basis, GrantFacts, Proposal, Shared, SignedOrder, SignedYes, recipient_hash},
};
use ::seal::{
    KEY_BYTES,
    voice::{
        consent::digest,
        envelope::{self, Frame, Path, Role},
        message::Message,
    },
};
use ed25519_dalek::VerifyingKey;
use form::Day;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// What a worker is asked to agree to, as the call carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposed {
    /// Which of the voice the first letter is.
    pub number: u32,
    /// The letters, sealed; base 64.
    pub letters: Vec<String>,
    /// SHA-256 of the exact words; 64 hexadecimal digits.
    pub words: String,
    /// In which language they would be sent.
    pub language: String,
    /// SHA-256 of the translation, if there is one.
    #[serde(default)]
    pub shown: Option<String>,
}

/// What another member is asked to answer for, as the call carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ordered {
    /// The words and the letters, the last of which tells the worker.
    pub proposed: Proposed,
    /// Why.
    pub basis: Basis,
    /// Who would be told, salted.
    pub recipient: String,
    /// What the member signed.
    pub order: SignedOrder,
}

impl Case {
    /// Whether words name the employer as the worker wrote it: what everybody reads must not. `plain` makes texts
    /// comparable.
    #[must_use]
    pub fn names_employer(&self, words: &str, plain: impl Fn(&str) -> String) -> bool {
        let words = plain(words);
        let letters = self.letters.iter().filter(|letter| letter.role == Role::Worker);
        let employers = letters.map(|letter| plain(letter.message.employer.trim()));
        employers.filter(|name| name.chars().count() > 1).any(|name| words.contains(&name))
    }

    /// Believes a yes only where the worker signed exactly that.
    pub(super) fn look_at_yeses(&mut self, site: &str, yeses: &[SignedYes], workers: &[VerifyingKey]) {
        let id = self.id;
        let mut untrue = 0;
        for own in &mut self.shared {
            let told = own.clone();
            let is_true = |grant: &GrantFacts| {
                yeses.iter().any(|signed| signed.yes.id == grant.id && signed.is_true((site, id), &told, workers))
            };
            own.facts.grants.retain(is_true);
            untrue += told.facts.grants.len() - own.facts.grants.len();
        }
        self.untrue = untrue;
    }
}

impl Unlocked {
    /// Seals what the worker is asked to agree to as the next letters of a voice. Each `entropy` must be fresh and used
    /// once. `None` if it is too long.
    #[must_use]
    pub fn propose(&self, case: &Case, proposal: &Proposal, entropy: [[u8; KEY_BYTES]; 2]) -> Option<Proposed> {
        let first = case.row.messages.checked_add(1)?;
        let seal = |((number, message), entropy): ((u32, Message), [u8; KEY_BYTES])| {
            let frame = Frame { site: &self.site, case: case.id, number, role: Role::Share, path: Path::Phone };
            let signed = Zeroizing::new(message.signed(&frame, &self.member.signing()));
            envelope::seal(&frame, &case.key.public(), &signed, entropy).map(|sealed| to_text(&sealed))
        };
        let letters = (first..).zip(proposal.messages()).zip(entropy).map(seal).collect::<Option<Vec<_>>>()?;
        let (words, language) = (to_hex(&digest(&proposal.words)), proposal.language.clone());
        let shown = proposal.shown_digest().map(|digest| to_hex(&digest));
        Some(Proposed { number: first, letters, words, language, shown })
    }

    /// Signs that words must be passed on without the worker's yes, and seals the letters: the words, their translation, and
    /// what tells the worker. Each of the entropy must be fresh and used once. `None` if it is too long, or asks for a yes.
    #[must_use]
    pub fn order(
        &self,
        case: &Case,
        (proposal, reason): (&Proposal, &str),
        entropy: [[u8; KEY_BYTES]; 3],
        fresh: [[u8; 16]; 2],
    ) -> Option<Ordered> {
        let [words, shown, told] = entropy;
        let mut proposed = self.propose(case, proposal, [words, shown])?;
        let number = proposed.number.checked_add(u32::try_from(proposed.letters.len()).ok()?)?;
        proposed.letters.push(self.letter(case, number, reason, told)?);
        let by = (self.me.id.as_str(), &self.member.signing());
        let order = SignedOrder::sign((&self.site, case.id), proposal, number, fresh, by)?;
        let recipient = recipient_hash(&from_hex(&order.salt)?, &proposal.recipient);
        Some(Ordered { proposed, basis: proposal.order?, recipient, order })
    }

    /// Who signed an order, if it is of a member and of exactly these words.
    #[must_use]
    pub fn orderer(&self, case: &Case, shared: &Shared) -> Option<&Person> {
        let (order, day) = (self.order_of(case, shared)?, Day::parse(&shared.facts.order.as_ref()?.ordered_on)?);
        let person = self.people.iter().find(|person| person.id == order.signer)?;
        let key = person.signs(&self.site, &self.root, day)?;
        order.is_signed((&self.site, case.id), &shared.proposal, &key).then_some(person)
    }

    fn order_of<'c>(&self, case: &'c Case, shared: &Shared) -> Option<&'c SignedOrder> {
        let facts = shared.facts.order.as_ref()?;
        case.orders.iter().find(|order| order.id == facts.id)
    }

    /// Answers for what another member signed: the signature. `None` if nobody did.
    #[must_use]
    pub fn approve(&self, case: &Case, shared: &Shared) -> Option<String> {
        self.orderer(case, shared)?;
        let order = self.order_of(case, shared)?;
        order.signed_by((&self.site, case.id), &shared.proposal, &self.member.signing())
    }
}
