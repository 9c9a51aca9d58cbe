//! The library of rights: which topics there are, and how what stands in it is named in Japanese. Pure; the sentences are
//! words of `locales/`, and `pages/rights/` puts the two together.
//!
//! Facts with a date, as in `ui::lines`: who changes a sentence or an article looks at its law and, once all were looked
//! at, sets [`checked_on`]. Laws are read at e-Gov (laws.e-gov.go.jp). What was under way in November 2026: the trainee
//! law is replaced by the one on Employment for Skill Development on 1 April 2027 (its articles 46 to 49 are named here),
//! the accident insurance's time limits and the money for a birth were before the Diet.

pub mod law;

use form::Day;

/// What a page of the library is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// Wages.
    Pay,
    /// Hours, breaks, days off, leave.
    Time,
    /// Injury and illness from work.
    Health,
    /// Violence and harassment.
    Respect,
    /// Dismissal, changing jobs.
    Change,
    /// Passport, residence card, bank book, contract.
    Papers,
    /// Dormitory, and what is taken from wages.
    Home,
    /// Pregnancy and birth.
    Family,
    /// Unions and offices that help.
    Together,
}

impl Topic {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 9] = [
        Self::Pay,
        Self::Time,
        Self::Health,
        Self::Respect,
        Self::Change,
        Self::Papers,
        Self::Home,
        Self::Family,
        Self::Together,
    ];

    /// The topic in an address. It stays in a history: a word that tells nothing of who read it.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Pay => "pay",
            Self::Time => "time",
            Self::Health => "health",
            Self::Respect => "respect",
            Self::Change => "change",
            Self::Papers => "papers",
            Self::Home => "home",
            Self::Family => "family",
            Self::Together => "together",
        }
    }

    /// The topic that an address names.
    #[must_use]
    pub fn of(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.slug() == slug)
    }

    /// Whether somebody who reads it may be in danger just now.
    #[must_use]
    pub const fn may_be_urgent(self) -> bool {
        matches!(self, Self::Health | Self::Respect | Self::Family)
    }
}

/// The day on which the sentences were looked at last; none if the calendar has no such day.
#[must_use]
pub fn checked_on() -> Option<Day> {
    Day::new(2026, 11, 30)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_topics() {
        for topic in Topic::ALL {
            assert_eq!(Topic::of(topic.slug()), Some(topic));
        }
        assert_eq!(Topic::of(""), None);
        assert_eq!(Topic::of("wages"), None);
    }

    #[test]
    fn the_sentences_have_a_date() {
        assert!(checked_on().is_some());
    }
}
