//! Carries mails: to a mail server, or into files where none is set. The only place that knows how mail is written and
//! handed over; which mail goes when is decided in `app` (`events::server::mails::sending`).
//!
//! What must stay true, held by the tests `events/sending`: a server that hangs holds nobody longer than [`Limits`] say,
//! and the same mail sent twice bears the same Message-ID.

mod message;
mod smtp;

use crate::config::{Config, Mail, SmtpServer};
use anyhow::Context as _;
use app::events::server::mails::sending::{Fault, Outgoing};
use lettre::message::Mailbox;
use std::{
    fs,
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

/// The folder in the data folder where mails are written without a mail server.
const FOLDER: &str = "mails";
/// After so long such a file is deleted: it holds a guest's name.
const KEPT: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// How long a mail server may take.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// To let us in: connection, encryption, sign-in.
    pub connect: Duration,
    /// For each command, and for taking a mail's text.
    pub command: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { connect: Duration::from_secs(20), command: Duration::from_secs(15) }
    }
}

/// Carries mails.
#[derive(Clone)]
pub struct Mailer {
    way: Way,
    from: Mailbox,
    /// The name under which we greet, and behind the `@` of each Message-ID.
    host: String,
    limits: Limits,
}

#[derive(Clone)]
enum Way {
    Server(SmtpServer),
    Folder(PathBuf),
}

impl Mailer {
    /// As configured.
    ///
    /// # Errors
    /// When the sender is no mail address.
    pub fn new(config: &Config) -> anyhow::Result<Self> {
        Self::with_limits(&config.mail, &config.data, &config.site.base_url, Limits::default())
    }

    /// The same from its parts.
    ///
    /// # Errors
    /// As [`Mailer::new`], or when the mail server's address cannot be read.
    pub fn with_limits(mail: &Mail, data: &Path, base_url: &str, limits: Limits) -> anyhow::Result<Self> {
        let host = base_url.split("://").last().unwrap_or_default();
        let host = match host.rsplit_once(':').filter(|(_, port)| !port.contains(']')) {
            Some((host, _)) => host.to_owned(),
            None => host.to_owned(),
        };
        let from = mail.from.as_deref().unwrap_or("Entaku <entaku@localhost>");
        let from = from.parse().ok().context("mail.from (ENTAKU_MAIL_FROM) is no mail address")?;
        let way = match mail.server()? {
            Some(server) => Way::Server(server),
            None => Way::Folder(data.join(FOLDER)),
        };
        Ok(Self { way, from, host, limits })
    }

    /// Whether there is a mail server, so that mails leave this machine.
    #[must_use]
    pub fn has_server(&self) -> bool {
        matches!(self.way, Way::Server(_))
    }

    /// Opens nothing yet: the first mail connects.
    #[must_use]
    pub fn session(&self) -> Session<'_> {
        Session { mailer: self, connection: None }
    }

    /// Deletes files that were written long ago.
    pub fn tidy(&self) {
        let Way::Folder(folder) = &self.way else { return };
        let Ok(files) = fs::read_dir(folder) else { return };
        for file in files.flatten() {
            let written = file.metadata().and_then(|meta| meta.modified()).ok();
            let is_old = written.and_then(|at| SystemTime::now().duration_since(at).ok()).is_some_and(|age| age > KEPT);
            if is_old && file.path().extension().is_some_and(|ending| ending == "eml") {
                let _ = fs::remove_file(file.path());
            }
        }
    }
}

/// One connection for several mails.
pub struct Session<'a> {
    mailer: &'a Mailer,
    connection: Option<smtp::Connection>,
}

impl Session<'_> {
    /// Hands a mail over. After a fault the next mail makes a new connection.
    ///
    /// # Errors
    /// Why it was not taken, or may not have been.
    pub async fn send(&mut self, mail: &Outgoing, now_ms: i64) -> Result<(), Fault> {
        let mailer = self.mailer;
        let message = message::build(mail, &mailer.from, &mailer.host, now_ms)?;
        match &mailer.way {
            Way::Folder(folder) => write(folder, &mail.id, &message.formatted()),
            Way::Server(server) => {
                // Whatever goes wrong, this connection is not used again.
                let mut connection = match self.connection.take() {
                    Some(connection) => connection,
                    None => smtp::Connection::open(server, &mailer.host, mailer.limits).await?,
                };
                connection.send(&message).await?;
                self.connection = Some(connection);
                Ok(())
            }
        }
    }

    /// Says goodbye.
    pub async fn end(mut self) {
        if let Some(connection) = self.connection.take() {
            connection.quit().await;
        }
    }
}

/// A mail as a file that its owner alone reads; whole or not at all.
fn write(folder: &Path, id: &str, message: &[u8]) -> Result<(), Fault> {
    let whole = || {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
        let part = folder.join([id, ".part"].concat());
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&part)?;
        file.write_all(message)?;
        fs::rename(part, folder.join([id, ".eml"].concat()))
    };
    whole().map_err(|_| Fault::Unreachable)
}
