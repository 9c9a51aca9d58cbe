//! A day of the calendar as a column: ISO text, which both databases sort in the order of time.

use form::Day;
use std::{fmt, str::FromStr};

/// A [`Day`] in a row. Text that is no day cannot be read as one: the query fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, sea_orm::DeriveValueType)]
#[sea_orm(value_type = "String")]
pub struct StoredDay(pub Day);

/// A column for days holds something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day")]
pub struct NotADay;

/// What the ORM asks of a part of a key; no number is a day.
impl sea_orm::TryFromU64 for StoredDay {
    fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
        Err(sea_orm::DbErr::ConvertFromU64("StoredDay"))
    }
}

impl From<Day> for StoredDay {
    fn from(day: Day) -> Self {
        Self(day)
    }
}

impl From<StoredDay> for Day {
    fn from(stored: StoredDay) -> Self {
        stored.0
    }
}

impl fmt::Display for StoredDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for StoredDay {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Self, NotADay> {
        Day::parse(text).map(Self).ok_or(NotADay)
    }
}
