//! Days in words. The grammar of a date is a language's own, so it stands here and not in `locales/`.

use super::Reader;
use crate::i18n::Locale;
use form::Day;

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
    let year = day.year().to_string();
    let month_at = usize::from(day.month()).saturating_sub(1);
    let day_at = usize::from(day.day()).saturating_sub(1);
    let month = day.month().to_string();
    let date = day.day().to_string();
    match reader.locale {
        Locale::ja | Locale::zh_Hans => [&year, "年", &month, "月", &date, "日"].concat(),
        Locale::ja_easy => {
            let month_reading = MONTH_READINGS.get(month_at).unwrap_or(&"がつ");
            let day_reading = DAY_READINGS.get(day_at).unwrap_or(&"にち");
            [&year, "{年|ねん} {", &month, "月|", month_reading, "} {", &date, "日|", day_reading, "}"].concat()
        }
        Locale::en => [&date, " ", MONTHS.get(month_at).unwrap_or(&""), " ", &year].concat(),
        Locale::vi => ["ngày ", &date, " tháng ", &month, " năm ", &year].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
