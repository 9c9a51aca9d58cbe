//! What stands in addresses of the console for one person's answers.
//!
//! Not the instance id: that is a secret of the person's device, and whoever sends it again with the same answers is
//! given the receipt with the code that only the person has. Not a keyed hash either: to find the answers by it, it
//! would have to be a column, a second name that lasts and goes into backups, or all ids would be hashed for each page.
//! So the id, which is one random block, is enciphered under a key of the installation and deciphered again to look
//! it up by its primary key. Nothing is stored; neighbours have keys that tell nothing of each other, so no order can
//! be read from them; and they end with the installation's secret.

use crate::{
    error::AppError,
    ids::InstanceId,
    server::{error::internal, keys::Keys},
};
use data_encoding::HEXLOWER;
use uuid::Uuid;

/// The key of one person's answers: 32 lower-case hex digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct AnswerKey(String);

impl AnswerKey {
    /// The key of the answers with this id.
    ///
    /// # Errors
    /// [`AppError::Internal`] if the id is none that could have been stored.
    pub fn of(keys: &Keys, id: &InstanceId) -> Result<Self, AppError> {
        let id = Uuid::parse_str(id.as_str()).map_err(|_| internal("a stored id is broken"))?;
        Ok(Self(HEXLOWER.encode(&keys.veil(id.into_bytes()))))
    }

    /// Reads what stands in an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_key = HEXLOWER.decode(text.as_bytes()).is_ok_and(|bytes| bytes.len() == 16);
        is_key.then(|| Self(text.to_owned()))
    }

    /// The id behind it; there need not be any answers of that id.
    #[must_use]
    pub fn id(&self, keys: &Keys) -> Option<InstanceId> {
        let veiled = <[u8; 16]>::try_from(HEXLOWER.decode(self.0.as_bytes()).ok()?).ok()?;
        let id = Uuid::from_bytes(keys.unveil(veiled)).hyphenated().to_string();
        form::is_instance_id(&id).then_some(InstanceId(id))
    }

    /// As it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn id(number: u32) -> InstanceId {
        InstanceId(format!("{number:08x}-0000-4000-8000-000000000000"))
    }

    #[test]
    fn keys_lead_back_and_tell_neither_id_nor_order() {
        let keys = Keys::derive(&[7; 32]);
        let made: Vec<AnswerKey> = (0..200).map(|number| AnswerKey::of(&keys, &id(number)).unwrap()).collect();
        for (number, key) in (0..).zip(&made) {
            assert_eq!(key.id(&keys), Some(id(number)));
            assert_eq!(AnswerKey::parse(key.as_str()).as_ref(), Some(key));
            assert!(!key.as_str().contains("4000") || !key.as_str().contains("8000000"));
        }
        let texts: Vec<&str> = made.iter().map(AnswerKey::as_str).collect();
        assert!(!texts.is_sorted() && !texts.iter().rev().is_sorted());
        // All first bytes are the same in the ids; as many as chance gives are in the keys.
        assert!(texts.iter().map(|text| &text[..2]).collect::<BTreeSet<_>>().len() > 100);
    }

    #[test]
    fn another_installation_and_guesses_lead_nowhere() {
        let (ours, others) = (Keys::derive(&[7; 32]), Keys::derive(&[8; 32]));
        let key = AnswerKey::of(&ours, &id(1)).unwrap();
        assert_ne!(key.id(&others), Some(id(1)));
        for text in ["", "00", "zz", &"0".repeat(33), &"G".repeat(32), &"A".repeat(32), &id(1).0] {
            assert_eq!(AnswerKey::parse(text), None, "{text}");
        }
        assert!(AnswerKey::of(&ours, &InstanceId("1".into())).is_err());
    }
}
