//! One secret per installation, one labelled key per use (HKDF-SHA256), so that no key serves two ends.
//!
//! The secret is shared by the servers of an installation and kept apart from the database and its backups.

use aes::{
    Aes128,
    cipher::{BlockDecrypt as _, BlockEncrypt as _, KeyInit as _},
};
use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use hkdf::Hkdf;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Bytes of the installation's secret.
pub const SECRET_BYTES: usize = 32;

/// The derived keys.
#[derive(Clone)]
pub struct Keys {
    cookies: cookie::Key,
    receipts: SigningKey,
    pepper: [u8; 32],
    addresses: Aes128,
    links: Aes128,
    voices: seal::SecretKey,
    voices_pepper: [u8; 32],
    second_factors: seal::SecretKey,
}

impl Keys {
    /// Derives all keys from the secret. Changing a label is changing the key: old cookies and codes end with it.
    #[must_use]
    pub fn derive(secret: &[u8; SECRET_BYTES]) -> Self {
        let hkdf = Hkdf::<Sha256>::new(None, secret);
        let cookies: [u8; 64] = expand(&hkdf, b"entaku/v1/cookies");
        let receipts: [u8; 32] = expand(&hkdf, b"entaku/v1/receipts");
        let pepper: [u8; 32] = expand(&hkdf, b"entaku/v1/pepper");
        let addresses: [u8; 16] = expand(&hkdf, b"entaku/v1/addresses");
        let links: [u8; 16] = expand(&hkdf, b"entaku/v1/links");
        let voices: [u8; 32] = expand(&hkdf, b"entaku/v1/voices");
        let second_factors: [u8; 32] = expand(&hkdf, b"entaku/v1/second-factors");
        Self {
            cookies: cookie::Key::from(&cookies),
            receipts: SigningKey::from_bytes(&receipts),
            pepper,
            addresses: Aes128::new(&addresses.into()),
            links: Aes128::new(&links.into()),
            voices: seal::SecretKey::derive(&voices),
            voices_pepper: expand(&hkdf, b"entaku/v1/voices/pepper"),
            second_factors: seal::SecretKey::derive(&second_factors),
        }
    }

    /// For cookies that only the server can read.
    #[must_use]
    pub fn cookies(&self) -> &cookie::Key {
        &self.cookies
    }

    /// Signs a receipt's bytes.
    #[must_use]
    pub fn sign_receipt(&self, message: &[u8]) -> [u8; 64] {
        self.receipts.sign(message).to_bytes()
    }

    /// What checks a receipt's signature; public.
    #[must_use]
    pub fn receipt_key(&self) -> VerifyingKey {
        self.receipts.verifying_key()
    }

    /// What may stand in an address for an id that is a secret: as long, as random, and for who has not the secret
    /// without any tie to it. One block is all that is enciphered, so no mode and no nonce is needed; two ids never
    /// become the same.
    #[must_use]
    pub fn veil(&self, id: [u8; 16]) -> [u8; 16] {
        let mut block = id.into();
        self.addresses.encrypt_block(&mut block);
        block.into()
    }

    /// The id behind it. Whatever was not made by [`Keys::veil`] gives an id that nobody has.
    #[must_use]
    pub fn unveil(&self, veiled: [u8; 16]) -> [u8; 16] {
        let mut block = veiled.into();
        self.addresses.decrypt_block(&mut block);
        block.into()
    }

    /// What is stored of the secret of a personal link, which must be written again into later mails: whoever has the
    /// database alone has no link. One block, as in [`Keys::veil`].
    #[must_use]
    pub fn veil_link(&self, secret: [u8; 16]) -> [u8; 16] {
        let mut block = secret.into();
        self.links.encrypt_block(&mut block);
        block.into()
    }

    /// The secret behind what is stored.
    #[must_use]
    pub fn unveil_link(&self, veiled: [u8; 16]) -> [u8; 16] {
        let mut block = veiled.into();
        self.links.decrypt_block(&mut block);
        block.into()
    }

    /// Seals what of workers could be tried out against their receipts.
    #[must_use]
    pub fn voices(&self) -> &seal::SecretKey {
        &self.voices
    }

    /// Without it nobody can try out a receipt against the table.
    #[must_use]
    pub fn voices_pepper(&self) -> &[u8; 32] {
        &self.voices_pepper
    }

    /// Seals the secrets of organizers' second factors.
    #[must_use]
    pub fn second_factors(&self) -> &seal::SecretKey {
        &self.second_factors
    }

    /// A keyed hash: what is stored instead of tokens and codes. `label` keeps the uses apart.
    #[must_use]
    pub fn keyed_hash(&self, label: &str, value: &[u8]) -> [u8; 32] {
        // HMAC takes keys of any length, so the error cannot happen; an empty key would still be unpredictable here.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.pepper) else { return self.pepper };
        mac.update(&[u8::try_from(label.len()).unwrap_or(u8::MAX)]);
        mac.update(label.as_bytes());
        mac.update(value);
        mac.finalize().into_bytes().into()
    }
}

fn expand<const N: usize>(hkdf: &Hkdf<Sha256>, label: &[u8]) -> [u8; N] {
    let mut key = [0; N];
    // 255 times 32 bytes may be asked for; 64 at most are.
    let _ = hkdf.expand(label, &mut key);
    key
}
