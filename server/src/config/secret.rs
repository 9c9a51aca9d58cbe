//! The installation's secret: read, or made once.

use super::Config;
use crate::hex;
use anyhow::{Context as _, bail, ensure};
use app::server::keys::SECRET_BYTES;
use std::{
    fs,
    io::{ErrorKind, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

impl Config {
    /// The secret. When neither value nor file is set, `secret` in the data folder is read; if it is not there, it
    /// is made, readable by its owner alone.
    ///
    /// # Errors
    /// When both are set, when a named file is missing, when it is not 64 hexadecimal digits.
    pub fn secret(&self) -> anyhow::Result<[u8; SECRET_BYTES]> {
        match (&self.secret.value, &self.secret.file) {
            (Some(_), Some(_)) => bail!("both secret.value and secret.file are set: which one counts?"),
            (Some(value), None) => parse(value).context("secret.value (ENTAKU_SECRET)"),
            (None, Some(file)) => read(file),
            (None, None) => read_or_make(&self.own_secret()),
        }
    }

    fn own_secret(&self) -> PathBuf {
        self.data.join("secret")
    }
}

fn read(file: &Path) -> anyhow::Result<[u8; SECRET_BYTES]> {
    let text =
        fs::read_to_string(file).with_context(|| format!("the secret's file {} cannot be read", file.display()))?;
    if fs::metadata(file).is_ok_and(|meta| meta.permissions().mode() & 0o077 != 0) {
        tracing::warn!(file = %file.display(), "others on this machine can read the secret: chmod 600 it");
    }
    parse(&text).with_context(|| format!("the secret's file {}", file.display()))
}

fn read_or_make(file: &Path) -> anyhow::Result<[u8; SECRET_BYTES]> {
    if file.exists() {
        return read(file);
    }
    let mut secret = [0_u8; SECRET_BYTES];
    getrandom::fill(&mut secret).context("the machine gives no random numbers")?;
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).with_context(|| format!("the folder {} cannot be made", folder.display()))?;
    }
    let mut text = hex::written(&secret);
    text.push('\n');
    match fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file) {
        Ok(mut new) => {
            new.write_all(text.as_bytes())
                .and_then(|()| new.sync_all())
                .with_context(|| format!("the secret's file {} cannot be written", file.display()))?;
            tracing::warn!(
                file = %file.display(),
                "made the installation's secret; keep a copy apart from the database and its backups"
            );
            Ok(secret)
        }
        // Another process of this installation was faster: its secret counts.
        Err(error) if error.kind() == ErrorKind::AlreadyExists => read(file),
        Err(error) => Err(error).with_context(|| format!("the secret's file {} cannot be made", file.display())),
    }
}

/// 64 hexadecimal digits, white space around them allowed.
fn parse(text: &str) -> anyhow::Result<[u8; SECRET_BYTES]> {
    let secret = hex::read(text);
    let secret = secret.with_context(|| {
        format!("a secret is {} hexadecimal digits (openssl rand -hex {SECRET_BYTES})", SECRET_BYTES * 2)
    })?;
    ensure!(secret.iter().any(|byte| *byte != secret[0]), "a secret of one repeated byte is none");
    Ok(secret)
}
