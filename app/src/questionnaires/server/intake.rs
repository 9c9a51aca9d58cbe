//! The server's half of sealed answers: the intake key of a questionnaire, and opening what was sealed to it.
//!
//! The key follows from the installation's secret, so servers share it, a database or a backup alone opens nothing,
//! and what phones still hold ends with the secret.

use crate::{
    error::AppError,
    questionnaires::{
        intake::{PURPOSE, SealedSending, about},
        types::Sending,
    },
    server::keys::Keys,
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use seal::SecretKey;

/// The public half of a questionnaire's intake key, 64 lower-case hex digits.
#[must_use]
pub fn public_key(keys: &Keys, questionnaire: &str) -> String {
    HEXLOWER.encode(secret_key(keys, questionnaire).public().as_bytes())
}

/// Opens an envelope. The rest of its arrival is that of any other one.
///
/// # Errors
/// [`AppError::Expired`] if it was sealed to a key that this installation does not have (another one's, or that of a
/// secret of before), [`AppError::Malformed`] if it was changed on the way.
pub fn open(keys: &Keys, sealed: SealedSending) -> Result<Sending, AppError> {
    let SealedSending { questionnaire, definition, instance_id, digest, intake_key, sealed } = sealed;
    if !form::names::is_slug(&questionnaire) || sealed.len() > MAX_BASE64 {
        return Err(AppError::Malformed);
    }
    let secret = secret_key(keys, &questionnaire);
    if HEXLOWER.encode(secret.public().as_bytes()) != intake_key {
        return Err(AppError::Expired);
    }
    let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(|_| AppError::Malformed)?;
    let about = about(&questionnaire, &definition, &instance_id, &digest);
    let payload = seal::open(&secret, PURPOSE, &about, &bytes).map_err(|_| AppError::Malformed)?;
    let payload = String::from_utf8(payload).map_err(|_| AppError::Malformed)?;
    Ok(Sending { questionnaire, definition, instance_id, digest, payload })
}

/// What the longest payload becomes.
const MAX_BASE64: usize = (form::payload::MAX_BYTES + seal::OVERHEAD + seal::STEP) * 4 / 3 + 4;

fn secret_key(keys: &Keys, questionnaire: &str) -> SecretKey {
    SecretKey::derive(&keys.keyed_hash("intake", questionnaire.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(keys: &Keys) -> SealedSending {
        let sending = Sending {
            questionnaire: "work".into(),
            definition: "ab".repeat(32),
            instance_id: "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(),
            digest: "cd".repeat(32),
            payload: "{}".into(),
        };
        SealedSending::seal(sending, &public_key(keys, "work"), [3; 32]).unwrap()
    }

    #[test]
    fn what_was_sealed_is_opened_by_the_same_secret_only() {
        let keys = Keys::derive(&[7; 32]);
        assert_eq!(open(&keys, sealed(&keys)).unwrap().payload, "{}");
        assert_eq!(open(&Keys::derive(&[8; 32]), sealed(&keys)), Err(AppError::Expired));
        assert_ne!(public_key(&keys, "work"), public_key(&keys, "housing"));
    }

    #[test]
    fn no_part_of_the_envelope_can_be_changed() {
        let keys = Keys::derive(&[7; 32]);
        let changed = |change: fn(&mut SealedSending)| {
            let mut sending = sealed(&keys);
            change(&mut sending);
            open(&keys, sending)
        };
        assert_eq!(changed(|sending| sending.questionnaire = "housing".into()), Err(AppError::Expired));
        assert_eq!(changed(|sending| sending.intake_key = "00".repeat(32)), Err(AppError::Expired));
        for change in [
            (|sending| sending.questionnaire = "../etc".into()) as fn(&mut SealedSending),
            |sending| sending.definition = "ac".repeat(32),
            |sending| sending.instance_id = "1f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(),
            |sending| sending.digest = "ce".repeat(32),
            |sending| sending.sealed.insert(5, 'A'),
            |sending| sending.sealed = "not base64!".into(),
            |sending| sending.sealed = String::new(),
            |sending| sending.sealed = "A".repeat(1_000_000),
        ] {
            assert_eq!(changed(change), Err(AppError::Malformed));
        }
    }
}
