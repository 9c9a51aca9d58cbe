//! A connection to a mail server, with a limit on every wait.

use super::Limits;
use crate::config::{Encryption, SmtpServer};
use app::events::server::mails::sending::Fault;
use lettre::{
    Message,
    transport::smtp::{
        Error,
        authentication::{Credentials, Mechanism},
        client::{AsyncSmtpConnection, TlsParameters},
        commands::{Data, Mail, Rcpt},
        extension::{ClientId, Extension, MailBodyParameter, MailParameter},
        response::Response,
    },
};
use std::{future::Future, time::Duration};
use tokio::time::timeout;

/// How long a goodbye may take.
const GOODBYE: Duration = Duration::from_secs(2);

/// An open connection that is let in.
pub(super) struct Connection {
    inner: AsyncSmtpConnection,
    limits: Limits,
}

impl Connection {
    pub(super) async fn open(server: &SmtpServer, host: &str, limits: Limits) -> Result<Self, Fault> {
        match timeout(limits.connect, let_in(server, host, limits)).await {
            Ok(inner) => Ok(Self { inner: inner?, limits }),
            Err(_) => Err(Fault::Unreachable),
        }
    }

    /// Hands a mail over. What a server says about the sender is our own trouble and may pass; what it says about the
    /// recipient or the text is for good.
    pub(super) async fn send(&mut self, message: &Message) -> Result<(), Fault> {
        let envelope = message.envelope();
        let text = message.formatted();
        let mut options = Vec::new();
        let addresses = envelope.to().iter().chain(envelope.from());
        if addresses.map(AsRef::<str>::as_ref).any(|address| !address.is_ascii()) {
            if !self.inner.server_info().supports_feature(Extension::SmtpUtfEight) {
                return Err(Fault::Refused);
            }
            options.push(MailParameter::SmtpUtfEight);
        }
        if !text.is_ascii() {
            options.push(MailParameter::Body(MailBodyParameter::EightBitMime));
        }
        let limit = self.limits.command;
        within(limit, self.inner.command(Mail::new(envelope.from().cloned(), options)))
            .await?
            .map_err(|error| if error.is_permanent() { Fault::NotAllowed } else { fault_of(&error) })?;
        for recipient in envelope.to() {
            let command = Rcpt::new(recipient.clone(), Vec::new());
            within(limit, self.inner.command(command)).await?.map_err(|error| fault_of(&error))?;
        }
        within(limit, self.inner.command(Data)).await?.map_err(|error| fault_of(&error))?;
        within(limit, self.inner.message(&text)).await?.map_err(|error| fault_of(&error))?;
        Ok(())
    }

    pub(super) async fn quit(mut self) {
        let _ = timeout(GOODBYE, self.inner.quit()).await;
    }
}

async fn let_in(server: &SmtpServer, host: &str, limits: Limits) -> Result<AsyncSmtpConnection, Fault> {
    let name = ClientId::Domain(host.to_owned());
    let tls = || TlsParameters::new(server.host.clone()).map_err(|_| Fault::Unreachable);
    let at_once = if server.encryption == Encryption::Always { Some(tls()?) } else { None };
    let address = (server.host.as_str(), server.port);
    let mut connection = AsyncSmtpConnection::connect_tokio1(address, Some(limits.connect), &name, at_once, None)
        .await
        .map_err(|_| Fault::Unreachable)?;
    if server.encryption == Encryption::StartTls {
        connection.starttls(tls()?, &name).await.map_err(|_| Fault::Unreachable)?;
    }
    if let Some((user, password)) = &server.account {
        let credentials = Credentials::new(user.clone(), password.clone());
        connection.auth(&[Mechanism::Plain, Mechanism::Login], &credentials).await.map_err(|error| {
            if error.status().is_some() || error.is_client() { Fault::NotAllowed } else { Fault::Unreachable }
        })?;
    }
    Ok(connection)
}

async fn within(
    limit: Duration,
    work: impl Future<Output = Result<Response, Error>>,
) -> Result<Result<Response, Error>, Fault> {
    timeout(limit, work).await.map_err(|_| Fault::TimedOut)
}

fn fault_of(error: &Error) -> Fault {
    match error.status().map(|code| code.to_string()).as_deref() {
        // Sign in first, or too weakly signed in: no word about the recipient.
        Some("530" | "534" | "535" | "538") => Fault::NotAllowed,
        _ if error.is_permanent() => Fault::Refused,
        _ if error.is_transient() => Fault::Deferred,
        _ => Fault::TimedOut,
    }
}
