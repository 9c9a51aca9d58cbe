//! What travels between browser and server when answers are sent.

use form::json::{self, Tree};
use serde::{Deserialize, Serialize};

/// One person's answers on their way: an envelope around bytes that never change again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sending {
    /// The questionnaire's slug.
    pub questionnaire: String,
    /// Hash of the definition that was answered.
    pub definition: String,
    /// The id made once when the person began; lower-case UUID v4.
    pub instance_id: String,
    /// SHA-256 of the payload's bytes, 64 lower-case hex digits.
    pub digest: String,
    /// The canonical bytes of [`form::Payload`], as text.
    pub payload: String,
}

impl Sending {
    /// Freezes answers into the bytes that travel, and puts the envelope around them.
    #[must_use]
    pub fn of(payload: form::Payload) -> Self {
        let bytes = payload.canonical_bytes();
        Self {
            digest: form::digest(&bytes),
            questionnaire: payload.questionnaire,
            definition: payload.definition,
            instance_id: payload.instance_id,
            // JSON is UTF-8; should it not be, the empty payload is refused.
            payload: String::from_utf8(bytes).unwrap_or_default(),
        }
    }
}

impl Sending {
    /// The body of the call, to the byte as serde writes it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut body = String::from("{");
        json::field("questionnaire", &self.questionnaire, &mut body);
        json::field("definition", &self.definition, &mut body);
        json::field("instance_id", &self.instance_id, &mut body);
        json::field("digest", &self.digest, &mut body);
        json::field("payload", &self.payload, &mut body);
        body.push('}');
        body
    }
}

/// What became of answers that arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Stored and counted.
    Stored,
    /// Kept for a person to look at: the definition is unknown or the questionnaire is closed. Nothing is lost.
    KeptAside,
    /// Deleted before by who sent them, and not stored again: whoever still holds the bytes may forget them.
    Deleted,
}

/// The server's signed word that it holds these bytes, or that their sender had them deleted. Only this lets a client forget them: a hotel's login page
/// that answers 200 is no receipt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Echo of the id.
    pub instance_id: String,
    /// Echo of the digest.
    pub digest: String,
    /// What became of them.
    pub outcome: Outcome,
    /// The code the person may keep: always the same for the same id, `XXXX-XXXX-XXXX`.
    pub code: String,
    /// Ed25519 over [`Receipt::message`], 128 lower-case hex digits.
    pub signature: String,
}

impl Receipt {
    /// Reads what serde writes of a receipt; `None` if it is something else.
    #[must_use]
    pub fn read(tree: &Tree) -> Option<Self> {
        let text = |name: &str| Some(tree.field(name)?.text()?.to_owned());
        Some(Self {
            instance_id: text("instance_id")?,
            digest: text("digest")?,
            outcome: match tree.field("outcome")?.text()? {
                "stored" => Outcome::Stored,
                "kept_aside" => Outcome::KeptAside,
                "deleted" => Outcome::Deleted,
                _ => return None,
            },
            code: text("code")?,
            signature: text("signature")?,
        })
    }

    /// The bytes that are signed: one line each for purpose, id, digest, outcome and code.
    #[must_use]
    pub fn message(&self) -> Vec<u8> {
        let outcome = match self.outcome {
            Outcome::Stored => "stored",
            Outcome::KeptAside => "kept_aside",
            Outcome::Deleted => "deleted",
        };
        ["entaku/receipt/v1", &self.instance_id, &self.digest, outcome, &self.code].join("\n").into_bytes()
    }

    /// Whether the server with this public key (64 hex digits) signed this receipt for exactly these bytes.
    #[cfg(feature = "outbox")]
    #[must_use]
    pub fn is_for(&self, key: &str, instance_id: &str, digest: &str) -> bool {
        use ed25519_dalek::{Signature, VerifyingKey};
        let (Some(key), Some(signature)) = (unhex::<32>(key), unhex::<64>(&self.signature)) else { return false };
        let Ok(key) = VerifyingKey::from_bytes(&key) else { return false };
        self.instance_id == instance_id
            && self.digest == digest
            && key.verify_strict(&self.message(), &Signature::from_bytes(&signature)).is_ok()
    }
}

/// How many answers a questionnaire has, as the live page is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The questionnaire's slug.
    pub slug: String,
    /// Answers that were stored.
    pub count: u64,
}

/// Hex digits to bytes; `None` if they are not exactly `N` bytes.
#[cfg(feature = "outbox")]
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != N * 2 {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |d: u8| char::from(d).to_digit(16);
        *byte = u8::try_from(digit(pair[0])? * 16 + digit(pair[1])?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_written_and_read_as_serde_does() {
        let sending = Sending {
            questionnaire: "work".into(),
            definition: "ab".repeat(32),
            instance_id: "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(),
            digest: "cd".repeat(32),
            payload: "{\"a\":\"\\\"é\n\u{1}\"}".into(),
        };
        assert_eq!(sending.to_json(), serde_json::to_string(&sending).unwrap());
        for outcome in [Outcome::Stored, Outcome::KeptAside, Outcome::Deleted] {
            let receipt = Receipt {
                instance_id: sending.instance_id.clone(),
                digest: sending.digest.clone(),
                outcome,
                code: "ABCD-EFGH-JKMN".into(),
                signature: "ef".repeat(64),
            };
            let tree = Tree::parse(&serde_json::to_string(&receipt).unwrap()).unwrap();
            assert_eq!(Receipt::read(&tree), Some(receipt));
        }
    }
}
