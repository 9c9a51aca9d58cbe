//! What was asked, and what the worker said to it, put together from the desk's own letters and the days that the server
//! knows.

use super::{OrderFacts, Proposal, RecipientKind, Scope};
use crate::voices::{encoding::to_hex, letters::Letter};
use ::seal::voice::{consent::digest, envelope::Role};
use form::Day;
use serde::{Deserialize, Serialize};

/// What the server knows of words that may be passed on: numbers and days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareFacts {
    /// Its id; 32 hexadecimal digits.
    pub id: String,
    /// The letter that holds the words.
    pub words_number: u32,
    /// The letter that the worker reads; the same if there is no translation.
    pub shown_number: u32,
    /// When it was drafted, `YYYY-MM-DD`.
    pub drafted_on: String,
    /// What the worker agreed to, in its order.
    pub grants: Vec<GrantFacts>,
    /// What became of it, if no yes is asked for.
    #[serde(default)]
    pub order: Option<OrderFacts>,
    /// Whether a yes signs the translation too; none did before there was a step for it.
    #[serde(default)]
    pub signs_shown: bool,
}

/// What the server knows of a grant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrantFacts {
    /// Its id; 32 hexadecimal digits.
    pub id: String,
    /// From which day, `YYYY-MM-DD`.
    pub from_day: String,
    /// Until which.
    pub until_day: String,
    /// How often.
    pub scope: Scope,
    /// Since when it is taken back.
    pub revoked_on: Option<String>,
    /// The days on which it was passed on.
    pub disclosed_on: Vec<String>,
    /// Whether it came out of a backup: it may have been taken back since, and is good for nothing until it is said anew.
    #[serde(default)]
    pub is_suspended: bool,
}

/// Something that may be passed on, as the letters say it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// What the server knows of it.
    pub facts: ShareFacts,
    /// What it is.
    pub proposal: Proposal,
    /// Who of the desk drafted it, as workers know them.
    pub by: Option<String>,
}

/// Where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked<'s> {
    /// The worker has not said yes, or has taken it back.
    Open {
        /// Since when it is taken back.
        revoked_on: Option<&'s str>,
    },
    /// The worker agreed.
    Agreed(&'s GrantFacts),
    /// Everybody reads it, until the worker takes the yes back.
    Shown(&'s GrantFacts),
    /// The worker agreed that it goes once, and it went.
    Passed,
    /// It is too late to agree, or the yes is over.
    Over,
    /// Two members decide, not the worker; nothing is known of it where the server says nothing.
    Ordered(Option<&'s OrderFacts>),
}

impl Shared {
    /// Where it stands on a day.
    #[must_use]
    pub fn standing(&self, today: Day) -> Asked<'_> {
        // Whichever of the two says so: an order must not look like a question.
        if self.proposal.order.is_some() || self.facts.order.is_some() {
            return Asked::Ordered(self.facts.order.as_ref());
        }
        let mut given: Vec<_> = self.facts.grants.iter().filter(|grant| grant.revoked_on.is_none()).collect();
        let shown = given.iter().find(|grant| !grant.disclosed_on.is_empty());
        if let Some(grant) = shown.filter(|_| self.proposal.kind == RecipientKind::Public) {
            return Asked::Shown(grant);
        }
        given.retain(|grant| !grant.is_suspended);
        let live = given.iter().filter(|grant| !grant.is_over(today));
        if let Some(grant) = live.min_by_key(|grant| grant.is_used()) {
            return if grant.is_used() { Asked::Passed } else { Asked::Agreed(grant) };
        }
        if !given.is_empty() || self.proposal.until < self.proposal.kind.first_day(today) {
            return Asked::Over;
        }
        Asked::Open { revoked_on: self.facts.grants.iter().filter_map(|grant| grant.revoked_on.as_deref()).max() }
    }

    /// Names the translation by its bytes, as a yes to it does.
    #[must_use]
    pub fn signed_translation(&self) -> Option<[u8; 32]> {
        self.proposal.shown_digest().filter(|_| self.facts.signs_shown)
    }

    /// Whether a letter of this number is a part of it.
    #[must_use]
    pub fn holds(&self, number: u32) -> bool {
        [self.facts.words_number, self.facts.shown_number].contains(&number)
    }

    /// The days on which it was passed on.
    #[must_use]
    pub fn passed_on(&self) -> Vec<&str> {
        self.facts.grants.iter().flat_map(|grant| &grant.disclosed_on).map(String::as_str).collect()
    }
}

impl GrantFacts {
    /// Whether its last day is over, on a day.
    #[must_use]
    pub fn is_over(&self, today: Day) -> bool {
        Day::parse(&self.until_day).is_none_or(|until| until < today)
    }

    /// Whether it was for once, and that was.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.scope == Scope::Once && !self.disclosed_on.is_empty()
    }

    /// The id under which its passing on of this number (from 0) is written down: the same for who asks again because the
    /// answer was lost.
    #[must_use]
    pub fn disclosure_id(&self, number: usize) -> String {
        let digest = digest(&[self.id.as_str(), " ", &number.to_string()].concat());
        to_hex(&digest[..16])
    }

    /// Whether it may be passed on, on a day.
    #[must_use]
    pub fn is_due(&self, today: Day) -> bool {
        let (from, until) = (Day::parse(&self.from_day), Day::parse(&self.until_day));
        let is_within = from.is_some_and(|from| from <= today) && until.is_some_and(|until| today <= until);
        is_within && !self.is_used() && !self.is_suspended && self.revoked_on.is_none()
    }
}

/// Puts together what the server knows and what the desk's own letters say; what does not fit is left out.
#[must_use]
pub fn shared(letters: &[Letter], facts: &[ShareFacts]) -> Vec<Shared> {
    let find = |number: u32| letters.iter().find(|letter| letter.number == number && letter.role == Role::Share);
    let read = |facts: &ShareFacts| {
        let words = find(facts.words_number)?;
        let shown = if facts.shown_number == facts.words_number { None } else { Some(find(facts.shown_number)?) };
        // A translation follows its words, and both are of one member.
        if shown.is_some_and(|shown| shown.number != words.number + 1 || shown.by != words.by) {
            return None;
        }
        let proposal = Proposal::read(&words.message, shown.map(|shown| &shown.message))?;
        Some(Shared { facts: facts.clone(), proposal, by: words.by.clone() })
    };
    facts.iter().filter_map(read).collect()
}
