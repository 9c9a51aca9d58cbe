//! Two trustees restore a key of the desk, on a machine of theirs: without a database and without a network.

use super::{Requests, Signed, Wrap, Wraps, epoch_name};
use crate::voices::server::{from_hex, from_text, keys::days, to_text};
use ::seal::{
    PublicKey, SecretKey,
    voice::{
        root::{Certificate, Subject},
        wrap::{Holder, Seed, unnest_inner, unnest_outer, wrap},
    },
};
use ed25519_dalek::VerifyingKey;
use form::Day;

/// The seed of a key of the desk, by the secret keys of two trustees in whichever order, and whose recovery it was: the ids
/// of the two. `None` if they are not two of those for whom it was sealed.
#[must_use]
pub fn recover<'s>(signed: &'s Signed, one: &SecretKey, other: &SecretKey) -> Option<(Seed, (&'s str, &'s str))> {
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
        unnest_inner(&signed.site, &name, ids, first, &inner).map(|seed| (seed, ids))
    })
}

/// Seals a key once more, for the members whom the root has vouched for since: `requests` names their keys, `vouched` is
/// what the root signed of it. Whoever only writes files for the trustees is given nothing. `None` if a member is not
/// vouched for, or there is no randomness.
#[must_use]
pub fn wrap_for(
    signed: &Signed,
    seed: &Seed,
    root: &VerifyingKey,
    (requests, vouched): (&Requests, &Signed),
    mut random: impl FnMut() -> Option<[u8; 32]>,
) -> Option<Wraps> {
    let name = epoch_name(signed.number);
    let until_day = days(Day::parse(&vouched.until_day)?)?;
    let wraps = vouched.members.iter().map(|member| {
        let keys = requests.members.iter().find(|keys| keys.id == member.id)?;
        let key = from_hex(&keys.seal_key)?;
        let from_day = days(Day::parse(&keys.since)?)?;
        let subject = Subject::MemberSeal(&member.id);
        let certificate = Certificate { site: &signed.site, subject, key, from_day, until_day };
        if !certificate.holds(root, &from_hex(&member.seal_certificate)?, from_day) {
            return None;
        }
        let to = PublicKey::from_bytes(key);
        let wrapped = wrap(&signed.site, &name, &Holder::Member(&member.id), &to, seed, random()?)?;
        Some(Wrap { member: member.id.clone(), wrapped: to_text(&wrapped) })
    });
    Some(Wraps { number: signed.number, wraps: wraps.collect::<Option<_>>()? })
}
