//! Two trustees restore a key of the desk, on a machine of theirs: without a database and without a network.

use super::{MemberKeys, Signed, Wrap, Wraps, epoch_name};
use crate::voices::server::{from_hex, from_text, to_text};
use ::seal::{
    PublicKey, SecretKey,
    voice::wrap::{Holder, Seed, unnest_inner, unnest_outer, wrap},
};

/// The seed of a key of the desk, by the secret keys of two trustees in whichever order. `None` if they are not two of
/// those for whom it was sealed.
#[must_use]
pub fn recover(signed: &Signed, one: &SecretKey, other: &SecretKey) -> Option<Seed> {
    let id_of = |secret: &SecretKey| {
        let public = *secret.public().as_bytes();
        let own = signed.trustees.iter().find(|trustee| from_hex(&trustee.key.seal_key) == Some(public));
        own.map(|trustee| trustee.key.id.as_str())
    };
    let (one_id, other_id) = (id_of(one)?, id_of(other)?);
    let name = epoch_name(signed.number);
    signed.recoveries.iter().find_map(|recovery| {
        let ids = (recovery.first.as_str(), recovery.second.as_str());
        let (first, second) = match ids {
            _ if ids == (one_id, other_id) => (one, other),
            _ if ids == (other_id, one_id) => (other, one),
            _ => return None,
        };
        let inner = unnest_outer(&signed.site, &name, ids, second, &from_text(&recovery.nested)?)?;
        unnest_inner(&signed.site, &name, ids, first, &inner)
    })
}

/// Seals a key once more, for members. `None` if a key of theirs is none, or there is no randomness.
#[must_use]
pub fn wrap_for(
    signed: &Signed,
    seed: &Seed,
    members: &[MemberKeys],
    mut random: impl FnMut() -> Option<[u8; 32]>,
) -> Option<Wraps> {
    let name = epoch_name(signed.number);
    let wraps = members.iter().map(|member| {
        let to = PublicKey::from_bytes(from_hex(&member.seal_key)?);
        let wrapped = wrap(&signed.site, &name, &Holder::Member(&member.id), &to, seed, random()?)?;
        Some(Wrap { member: member.id.clone(), wrapped: to_text(&wrapped) })
    });
    Some(Wraps { number: signed.number, wraps: wraps.collect::<Option<_>>()? })
}
