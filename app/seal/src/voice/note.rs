//! What the desk notes about a case for itself: what it calls it, what it must not forget. Sealed to the desk's key, so that
//! neither who has the table nor the worker reads it. It is no evidence of anything: whoever has the desk's public key
//! could have written it, so it bears no signature and says nothing in anybody's name.

use super::{bytes::Writer, envelope::CaseId, label};
use crate::{KEY_BYTES, OVERHEAD, PublicKey, STEP, SecretKey, open, seal};

/// The most bytes of a note.
pub const NOTE_BYTES: usize = 4 * STEP - 1;

/// What a note is bound to: the site, the case, and the number of the desk's key.
fn about(site: &str, case: CaseId, epoch: u32) -> Vec<u8> {
    Writer::default().field(site.as_bytes()).field(&case.0).number(u64::from(epoch)).done()
}

/// Seals a note. `entropy` must be fresh and used once. `None` if it is too long, or `to` is no usable key.
#[must_use]
pub fn seal_note(
    site: &str,
    case: CaseId,
    (epoch, to): (u32, &PublicKey),
    note: &str,
    entropy: [u8; KEY_BYTES],
) -> Option<Vec<u8>> {
    let is_short = note.len() <= NOTE_BYTES;
    is_short.then(|| seal(to, label::NOTE, &about(site, case, epoch), note.as_bytes(), entropy)).flatten()
}

/// Opens it. `None` if it is another case's, another key's, or was changed.
#[must_use]
pub fn open_note(site: &str, case: CaseId, (epoch, with): (u32, &SecretKey), sealed: &[u8]) -> Option<String> {
    String::from_utf8(open(with, label::NOTE, &about(site, case, epoch), sealed).ok()?).ok()
}

/// Whether bytes have the form of a sealed note: all that a server can judge.
#[must_use]
pub fn is_note(bytes: &[u8]) -> bool {
    let padded = bytes.len().checked_sub(OVERHEAD);
    bytes.first() == Some(&crate::SUITE)
        && padded.is_some_and(|padded| padded > 0 && padded.is_multiple_of(STEP) && padded <= NOTE_BYTES + 1)
}
