//! The key of a member of the desk, locked by a passphrase that never leaves their browser. What the server is shown to let
//! them in follows from the passphrase too, by another way: it opens nothing.

use super::{
    bytes::Writer,
    derive, kem_of, label,
    receipt::{Cost, SALT_BYTES, stretch},
    signing_of,
    wrap::Seed,
};
use crate::{KEY_BYTES, SecretKey, open, seal};
use ed25519_dalek::SigningKey;
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A passphrase after it was made expensive to guess. It has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Stretched([u8; 32]);

impl Stretched {
    /// `salt` is random and the member's own. `None` only if the memory for it cannot be had.
    #[must_use]
    pub fn of(passphrase: &str, salt: &[u8; SALT_BYTES], cost: Cost) -> Option<Self> {
        stretch(passphrase.as_bytes(), salt, cost).map(Self)
    }

    /// What the server is shown.
    #[must_use]
    pub fn auth(&self) -> [u8; 32] {
        derive(&self.0, label::AUTH)
    }

    fn key(&self) -> SecretKey {
        kem_of(&self.0)
    }

    /// Locks a member's seed. `entropy` must be fresh and used once.
    #[must_use]
    pub fn lock(&self, site: &str, member: &str, seed: &Seed, entropy: [u8; KEY_BYTES]) -> Option<Vec<u8>> {
        seal(&self.key().public(), label::MEMBER, &about(site, member), seed, entropy)
    }

    /// Unlocks it. `None` for another passphrase.
    #[must_use]
    pub fn unlock(&self, site: &str, member: &str, locked: &[u8]) -> Option<Seed> {
        let mut opened = open(&self.key(), label::MEMBER, &about(site, member), locked).ok()?;
        let seed = opened.as_slice().try_into().ok();
        opened.zeroize();
        seed
    }
}

/// The secret keys of a member, as they follow from their seed. It has no `Debug`.
#[derive(Clone, Zeroize, ZeroizeOnDrop)]
pub struct Member(Seed);

impl Member {
    /// Whoever has the seed is the member.
    #[must_use]
    pub const fn of(seed: Seed) -> Self {
        Self(seed)
    }

    /// What opens the desk's keys for them.
    #[must_use]
    pub fn kem(&self) -> SecretKey {
        kem_of(&self.0)
    }

    /// What signs their replies.
    #[must_use]
    pub fn signing(&self) -> SigningKey {
        signing_of(&self.0)
    }
}

fn about(site: &str, member: &str) -> Vec<u8> {
    Writer::default().field(site.as_bytes()).field(member.as_bytes()).done()
}
