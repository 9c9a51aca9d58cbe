//! What to believe of a phone's calendar. Cheap phones wake up in 1970 when their battery was out, and a finger can
//! set them to 2099; a page says on which day the server drew it.

use form::Day;

/// A phone may be so many days ahead of the page it shows: a page that was kept for offline use grows old.
pub const MOST_DAYS_AHEAD: i64 = 3 * 366;

/// The day to reckon with: the phone's, unless it lies before the day on which the server drew the page, or absurdly
/// far behind it.
#[must_use]
pub fn today(phone: Option<Day>, drawn_on: Day) -> Day {
    match phone {
        Some(phone) if (0..=MOST_DAYS_AHEAD).contains(&days_between(drawn_on, phone)) => phone,
        _ => drawn_on,
    }
}

/// Days from one day to another; negative if the other is earlier.
#[must_use]
pub fn days_between(from: Day, to: Day) -> i64 {
    to.unix_days() - from.unix_days()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn phone_is_believed_within_reason() {
        let drawn = day("2026-11-25");
        let cases = [
            (Some("2026-11-25"), "2026-11-25"),
            (Some("2026-12-24"), "2026-12-24"),
            (Some("2028-11-25"), "2028-11-25"),
            (Some("2026-11-24"), "2026-11-25"),
            (Some("1970-01-01"), "2026-11-25"),
            (Some("2099-01-01"), "2026-11-25"),
            (None, "2026-11-25"),
        ];
        for (phone, expected) in cases {
            assert_eq!(today(phone.map(day), drawn), day(expected), "{phone:?}");
        }
    }
}
