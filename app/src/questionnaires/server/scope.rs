//! How much of the answers somebody may see. Everything takes a right and a reason, and leaves an audit row: without
//! that row there is no [`Scope`] that says so, and without a scope no answer is read.

use super::export::Include;
use crate::{
    auth::{Organizer, SensitiveReader},
    error::AppError,
    server::{Context, audit},
};
use unicode_normalization::UnicodeNormalization;

/// The fewest characters of a reason: "because" is none.
pub const REASON_MIN_CHARS: usize = 10;
/// The most characters of a reason.
pub const REASON_MAX_CHARS: usize = 300;

/// What somebody needs the answers for, in their own words: composed (NFC), trimmed, on one line.
#[derive(Clone, PartialEq, Eq)]
pub struct Reason(String);

/// Why a reason is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonFault {
    /// Nothing, or fewer than [`REASON_MIN_CHARS`] characters.
    TooShort,
    /// More than [`REASON_MAX_CHARS`] characters.
    TooLong,
}

impl Reason {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, ReasonFault> {
        if typed.len() > REASON_MAX_CHARS * 16 {
            return Err(ReasonFault::TooLong);
        }
        let composed = typed.nfc().filter(|letter| *letter == '\n' || !letter.is_control()).collect::<String>();
        let reason = composed.split_whitespace().collect::<Vec<_>>().join(" ");
        match reason.chars().count() {
            0..REASON_MIN_CHARS => Err(ReasonFault::TooShort),
            REASON_MIN_CHARS..=REASON_MAX_CHARS => Ok(Self(reason)),
            _ => Err(ReasonFault::TooLong),
        }
    }

    /// The words.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What is done with everything, for the audit row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Read on the screen.
    Read,
    /// Taken away as a file.
    Exported,
    /// One thing that was kept aside, read on the screen.
    KeptAside,
    /// Small counts of the most sensitive questions, read on the screen.
    Counts,
}

impl Use {
    const fn action(self) -> &'static str {
        match self {
            Self::Read => "answers.read",
            Self::Exported => "answers.exported",
            Self::KeptAside => "quarantine.read",
            Self::Counts => "counts.read",
        }
    }
}

/// How much of the answers to one questionnaire is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope(Include);

impl Scope {
    /// Neither own words nor the most sensitive questions: for every organizer.
    #[must_use]
    pub fn ordinary(_: &Organizer) -> Self {
        Self(Include::Ordinary)
    }

    /// The same for whoever sits at the server itself.
    #[must_use]
    pub fn ordinary_by_command() -> Self {
        Self(Include::Ordinary)
    }

    /// Everything. Stores who, what for and why before anything is shown. `subject` is the questionnaire's slug, or
    /// the id of what was kept aside.
    ///
    /// # Errors
    /// When the row cannot be stored.
    pub async fn everything(
        ctx: &Context,
        reader: &SensitiveReader,
        reason: &Reason,
        what: Use,
        subject: &str,
    ) -> Result<Self, AppError> {
        ctx.write(|tx| async move {
            audit::record(&tx, Some(reader.actor()), what.action(), subject, reason.as_str()).await
        })
        .await?;
        Ok(Self(Include::Everything))
    }

    /// Everything, for whoever sits at the server itself: the row names nobody.
    ///
    /// # Errors
    /// When the row cannot be stored.
    pub async fn everything_by_command(ctx: &Context, reason: &Reason, subject: &str) -> Result<Self, AppError> {
        ctx.write(|tx| async move { audit::record(&tx, None, Use::Exported.action(), subject, reason.as_str()).await })
            .await?;
        Ok(Self(Include::Everything))
    }

    /// How much.
    #[must_use]
    pub fn include(self) -> Include {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reason_is_a_sentence_on_one_line() {
        let reason = Reason::parse("  report for\n the session \u{0} ").map(|reason| reason.0);
        assert_eq!(reason.ok().as_deref(), Some("report for the session"));
        assert_eq!(Reason::parse("").err(), Some(ReasonFault::TooShort));
        assert_eq!(Reason::parse("x        y").err(), Some(ReasonFault::TooShort));
        assert_eq!(Reason::parse(&"あ".repeat(301)).err(), Some(ReasonFault::TooLong));
        assert!(Reason::parse(&"あ".repeat(300)).is_ok());
        assert_eq!(Reason::parse(&"a".repeat(1_000_000)).err(), Some(ReasonFault::TooLong));
    }
}
