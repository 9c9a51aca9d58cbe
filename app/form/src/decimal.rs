//! Numbers with up to six places after the point, exactly: what one phone calculates, every phone and the server do.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::fmt;

/// A number of at most six decimal places, from −9,000,000,000,000 to 9,000,000,000,000.
///
/// In JSON it is the text of [`fmt::Display`]: no exponent, no group marks, no zeros that say nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

/// Millionths in one.
const ONE: i64 = 1_000_000;

impl Decimal {
    /// Nothing.
    pub const ZERO: Decimal = Decimal(0);
    /// The largest number that can be held; the smallest is as far from zero.
    pub const MAX: Decimal = Decimal(9_000_000_000_000 * ONE);
    /// The smallest.
    pub const MIN: Decimal = Decimal(-9_000_000_000_000 * ONE);

    fn of(millionths: i64) -> Option<Decimal> {
        Some(Decimal(millionths)).filter(|number| (Decimal::MIN..=Decimal::MAX).contains(number))
    }

    fn of_wide(millionths: i128) -> Option<Decimal> {
        Decimal::of(i64::try_from(millionths).ok()?)
    }

    /// A whole number, or nothing if it is out of range.
    pub fn whole(number: i64) -> Option<Decimal> {
        Decimal::of(number.checked_mul(ONE)?)
    }

    /// Reads what [`fmt::Display`] writes, leading zeros and zeros at the end allowed: ASCII digits, one point at most,
    /// at most six places after it, a minus before it.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (is_negative, digits) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        let is_well_formed = !whole.is_empty() && (places.is_empty() != digits.contains('.')) && places.len() <= 6;
        if !is_well_formed {
            return None;
        }
        let padding = 6 - places.len();
        let mut sum = 0_i64;
        for digit in whole.bytes().chain(places.bytes()).chain(std::iter::repeat_n(b'0', padding)) {
            if !digit.is_ascii_digit() {
                return None;
            }
            sum = sum.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
        }
        Decimal::of(if is_negative { -sum } else { sum })
    }

    /// The sum, or nothing if it is out of range.
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        Decimal::of(self.0.checked_add(other.0)?)
    }

    /// The number with the other sign.
    #[must_use]
    pub fn negated(self) -> Decimal {
        Decimal(-self.0)
    }

    /// The product, rounded to six places, halves away from zero; nothing if it is out of range.
    pub fn times(self, other: Decimal) -> Option<Decimal> {
        divide(i128::from(self.0) * i128::from(other.0), i128::from(ONE))
    }

    /// The quotient, rounded to six places, halves away from zero; nothing for a division by zero.
    pub fn divided_by(self, other: Decimal) -> Option<Decimal> {
        divide(i128::from(self.0) * i128::from(ONE), i128::from(other.0))
    }

    /// What is left of a division; it has the sign of `self`. Nothing for a division by zero.
    pub fn modulo(self, other: Decimal) -> Option<Decimal> {
        self.0.checked_rem(other.0).map(Decimal)
    }

    /// Rounded to so many places (0 to 6; more change nothing), halves away from zero.
    #[must_use]
    pub fn rounded(self, places: u32) -> Decimal {
        let step = 10_i64.pow(6_u32.saturating_sub(places.min(6)));
        let half = if self.0 < 0 { -(step / 2) } else { step / 2 };
        // Cannot overflow: a number is far from the ends of 64 bits.
        Decimal((self.0 + half) / step * step)
    }

    /// The whole number below it or equal to it.
    #[must_use]
    pub fn floor(self) -> Decimal {
        Decimal(self.0.div_euclid(ONE) * ONE)
    }

    /// Without what stands behind the point.
    #[must_use]
    pub fn truncated(self) -> Decimal {
        Decimal(self.0 / ONE * ONE)
    }

    /// The number if it is whole.
    pub fn to_whole(self) -> Option<i64> {
        (self.0 % ONE == 0).then_some(self.0 / ONE)
    }
}

/// Rounds halves away from zero.
fn divide(dividend: i128, divisor: i128) -> Option<Decimal> {
    let quotient = dividend.checked_div(divisor)?;
    let rest = dividend - quotient * divisor;
    let is_half_or_more = rest.unsigned_abs() * 2 >= divisor.unsigned_abs();
    let away = if (dividend < 0) == (divisor < 0) { 1 } else { -1 };
    Decimal::of_wide(if is_half_or_more { quotient + away } else { quotient })
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from(*self))
    }
}

impl From<Decimal> for String {
    // By hand, because number formatting would add its machinery to the phone's bundle.
    fn from(number: Decimal) -> String {
        let mut rest = number.0.unsigned_abs();
        let mut digits: Vec<char> = Vec::new();
        let mut place = 0;
        while rest > 0 || place <= 6 {
            if place == 6 && !digits.is_empty() {
                digits.push('.');
            }
            let digit = u32::try_from(rest % 10).ok().and_then(|digit| char::from_digit(digit, 10)).unwrap_or('0');
            // Zeros at the end behind the point say nothing.
            if place >= 6 || digit != '0' || !digits.is_empty() {
                digits.push(digit);
            }
            rest /= 10;
            place += 1;
        }
        if number.0 < 0 {
            digits.push('-');
        }
        digits.into_iter().rev().collect()
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&String::from(*self))
    }
}

/// Only what [`Serialize`] writes is read: two writings of one number would be two digests of one answer.
impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Decimal, D::Error> {
        let text = String::deserialize(deserializer)?;
        Decimal::parse(&text).filter(|number| String::from(*number) == text).ok_or_else(|| D::Error::custom("a number"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Decimal {
        Decimal::parse(text).unwrap()
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for text in ["0", "1", "-1", "0.5", "-0.5", "12.000001", "1013.25", "10", "9000000000000", "-9000000000000"] {
            assert_eq!(number(text).to_string(), text);
        }
        for (text, written) in [("007", "7"), ("1.50", "1.5"), ("0.0", "0"), ("-0", "0"), ("1.000000", "1")] {
            assert_eq!(number(text).to_string(), written);
        }
        for text in ["", "-", ".", "1.", ".5", "1.0000001", "1e3", "+1", "1,5", "9000000000001", "９", "--1", "1.2.3"]
        {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
        assert_eq!(Decimal::parse(&"9".repeat(400)), None);
    }

    #[test]
    fn calculation_is_exact_and_rounds_halves_away_from_zero() {
        let [tenth, fifth] = ["0.1", "0.2"].map(number);
        assert_eq!(tenth.plus(fifth), Some(number("0.3")));
        assert_eq!(number("1").divided_by(number("3")), Some(number("0.333333")));
        assert_eq!(number("2").divided_by(number("3")), Some(number("0.666667")));
        assert_eq!(number("-2").divided_by(number("3")), Some(number("-0.666667")));
        assert_eq!(number("0.000001").times(number("0.5")), Some(number("0.000001")));
        assert_eq!(number("-0.000001").times(number("0.5")), Some(number("-0.000001")));
        assert_eq!(number("7").modulo(number("-3")), Some(number("1")));
        assert_eq!(number("-7.5").modulo(number("2")), Some(number("-1.5")));
        assert_eq!((number("1").divided_by(number("0")), number("1").modulo(number("0"))), (None, None));
        assert_eq!(Decimal::MAX.plus(number("0.000001")), None);
        assert_eq!(number("4000000").times(number("4000000")), None);
        assert_eq!(["2.5", "-2.5", "2.449"].map(|n| number(n).rounded(0).to_string()), ["3", "-3", "2"]);
        assert_eq!((number("1.2345").rounded(2), number("1.5").rounded(9)), (number("1.23"), number("1.5")));
        assert_eq!(["-1.2", "1.8"].map(|n| number(n).floor().to_string()), ["-2", "1"]);
        assert_eq!(["-1.8", "1.8"].map(|n| number(n).truncated().to_string()), ["-1", "1"]);
        assert_eq!((number("48").to_whole(), number("48.1").to_whole()), (Some(48), None));
    }

    #[test]
    fn json_holds_one_writing_of_each_number() {
        assert_eq!(serde_json::to_string(&number("7.50")).unwrap(), r#""7.5""#);
        assert_eq!(serde_json::from_str::<Decimal>(r#""7.5""#).unwrap(), number("7.5"));
        assert!(
            serde_json::from_str::<Decimal>(r#""7.50""#).is_err() && serde_json::from_str::<Decimal>("7.5").is_err()
        );
    }
}
