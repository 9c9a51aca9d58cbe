//! One key sealed for the holder of another: the case key for the desk and for the worker, the desk's key for each of its
//! members. Deleting the wraps is deleting what the key opens.
//!
//! A wrap for two trustees is nested: the outer one opens for the second, what is in it for the first, so that it takes
//! both. Three trustees have three such wraps, and any two of them are enough.

use super::{bytes::Writer, label};
use crate::{KEY_BYTES, PublicKey, SecretKey, open, seal};
use zeroize::Zeroize as _;

/// The seed of a key pair, as it is wrapped.
pub type Seed = [u8; KEY_BYTES];

/// Who holds a wrap, bound to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder<'h> {
    /// The desk of this quarter, by its number.
    Epoch(u32),
    /// The worker of the case.
    Worker,
    /// A member of the desk, by their id.
    Member(&'h str),
    /// Two trustees together, by their ids.
    Trustees(&'h str, &'h str),
}

/// What a wrap is bound to: the site, what the key is for (a case, an epoch), and who holds it.
fn about(site: &str, of: &[u8], holder: &Holder<'_>) -> Vec<u8> {
    let writer = Writer::default().field(site.as_bytes()).field(of);
    let writer = match holder {
        Holder::Epoch(number) => writer.field(b"epoch").number(u64::from(*number)),
        Holder::Worker => writer.field(b"worker"),
        Holder::Member(id) => writer.field(b"member").field(id.as_bytes()),
        Holder::Trustees(first, second) => writer.field(b"trustees").field(first.as_bytes()).field(second.as_bytes()),
    };
    writer.done()
}

/// Wraps a seed for one holder. `entropy` must be fresh and used once. `None` if `to` is no usable key.
#[must_use]
pub fn wrap(
    site: &str,
    of: &[u8],
    holder: &Holder<'_>,
    to: &PublicKey,
    seed: &Seed,
    entropy: [u8; KEY_BYTES],
) -> Option<Vec<u8>> {
    seal(to, label::WRAP, &about(site, of, holder), seed, entropy)
}

/// Opens a wrap. `None` if it is another's, for something else, or was changed.
#[must_use]
pub fn unwrap(site: &str, of: &[u8], holder: &Holder<'_>, with: &SecretKey, wrapped: &[u8]) -> Option<Seed> {
    seed_of(open(with, label::WRAP, &about(site, of, holder), wrapped).ok()?)
}

/// Wraps a seed for two trustees together. Both entropies must be fresh, different, and used once.
#[must_use]
pub fn nest(
    site: &str,
    of: &[u8],
    (first, second): (&str, &str),
    (to_first, to_second): (&PublicKey, &PublicKey),
    seed: &Seed,
    [inner, outer]: [[u8; KEY_BYTES]; 2],
) -> Option<Vec<u8>> {
    let about = about(site, of, &Holder::Trustees(first, second));
    let for_first = seal(to_first, label::RECOVERY_INNER, &about, seed, inner)?;
    seal(to_second, label::RECOVERY_OUTER, &about, &for_first, outer)
}

/// What the second of two trustees takes off; what is left opens for the first alone.
#[must_use]
pub fn unnest_outer(
    site: &str,
    of: &[u8],
    (first, second): (&str, &str),
    with: &SecretKey,
    nested: &[u8],
) -> Option<Vec<u8>> {
    open(with, label::RECOVERY_OUTER, &about(site, of, &Holder::Trustees(first, second)), nested).ok()
}

/// What the first takes off then.
#[must_use]
pub fn unnest_inner(
    site: &str,
    of: &[u8],
    (first, second): (&str, &str),
    with: &SecretKey,
    inner: &[u8],
) -> Option<Seed> {
    seed_of(open(with, label::RECOVERY_INNER, &about(site, of, &Holder::Trustees(first, second)), inner).ok()?)
}

fn seed_of(mut opened: Vec<u8>) -> Option<Seed> {
    let seed = opened.as_slice().try_into().ok();
    opened.zeroize();
    seed
}
