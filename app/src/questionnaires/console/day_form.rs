//! A day that an organizer types, as three numbers: what was typed, and what it means.

use crate::{i18n::*, ui::Reader};
use form::Day;
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// What stood in the three fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TypedDay(pub [String; 3]);

/// Why it is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayFault {
    /// Year, month or day is missing.
    Incomplete,
    /// It is not in the calendar, or no number.
    NotADay,
}

impl TypedDay {
    /// The fields of these names from a form.
    #[must_use]
    pub fn of_form(form: &HashMap<String, String>, names: [&str; 3]) -> Self {
        Self(names.map(|name| form.get(name).cloned().unwrap_or_default()))
    }

    /// The fields of a day that is set.
    #[must_use]
    pub fn of(day: Option<Day>) -> Self {
        match day {
            Some(day) => Self([day.year().to_string(), day.month().to_string(), day.day().to_string()]),
            None => Self::default(),
        }
    }

    /// The day; nothing if all fields are empty. Wide digits are digits.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(&self) -> Result<Option<Day>, DayFault> {
        let [year, month, date] = self.0.each_ref().map(|typed| typed.nfkc().collect::<String>().trim().to_owned());
        if [&year, &month, &date].iter().all(|typed| typed.is_empty()) {
            return Ok(None);
        }
        if [&year, &month, &date].iter().any(|typed| typed.is_empty()) {
            return Err(DayFault::Incomplete);
        }
        // Digits only: a sign would pass for a number.
        let is_number = |typed: &str| typed.len() <= 4 && typed.bytes().all(|byte| byte.is_ascii_digit());
        let day = [&year, &month, &date]
            .iter()
            .all(|typed| is_number(typed))
            .then(|| Day::new(year.parse().ok()?, month.parse().ok()?, date.parse().ok()?))
            .flatten();
        day.map(Some).ok_or(DayFault::NotADay)
    }
}

/// What is wrong, in words.
pub fn fault_words(reader: Reader, fault: DayFault) -> &'static str {
    match fault {
        DayFault::Incomplete => td_string!(reader.locale, questionnaires.problem_incomplete_date),
        DayFault::NotADay => td_string!(reader.locale, questionnaires.problem_not_a_date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(fields: [&str; 3]) -> Result<Option<Day>, DayFault> {
        TypedDay(fields.map(str::to_owned)).read()
    }

    #[test]
    fn a_day_is_read_however_its_digits_are_typed() {
        let day = Day::new(2026, 12, 1);
        assert_eq!(read(["2026", "12", "1"]), Ok(day));
        assert_eq!(read([" ２０２６", "１２", "01 "]), Ok(day));
        assert_eq!(read(["", " ", ""]), Ok(None));
        assert_eq!(TypedDay::of(day).read(), Ok(day));
    }

    #[test]
    fn what_is_no_day_is_told_apart_from_half_a_day() {
        assert_eq!(read(["2026", "", "1"]), Err(DayFault::Incomplete));
        for fields in [["2026", "2", "29"], ["2026", "+2", "1"], ["26", "2", "1"], ["x", "2", "1"], ["99999", "2", "1"]]
        {
            assert_eq!(read(fields), Err(DayFault::NotADay), "{fields:?}");
        }
    }
}
