//! What stands inside an envelope: fields in one order, and a signature over them and the envelope's frame. The worker
//! signs with the key that follows from their receipt, a member of the desk with theirs: nobody who can write into the
//! database can answer in their name.

use super::{
    bytes::{Reader, Writer},
    envelope::Frame,
    is_signed, label, sign,
};
use ed25519_dalek::{SigningKey, VerifyingKey};

/// Bytes of a signature.
const SIGNATURE: usize = 64;

/// A message. Its `Debug` tells no word of it.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// The language in which it was written (BCP 47).
    pub language: String,
    /// What it is about, as a code of the form's own; may be empty.
    pub topic: String,
    /// The employer's name, if the worker gave one.
    pub employer: String,
    /// What was written.
    pub text: String,
    /// The digest of a share text that this message belongs to; empty for others.
    pub about: Vec<u8>,
}

impl std::fmt::Debug for Message {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Message").finish_non_exhaustive()
    }
}

impl Drop for Message {
    fn drop(&mut self) {
        for text in [&mut self.language, &mut self.topic, &mut self.employer, &mut self.text] {
            zeroize::Zeroize::zeroize(text);
        }
    }
}

impl Message {
    /// The bytes that go into the envelope of this frame.
    #[must_use]
    pub fn signed(&self, frame: &Frame<'_>, by: &SigningKey) -> Vec<u8> {
        let fields = [&self.language, &self.topic, &self.employer, &self.text].map(String::len);
        let room = fields.iter().sum::<usize>() + self.about.len() + 5 * 4 + SIGNATURE;
        let mut bytes = Writer::with_room(room)
            .field(self.language.as_bytes())
            .field(self.topic.as_bytes())
            .field(self.employer.as_bytes())
            .field(self.text.as_bytes())
            .field(&self.about)
            .done();
        let mut whole = to_sign(frame, &bytes);
        let signature = sign(&whole, by);
        zeroize::Zeroize::zeroize(&mut whole);
        bytes.extend_from_slice(&signature);
        bytes
    }

    /// Reads what came out of an envelope, if one of these keys has signed it for this frame; which of them, by its
    /// position.
    #[must_use]
    pub fn read(bytes: &[u8], frame: &Frame<'_>, by: &[VerifyingKey]) -> Option<(Self, usize)> {
        let (fields, signature) = bytes.split_last_chunk::<SIGNATURE>()?;
        let mut signed = to_sign(frame, fields);
        let who = by.iter().position(|key| is_signed(&signed, key, signature));
        zeroize::Zeroize::zeroize(&mut signed);
        let who = who?;
        let mut reader = Reader(fields);
        let message = Self {
            language: reader.text()?,
            topic: reader.text()?,
            employer: reader.text()?,
            text: reader.text()?,
            about: reader.field()?.to_vec(),
        };
        reader.end()?;
        Some((message, who))
    }
}

fn to_sign(frame: &Frame<'_>, fields: &[u8]) -> Vec<u8> {
    let frame = frame.bytes();
    let room = label::MESSAGE.len() + frame.len() + fields.len() + 3 * 4;
    Writer::with_room(room).field(label::MESSAGE).field(&frame).field(fields).done()
}
