//! Decimal numbers against an oracle: the same laws told with whole millionths of 128 bits.

use form::Decimal;
use proptest::prelude::*;
use std::cmp::Ordering;

const ONE: i128 = 1_000_000;
const MAX: i128 = 9_000_000_000_000 * ONE;

/// What is written, as millionths, by another way of reading.
fn millionths(number: Decimal) -> i128 {
    let text = number.to_string();
    let (whole, places) = text.split_once('.').unwrap_or((&text, ""));
    let digits: i128 = format!("{}{places:0<6}", whole.trim_start_matches('-')).parse().unwrap();
    if text.starts_with('-') { -digits } else { digits }
}

fn number(millionths: i128) -> Option<Decimal> {
    if millionths.abs() > MAX {
        return None;
    }
    let sign = if millionths < 0 { "-" } else { "" };
    let rest = millionths.unsigned_abs();
    Decimal::parse(&format!("{sign}{}.{:06}", rest / ONE.unsigned_abs(), rest % ONE.unsigned_abs()))
}

/// Division that rounds halves away from zero: the magnitudes, with half of the divisor added.
fn rounded(dividend: i128, divisor: i128) -> Option<i128> {
    if divisor == 0 {
        return None;
    }
    let (large, small) = (dividend.unsigned_abs(), divisor.unsigned_abs());
    let magnitude = i128::try_from((large * 2 + small) / (small * 2)).unwrap();
    Some(if (dividend < 0) == (divisor < 0) { magnitude } else { -magnitude })
}

/// Small and large numbers, and those near what is special.
fn any_millionths() -> impl Strategy<Value = i128> {
    prop_oneof![
        -MAX..=MAX,
        -20_000_000_000_i128..20_000_000_000,
        -3_i128..=3,
        (-20_i128..=20, -2_i128..=2).prop_map(|(whole, part)| whole * ONE + part),
        (-20_i128..=20).prop_map(|halves| halves * ONE / 2),
        (0_i128..3).prop_map(|less| MAX - less),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2_000) })]

    #[test]
    fn numbers_are_written_as_they_are_read(a in any_millionths()) {
        let a_number = number(a).unwrap();
        prop_assert_eq!(millionths(a_number), a);
        prop_assert_eq!(Decimal::parse(&a_number.to_string()), Some(a_number));
        let json = serde_json::to_string(&a_number).unwrap();
        prop_assert_eq!(serde_json::from_str::<Decimal>(&json).unwrap(), a_number);
        let text = a_number.to_string();
        prop_assert!(!text.contains('.') || !text.ends_with(['0', '.']), "{} says more than it must", text);
    }

    #[test]
    fn calculation_agrees_with_whole_millionths(a in any_millionths(), b in any_millionths()) {
        let (left, right) = (number(a).unwrap(), number(b).unwrap());
        prop_assert_eq!(left.plus(right), number(a + b));
        prop_assert_eq!(left.negated(), number(-a).unwrap());
        prop_assert_eq!(left.times(right), rounded(a * b, ONE).and_then(number));
        prop_assert_eq!(left.divided_by(right), rounded(a * ONE, b).and_then(number));
        prop_assert_eq!(left.modulo(right), a.checked_rem(b).and_then(number));
        prop_assert_eq!(left.cmp(&right), a.cmp(&b));
    }

    #[test]
    fn rounding_agrees_with_whole_millionths(a in any_millionths(), places in 0_u32..9) {
        let a_number = number(a).unwrap();
        let step = 10_i128.pow(6 - places.min(6));
        prop_assert_eq!(millionths(a_number.rounded(places)), rounded(a, step).unwrap() * step);
        prop_assert_eq!(millionths(a_number.floor()), a.div_euclid(ONE) * ONE);
        prop_assert_eq!(millionths(a_number.truncated()), a / ONE * ONE);
        prop_assert_eq!(a_number.to_whole().map(i128::from), (a % ONE == 0).then_some(a / ONE));
    }

    #[test]
    fn sums_and_products_do_not_care_for_order(a in any_millionths(), b in any_millionths(), c in -ONE * 1_000..ONE * 1_000) {
        let [a, b, c] = [a, b, c].map(|millionths| number(millionths).unwrap());
        prop_assert_eq!(a.plus(b), b.plus(a));
        prop_assert_eq!(a.times(b), b.times(a));
        prop_assert_eq!(a.plus(a.negated()), Some(Decimal::ZERO));
        prop_assert_eq!(a.times(Decimal::whole(1).unwrap()), Some(a));
        prop_assert_eq!(a.divided_by(Decimal::whole(1).unwrap()), Some(a));
        // What is left over and what went in make the whole again, where both fit.
        if let Some((whole, rest)) = a.divided_by(c).map(Decimal::truncated).zip(a.modulo(c)) {
            let again = whole.times(c).and_then(|product| product.plus(rest));
            let is_rounded_up = a.divided_by(c).is_some_and(|quotient| quotient.cmp(&whole) == Ordering::Equal && rest != Decimal::ZERO);
            prop_assert!(is_rounded_up || again.is_none_or(|again| again == a));
        }
    }

    #[test]
    fn other_writings_are_refused(text in "[-+0-9.,eE ]{0,24}|\\PC{0,6}") {
        let digits = text.strip_prefix('-').unwrap_or(&text);
        let (whole, places) = digits.split_once('.').unwrap_or((digits, "0"));
        let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let is_plain = are_digits(whole) && are_digits(places) && places.len() <= 6;
        let magnitude = is_plain.then(|| format!("{whole}{places:0<6}").parse::<i128>().unwrap());
        prop_assert_eq!(Decimal::parse(&text).is_some(), magnitude.is_some_and(|magnitude| magnitude <= MAX), "{}", text);
    }
}
