//! Sealing for a recipient: whoever has the public key can seal, and only the holder of the secret key can open.
//! Pure: entropy is an input, so the same input gives the same bytes natively and in a browser.
//!
//! It is HPKE in base mode, used once per message (RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256,
//! ChaCha20-Poly1305), behind one byte that names this suite. Lengths are padded to steps of [`STEP`] bytes. Whoever
//! seals is not known by it: anybody can seal anything.
//!
//! | byte | what |
//! |---|---|
//! | 0 | [`SUITE`] |
//! | 1–32 | the encapsulated key |
//! | the rest | the padded message, enciphered, and its tag of 16 bytes |

use hpke::{
    Deserializable, Kem as _, OpModeR, OpModeS, Serializable,
    aead::ChaCha20Poly1305,
    kdf::HkdfSha256,
    kem::X25519HkdfSha256,
    rand_core::{TryCryptoRng, TryRng},
    single_shot_open, single_shot_seal_with_rng,
};
use std::convert::Infallible;

type Kem = X25519HkdfSha256;

/// The first byte of whatever this version seals.
pub const SUITE: u8 = 1;

/// Bytes of a public key, of a secret key's seed and of the entropy of one sealing.
pub const KEY_BYTES: usize = 32;

/// Messages are padded to a multiple of this, so that their length tells little.
pub const STEP: usize = 256;

/// Bytes that sealing adds before padding: suite, encapsulated key, tag.
pub const OVERHEAD: usize = 1 + KEY_BYTES + 16;

/// Why something sealed cannot be opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpenError {
    /// It is of another suite, or too short to be sealed at all.
    UnknownForm,
    /// It was sealed to another key or for another purpose, or changed since.
    NotForThis,
}

/// Where sealed messages go. Public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; KEY_BYTES]);

impl PublicKey {
    /// Takes the bytes as they are; [`seal`] refuses those that are no key.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; KEY_BYTES]) -> Self {
        Self(bytes)
    }

    /// The key's bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &[u8; KEY_BYTES] {
        &self.0
    }
}

/// What opens sealed messages. It has no `Debug`: it must not come into a log.
#[derive(Clone)]
pub struct SecretKey(<Kem as hpke::Kem>::PrivateKey);

impl SecretKey {
    /// The key that follows from a seed (`DeriveKeyPair` of RFC 9180); the same one each time.
    #[must_use]
    pub fn derive(seed: &[u8; KEY_BYTES]) -> Self {
        Self(Kem::derive_keypair(seed).0)
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(Kem::sk_to_pk(&self.0).to_bytes().into())
    }
}

/// Seals `message` for the holder of a secret key. `purpose` keeps uses apart, `about` is bound to it without being
/// in it: both must be the same when it is opened. `entropy` must be fresh from a good source and used once.
///
/// `None` only if `to` is no usable key.
#[must_use]
pub fn seal(to: &PublicKey, purpose: &[u8], about: &[u8], message: &[u8], entropy: [u8; KEY_BYTES]) -> Option<Vec<u8>> {
    let padded = padded(message);
    let sealed = encipher(to, purpose, about, &padded, entropy);
    #[cfg(feature = "voice")]
    drop(zeroize::Zeroizing::new(padded));
    let (encapsulated, ciphertext) = sealed?;
    Some([&[SUITE][..], &encapsulated, &ciphertext].concat())
}

/// The suite alone, as its published vectors test it.
fn encipher(
    to: &PublicKey,
    purpose: &[u8],
    about: &[u8],
    padded: &[u8],
    entropy: [u8; KEY_BYTES],
) -> Option<([u8; KEY_BYTES], Vec<u8>)> {
    let key = <Kem as hpke::Kem>::PublicKey::from_bytes(&to.0).ok()?;
    let (encapsulated, ciphertext) = single_shot_seal_with_rng::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeS::Base,
        &key,
        purpose,
        padded,
        about,
        &mut Given(entropy),
    )
    .ok()?;
    Some((encapsulated.to_bytes().into(), ciphertext))
}

/// Opens what [`seal`] made with the same `purpose` and `about`.
///
/// # Errors
/// [`OpenError`] says which of the two it is; it cannot tell a wrong key from a changed byte.
pub fn open(with: &SecretKey, purpose: &[u8], about: &[u8], sealed: &[u8]) -> Result<Vec<u8>, OpenError> {
    let (suite, rest) = sealed.split_first().ok_or(OpenError::UnknownForm)?;
    if *suite != SUITE || sealed.len() < OVERHEAD {
        return Err(OpenError::UnknownForm);
    }
    let (encapsulated, ciphertext) = rest.split_at_checked(KEY_BYTES).ok_or(OpenError::UnknownForm)?;
    let opened = decipher(with, purpose, about, encapsulated, ciphertext).ok_or(OpenError::NotForThis)?;
    unpadded(opened).ok_or(OpenError::NotForThis)
}

/// What [`encipher`] made, deciphered.
fn decipher(with: &SecretKey, purpose: &[u8], about: &[u8], encapsulated: &[u8], ciphertext: &[u8]) -> Option<Vec<u8>> {
    let encapsulated = <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated).ok()?;
    single_shot_open::<ChaCha20Poly1305, HkdfSha256, Kem>(
        &OpModeR::Base,
        &with.0,
        &encapsulated,
        purpose,
        ciphertext,
        about,
    )
    .ok()
}

/// The message, a one bit, and zeros up to the next step (ISO/IEC 7816-4).
fn padded(message: &[u8]) -> Vec<u8> {
    let mut padded = Vec::with_capacity((message.len() + 1).next_multiple_of(STEP));
    padded.extend_from_slice(message);
    padded.push(0x80);
    padded.resize((message.len() + 1).next_multiple_of(STEP), 0);
    padded
}

fn unpadded(mut padded: Vec<u8>) -> Option<Vec<u8>> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    if padded[end] != 0x80 {
        return None;
    }
    padded.truncate(end);
    Some(padded)
}

/// Gives the entropy that it was given. One sealing asks for [`KEY_BYTES`] of it, once.
struct Given([u8; KEY_BYTES]);

impl TryRng for Given {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, into: &mut [u8]) -> Result<(), Infallible> {
        for (byte, given) in into.iter_mut().zip(self.0.iter().cycle()) {
            *byte = *given;
        }
        Ok(())
    }
}

impl TryCryptoRng for Given {}

#[cfg(feature = "voice")]
pub mod voice;

#[cfg(test)]
mod tests;
