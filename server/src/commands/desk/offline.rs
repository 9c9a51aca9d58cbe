//! What runs where a root or a trustee's key is.

use super::{RootCommand, TrusteeCommand, keep, random, read, secret};
use crate::commands::print;
use anyhow::{Context as _, ensure};
use app::{
    server::clock::Clock,
    voices::server::ceremony::{self, Requests, Signed, TrusteeKey},
};
use ed25519_dalek::SigningKey;
use seal::{
    SecretKey,
    voice::{root::fingerprint, wrap::Seed},
};
use std::path::Path;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// `entaku desk root …`.
pub(super) fn root(command: &RootCommand) -> anyhow::Result<()> {
    match command {
        RootCommand::New { file } => {
            let seed = random().context("this machine gives no randomness")?;
            keep(file, &seed)?;
            let root = SigningKey::from_bytes(&seed).verifying_key();
            print(&format!("voices.root = \"{}\"", hex(root.as_bytes())))?;
            print(&format!("fingerprint: {}", fingerprint(&root)))
        }
        RootCommand::Sign { root, days, requests } => {
            let root = SigningKey::from_bytes(&secret(root)?);
            let requests: Requests = read(requests)?;
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
                id: hex(&public.as_bytes()[..16]),
                called: called.clone(),
                seal_key: hex(public.as_bytes()),
            };
            print(&serde_json::to_string(&key)?)
        }
        TrusteeCommand::Answer { first, second, signed, challenge } => {
            let (_, seed) = opened(first, second, signed)?;
            let answer = ceremony::proof(&SecretKey::derive(&seed), challenge.trim());
            print(&answer.context("the challenge is for another key of the desk")?)
        }
        TrusteeCommand::Restore { first, second, signed, members } => {
            let (signed, seed) = opened(first, second, signed)?;
            let requests: Requests = read(members)?;
            ensure!(requests.site == signed.site, "the members are of another installation");
            let wraps = ceremony::wrap_for(&signed, &seed, &requests.members, random);
            print(&serde_json::to_string_pretty(&wraps.context("a member's key is none")?)?)
        }
    }
}

fn opened(first: &Path, second: &Path, signed: &Path) -> anyhow::Result<(Signed, Seed)> {
    let signed: Signed = read(signed)?;
    let (first, second) = (SecretKey::derive(&secret(first)?), SecretKey::derive(&secret(second)?));
    let seed = ceremony::recover(&signed, &first, &second);
    Ok((signed, seed.context("these are not two trustees of this key")?))
}
