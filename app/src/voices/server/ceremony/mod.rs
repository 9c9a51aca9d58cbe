//! How a desk comes to its keys, and when it may be opened.
//!
//! The root lives on another machine. What goes there is a file of public keys ([`Requests`]); what comes back is a file of
//! certificates and sealed keys ([`Signed`]), made by [`sign`] there; [`install`] looks at it to the last signature. The
//! desk's own secret key exists for as long as `sign` runs, and sealed ever after.
//!
//! A key is sealed to only when losing one passphrase, or every one, loses nothing: [`lacks`] says what is missing. Who
//! holds a wrap has *opened it once* when they answered a challenge that only the key opens ([`challenge`], [`answer`]).

mod drill;
mod install;
mod restore;
mod sign;
mod standing;

pub use crate::voices::challenge::{Holder, proof};
pub(super) use crate::voices::member::epoch_name;
pub use drill::{answer, challenge};
pub use install::{Giver, enrol, install, install_wraps, new_id, requests};
pub use restore::{recover, wrap_for};
pub use sign::{Refused, sign};
pub(super) use standing::set_opened;
pub use standing::{Lack, MEMBERS, TRUSTEES, activate, close, lacks, open, remove};

use serde::{Deserialize, Serialize};

/// What the root is asked to sign. Public keys and names alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests {
    /// The installation among voices.
    pub site: String,
    /// The number of the desk's next key.
    pub number: u32,
    /// Who reads and answers.
    pub members: Vec<MemberKeys>,
    /// Who can restore the key, two of them together.
    pub trustees: Vec<TrusteeKey>,
}

/// A member's public keys, 64 hexadecimal digits each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MemberKeys {
    /// Their id.
    pub id: String,
    /// How workers know them.
    pub called: String,
    /// What checks their replies.
    pub sign_key: String,
    /// To what the desk's key is sealed for them.
    pub seal_key: String,
    /// Since when they are one, `YYYY-MM-DD`: what they signed since then stays signed.
    pub since: String,
}

/// A trustee's public key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrusteeKey {
    /// Their id.
    pub id: String,
    /// Who it is.
    pub called: String,
    /// To what recoveries are sealed for them; 64 hexadecimal digits.
    pub seal_key: String,
}

/// What the root made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The installation among voices.
    pub site: String,
    /// The root's public key; 64 hexadecimal digits.
    pub root: String,
    /// The number of the desk's key.
    pub number: u32,
    /// The key; 64 hexadecimal digits.
    pub public_key: String,
    /// That the root vouches for it; 128 hexadecimal digits.
    pub certificate: String,
    /// The first day of everything here, `YYYY-MM-DD`.
    pub from_day: String,
    /// The last one.
    pub until_day: String,
    /// The key, for each member.
    pub members: Vec<SignedMember>,
    /// Who can restore it.
    pub trustees: Vec<SignedTrustee>,
    /// The key, for each pair of trustees.
    pub recoveries: Vec<Recovery>,
}

/// What the root says of a member.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedMember {
    /// Their id.
    pub id: String,
    /// That it vouches for what checks their replies; 128 hexadecimal digits.
    pub sign_certificate: String,
    /// That it vouches for their other key; 128 hexadecimal digits.
    pub seal_certificate: String,
    /// The desk's key, sealed for them; base 64.
    pub wrapped: String,
}

/// What the root says of a trustee.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedTrustee {
    /// Who it is.
    #[serde(flatten)]
    pub key: TrusteeKey,
    /// That it vouches for their key; 128 hexadecimal digits.
    pub certificate: String,
}

/// The desk's key, sealed for two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// For whom the inner seal is.
    pub first: String,
    /// For whom the outer one is.
    pub second: String,
    /// The key; base 64.
    pub nested: String,
}

/// A key of the desk, sealed once more: by two trustees for members who have none, when nobody else can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wraps {
    /// Which key.
    pub number: u32,
    /// For whom.
    pub wraps: Vec<Wrap>,
}

/// One of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wrap {
    /// The member's id.
    pub member: String,
    /// The key; base 64.
    pub wrapped: String,
}
