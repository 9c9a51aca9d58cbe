//! Numbers as people type them on phones with Japanese and other keyboards.

use crate::decimal::Decimal;
use crate::time::Time;

/// What a text says as a whole number.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Number {
    Value(i64),
    /// A number beyond what 64 bits hold.
    TooLarge,
    /// A number below what 64 bits hold.
    TooSmall,
    /// Not a whole number.
    Other,
}

/// The digit zero of the scripts in which respondents write numbers: ASCII, full width, Devanagari
/// (Nepali, Hindi), Bengali, Thai, Lao, Burmese, Khmer. The other nine follow each in Unicode.
const ZEROS: [char; 8] = ['0', '０', '०', '০', '๐', '໐', '၀', '០'];

/// Reads a whole number without surrounding spaces: an optional sign, then digits, which commas may
/// group in threes. "1,5" is refused and not read as 15: in half of the world it means one and a
/// half.
pub(crate) fn parse(text: &str) -> Number {
    // ー is what a Japanese keyboard gives for the minus key.
    let minus = text.strip_prefix(['-', '－', '−', 'ー']);
    let digits = minus.or_else(|| text.strip_prefix(['+', '＋'])).unwrap_or(text);
    // Summed up as a negative number, because the negative range is the larger by one.
    let mut sum = Some(0_i64);
    let mut has_groups = false;
    let mut group = 0_usize;
    for c in digits.chars() {
        if let Some(digit) = digit(c) {
            group += 1;
            sum = sum.and_then(|sum| sum.checked_mul(10)).and_then(|sum| sum.checked_sub(i64::from(digit)));
        } else if matches!(c, ',' | '，') && (if has_groups { group == 3 } else { (1..=3).contains(&group) }) {
            has_groups = true;
            group = 0;
        } else {
            return Number::Other;
        }
    }
    if group == 0 || (has_groups && group != 3) {
        return Number::Other;
    }
    match (sum, minus) {
        (Some(sum), Some(_)) => Number::Value(sum),
        (Some(sum), None) => sum.checked_neg().map_or(Number::TooLarge, Number::Value),
        (None, Some(_)) => Number::TooSmall,
        (None, None) => Number::TooLarge,
    }
}

/// Reads a number with decimal places: what [`parse`] reads, with `.` (or `・` and `．` of Japanese keyboards) and up to
/// six digits behind it. A comma before one or two last digits is a decimal comma, as most of the world writes;
/// before three it groups, as in Japan.
pub(crate) fn parse_decimal(text: &str) -> Option<Decimal> {
    let point = text.rfind(['.', '．', '・']);
    let comma = text.rfind([',', '，']).filter(|at| {
        let behind = text.get(*at..).map_or(0, |rest| rest.chars().count() - 1);
        point.is_none() && matches!(behind, 1 | 2)
    });
    let (whole, places) = match point.or(comma) {
        Some(at) => {
            let mut rest = text.get(at..)?.chars();
            rest.next();
            (text.get(..at)?, rest.as_str())
        }
        None => (text, ""),
    };
    // A sign alone before the point is no number; `.5` is none either: people who write it so are asked again.
    let Number::Value(number) = parse(whole) else { return None };
    let is_negative = whole.starts_with(['-', '－', '−', 'ー']);
    let mut plain: String = if is_negative { "-" } else { "" }.to_owned();
    plain.push_str(&number.unsigned_abs().to_string());
    if point.or(comma).is_some() {
        plain.push('.');
        for c in places.chars() {
            plain.push(char::from_digit(u32::from(digit(c)?), 10)?);
        }
    }
    Decimal::parse(&plain)
}

/// Reads a time of the day: `8:30`, `08:30:00`, `８：３０`, `8時30分`, `8h30`, `0830`.
pub(crate) fn parse_time(text: &str) -> Option<Time> {
    let mut parts: Vec<u32> = Vec::new();
    let mut is_open = false;
    let mut digits = 0;
    for c in text.chars() {
        if let Some(digit) = digit(c) {
            digits += 1;
            match parts.last_mut() {
                Some(last) if is_open => *last = last.checked_mul(10)?.checked_add(u32::from(digit))?,
                _ => parts.push(u32::from(digit)),
            }
            is_open = true;
        } else if is_open && matches!(c, ':' | '：' | '時' | '分' | 'h' | 'H' | '.') {
            is_open = false;
        } else {
            return None;
        }
    }
    let (hour, minute) = match parts.as_slice() {
        // Seconds that are nothing are what some browsers add.
        [hour, minute] | [hour, minute, 0] => (*hour, *minute),
        [both] if digits == 4 => (both / 100, both % 100),
        _ => return None,
    };
    Time::new(u8::try_from(hour).ok()?, u8::try_from(minute).ok()?)
}

/// Reads one to four digits and nothing else: a part of a date.
pub(crate) fn parse_date_part(text: &str) -> Option<i32> {
    let (mut sum, mut count) = (0_i32, 0);
    for c in text.chars() {
        count += 1;
        if count > 4 {
            return None;
        }
        sum = sum * 10 + i32::from(digit(c)?);
    }
    (count > 0).then_some(sum)
}

fn digit(c: char) -> Option<u8> {
    let from = |zero: char| u32::from(c).checked_sub(u32::from(zero)).filter(|digit| *digit < 10);
    ZEROS.into_iter().find_map(from).and_then(|digit| u8::try_from(digit).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_type_them() {
        for (text, value) in [
            ("48", 48),
            ("0048", 48),
            ("４８", 48),
            ("-5", -5),
            ("－５", -5),
            ("−5", -5),
            ("ー5", -5),
            ("+5", 5),
            ("1,000", 1_000),
            ("１２，３４５，６７８", 12_345_678),
            ("४८", 48),
            ("၄၈", 48),
            ("៤៨", 48),
            ("9223372036854775807", i64::MAX),
            ("-9223372036854775808", i64::MIN),
        ] {
            assert_eq!(parse(text), Number::Value(value), "{text}");
        }
    }

    #[test]
    fn what_is_not_a_whole_number_is_refused() {
        for text in [
            "",
            "-",
            "+",
            ",",
            "1,5",
            "1,00",
            "1000,000",
            ",100",
            "1,",
            "1,,000",
            "1,00,000",
            "1,0000,000",
            "1.000",
            "40.5",
            "4 8",
            "--1",
            "1-",
            "五",
            "1e3",
            "²",
        ] {
            assert_eq!(parse(text), Number::Other, "{text}");
        }
    }

    #[test]
    fn numbers_beyond_64_bits_say_on_which_side() {
        assert_eq!(parse("9223372036854775808"), Number::TooLarge);
        assert_eq!(parse("-9223372036854775809"), Number::TooSmall);
        assert_eq!(parse(&"9".repeat(5_000)), Number::TooLarge);
    }

    #[test]
    fn decimals_are_read_as_people_type_them() {
        for (text, number) in [
            ("7.5", "7.5"),
            ("７．５", "7.5"),
            ("7・5", "7.5"),
            ("7,5", "7.5"),
            ("1,50", "1.5"),
            ("1,500", "1500"),
            ("1,013.25", "1013.25"),
            ("-0.5", "-0.5"),
            ("40", "40"),
            ("၇.၅", "7.5"),
        ] {
            assert_eq!(parse_decimal(text).map(String::from).as_deref(), Some(number), "{text}");
        }
        for text in ["", ".", ".5", "1.2.3", "1,2,3", "1.0000001", "a", "1.5h", "-", "9".repeat(400).as_str(), "1,5,50"]
        {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }

    #[test]
    fn times_are_read_as_people_type_them() {
        for text in ["8:30", "08:30", "08:30:00", "８：３０", "8時30分", "8h30", "8.30", "0830"] {
            assert_eq!(parse_time(text).map(String::from).as_deref(), Some("08:30"), "{text}");
        }
        for text in ["", "8", "830", "24:00", "8:60", "8:30:15", ":30", "8::30", "8:30pm", "99999999999:1"] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    #[test]
    fn date_parts_are_one_to_four_digits() {
        for (text, part) in
            [("2026", Some(2026)), ("０７", Some(7)), ("", None), ("20260", None), ("-1", None), ("1,0", None)]
        {
            assert_eq!(parse_date_part(text), part, "{text}");
        }
    }
}
