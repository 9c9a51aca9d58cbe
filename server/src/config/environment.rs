//! `ENTAKU_*`: one variable per setting, by name.

use anyhow::{Context as _, bail};
use config::Value;
use std::collections::HashMap;

/// Names the configuration file.
pub const FILE: &str = "ENTAKU_CONFIG";

const PREFIX: &str = "ENTAKU_";

/// Variable and setting.
const SETTINGS: [(&str, &str); 16] = [
    ("ENTAKU_LOG", "log"),
    ("ENTAKU_DATA", "data"),
    ("ENTAKU_DIST", "dist"),
    ("ENTAKU_DEV", "dev"),
    ("ENTAKU_BASE_URL", "site.base_url"),
    ("ENTAKU_CONTACT", "site.contact"),
    ("ENTAKU_UTC_OFFSET_MINUTES", "site.utc_offset_minutes"),
    ("ENTAKU_LISTEN", "server.listen"),
    ("ENTAKU_TRUSTED_PROXIES", "server.trusted_proxies"),
    ("ENTAKU_DATABASE_URL", "database.url"),
    ("ENTAKU_SMTP_URL", "mail.smtp_url"),
    ("ENTAKU_MAIL_FROM", "mail.from"),
    ("ENTAKU_VOICES_ROOT", "voices.root"),
    ("ENTAKU_VOICES_TRUSTEES", "voices.trustees"),
    ("ENTAKU_SECRET", "secret.value"),
    ("ENTAKU_SECRET_FILE", "secret.file"),
];

/// Read by the Makefile's scripts and the tests; of no meaning here, but no mistake either.
const ELSEWHERE: [&str; 4] = ["ENTAKU_CACHE", "ENTAKU_CHROMIUM", "ENTAKU_FIRST_ORGANIZER", "ENTAKU_TEST_"];

/// What the environment sets, as keys and values of the configuration.
///
/// # Errors
/// A variable that begins with `ENTAKU_` and is none of ours: most likely a slip of the keyboard, and the setting
/// that was meant would silently keep its default.
pub fn overrides(variables: &HashMap<String, String>) -> anyhow::Result<Vec<(&'static str, Value)>> {
    let known = |name: &str| {
        name == FILE
            || SETTINGS.iter().any(|(setting, _)| *setting == name)
            || ELSEWHERE.iter().any(|own| name.starts_with(own))
    };
    let mut unknown: Vec<_> = variables.keys().filter(|name| name.starts_with(PREFIX) && !known(name)).collect();
    unknown.sort();
    if let Some(name) = unknown.first() {
        let names: Vec<_> = SETTINGS.iter().map(|(setting, _)| *setting).collect();
        bail!("there is no setting {name}; there are {FILE}, {}", names.join(", "));
    }
    SETTINGS
        .iter()
        .filter_map(|(variable, key)| Some((*variable, *key, variables.get(*variable)?)))
        .map(|(variable, key, text)| Ok((key, typed(variable, key, text)?)))
        .collect()
}

/// A variable is text; numbers and lists are made of it here, where the variable's name is still known.
fn typed(variable: &str, key: &str, text: &str) -> anyhow::Result<Value> {
    match key {
        "site.utc_offset_minutes" => {
            let minutes: i64 =
                text.trim().parse().with_context(|| format!("{variable} must be a number of minutes"))?;
            Ok(Value::from(minutes))
        }
        "dev" => match text.trim() {
            "1" | "true" => Ok(Value::from(true)),
            "0" | "false" | "" => Ok(Value::from(false)),
            _ => bail!("{variable} must be true or false"),
        },
        "server.trusted_proxies" | "voices.trustees" => Ok(Value::from(
            text.split([',', ' ']).filter(|item| !item.is_empty()).map(str::to_owned).collect::<Vec<_>>(),
        )),
        _ => Ok(Value::from(text)),
    }
}
