//! The words of a mail, in the guest's language.

use crate::{
    error::AppError,
    events::{
        server::{
            catalogue::Event,
            entities::{guest, mailing::MailKind, registration},
        },
        words::Words,
    },
    server::Context,
};
use serde::{Deserialize, Serialize};

/// What a mail says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The subject.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The calendar entry, if one goes along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<String>,
}

impl Letter {
    /// As it stands in a table.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What a table holds.
    #[must_use]
    pub fn of_json(json: &str) -> Option<Self> {
        serde_json::from_str(json).ok()
    }
}

/// Writes a letter about a registration.
///
/// # Errors
/// [`AppError::Internal`] if the stored link is broken.
pub(super) fn write(
    _ctx: &Context,
    event: &Event,
    row: &registration::Model,
    _guest: &guest::Model,
    _kind: MailKind,
    _words: Option<&Words>,
) -> Result<Letter, AppError> {
    Ok(Letter { subject: event.slug.clone(), text: row.code.clone(), calendar: None })
}
