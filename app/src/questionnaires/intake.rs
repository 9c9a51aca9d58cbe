//! What *Send* freezes on a phone: an envelope whose answers are sealed to the questionnaire's intake key before they
//! touch storage. Neither the next holder of the phone nor the carrier of a file can read them, and the bytes never
//! change again.

use super::types::Sending;
use base64ct::{Base64UrlUnpadded, Encoding as _};
use form::json;
use outbox::Row;
use seal::{KEY_BYTES, PublicKey};
use serde::{Deserialize, Serialize};

/// What the sealing is for: nothing that was sealed for something else is opened as answers.
pub const PURPOSE: &[u8] = b"entaku/intake/v1";

/// One person's answers on their way, to be read by the server alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SealedSending {
    /// The questionnaire's slug.
    pub questionnaire: String,
    /// Hash of the definition that was answered.
    pub definition: String,
    /// The id made once when the person began; lower-case UUID v4.
    pub instance_id: String,
    /// SHA-256 of the answers' canonical bytes, 64 lower-case hex digits.
    pub digest: String,
    /// The public key that it was sealed to, 64 lower-case hex digits.
    pub intake_key: String,
    /// The sealed canonical bytes, base64 for addresses, without padding characters.
    pub sealed: String,
}

impl SealedSending {
    /// Seals an envelope to a key. `entropy` is fresh and used once. `None` if that is no key.
    #[must_use]
    pub fn seal(sending: Sending, intake_key: &str, entropy: [u8; KEY_BYTES]) -> Option<Self> {
        let key = PublicKey::from_bytes(super::types::unhex(intake_key)?);
        let Sending { questionnaire, definition, instance_id, digest, payload } = sending;
        let about = about(&questionnaire, &definition, &instance_id, &digest);
        let sealed = seal::seal(&key, PURPOSE, &about, payload.as_bytes(), entropy)?;
        let sealed = Base64UrlUnpadded::encode_string(&sealed);
        Some(Self { questionnaire, definition, instance_id, digest, intake_key: intake_key.to_owned(), sealed })
    }

    /// The body of the call, to the byte as serde writes it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut body = String::from("{");
        for (name, value) in [
            ("questionnaire", &self.questionnaire),
            ("definition", &self.definition),
            ("instance_id", &self.instance_id),
            ("digest", &self.digest),
            ("intake_key", &self.intake_key),
            ("sealed", &self.sealed),
        ] {
            json::field(name, value, &mut body);
        }
        body.push('}');
        body
    }

    /// As a row of the outbox.
    #[must_use]
    pub fn into_row(self) -> Row {
        let body = self.to_json();
        Row { id: self.instance_id, digest: self.digest, body }
    }
}

/// What is bound to the sealed bytes without being in them: an envelope cannot be put around other answers.
#[must_use]
pub fn about(questionnaire: &str, definition: &str, instance_id: &str, digest: &str) -> Vec<u8> {
    [questionnaire, definition, instance_id, digest].join("\n").into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;
    use seal::SecretKey;

    #[test]
    fn envelope_is_written_as_serde_does_and_holds_no_answer() {
        let secret = SecretKey::derive(&[7; KEY_BYTES]);
        let sending = Sending {
            questionnaire: "work".into(),
            definition: "ab".repeat(32),
            instance_id: "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(),
            digest: "cd".repeat(32),
            payload: r#"{"hours":{"integer":61}}"#.into(),
        };
        let key = data_encoding::HEXLOWER.encode(secret.public().as_bytes());
        let sealed = SealedSending::seal(sending.clone(), &key, [3; KEY_BYTES]).unwrap();
        assert_eq!(sealed.to_json(), serde_json::to_string(&sealed).unwrap());
        let row = sealed.clone().into_row();
        assert_eq!((&row.id, &row.digest), (&sending.instance_id, &sending.digest));
        assert!(!row.body.contains("hours"));
        let bytes = data_encoding::BASE64URL_NOPAD.decode(sealed.sealed.as_bytes()).unwrap();
        let about = about("work", &sending.definition, &sending.instance_id, &sending.digest);
        assert_eq!(seal::open(&secret, PURPOSE, &about, &bytes).unwrap(), sending.payload.as_bytes());
        assert_eq!(SealedSending::seal(sending.clone(), "no key", [3; KEY_BYTES]), None);
        assert_eq!(SealedSending::seal(sending, &"00".repeat(32), [3; KEY_BYTES]), None);
    }
}
