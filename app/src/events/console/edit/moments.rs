//! Days and times of day, read with patience.

use form::{Day, Time};
use unicode_normalization::UnicodeNormalization;

/// Why it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Year, month or day is missing.
    Incomplete,
    /// It is in no calendar or on no clock.
    None,
}

/// A day as three fields.
#[must_use]
pub fn day_fields(day: Option<Day>) -> [String; 3] {
    day.map(|day| [day.year().to_string(), day.month().to_string(), day.day().to_string()]).unwrap_or_default()
}

/// The day of three fields, nothing if all are empty. Wide digits are digits.
///
/// # Errors
/// What is wrong.
pub fn day(fields: [&str; 3]) -> Result<Option<Day>, Fault> {
    let fields = fields.map(narrow);
    if fields.iter().all(String::is_empty) {
        return Ok(None);
    }
    if fields.iter().any(String::is_empty) {
        return Err(Fault::Incomplete);
    }
    let [year, month, date] = fields.each_ref().map(|field| whole(field));
    let day = year.zip(month).zip(date).and_then(|((year, month), date)| {
        Day::new(year.try_into().ok()?, month.try_into().ok()?, date.try_into().ok()?)
    });
    day.map(Some).ok_or(Fault::None)
}

/// A time of day, nothing if it is empty: `9:00`, `９：００`, `9.00`, `9時30分`, `0900`, `9`.
///
/// # Errors
/// [`Fault::None`].
pub fn time(typed: &str) -> Result<Option<Time>, Fault> {
    let typed = narrow(typed);
    if typed.is_empty() {
        return Ok(None);
    }
    let typed = typed.trim_end_matches('分');
    let (hour, minute) = match typed.split_once([':', '.', '時', 'h']) {
        Some((hour, "")) => (hour, "0"),
        Some((hour, minute)) => (hour, minute),
        None if matches!(typed.len(), 3 | 4) && typed.is_ascii() => typed.split_at(typed.len() - 2),
        None => (typed, "0"),
    };
    let number = |text: &str| whole(text.trim()).and_then(|number| u8::try_from(number).ok());
    number(hour).zip(number(minute)).and_then(|(hour, minute)| Time::new(hour, minute)).map(Some).ok_or(Fault::None)
}

/// A number from 0, nothing if it is empty. Wide digits are digits.
///
/// # Errors
/// [`Fault::None`].
pub fn number(typed: &str) -> Result<Option<u32>, Fault> {
    let typed = narrow(typed);
    if typed.is_empty() { Ok(None) } else { whole(&typed).map(Some).ok_or(Fault::None) }
}

fn narrow(typed: &str) -> String {
    typed.nfkc().collect::<String>().trim().to_owned()
}

/// Digits only: a sign would pass for a number.
fn whole(text: &str) -> Option<u32> {
    let is_number = !text.is_empty() && text.len() <= 9 && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_however_it_is_typed() {
        let nine = Ok(Time::new(9, 0));
        for typed in ["9:00", "09:00", "９：００", "9.00", " 9 ", "0900", "900", "9時", "9h00"] {
            assert_eq!(time(typed), nine, "{typed}");
        }
        assert_eq!(time("13時30分"), Ok(Time::new(13, 30)));
        assert_eq!(time(" "), Ok(None));
        for typed in ["25:00", "9:60", "nine", "-9:00", "9:0:0", "午前9時"] {
            assert_eq!(time(typed), Err(Fault::None), "{typed}");
        }
    }

    #[test]
    fn a_day_and_a_number_are_read_however_their_digits_are_typed() {
        assert_eq!(day(["２０２６", " 12", "1"]), Ok(Day::new(2026, 12, 1)));
        assert_eq!(day(["", " ", ""]), Ok(None));
        assert_eq!(day(["2026", "", "1"]), Err(Fault::Incomplete));
        for wrong in [["2026", "2", "30"], ["x", "2", "3"], ["2026", "+2", "3"], ["999999999", "1", "1"]] {
            assert_eq!(day(wrong), Err(Fault::None), "{wrong:?}");
        }
        assert_eq!((number("４０"), number(""), number("-1")), (Ok(Some(40)), Ok(None), Err(Fault::None)));
    }
}
