//! The receipt of an answer: the code that the person may keep, and the server's signature.
//!
//! Both follow from the id, the digest and the outcome alone, so a repetition gets the same receipt to the byte and
//! nothing about receipts is stored but the code's hash.

use crate::{
    questionnaires::types::{Outcome, Receipt},
    server::keys::Keys,
};
use data_encoding::HEXLOWER;

/// Crockford's base 32: no I, L, O or U, so that nothing is mistaken when it is copied by hand.
pub const CODE_LETTERS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Letters of a code, without the hyphens: 60 bits.
pub const CODE_LENGTH: usize = 12;

/// The signed receipt for an answer with this id and this digest.
#[must_use]
pub fn receipt(keys: &Keys, instance_id: &str, digest: &str, outcome: Outcome) -> Receipt {
    let mut receipt = Receipt {
        instance_id: instance_id.to_owned(),
        digest: digest.to_owned(),
        outcome,
        code: code(keys, instance_id),
        signature: String::new(),
    };
    receipt.signature = HEXLOWER.encode(&keys.sign_receipt(&receipt.message()));
    receipt
}

/// The code of an id, `XXXX-XXXX-XXXX`: always the same, and nothing can be told from it without the secret.
#[must_use]
pub fn code(keys: &Keys, instance_id: &str) -> String {
    let hash = keys.keyed_hash("code", instance_id.as_bytes());
    let mut code = String::with_capacity(CODE_LENGTH + 2);
    for (place, byte) in hash.iter().take(CODE_LENGTH).enumerate() {
        if place > 0 && place % 4 == 0 {
            code.push('-');
        }
        code.push(char::from(CODE_LETTERS[usize::from(byte & 31)]));
    }
    code
}

/// What is stored of a code: enough to find an answer whose code somebody tells, not enough to tell a code.
/// Hyphens, spaces and small letters make no difference, nor does O for 0 or I and L for 1.
#[must_use]
pub fn code_hash(keys: &Keys, code: &str) -> String {
    HEXLOWER.encode(&keys.keyed_hash("code-lookup", plain_code(code).as_bytes()))
}

/// The same for the code of an id.
#[must_use]
pub fn code_hash_of(keys: &Keys, instance_id: &str) -> String {
    code_hash(keys, &code(keys, instance_id))
}

/// A code without what makes no difference: as it is hashed.
#[must_use]
pub fn plain_code(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            letter => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "0b5e7c1a-52d4-4c9e-8f3a-2d6b9a7c1e00";

    fn keys() -> Keys {
        Keys::derive(&[7; 32])
    }

    fn public(keys: &Keys) -> String {
        HEXLOWER.encode(keys.receipt_key().as_bytes())
    }

    #[test]
    fn same_id_has_same_code() {
        let code = code(&keys(), ID);
        assert_eq!(code, super::code(&keys(), ID));
        assert_ne!(code, super::code(&keys(), "1b5e7c1a-52d4-4c9e-8f3a-2d6b9a7c1e00"));
        assert_ne!(code, super::code(&Keys::derive(&[8; 32]), ID), "another installation has other codes");
        assert_eq!(code.len(), 14);
        let letters: Vec<&str> = code.split('-').collect();
        assert_eq!(letters.len(), 3);
        assert!(letters.concat().bytes().all(|letter| CODE_LETTERS.contains(&letter)), "{code}");
    }

    #[test]
    fn code_is_found_however_it_is_written() {
        let keys = keys();
        let hash = code_hash(&keys, "01AB-CDEF-0123");
        for written in ["01abcdef0123", " 01AB CDEF 0123 ", "OIab-cdef-ol23", "o1AB–CDEF–0i23"] {
            assert_eq!(code_hash(&keys, written), hash, "{written}");
        }
        assert_ne!(code_hash(&keys, "01AB-CDEF-0124"), hash);
        assert_eq!(hash.len(), 64);
    }

    #[test]
    fn receipt_is_good_for_its_own_bytes_only() {
        let keys = keys();
        let digest = form::digest(b"answers");
        let good = receipt(&keys, ID, &digest, Outcome::Stored);
        assert!(good.is_for(&public(&keys), ID, &digest));
        assert_eq!(good, receipt(&keys, ID, &digest, Outcome::Stored), "a repetition gets the same bytes");

        let other = form::digest(b"other answers");
        assert!(!good.is_for(&public(&keys), ID, &other));
        assert!(!good.is_for(&public(&Keys::derive(&[8; 32])), ID, &digest), "forged by somebody else");
        let altered = [
            Receipt { outcome: Outcome::KeptAside, ..good.clone() },
            Receipt { code: "0000-0000-0000".to_owned(), ..good.clone() },
            Receipt { digest: other.clone(), ..good.clone() },
            Receipt { signature: "00".repeat(64), ..good.clone() },
            Receipt { signature: String::new(), ..good.clone() },
            Receipt { signature: "é".repeat(64), ..good.clone() },
        ];
        for receipt in altered {
            let asked = receipt.digest.clone();
            assert!(!receipt.is_for(&public(&keys), ID, &asked), "{receipt:?}");
        }
    }
}
