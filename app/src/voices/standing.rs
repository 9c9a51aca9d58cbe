//! How far the desk is with a voice, and by which day the worker was promised more.

use form::Day;
use serde::{Deserialize, Serialize};

/// How far the desk is with a voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(
    feature = "ssr",
    derive(sea_orm::EnumIter, sea_orm::DeriveActiveEnum),
    sea_orm(rs_type = "String", db_type = "Text", rename_all = "snake_case")
)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// It came.
    Received,
    /// The desk has read it and said what can be done.
    Assessed,
    /// Something is being done.
    Addressed,
    /// The desk has said how it ended.
    Concluded,
}

/// A part of the members' list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Voices that are open.
    #[default]
    Open,
    /// Those that were concluded.
    Concluded,
    /// Those that came in a flood, until a member has looked.
    Aside,
}

/// Within so many working days of its coming the worker is told that the desk has read it and what it can do.
pub const ASSESSED_WITHIN: u32 = 3;
/// Within so many working days there is news, as long as something is being done.
pub const NEWS_WITHIN: u32 = 10;
/// So many days after it was concluded a voice is shredded, unless the worker chose longer.
pub const KEPT_DAYS: i64 = 90;
/// What a worker may choose instead: as long as wages can be claimed for (three years).
pub const KEPT_DAYS_LONG: i64 = 3 * 365;

impl State {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::Received, Self::Assessed, Self::Addressed, Self::Concluded];

    /// By which day the next step is promised, if it is in this state since a day; nothing is promised behind the end.
    #[must_use]
    pub fn promised(self, since: Day) -> Day {
        match self {
            Self::Received => working_days_after(since, ASSESSED_WITHIN),
            Self::Assessed | Self::Addressed => working_days_after(since, NEWS_WITHIN),
            Self::Concluded => since,
        }
    }

    /// Whether a promise was broken: the day is over, and the next step was not made.
    #[must_use]
    pub fn is_late(self, due: Day, today: Day) -> bool {
        self != Self::Concluded && due < today
    }
}

/// The day that so many days from Monday to Friday lie behind another one. Public holidays count as working days: who
/// promises at New Year promises what they can keep.
fn working_days_after(day: Day, days: u32) -> Day {
    let mut at = day.unix_days();
    let mut left = days;
    while left > 0 {
        at += 1;
        // 1970-01-01 was a Thursday.
        if !matches!((at + 3).rem_euclid(7), 5 | 6) {
            left -= 1;
        }
    }
    Day::from_unix_days(at).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn weekends_are_no_working_days() {
        // A Friday, a Saturday, a Sunday, a Monday.
        for (from, to) in [
            ("2026-11-27", "2026-12-02"),
            ("2026-11-28", "2026-12-02"),
            ("2026-11-29", "2026-12-02"),
            ("2026-11-30", "2026-12-03"),
        ] {
            assert_eq!(State::Received.promised(day(from)), day(to), "{from}");
        }
        assert_eq!(State::Assessed.promised(day("2026-11-30")), day("2026-12-14"));
    }

    #[test]
    fn promise_is_broken_when_its_day_is_over() {
        let due = day("2026-12-02");
        assert!(!State::Received.is_late(due, due));
        assert!(State::Received.is_late(due, day("2026-12-03")));
        assert!(!State::Concluded.is_late(due, day("2027-12-03")));
    }
}
