//! Which answers: what an address or the command line asks for, read and written back.

use super::Column;
use crate::error::AppError;
use form::{Answers, names};

/// What asks for answers that came through no channel; no channel can be called so.
pub const NO_CHANNEL: &str = "_none";

/// Through which invitation answers came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Channel {
    /// Nothing said through which.
    None,
    /// The one with this code.
    Code(String),
}

/// Which answers; those that pass all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Only those to the edition of this version.
    pub version: Option<String>,
    /// Only those in this language.
    pub language: Option<String>,
    /// Only those that came this way.
    pub channel: Option<Channel>,
    /// Only those that gave this answer: a question's name and a code.
    pub answer: Option<(String, String)>,
}

/// A filter as text, as it stands in addresses, forms and on the command line. Empty is none.
#[derive(Clone, Copy, Debug, Default)]
pub struct FilterText<'t> {
    /// `2026.1`
    pub version: &'t str,
    /// `vi`
    pub language: &'t str,
    /// A code, or [`NO_CHANNEL`].
    pub channel: &'t str,
    /// `sector=care`
    pub answer: &'t str,
}

impl Filter {
    /// Reads what was asked for.
    ///
    /// # Errors
    /// [`AppError::Malformed`] for what can be no version, language, channel or answer.
    pub fn parse(text: FilterText<'_>) -> Result<Self, AppError> {
        let FilterText { version, language, channel, answer } = text;
        let channel = match channel {
            NO_CHANNEL => Some(Channel::None),
            code => some_if(code, names::is_code)?.map(Channel::Code),
        };
        let answer = match answer {
            "" => None,
            answer => {
                let (name, code) = answer.split_once('=').ok_or(AppError::Malformed)?;
                let is_code = names::is_code(code.strip_prefix('_').unwrap_or(code));
                if !names::is_name(name) || !is_code {
                    return Err(AppError::Malformed);
                }
                Some((name.to_owned(), code.to_owned()))
            }
        };
        let version = some_if(version, names::is_version)?;
        let language = some_if(language, names::is_language_tag)?;
        Ok(Self { version, language, channel, answer })
    }

    /// Whether all answers pass.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// As it stands in an address, behind `?` or `&`; its parts need no escaping.
    #[must_use]
    pub fn query(&self) -> String {
        let mut query = String::new();
        if let Some(version) = &self.version {
            query.extend(["version=", version, "&"]);
        }
        if let Some(language) = &self.language {
            query.extend(["language=", language, "&"]);
        }
        if let Some(channel) = &self.channel {
            query.extend(["channel=", channel.as_str(), "&"]);
        }
        if let Some((name, code)) = &self.answer {
            query.extend(["answer=", name, "%3D", code, "&"]);
        }
        query
    }

    pub(super) fn lets_pass(&self, answers: &Answers) -> bool {
        self.answer
            .as_ref()
            .is_none_or(|(name, code)| answers.get(name).is_some_and(|answer| Column::is_answer(answer, code)))
    }
}

impl Channel {
    /// As it stands in an address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::None => NO_CHANNEL,
            Self::Code(code) => code,
        }
    }
}

fn some_if(text: &str, holds: impl Fn(&str) -> bool) -> Result<Option<String>, AppError> {
    match text {
        "" => Ok(None),
        text if holds(text) => Ok(Some(text.to_owned())),
        _ => Err(AppError::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_read_from_addresses_and_written_back() {
        let text = FilterText { version: "2026.1", language: "vi", channel: "osaka-1", answer: "sector=care" };
        let filter = Filter::parse(text).unwrap();
        assert_eq!(filter.query(), "version=2026.1&language=vi&channel=osaka-1&answer=sector%3Dcare&");
        let none = Filter::parse(FilterText { channel: NO_CHANNEL, ..FilterText::default() }).unwrap();
        assert_eq!((none.channel.as_ref(), none.query().as_str()), (Some(&Channel::None), "channel=_none&"));
        assert!(Filter::parse(FilterText::default()).unwrap().is_empty());
        assert!(Filter::parse(FilterText { answer: "sector=_declined", ..FilterText::default() }).is_ok());
    }

    #[test]
    fn what_can_be_no_filter_is_refused() {
        let none = FilterText::default();
        for text in [
            FilterText { version: "1 2", ..none },
            FilterText { language: "v i", ..none },
            FilterText { channel: "_other", ..none },
            FilterText { channel: "Osaka", ..none },
            FilterText { answer: "sector", ..none },
            FilterText { answer: "S=x", ..none },
            FilterText { answer: "s=<b>", ..none },
        ] {
            assert_eq!(Filter::parse(text), Err(AppError::Malformed), "{text:?}");
        }
    }
}
