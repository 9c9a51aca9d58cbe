//! A time of the day, to the minute, without a zone.

use serde::{Deserialize, Serialize};

/// A time from 00:00 to 23:59. In JSON it is the text `HH:MM`, exactly; times compare in the order of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Time {
    hour: u8,
    minute: u8,
}

impl Time {
    /// That time, or nothing if the hour is above 23 or the minute above 59.
    pub fn new(hour: u8, minute: u8) -> Option<Time> {
        (hour < 24 && minute < 60).then_some(Time { hour, minute })
    }

    /// Reads `HH:MM`: five ASCII characters.
    pub fn parse(text: &str) -> Option<Time> {
        let &[h1, h2, b':', m1, m2] = text.as_bytes() else { return None };
        if ![h1, h2, m1, m2].iter().all(u8::is_ascii_digit) {
            return None;
        }
        Time::new((h1 - b'0') * 10 + (h2 - b'0'), (m1 - b'0') * 10 + (m2 - b'0'))
    }

    /// Minutes since midnight, 0 to 1439.
    pub fn minutes(self) -> u16 {
        u16::from(self.hour) * 60 + u16::from(self.minute)
    }
}

impl From<Time> for String {
    fn from(time: Time) -> String {
        let digit = |number: u8| char::from(b'0' + number % 10);
        [digit(time.hour / 10), digit(time.hour), ':', digit(time.minute / 10), digit(time.minute)]
            .into_iter()
            .collect()
    }
}

impl TryFrom<String> for Time {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Time, &'static str> {
        Time::parse(&text).ok_or("not_a_time")
    }
}

impl std::fmt::Display for Time {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&String::from(*self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_they_are_read() {
        for text in ["00:00", "09:05", "23:59"] {
            assert_eq!(Time::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "24:00", "12:60", "9:05", "09.05", "０9:05", "-1:00", "09:05 "] {
            assert_eq!(Time::parse(text), None, "{text}");
        }
        assert_eq!(Time::parse("23:59").unwrap().minutes(), 1439);
    }
}
