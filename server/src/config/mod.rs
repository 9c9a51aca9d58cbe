//! What can be set, and where it comes from: defaults, then `entaku.toml`, then `ENTAKU_*`. Each later one wins.
//!
//! Called once, at the start. What must stay true: an unknown key or variable is refused by name, and what
//! [`Config::to_toml`] prints can be read again (tests at the bottom).

mod environment;
mod secret;
mod show;
mod smtp;

pub use smtp::{Encryption, SmtpServer};

use crate::hex;
use anyhow::{Context as _, bail, ensure};
use config::{File, FileFormat};
use serde::{Deserialize, Serialize};
use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

/// The file that is read when none is named and it exists.
const DEFAULT_FILE: &str = "entaku.toml";

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// What is logged: a `tracing` filter such as `info` or `info,sqlx=warn`.
    pub log: String,
    /// The folder of everything that this installation must keep: database, secret.
    pub data: PathBuf,
    /// The folder that `make build` filled; next to the program unless set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dist: Option<PathBuf>,
    /// Whether pages for developers (`/dev/ui`) are shown.
    #[serde(default)]
    pub dev: bool,
    /// How people reach the site.
    pub site: Site,
    /// Where the process listens.
    pub server: Server,
    /// Where the tables are.
    pub database: Database,
    /// How mail is sent.
    #[serde(default)]
    pub mail: Mail,
    /// The voice desk.
    #[serde(default)]
    pub voices: Voices,
    /// What all keys are derived from.
    #[serde(default)]
    pub secret: Secret,
}

/// How people reach the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Scheme, host and port as people type them, without a path.
    pub base_url: String,
    /// Minutes between the site's calendar and UTC; Asia/Tokyo is 540.
    pub utc_offset_minutes: i16,
    /// How to reach the secretariat, as the accessibility page prints it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

/// Where the process listens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// Proxies whose `X-Forwarded-For` is believed. Everybody behind another one counts as one client.
    #[serde(default)]
    pub trusted_proxies: Vec<IpAddr>,
}

/// Where the tables are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Database {
    /// `sqlite://PATH` or `postgres://…`; `entaku.sqlite` in the data folder unless set.
    #[serde(default)]
    pub url: String,
}

/// How mail is sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The mail server: `smtps://USER:PASSWORD@HOST`, `smtp://…` with STARTTLS, `smtp://…?tls=off` on the same machine.
    /// Without one each mail is a file in the folder `mails` of the data folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp_url: Option<String>,
    /// Who sends: `desk@example.org` or `The desk <desk@example.org>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
}

/// The voice desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voices {
    /// The root's public key, 64 hexadecimal digits, as the machine that holds the root printed it. Without it the desk
    /// is closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<String>,
    /// Mail addresses of trustees, who hear when a worker says that the desk is late. They learn no more than that.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trustees: Vec<String>,
}

impl Voices {
    /// The key's bytes; [`Config::load`] has looked that they are some.
    #[must_use]
    pub fn root(&self) -> Option<[u8; 32]> {
        hex::read(self.root.as_deref()?)
    }
}

/// What all keys are derived from: a value, a file with the value, or a file in the data folder made once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Secret {
    /// 64 hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// A file that holds them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<PathBuf>,
}

impl Config {
    /// Reads the settings. `file` is the one named on the command line or by `ENTAKU_CONFIG`; a named file must
    /// exist.
    ///
    /// # Errors
    /// In words for the person at the keyboard: which key or variable is wrong and what it should be.
    pub fn load(file: Option<&Path>) -> anyhow::Result<Self> {
        Self::from_parts(file, &std::env::vars().collect())
    }

    /// The same with the environment as a value.
    ///
    /// # Errors
    /// As [`Config::load`].
    pub fn from_parts(file: Option<&Path>, variables: &HashMap<String, String>) -> anyhow::Result<Self> {
        let named = file.map(Path::to_path_buf).or_else(|| variables.get(environment::FILE).map(PathBuf::from));
        let mut builder = config::Config::builder()
            .set_default("log", "info,sqlx=warn,sea_orm=warn,sea_orm_migration=warn")?
            .set_default("data", "./data")?
            .set_default("site.base_url", "http://127.0.0.1:3000")?
            .set_default("site.utc_offset_minutes", 540)?
            .set_default("server.listen", "127.0.0.1:3000")?
            .set_default("database.url", "")?;
        builder = match &named {
            Some(path) => {
                ensure!(path.is_file(), "the configuration file {} does not exist", path.display());
                builder.add_source(File::new(&path.to_string_lossy(), FileFormat::Toml))
            }
            None => builder.add_source(File::new(DEFAULT_FILE, FileFormat::Toml).required(false)),
        };
        for (key, value) in environment::overrides(variables)? {
            builder = builder.set_override(key, value)?;
        }
        let mut read: Self =
            builder.build().and_then(config::Config::try_deserialize).context("the configuration cannot be read")?;
        if read.database.url.is_empty() {
            read.database.url = format!("sqlite://{}", read.data.join("entaku.sqlite").display());
        }
        read.check()?;
        Ok(read)
    }

    /// Refuses what would fail later in a way that is harder to understand.
    fn check(&mut self) -> anyhow::Result<()> {
        if self.voices.root.is_some() && self.voices.root().is_none() {
            bail!("voices.root must be the root's public key: 64 hexadecimal digits");
        }
        if self.voices.trustees.iter().any(|address| address.parse::<lettre::Address>().is_err()) {
            bail!("voices.trustees must be mail addresses");
        }
        let base = self.site.base_url.trim_end_matches('/').to_owned();
        let host = base.strip_prefix("https://").or_else(|| base.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => {}
            _ => bail!("site.base_url must be http:// or https:// and a host, without a path: it is {base:?}"),
        }
        self.site.base_url = base;
        let url = &self.database.url;
        ensure!(
            url.starts_with("sqlite:") || url.starts_with("postgres://") || url.starts_with("postgresql://"),
            "database.url must begin with sqlite:// or postgres://"
        );
        ensure!(
            !url.contains(show::MASK),
            "database.url holds {} where the password was hidden: put the password there",
            show::MASK
        );
        let hides = |url: &String| url.contains(show::MASK);
        ensure!(
            !self.mail.smtp_url.as_ref().is_some_and(hides),
            "mail.smtp_url holds {} where the password was hidden: put the password there",
            show::MASK
        );
        let has_server = self.mail.server()?.is_some();
        ensure!(
            !has_server || self.mail.from.as_deref().is_some_and(|from| from.contains('@')),
            "mail.from (ENTAKU_MAIL_FROM) must be the address that mails come from"
        );
        ensure!(
            (-14 * 60..=14 * 60).contains(&self.site.utc_offset_minutes),
            "site.utc_offset_minutes must lie between -840 and 840"
        );
        Ok(())
    }

    /// The folder with the built files: where the program stands, unless set.
    ///
    /// # Errors
    /// When the program cannot tell where it stands.
    pub fn dist(&self) -> anyhow::Result<PathBuf> {
        if let Some(dist) = &self.dist {
            return Ok(dist.clone());
        }
        let program = std::env::current_exe().context("where the program stands is unknown: set ENTAKU_DIST")?;
        Ok(program.parent().map(Path::to_path_buf).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
