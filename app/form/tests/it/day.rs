//! Days against a calendar counted one by one.

use form::Day;

/// Counts the calendar day by day, with its own idea of a leap year.
#[test]
fn every_day_agrees_with_counting_one_by_one() {
    let (mut year, mut month, mut date) = (1900, 1, 1);
    let mut last = None;
    for count in 0.. {
        let Some(day) = Day::new(year, month, date) else { panic!("{year}-{month}-{date}") };
        let text = format!("{year:04}-{month:02}-{date:02}");
        assert_eq!(day.unix_days(), count - 25_567, "{text}");
        assert_eq!(Day::from_unix_days(count - 25_567), Some(day));
        assert_eq!(day.to_string(), text);
        assert_eq!(Day::parse(&text), Some(day));
        assert!(last < Some(day), "{text}");
        last = Some(day);
        if day == Day::LAST {
            assert_eq!(count, 109_937);
            break;
        }
        let leap = if year == 1900 || year == 2100 || year == 2200 { false } else { year % 4 == 0 };
        let length = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][usize::from(month) - 1];
        assert_eq!(Day::new(year, month, length + 1), None, "{text}");
        (year, month, date) = match (date == length, month) {
            (false, _) => (year, month, date + 1),
            (true, 12) => (year + 1, 1, 1),
            (true, _) => (year, month + 1, 1),
        };
    }
}

#[test]
fn known_days_have_known_numbers() {
    assert_eq!(Day::new(1970, 1, 1).map(Day::unix_days), Some(0));
    assert_eq!(Day::new(2000, 2, 29).map(Day::unix_days), Some(11_016));
    assert_eq!(Day::new(2026, 11, 22).and_then(|day| day.plus_days(10)), Day::new(2026, 12, 2));
}

#[test]
fn days_outside_the_range_do_not_exist() {
    assert_eq!(Day::FIRST.plus_days(-1), None);
    assert_eq!(Day::LAST.plus_days(1), None);
    assert_eq!(Day::FIRST.plus_days(i64::MIN), None);
    assert_eq!(Day::LAST.plus_days(i64::MAX), None);
    assert_eq!(Day::new(1899, 12, 31), None);
    assert_eq!(Day::new(2201, 1, 1), None);
    assert_eq!(Day::new(2026, 0, 1), None);
    assert_eq!(Day::new(2026, 13, 1), None);
    assert_eq!(Day::new(2026, 1, 0), None);
}

#[test]
fn other_spellings_are_not_days() {
    for text in [
        "",
        "2026-1-01",
        "2026-01-1",
        "02026-01-01",
        "2026/01/01",
        "2026-02-29",
        "+026-01-01",
        "2026-01-01 ",
        "２026-01-01",
        "２０２６-０１",
    ] {
        assert_eq!(Day::parse(text), None, "{text}");
    }
    assert!(serde_json::from_str::<Day>("\"2026-02-29\"").is_err());
    assert_eq!(serde_json::from_str::<Day>("\"2026-02-28\"").ok(), Day::new(2026, 2, 28));
}
