//! A day of the calendar, without a time and without a zone.

use crate::calendar::{days_in_month, from_civil, to_civil};
use serde::{Deserialize, Serialize};

/// A day of the proleptic Gregorian calendar from 1900-01-01 to 2200-12-31.
///
/// In JSON it is the text `YYYY-MM-DD`, exactly; days compare in the order of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day {
    // The derived order compares the fields from the top, so year, month, day must stay in turn.
    year: i32,
    month: u8,
    day: u8,
}

/// The text or the number does not name a [`Day`] between 1900 and 2200.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADay;

impl Day {
    /// The first day that can be written: 1900-01-01.
    pub const FIRST: Day = Day { year: 1900, month: 1, day: 1 };
    /// The last day that can be written: 2200-12-31.
    pub const LAST: Day = Day { year: 2200, month: 12, day: 31 };

    /// The day of that date, or nothing if the calendar has no such day or the year is outside
    /// 1900 to 2200. Month and day count from 1.
    pub fn new(year: i32, month: u8, day: u8) -> Option<Day> {
        let is_in_range = (Day::FIRST.year..=Day::LAST.year).contains(&year);
        (is_in_range && day >= 1 && day <= days_in_month(year, month)).then_some(Day { year, month, day })
    }

    /// Reads `YYYY-MM-DD`: ten ASCII characters, no sign, no spaces.
    pub fn parse(text: &str) -> Option<Day> {
        let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
            return None;
        };
        let number = |digits: &[u8]| {
            digits
                .iter()
                .try_fold(0_i32, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i32::from(digit - b'0')))
        };
        let month = u8::try_from(number(&[m1, m2])?).ok()?;
        let day = u8::try_from(number(&[d1, d2])?).ok()?;
        Day::new(number(&[y1, y2, y3, y4])?, month, day)
    }

    /// The year, 1900 to 2200.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Whole days since 1970-01-01, negative before it.
    pub fn unix_days(self) -> i64 {
        from_civil(i64::from(self.year), i64::from(self.month), i64::from(self.day))
    }

    /// The day that lies so many days after 1970-01-01, or nothing outside 1900 to 2200. The
    /// caller adds its zone before it divides an instant into days.
    pub fn from_unix_days(days: i64) -> Option<Day> {
        // The bound comes first: it keeps the arithmetic below far from overflow.
        if !(Day::FIRST.unix_days()..=Day::LAST.unix_days()).contains(&days) {
            return None;
        }
        let (year, month, day) = to_civil(days);
        Day::new(i32::try_from(year).ok()?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day so many days later (earlier if negative), or nothing outside 1900 to 2200.
    pub fn plus_days(self, days: i64) -> Option<Day> {
        Day::from_unix_days(self.unix_days().checked_add(days)?)
    }
}

impl std::fmt::Display for Day {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from(*self))
    }
}

impl std::fmt::Display for NotADay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not_a_day")
    }
}

impl std::error::Error for NotADay {}

impl From<Day> for String {
    // By hand, because padded number formatting would add its machinery to the phone's bundle.
    fn from(day: Day) -> String {
        let (month, date) = (i32::from(day.month), i32::from(day.day));
        let digits = |number: i32, divisor: i32| {
            u32::try_from(number / divisor % 10).ok().and_then(|digit| char::from_digit(digit, 10))
        };
        let year = [1000, 100, 10, 1].into_iter().filter_map(|divisor| digits(day.year, divisor));
        let two = |number: i32| [10, 1].into_iter().filter_map(move |divisor| digits(number, divisor));
        year.chain(['-']).chain(two(month)).chain(['-']).chain(two(date)).collect()
    }
}

impl TryFrom<String> for Day {
    type Error = NotADay;

    fn try_from(text: String) -> Result<Day, NotADay> {
        Day::parse(&text).ok_or(NotADay)
    }
}

impl std::str::FromStr for Day {
    type Err = NotADay;

    fn from_str(text: &str) -> Result<Day, NotADay> {
        Day::parse(text).ok_or(NotADay)
    }
}
