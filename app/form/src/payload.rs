//! The bytes in which answers travel. They are written once, on the phone, and never change again:
//! retries, receipts and the server's comparison all rest on their digest.

use crate::answer::Answers;
use crate::{FORMAT, json, names};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The most bytes that a payload may have. Publishing refuses a definition whose answers might not
/// fit ([`crate::FaultKind::AnswersTooLarge`]).
pub const MAX_BYTES: usize = 64 * 1024;

/// What one person answered to one published definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// The format of the payload, [`FORMAT`].
    pub format: u32,
    /// The questionnaire's slug.
    pub questionnaire: String,
    /// The hash of the definition ([`crate::Published::hash`]).
    pub definition: String,
    /// A random version 4 UUID, lower-case with hyphens. The same however often it is sent.
    pub instance_id: String,
    /// The tag of the language in which it was answered last.
    pub language: String,
    /// Through which invitation it came, in the form of a code; nothing that tells one person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    /// The answers, pruned ([`crate::flow::prune`]).
    pub answers: Answers,
}

/// Why bytes are not a payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PayloadError {
    /// More than [`MAX_BYTES`].
    TooLarge,
    /// Not JSON, or not the fields of a payload.
    NotAPayload,
    /// A format other than [`FORMAT`].
    UnsupportedFormat,
    /// The questionnaire is no slug.
    BadQuestionnaire,
    /// The definition is no digest.
    BadDefinition,
    /// The instance id is not a lower-case version 4 UUID.
    BadInstanceId,
    /// The language is no tag.
    BadLanguage,
    /// The channel has not the form of a code.
    BadChannel,
    /// An answer's name cannot be the name of a question.
    BadAnswerName,
}

impl Payload {
    /// The bytes to seal and send: see the crate's README for what makes them canonical. They are
    /// not checked; [`Payload::parse`] is what checks.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut json = String::from("{\"format\":");
        json.push_str(&self.format.to_string());
        json::field("questionnaire", &self.questionnaire, &mut json);
        json::field("definition", &self.definition, &mut json);
        json::field("instance_id", &self.instance_id, &mut json);
        json::field("language", &self.language, &mut json);
        if let Some(channel) = &self.channel {
            json::field("channel", channel, &mut json);
        }
        json::key("answers", &mut json);
        self.answers.write(&mut json);
        json.push('}');
        json.into_bytes()
    }

    /// Reads a payload of at most [`MAX_BYTES`]. The forms of ids and names are checked; whether
    /// the answers hold is for [`crate::validate_all`] to say. Spaces and another order of the
    /// fields are let pass, so compare digests of the bytes that came, not of what was read.
    pub fn parse(bytes: &[u8]) -> Result<Payload, PayloadError> {
        if bytes.len() > MAX_BYTES {
            return Err(PayloadError::TooLarge);
        }
        let payload: Payload = serde_json::from_slice(bytes).map_err(|_| PayloadError::NotAPayload)?;
        let checks = [
            (payload.format == FORMAT, PayloadError::UnsupportedFormat),
            (names::is_slug(&payload.questionnaire), PayloadError::BadQuestionnaire),
            (names::is_digest(&payload.definition), PayloadError::BadDefinition),
            (is_instance_id(&payload.instance_id), PayloadError::BadInstanceId),
            (names::is_language_tag(&payload.language), PayloadError::BadLanguage),
            (payload.channel.as_deref().is_none_or(names::is_code), PayloadError::BadChannel),
            (payload.answers.iter().all(|(name, _)| names::is_name(name)), PayloadError::BadAnswerName),
        ];
        checks.into_iter().find(|(holds, _)| !holds).map_or(Ok(payload), |(_, error)| Err(error))
    }
}

/// The SHA-256 of the bytes as 64 lower-case hexadecimal digits.
pub fn digest(bytes: &[u8]) -> String {
    let nibbles = Sha256::digest(bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 15]);
    nibbles.filter_map(|nibble| char::from_digit(u32::from(nibble), 16)).collect()
}

/// Whether this is a version 4 UUID in lower case with hyphens.
pub fn is_instance_id(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            14 => byte == b'4',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            _ => names::is_lower_hex(byte),
        })
}

impl PayloadError {
    /// The key of the error, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            PayloadError::TooLarge => "too_large",
            PayloadError::NotAPayload => "not_a_payload",
            PayloadError::UnsupportedFormat => "unsupported_format",
            PayloadError::BadQuestionnaire => "bad_questionnaire",
            PayloadError::BadDefinition => "bad_definition",
            PayloadError::BadInstanceId => "bad_instance_id",
            PayloadError::BadLanguage => "bad_language",
            PayloadError::BadChannel => "bad_channel",
            PayloadError::BadAnswerName => "bad_answer_name",
        }
    }
}

impl std::fmt::Display for PayloadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl std::error::Error for PayloadError {}
