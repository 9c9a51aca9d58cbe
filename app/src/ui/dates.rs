//! Days in words. The grammar of a date is a language's own, so it stands here and not in `locales/`.

use super::Reader;
use crate::i18n::Locale;
use form::{Day, Precision};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How the months are read in Japanese; those that are no number and がつ would be read wrongly by a learner.
const MONTH_READINGS: [&str; 12] = [
    "いちがつ",
    "にがつ",
    "さんがつ",
    "しがつ",
    "ごがつ",
    "ろくがつ",
    "しちがつ",
    "はちがつ",
    "くがつ",
    "じゅうがつ",
    "じゅういちがつ",
    "じゅうにがつ",
];

/// How the days of the month are read.
const DAY_READINGS: [&str; 31] = [
    "ついたち",
    "ふつか",
    "みっか",
    "よっか",
    "いつか",
    "むいか",
    "なのか",
    "ようか",
    "ここのか",
    "とおか",
    "じゅういちにち",
    "じゅうににち",
    "じゅうさんにち",
    "じゅうよっか",
    "じゅうごにち",
    "じゅうろくにち",
    "じゅうしちにち",
    "じゅうはちにち",
    "じゅうくにち",
    "はつか",
    "にじゅういちにち",
    "にじゅうににち",
    "にじゅうさんにち",
    "にじゅうよっか",
    "にじゅうごにち",
    "にじゅうろくにち",
    "にじゅうしちにち",
    "にじゅうはちにち",
    "にじゅうくにち",
    "さんじゅうにち",
    "さんじゅういちにち",
];

/// A day as people of the language write it, the month as a word where they do: a text for [`Reader::rich`].
/// The year is the Western one.
#[must_use]
pub fn long_day(reader: Reader, day: Day) -> String {
    long_date(reader, day, Precision::Day)
}

/// The same as far as it was asked for: the year alone, with its month, or the whole day.
#[must_use]
pub fn long_date(reader: Reader, day: Day, precision: Precision) -> String {
    let parts = match precision {
        Precision::Year => 1,
        Precision::MonthYear => 2,
        Precision::Day => 3,
    };
    let year = day.year().to_string();
    let month_at = usize::from(day.month()).saturating_sub(1);
    let day_at = usize::from(day.day()).saturating_sub(1);
    let month = day.month().to_string();
    let date = day.day().to_string();
    let (written, backwards) = match reader.locale {
        Locale::ja | Locale::zh_Hans => {
            ([[&year, "年"].concat(), [&month, "月"].concat(), [&date, "日"].concat()], false)
        }
        Locale::ja_easy => {
            let month_reading = MONTH_READINGS.get(month_at).unwrap_or(&"がつ");
            let day_reading = DAY_READINGS.get(day_at).unwrap_or(&"にち");
            let month = [" {", &month, "月|", month_reading, "}"].concat();
            ([[&year, "{年|ねん}"].concat(), month, [" {", &date, "日|", day_reading, "}"].concat()], false)
        }
        Locale::en => ([year, [MONTHS.get(month_at).unwrap_or(&""), " "].concat(), [&date, " "].concat()], true),
        Locale::vi => {
            ([["năm ", &year].concat(), ["tháng ", &month, " "].concat(), ["ngày ", &date, " "].concat()], true)
        }
    };
    let mut asked: Vec<String> = written.into_iter().take(parts).collect();
    if backwards {
        asked.reverse();
    }
    asked.concat()
}

/// The days of the week, Sunday first, as people of the language write them: texts for [`Reader::rich`].
const fn weekdays(locale: Locale) -> [&'static str; 7] {
    match locale {
        Locale::ja => ["日曜日", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日"],
        Locale::ja_easy => [
            "{日曜日|にちようび}",
            "{月曜日|げつようび}",
            "{火曜日|かようび}",
            "{水曜日|すいようび}",
            "{木曜日|もくようび}",
            "{金曜日|きんようび}",
            "{土曜日|どようび}",
        ],
        Locale::en => ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
        Locale::zh_Hans => ["星期日", "星期一", "星期二", "星期三", "星期四", "星期五", "星期六"],
        Locale::vi => ["Chủ Nhật", "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy"],
    }
}

/// The day of the week: a text for [`Reader::rich`].
#[must_use]
pub fn weekday(reader: Reader, day: Day) -> &'static str {
    // 1970-01-01 was a Thursday.
    let at = (day.unix_days() + 4).rem_euclid(7);
    usize::try_from(at).ok().and_then(|at| weekdays(reader.locale).get(at).copied()).unwrap_or("")
}

/// [`long_day`] with its day of the week.
#[must_use]
pub fn long_day_of_week(reader: Reader, day: Day) -> String {
    let (date, weekday) = (long_day(reader, day), weekday(reader, day));
    match reader.locale {
        Locale::ja | Locale::ja_easy | Locale::zh_Hans => [&date, "（", weekday, "）"].concat(),
        Locale::en => [weekday, " ", &date].concat(),
        Locale::vi => [weekday, ", ", &date].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_the_week_stands_where_the_language_wants_it() {
        let day = Day::new(2026, 12, 1).unwrap();
        let written = |locale| long_day_of_week(Reader::new(locale), day);
        assert_eq!(written(Locale::ja), "2026年12月1日（火曜日）");
        assert_eq!(written(Locale::ja_easy), "2026{年|ねん} {12月|じゅうにがつ} {1日|ついたち}（{火曜日|かようび}）");
        assert_eq!(written(Locale::en), "Tuesday 1 December 2026");
        assert_eq!(written(Locale::zh_Hans), "2026年12月1日（星期二）");
        assert_eq!(written(Locale::vi), "thứ Ba, ngày 1 tháng 12 năm 2026");
        let week: Vec<_> = (0..7).map(|more| weekday(Reader::new(Locale::en), day.plus_days(more).unwrap())).collect();
        assert_eq!(week, ["Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday"]);
        assert_eq!(weekday(Reader::new(Locale::en), Day::FIRST), "Monday", "before 1970 too");
    }

    #[test]
    fn each_language_writes_its_own_way() {
        let day = Day::new(2026, 4, 20).unwrap();
        let written = |locale| long_day(Reader::new(locale), day);
        assert_eq!(written(Locale::ja), "2026年4月20日");
        assert_eq!(written(Locale::ja_easy), "2026{年|ねん} {4月|しがつ} {20日|はつか}");
        assert_eq!(written(Locale::en), "20 April 2026");
        assert_eq!(written(Locale::zh_Hans), "2026年4月20日");
        assert_eq!(written(Locale::vi), "ngày 20 tháng 4 năm 2026");
    }

    #[test]
    fn what_was_not_asked_is_not_written() {
        let day = Day::new(2026, 4, 1).unwrap();
        let written = |locale, precision| long_date(Reader::new(locale), day, precision);
        let (month, year) = (Precision::MonthYear, Precision::Year);
        assert_eq!([written(Locale::ja, month), written(Locale::ja, year)], ["2026年4月", "2026年"]);
        assert_eq!(written(Locale::ja_easy, month), "2026{年|ねん} {4月|しがつ}");
        assert_eq!([written(Locale::en, month), written(Locale::en, year)], ["April 2026", "2026"]);
        assert_eq!([written(Locale::vi, month), written(Locale::vi, year)], ["tháng 4 năm 2026", "năm 2026"]);
    }
}
