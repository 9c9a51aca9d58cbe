//! The settings in force, as TOML, without what must not be seen over a shoulder.

use super::Config;
use anyhow::Context as _;

/// Stands where a password was; refused when it is read back.
pub const MASK: &str = "********";

impl Config {
    /// What is in force. Read back as `entaku.toml` it means the same, but for hidden passwords and secrets.
    ///
    /// # Errors
    /// When a path is not text.
    pub fn to_toml(&self) -> anyhow::Result<String> {
        let mut shown = self.clone();
        shown.database.url = masked(&shown.database.url);
        shown.mail.smtp_url = shown.mail.smtp_url.as_deref().map(masked);
        let hidden = shown.secret.value.take().is_some();
        let mut text = toml::to_string(&shown).context("the configuration cannot be written as TOML")?;
        if hidden {
            text.push_str("# secret.value is set and not shown\n");
        }
        Ok(text)
    }
}

/// The address of a server without its password.
fn masked(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    match authority.rsplit_once('@').and_then(|(user, host)| Some((user.split_once(':')?.0, host))) {
        Some((user, host)) => format!("{scheme}://{user}:{MASK}@{host}{path}"),
        None => url.to_owned(),
    }
}
