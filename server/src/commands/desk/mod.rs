//! `entaku desk`: the voice desk's keys, from a root that is kept on another machine to a desk that is open.
//!
//! `offline` is what runs where a root or a trustee's key is: it opens no database and no connection. `online` is what
//! runs on the server.

mod offline;
mod online;

use crate::{config::Config, hex};
use anyhow::{Context as _, ensure};
use clap::Subcommand;
use std::{
    io::Write as _,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

/// What can be done with the desk.
#[derive(Debug, Subcommand)]
pub enum DeskCommand {
    /// On another machine, kept offline: the root, which vouches for all keys of the desk.
    Root {
        #[command(subcommand)]
        command: RootCommand,
    },
    /// On a machine of theirs: the key of a trustee. Three trustees there are, and any two restore what is lost.
    Trustee {
        #[command(subcommand)]
        command: TrusteeCommand,
    },
    /// Print what the root is to sign, as JSON: who wants to read, and these three trustees.
    Requests {
        /// What `entaku desk trustee new` printed, a file each.
        #[arg(required = true)]
        trustees: Vec<PathBuf>,
    },
    /// Take in what the root has signed.
    Install {
        /// The file.
        file: PathBuf,
    },
    /// Take in what two trustees have restored.
    InstallWraps {
        /// The file.
        file: PathBuf,
    },
    /// Print a challenge that only two trustees together can answer, once they have opened the desk's key.
    Challenge {
        /// The number of the key.
        number: u32,
        /// The id of one trustee.
        first: String,
        /// The id of the other.
        second: String,
    },
    /// Take in their answer.
    Answer {
        /// The number of the key.
        number: u32,
        /// The id of one trustee.
        first: String,
        /// The id of the other.
        second: String,
        /// What `entaku desk trustee answer` printed.
        answer: String,
    },
    /// Print whether the desk is open, and what is missing.
    Status,
    /// Open the desk, if nothing is missing.
    Open {
        /// Who looked at all of it from outside, and when. It stands in the audit log.
        #[arg(long)]
        review: String,
    },
    /// Close it: nothing is taken any more.
    Close,
    /// Take a member out of the desk.
    Remove {
        /// Their id.
        member: String,
    },
    /// Write the keys that open letters into a file. No backup holds them: a voice that is deleted must not be readable in
    /// an old copy. Keep the file apart from backups, and throw it away after two weeks.
    SaveKeys {
        /// The file; it must not be there yet.
        file: PathBuf,
    },
    /// Put them back, right after `entaku restore` and before the server starts: then there are no keys yet. Keys of voices
    /// that are not there are left out. Who took a yes back since then must be asked again.
    RestoreKeys {
        /// The file.
        file: PathBuf,
    },
    /// Open a desk to try out, with keys that whoever runs the server has. On this machine alone.
    Demonstrate,
}

/// The root's machine.
#[derive(Debug, Subcommand)]
pub enum RootCommand {
    /// Make a root; print its public key for the configuration, and its fingerprint for posters.
    New {
        /// Where its secret goes; it must not be there yet.
        file: PathBuf,
    },
    /// Make a key of the desk and sign everything; print it as JSON.
    Sign {
        /// The root's secret.
        #[arg(long)]
        root: PathBuf,
        /// For so many days.
        #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=400))]
        days: u16,
        /// Do not ask whether these are the right people.
        #[arg(long)]
        yes: bool,
        /// What `entaku desk requests` printed.
        requests: PathBuf,
    },
}

/// A trustee's machine.
#[derive(Debug, Subcommand)]
pub enum TrusteeCommand {
    /// Make a key; print its public half as JSON.
    New {
        /// Who it is.
        #[arg(long)]
        called: String,
        /// Where the secret goes; it must not be there yet.
        file: PathBuf,
    },
    /// Open the desk's key together, and print the answer to a challenge.
    Answer {
        /// One secret.
        #[arg(long)]
        first: PathBuf,
        /// The other.
        #[arg(long)]
        second: PathBuf,
        /// What the root has signed.
        signed: PathBuf,
        /// What `entaku desk challenge` printed.
        challenge: String,
    },
    /// Open the desk's key together, and seal it for members who have none; print it as JSON.
    Restore {
        /// One secret.
        #[arg(long)]
        first: PathBuf,
        /// The other.
        #[arg(long)]
        second: PathBuf,
        /// The root's public key, as posters and the configuration say it: only for whom it vouches is anything sealed.
        #[arg(long)]
        root: String,
        /// What the root has signed when the key was made that is to be restored.
        signed: PathBuf,
        /// What `entaku desk requests` printed for the new members.
        requests: PathBuf,
        /// What the root has signed of it.
        vouched: PathBuf,
    },
}

/// Does what needs no installation; the rest comes back.
///
/// # Errors
/// In one sentence, for the person at the keyboard.
pub fn offline(command: &DeskCommand) -> Option<anyhow::Result<()>> {
    match command {
        DeskCommand::Root { command } => Some(offline::root(command)),
        DeskCommand::Trustee { command } => Some(offline::trustee(command)),
        _ => None,
    }
}

/// Does what needs the installation.
///
/// # Errors
/// In one sentence, for the person at the keyboard.
pub async fn online(config: &Config, command: DeskCommand) -> anyhow::Result<()> {
    online::run(config, command).await
}

/// Reads a file of JSON.
fn read<T: serde::de::DeserializeOwned>(file: &Path) -> anyhow::Result<T> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is not what it should be", file.display()))
}

/// Writes a secret that nobody else may read, into a file that is not there yet.
fn keep(file: &Path, secret: &[u8; 32]) -> anyhow::Result<()> {
    ensure!(!file.exists(), "{} is there already; a secret is written over nothing", file.display());
    let mut options = std::fs::OpenOptions::new();
    let mut kept = options
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(file)
        .with_context(|| format!("{} cannot be written", file.display()))?;
    kept.write_all(hex::written(secret).as_bytes())?;
    kept.sync_all().context("the disk does not keep it")
}

/// Reads such a secret.
fn secret(file: &Path) -> anyhow::Result<[u8; 32]> {
    let text = std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    hex::read(&text).with_context(|| format!("{} holds no secret", file.display()))
}

/// Fresh random bytes.
fn random() -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).ok().map(|()| bytes)
}
