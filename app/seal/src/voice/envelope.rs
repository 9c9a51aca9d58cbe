//! One message as it is stored and sent. Whoever seals it fixes what it belongs to; whoever moves it to another case,
//! another place in the case, or says that somebody else wrote it, makes it unreadable.
//!
//! | byte | what |
//! |---|---|
//! | 0 | the suite |
//! | 1–16 | the case |
//! | 17–20 | which message of the case, from 1, big endian |
//! | 21 | who wrote it |
//! | 22 | where it was sealed |
//! | 23–54 | the encapsulated key |
//! | the rest | the message, padded to one of four sizes, enciphered, and its tag of 16 bytes |

use super::{bytes::Writer, label};
use crate::{KEY_BYTES, PublicKey, SUITE, SecretKey, decipher, encipher};

/// The sizes to which messages are padded, in bytes; a message is shorter than the last one.
pub const SIZES: [usize; 4] = [1024, 4 * 1024, 16 * 1024, 64 * 1024];
/// Bytes before the enciphered message.
pub const HEAD: usize = 23 + KEY_BYTES;
/// Bytes of the tag.
pub const TAG: usize = 16;
/// Which byte says who wrote it.
pub const ROLE_AT: usize = 21;
/// Bytes of a case's id.
pub const CASE_BYTES: usize = 16;

/// A case, by its random id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaseId(pub [u8; CASE_BYTES]);

/// Who wrote a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The person who opened the case.
    Worker,
    /// A member of the desk.
    Desk,
    /// Words that may be passed on if the worker agrees: drafted by the desk.
    Share,
}

/// Where a message was sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// On the phone of who wrote it: the server has never seen the text.
    Phone,
    /// On the server, in the moment in which it came.
    Server,
}

impl Role {
    const ALL: [Self; 3] = [Self::Worker, Self::Desk, Self::Share];

    /// How an envelope says it, in its byte [`ROLE_AT`].
    #[must_use]
    pub const fn byte(self) -> u8 {
        match self {
            Self::Worker => 1,
            Self::Desk => 2,
            Self::Share => 3,
        }
    }
}

impl Path {
    const ALL: [Self; 2] = [Self::Phone, Self::Server];

    const fn byte(self) -> u8 {
        match self {
            Self::Phone => 1,
            Self::Server => 2,
        }
    }
}

/// What a message belongs to. All of it is bound to the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame<'s> {
    /// The installation, by the address that it has for the world.
    pub site: &'s str,
    /// The case.
    pub case: CaseId,
    /// Which message of the case, from 1.
    pub number: u32,
    /// Who wrote it.
    pub role: Role,
    /// Where it was sealed.
    pub path: Path,
}

impl Frame<'_> {
    /// As bytes, for what is bound to it: the same for sealing and for signing.
    pub(super) fn bytes(&self) -> Vec<u8> {
        Writer::default()
            .field(&[SUITE])
            .field(self.site.as_bytes())
            .field(&self.case.0)
            .number(u64::from(self.number))
            .field(&[self.role.byte(), self.path.byte()])
            .done()
    }
}

/// An envelope that has the form of one. What is in it only the holder of the case key can tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope<'b> {
    /// The case that it says.
    pub case: CaseId,
    /// Its number there.
    pub number: u32,
    /// Who is said to have written it.
    pub role: Role,
    /// Where it is said to have been sealed.
    pub path: Path,
    bytes: &'b [u8],
}

/// Why bytes are no envelope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAnEnvelope {
    /// The suite is none that is known.
    Suite,
    /// It has none of the sizes.
    Size,
    /// The number, the role or the path is none.
    Frame,
    /// The encapsulated key is none that anybody honest makes.
    Key,
}

impl<'b> Envelope<'b> {
    /// Looks whether bytes are an envelope: exactly, to the last one. This is all that a server can and must judge.
    ///
    /// # Errors
    /// [`NotAnEnvelope`].
    pub fn read(bytes: &'b [u8]) -> Result<Self, NotAnEnvelope> {
        if bytes.first() != Some(&SUITE) {
            return Err(NotAnEnvelope::Suite);
        }
        let size = bytes.len().checked_sub(HEAD + TAG).ok_or(NotAnEnvelope::Size)?;
        if !SIZES.contains(&size) {
            return Err(NotAnEnvelope::Size);
        }
        let (case, rest) = bytes[1..].split_first_chunk::<CASE_BYTES>().ok_or(NotAnEnvelope::Size)?;
        let (number, rest) = rest.split_first_chunk::<4>().ok_or(NotAnEnvelope::Size)?;
        let ([role, path], key) = rest.split_first_chunk::<2>().ok_or(NotAnEnvelope::Size)?;
        let number = u32::from_be_bytes(*number);
        let role = Role::ALL.into_iter().find(|known| known.byte() == *role).ok_or(NotAnEnvelope::Frame)?;
        let path = Path::ALL.into_iter().find(|known| known.byte() == *path).ok_or(NotAnEnvelope::Frame)?;
        if number == 0 {
            return Err(NotAnEnvelope::Frame);
        }
        let key = key.first_chunk::<KEY_BYTES>().ok_or(NotAnEnvelope::Size)?;
        // One number has one form, and nought is no point of the curve that anybody draws.
        if key[KEY_BYTES - 1] & 0x80 != 0 || key.iter().all(|byte| *byte == 0) {
            return Err(NotAnEnvelope::Key);
        }
        Ok(Self { case: CaseId(*case), number, role, path, bytes })
    }

    /// The bytes.
    #[must_use]
    pub const fn as_bytes(&self) -> &'b [u8] {
        self.bytes
    }

    /// What the message is padded to, in bytes.
    #[must_use]
    pub const fn size(&self) -> usize {
        self.bytes.len() - HEAD - TAG
    }

    /// What it is bound to at a site.
    #[must_use]
    pub const fn frame<'s>(&self, site: &'s str) -> Frame<'s> {
        Frame { site, case: self.case, number: self.number, role: self.role, path: self.path }
    }

    /// Opens it with the case's key. `None` if it was not sealed for this key and site, or was changed since.
    #[must_use]
    pub fn open(&self, site: &str, with: &SecretKey) -> Option<Vec<u8>> {
        let (encapsulated, ciphertext) = self.bytes[HEAD - KEY_BYTES..].split_at_checked(KEY_BYTES)?;
        let padded = decipher(with, label::ENVELOPE, &self.frame(site).bytes(), encapsulated, ciphertext)?;
        unpadded(padded)
    }
}

/// Seals what [`super::message`] made for a case. `entropy` must be fresh and used once.
///
/// `None` if the message is longer than the last size, or `to` is no usable key.
#[must_use]
pub fn seal(frame: &Frame<'_>, to: &PublicKey, message: &[u8], entropy: [u8; KEY_BYTES]) -> Option<Vec<u8>> {
    let size = SIZES.into_iter().find(|size| message.len() < *size)?;
    let mut padded = Vec::with_capacity(size);
    padded.extend_from_slice(message);
    padded.push(0x80);
    padded.resize(size, 0);
    let sealed = encipher(to, label::ENVELOPE, &frame.bytes(), &padded, entropy);
    zeroize::Zeroize::zeroize(&mut padded);
    let (encapsulated, ciphertext) = sealed?;
    let head = [&[SUITE][..], &frame.case.0, &frame.number.to_be_bytes(), &[frame.role.byte(), frame.path.byte()]];
    Some([&head.concat(), &encapsulated[..], &ciphertext].concat())
}

/// The message before its padding: a one bit, and zeros up to the size (ISO/IEC 7816-4). The size must be the smallest
/// that holds it: there is one envelope for a message, not four.
fn unpadded(mut padded: Vec<u8>) -> Option<Vec<u8>> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    let size = SIZES.into_iter().find(|size| end < *size)?;
    if padded[end] != 0x80 || padded.len() != size {
        return None;
    }
    padded.truncate(end);
    Some(padded)
}
