//! What runs where a root or a trustee's key is.

use super::{RootCommand, TrusteeCommand, keep, random, read, secret};
use crate::{commands::print, hex};
use anyhow::{Context as _, ensure};
use app::{
    server::clock::Clock,
    voices::{
        people::digits,
        server::ceremony::{self, Holder, Requests, Signed, TrusteeKey},
    },
};
use ed25519_dalek::{SigningKey, VerifyingKey};
use seal::{
    SecretKey,
    voice::{root::fingerprint, wrap::Seed},
};
use std::{io::Write as _, path::Path};

/// `entaku desk root …`.
pub(super) fn root(command: &RootCommand) -> anyhow::Result<()> {
    match command {
        RootCommand::New { file } => {
            let seed = random().context("this machine gives no randomness")?;
            keep(file, &seed)?;
            let root = SigningKey::from_bytes(&seed).verifying_key();
            print(&format!("voices.root = \"{}\"", hex::written(root.as_bytes())))?;
            print(&format!("fingerprint: {}", fingerprint(&root)))
        }
        RootCommand::Sign { root, days, yes, requests } => {
            let root = SigningKey::from_bytes(&secret(root)?);
            let requests: Requests = read(requests)?;
            ensure!(*yes || are_right(&requests)?, "nothing is signed");
            // The day of this machine's clock; the last one lies far enough behind it.
            let from = Clock::system(540).today();
            let until = from.plus_days(i64::from(*days)).context("too many days")?;
            let signed = ceremony::sign(&root, &requests, from, until, random)?;
            print(&serde_json::to_string_pretty(&signed)?)
        }
    }
}

/// `entaku desk trustee …`.
pub(super) fn trustee(command: &TrusteeCommand) -> anyhow::Result<()> {
    match command {
        TrusteeCommand::New { called, file } => {
            let seed = random().context("this machine gives no randomness")?;
            keep(file, &seed)?;
            let public = SecretKey::derive(&seed).public();
            let key = TrusteeKey {
                id: hex::written(&public.as_bytes()[..16]),
                called: called.clone(),
                seal_key: hex::written(public.as_bytes()),
            };
            print(&serde_json::to_string(&key)?)
        }
        TrusteeCommand::Answer { first, second, signed, challenge } => {
            let signed: Signed = read(signed)?;
            let (seed, (one, other)) = opened(first, second, &signed)?;
            let answer = ceremony::proof(&SecretKey::derive(&seed), &Holder::Trustees(one, other), challenge.trim());
            print(&answer.context("the challenge is for another key of the desk, or for other trustees")?)
        }
        TrusteeCommand::Restore { first, second, root, signed, requests, vouched } => {
            let signed: Signed = read(signed)?;
            let (seed, _) = opened(first, second, &signed)?;
            let root = hex::read(root).and_then(|root| VerifyingKey::from_bytes(&root).ok());
            let root = root.context("the root's public key is 64 hexadecimal digits")?;
            let (requests, vouched): (Requests, Signed) = (read(requests)?, read(vouched)?);
            let wraps = ceremony::wrap_for(&signed, &seed, &root, (&requests, &vouched), random);
            print(&serde_json::to_string_pretty(&wraps.context("the root does not vouch for all of these members")?)?)
        }
    }
}

fn opened<'s>(first: &Path, second: &Path, signed: &'s Signed) -> anyhow::Result<(Seed, (&'s str, &'s str))> {
    let (first, second) = (SecretKey::derive(&secret(first)?), SecretKey::derive(&secret(second)?));
    ceremony::recover(signed, &first, &second).context("these are not two trustees of this key")
}

/// Shows for whom the root would vouch, and asks: what it signs once, everybody believes.
fn are_right(requests: &Requests) -> anyhow::Result<bool> {
    let mut told = std::io::stderr();
    writeln!(told, "Key {} of the desk, for:", requests.number)?;
    for member in &requests.members {
        writeln!(told, "  member {}, since {}: {}", member.called, member.since, digits(&member.sign_key))?;
    }
    for trustee in &requests.trustees {
        writeln!(told, "  trustee {}: {}", trustee.called, digits(&trustee.seal_key))?;
    }
    write!(told, "Each of them has read you these digits. Sign? (yes) ")?;
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer)?;
    Ok(answer.trim() == "yes")
}
