//! What happens on the machine that holds the root, without a database and without a network.

use super::{Recovery, Requests, Signed, SignedMember, SignedTrustee, epoch_name};
use crate::voices::server::{from_hex, keys::days, to_hex, to_text};
use ::seal::{
    PublicKey, SecretKey,
    voice::{
        root::{Certificate, Subject},
        wrap::{Holder, nest, wrap},
    },
};
use ed25519_dalek::SigningKey;
use form::Day;
use zeroize::Zeroize as _;

/// Why the root signs nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A key with which one lost passphrase would lose everything is not made.
    #[error("there must be at least two members")]
    FewMembers,
    /// Three trustees, of whom two are enough.
    #[error("there must be three trustees")]
    NotThreeTrustees,
    /// Two have the same id, or one key.
    #[error("two members or trustees are the same")]
    Twice,
    /// A key in the file is none.
    #[error("a key in the file is none")]
    NotAKey,
    /// The last day is before the first.
    #[error("the last day is before the first")]
    Days,
    /// The machine has no randomness.
    #[error("this machine gives no randomness")]
    NoRandomness,
}

/// Makes a key of the desk, seals it for all of them, and signs everything.
///
/// # Errors
/// [`Refused`]; nothing was made then.
pub fn sign(
    root: &SigningKey,
    requests: &Requests,
    from_day: Day,
    until_day: Day,
    mut random: impl FnMut() -> Option<[u8; 32]>,
) -> Result<Signed, Refused> {
    look(requests)?;
    let (from, until) =
        days(from_day).zip(days(until_day)).filter(|(from, until)| from <= until).ok_or(Refused::Days)?;
    let site = requests.site.as_str();
    let certify_since =
        |subject, key, from_day| to_hex(&Certificate { site, subject, key, from_day, until_day: until }.sign(root));
    let certify = |subject, key| certify_since(subject, key, from);
    let key = |text: &str| from_hex(text).ok_or(Refused::NotAKey);
    let mut seed = random().ok_or(Refused::NoRandomness)?;
    let name = epoch_name(requests.number);
    let mut members = Vec::new();
    for member in &requests.members {
        let (sign_key, seal_key) = (key(&member.sign_key)?, key(&member.seal_key)?);
        let since = Day::parse(&member.since).and_then(days).filter(|since| *since <= from).ok_or(Refused::Days)?;
        let entropy = random().ok_or(Refused::NoRandomness)?;
        let to = PublicKey::from_bytes(seal_key);
        let wrapped = wrap(site, &name, &Holder::Member(&member.id), &to, &seed, entropy).ok_or(Refused::NotAKey)?;
        members.push(SignedMember {
            id: member.id.clone(),
            sign_certificate: certify_since(Subject::Member(&member.id, &member.called), sign_key, since),
            seal_certificate: certify_since(Subject::MemberSeal(&member.id), seal_key, since),
            wrapped: to_text(&wrapped),
        });
    }
    let mut recoveries = Vec::new();
    for (at, first) in requests.trustees.iter().enumerate() {
        for second in &requests.trustees[at + 1..] {
            let to = (PublicKey::from_bytes(key(&first.seal_key)?), PublicKey::from_bytes(key(&second.seal_key)?));
            let entropy = random().zip(random()).ok_or(Refused::NoRandomness)?;
            let ids = (first.id.as_str(), second.id.as_str());
            let nested = nest(site, &name, ids, (&to.0, &to.1), &seed, entropy.into()).ok_or(Refused::NotAKey)?;
            recoveries.push(Recovery { first: first.id.clone(), second: second.id.clone(), nested: to_text(&nested) });
        }
    }
    let public = *SecretKey::derive(&seed).public().as_bytes();
    seed.zeroize();
    let trustees = requests.trustees.iter().map(|trustee| {
        let certificate = certify(Subject::Trustee(&trustee.id), key(&trustee.seal_key)?);
        Ok(SignedTrustee { key: trustee.clone(), certificate })
    });
    Ok(Signed {
        site: requests.site.clone(),
        root: to_hex(root.verifying_key().as_bytes()),
        number: requests.number,
        public_key: to_hex(&public),
        certificate: certify(Subject::Epoch(requests.number), public),
        from_day: String::from(from_day),
        until_day: String::from(until_day),
        members,
        trustees: trustees.collect::<Result<_, _>>()?,
        recoveries,
    })
}

fn look(requests: &Requests) -> Result<(), Refused> {
    if requests.members.len() < super::MEMBERS {
        return Err(Refused::FewMembers);
    }
    if requests.trustees.len() != super::TRUSTEES {
        return Err(Refused::NotThreeTrustees);
    }
    let members = requests.members.iter().map(|member| (&member.id, &member.seal_key));
    let trustees = requests.trustees.iter().map(|trustee| (&trustee.id, &trustee.seal_key));
    let (mut ids, mut keys): (Vec<_>, Vec<_>) = members.chain(trustees).unzip();
    let all = ids.len();
    ids.sort_unstable();
    ids.dedup();
    keys.sort_unstable();
    keys.dedup();
    if ids.len() == all && keys.len() == all { Ok(()) } else { Err(Refused::Twice) }
}
