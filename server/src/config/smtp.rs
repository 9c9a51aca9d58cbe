//! The mail server's address, read.

use super::Mail;
use anyhow::{Context as _, bail, ensure};

/// How the connection is made safe.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// From the first byte (`smtps://`).
    Always,
    /// After STARTTLS, which the server must offer (`smtp://`).
    StartTls,
    /// Not at all (`smtp://…?tls=off`): for a server on the same machine.
    Off,
}

/// A mail server that takes mail from us.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpServer {
    /// Its name or address.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is made safe.
    pub encryption: Encryption,
    /// User and password, if it asks for them.
    pub account: Option<(String, String)>,
}

impl std::fmt::Debug for SmtpServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SmtpServer").field("host", &self.host).field("port", &self.port).finish_non_exhaustive()
    }
}

impl Mail {
    /// The mail server, or nothing if mails are written to files.
    ///
    /// # Errors
    /// In words for the person at the keyboard, without the password.
    pub fn server(&self) -> anyhow::Result<Option<SmtpServer>> {
        self.smtp_url.as_deref().map(|url| parse(url).context("mail.smtp_url (ENTAKU_SMTP_URL)")).transpose()
    }
}

/// The commonest mistake; a wrong host tells of it too.
const UNESCAPED: &str = "signs like / or @ in user and password are written as %2F, %40";

fn parse(url: &str) -> anyhow::Result<SmtpServer> {
    let (scheme, rest) = url.split_once("://").context("it must begin with smtp:// or smtps://")?;
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let encryption = match (scheme, query) {
        ("smtps", "") => Encryption::Always,
        ("smtp", "" | "tls=required") => Encryption::StartTls,
        ("smtp", "tls=off") => Encryption::Off,
        ("smtp" | "smtps", _) => bail!("after the question mark only tls=required or tls=off may stand, after smtp://"),
        _ => bail!("it must begin with smtp:// or smtps://"),
    };
    let (account, host) = match rest.trim_end_matches('/').rsplit_once('@') {
        Some((account, host)) => {
            ensure!(!account.contains(['/', '@']), UNESCAPED);
            let (user, password) = account.split_once(':').context("before @ there must be a user and a password")?;
            (Some((decoded(user)?, decoded(password)?)), host)
        }
        None => (None, rest.trim_end_matches('/')),
    };
    let (host, port) = match host.rsplit_once(':').filter(|(_, port)| !port.contains(']')) {
        Some((host, port)) => (host, port.parse().ok().context("the port must be a number")?),
        None => (host, if encryption == Encryption::Always { 465 } else { 587 }),
    };
    let is_host =
        !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_[]:".contains(&byte));
    ensure!(is_host, UNESCAPED);
    Ok(SmtpServer { host: host.trim_matches(['[', ']']).to_owned(), port, encryption, account })
}

/// `%40` as the sign that it stands for.
fn decoded(text: &str) -> anyhow::Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        if *first == b'%' {
            let hex = tail.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
            let byte = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            bytes.push(byte.context("after % two hexadecimal digits must stand; % itself is %25")?);
            rest = tail.get(2..).unwrap_or_default();
        } else {
            bytes.push(*first);
            rest = tail;
        }
    }
    let text = String::from_utf8(bytes).ok().context("user and password must be text")?;
    ensure!(!text.chars().any(char::is_control), "user and password must be text");
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_how_safe_it_is() {
        let server = |host: &str, port, encryption, account: Option<(&str, &str)>| SmtpServer {
            host: host.to_owned(),
            port,
            encryption,
            account: account.map(|(user, password)| (user.to_owned(), password.to_owned())),
        };
        for (url, read) in [
            ("smtps://mail.example", server("mail.example", 465, Encryption::Always, None)),
            ("smtp://mail.example/", server("mail.example", 587, Encryption::StartTls, None)),
            (
                "smtp://me%40example.org:p%2Fw%25@mail.example:2525?tls=required",
                server("mail.example", 2525, Encryption::StartTls, Some(("me@example.org", "p/w%"))),
            ),
            ("smtp://127.0.0.1:25?tls=off", server("127.0.0.1", 25, Encryption::Off, None)),
            ("smtp://[::1]:25?tls=off", server("::1", 25, Encryption::Off, None)),
            ("smtp://[::1]?tls=off", server("::1", 587, Encryption::Off, None)),
        ] {
            assert_eq!(parse(url).unwrap(), read, "{url}");
        }
        for wrong in [
            "",
            "mail.example",
            "http://mail.example",
            "smtp://",
            "smtp://user@mail.example",
            "smtp://a:b/c@mail.example",
            "smtp://mail.example:port",
            "smtp://mail.example?tls=maybe",
            "smtps://mail.example?tls=off",
            "smtp://a:%zz@mail.example",
            "smtp://a:%0a@mail.example",
        ] {
            let error = parse(wrong).unwrap_err();
            assert!(!format!("{error:#}").contains("b/c"), "{wrong}");
        }
    }
}
