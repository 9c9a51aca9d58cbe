//! What a voice is made of: a case that a worker opens without a name, messages sealed to its key, a receipt from which
//! everything of the worker follows, keys that a root kept offline vouches for, and consent that only the holder of the
//! receipt can give. Pure, like all of this crate: entropy is an input.
//!
//! | Module | What it holds |
//! |---|---|
//! | [`receipt`] | 24 digits: drawn, read as people type them, stretched to the worker's keys |
//! | [`envelope`] | one message as it is stored: its frame, its sizes, what it is bound to |
//! | [`message`] | what stands inside, and who says so |
//! | [`wrap`] | one key sealed for another; the nested wraps of two trustees |
//! | [`root`] | certificates for the desk's keys and its people's |
//! | [`passphrase`] | the key of a member of the desk, locked by what only they know |
//! | [`consent`] | what a worker signs: grants and revocations |
//! | [`note`] | what the desk notes about a case for itself |
//!
//! What must stay true, held by the tests beside each module:
//!
//! 1. What is sealed for one case, number, role or path opens for no other.
//! 2. An envelope has one of four sizes and one form; whatever is not exactly that is refused before anybody decrypts.
//! 3. Two receipts that differ by one digit, or by two that changed places, are not both receipts.
//! 4. The same input gives the same bytes natively and in WebAssembly.

pub mod consent;
pub mod envelope;
pub mod message;
pub mod note;
pub mod passphrase;
pub mod receipt;
pub mod root;
pub mod wrap;

mod bytes;

#[cfg(test)]
mod tests;

use crate::SecretKey;
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

/// Names what a key or a signature is for; no two uses share one.
mod label {
    pub(super) const ENVELOPE: &[u8] = b"entaku/voice/1/envelope";
    pub(super) const MESSAGE: &[u8] = b"entaku/voice/1/message";
    pub(super) const WRAP: &[u8] = b"entaku/voice/1/wrap";
    pub(super) const RECOVERY_INNER: &[u8] = b"entaku/voice/1/recovery/inner";
    pub(super) const RECOVERY_OUTER: &[u8] = b"entaku/voice/1/recovery/outer";
    pub(super) const CERTIFICATE: &[u8] = b"entaku/voice/1/certificate";
    pub(super) const NOTE: &[u8] = b"entaku/voice/1/note";
    pub(super) const MEMBER: &[u8] = b"entaku/voice/1/member";
    pub(super) const GRANT: &[u8] = b"entaku/voice/1/grant";
    pub(super) const REVOCATION: &[u8] = b"entaku/voice/1/revocation";
    pub(super) const ORDER: &[u8] = b"entaku/voice/1/order";
    pub(super) const AUTH: &[u8] = b"entaku/voice/1/auth";
    pub(super) const KEM: &[u8] = b"entaku/voice/1/kem";
    pub(super) const SIGN: &[u8] = b"entaku/voice/1/sign";
    pub(super) const TAG: &[u8] = b"entaku/voice/1/tag";
}

/// Signs what [`bytes`] wrote.
fn sign(bytes: &[u8], by: &SigningKey) -> [u8; 64] {
    by.sign(bytes).to_bytes()
}

/// Whether this key signed exactly that (RFC 8032, strictly).
fn is_signed(bytes: &[u8], by: &VerifyingKey, signature: &[u8; 64]) -> bool {
    by.verify_strict(bytes, &Signature::from_bytes(signature)).is_ok()
}

/// What opens for who has a secret: a worker's, a member's, a passphrase's.
fn kem_of(secret: &[u8; 32]) -> SecretKey {
    SecretKey::derive(&Zeroizing::new(derive(secret, label::KEM)))
}

/// What signs for who has a secret.
fn signing_of(secret: &[u8; 32]) -> SigningKey {
    SigningKey::from_bytes(&Zeroizing::new(derive(secret, label::SIGN)))
}

/// 32 bytes that follow from a secret for one purpose (HKDF-SHA256, no salt).
fn derive(secret: &[u8; 32], purpose: &[u8]) -> [u8; 32] {
    let mut derived = [0; 32];
    let expanded = Hkdf::<Sha256>::new(None, secret).expand(purpose, &mut derived);
    debug_assert!(expanded.is_ok(), "32 bytes are within what HKDF gives");
    derived
}
