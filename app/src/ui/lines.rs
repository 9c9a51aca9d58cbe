//! Numbers that a person in trouble can call. Facts with a date: whoever changes a number looks at all of them and
//! sets [`checked_on`] to the day they were looked up.
//!
//! Sources: the police and fire services' numbers are national; the rest is the Ministry of Health, Labour and
//! Welfare's Labour Standards Advice Hotline (労働条件相談ほっとライン, check-roudou.mhlw.go.jp), run for it by a
//! contractor, free, also without a name, on evenings and at weekends when the inspection offices are closed. Its
//! numbers changed with the contractor before: a secretariat looks them up there before it opens its site.

use super::Reader;
use crate::i18n::*;
use form::Day;

/// The police.
pub const POLICE: &str = "110";
/// Fire brigade and ambulance.
pub const FIRE: &str = "119";

/// A line of the advice hotline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// The language spoken there, as HTML names it.
    pub lang: &'static str,
    /// The language's own name.
    pub endonym: &'static str,
    /// The language's name in Japanese, for a helper.
    pub japanese: &'static str,
    /// As it is dialled from within Japan, with hyphens.
    pub number: &'static str,
    /// On which days somebody answers.
    pub days: Days,
}

/// Days of the week, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days([bool; 7]);

const EVERY_DAY: Days = Days([true; 7]);
const fn on(days: [u8; 7]) -> Days {
    Days([days[0] == 1, days[1] == 1, days[2] == 1, days[3] == 1, days[4] == 1, days[5] == 1, days[6] == 1])
}

/// The hotline's lines, one per language, the languages of this site first. It has more (Portuguese, Spanish,
/// Burmese, Thai, Khmer, Mongolian): their numbers and days could not be confirmed, and a wrong number is worse than
/// none.
pub const LINES: [Line; 8] = [
    line("ja", "日本語", "日本語", "0120-811-610", EVERY_DAY),
    line("en", "English", "英語", "0120-531-401", EVERY_DAY),
    line("zh", "中文", "中国語", "0120-531-402", EVERY_DAY),
    line("vi", "Tiếng Việt", "ベトナム語", "0120-531-406", on([0, 0, 1, 0, 1, 1, 0])),
    line("tl", "Tagalog", "タガログ語", "0120-531-405", on([0, 1, 1, 0, 0, 1, 0])),
    line("ne", "नेपाली", "ネパール語", "0120-531-408", on([0, 0, 1, 0, 0, 0, 1])),
    line("ko", "한국어", "韓国語", "0120-613-801", on([0, 0, 0, 1, 0, 0, 1])),
    line("id", "Bahasa Indonesia", "インドネシア語", "0120-613-803", on([0, 0, 0, 1, 0, 0, 1])),
];

const fn line(
    lang: &'static str,
    endonym: &'static str,
    japanese: &'static str,
    number: &'static str,
    days: Days,
) -> Line {
    Line { lang, endonym, japanese, number, days }
}

/// The day on which all numbers above were looked up; none if the calendar has no such day.
#[must_use]
pub fn checked_on() -> Option<Day> {
    Day::new(2026, 11, 22)
}

/// The line on which the person's own language is spoken; Japanese if there is none.
#[must_use]
pub fn own_line(reader: Reader) -> Line {
    let lang = reader.lang().split('-').next().unwrap_or_default();
    LINES.into_iter().find(|line| line.lang == lang).unwrap_or(LINES[0])
}

/// The number as a link dials it.
#[must_use]
pub fn tel(number: &str) -> String {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    ["tel:", digits.as_str()].concat()
}

/// The days in words, a text for [`Reader::rich`].
#[must_use]
pub fn days(reader: Reader, days: Days) -> String {
    let locale = reader.locale;
    if days == EVERY_DAY {
        return td_string!(locale, shell.every_day).to_owned();
    }
    let names = [
        td_string!(locale, shell.monday),
        td_string!(locale, shell.tuesday),
        td_string!(locale, shell.wednesday),
        td_string!(locale, shell.thursday),
        td_string!(locale, shell.friday),
        td_string!(locale, shell.saturday),
        td_string!(locale, shell.sunday),
    ];
    let between = match locale {
        Locale::ja | Locale::ja_easy => "・",
        Locale::zh_Hans => "、",
        Locale::en | Locale::vi => ", ",
    };
    names.into_iter().zip(days.0).filter(|(_, on)| *on).map(|(name, _)| name).collect::<Vec<_>>().join(between)
}

/// When somebody answers on this line, a text for [`Reader::rich`].
#[must_use]
pub fn hours(reader: Reader, line: Line) -> String {
    if line.days == EVERY_DAY {
        return td_string!(reader.locale, shell.labour_hours).to_owned();
    }
    td_string!(reader.locale, shell.labour_days, days = days(reader, line.days)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_can_be_dialled_and_stand_once() {
        for (index, line) in LINES.iter().enumerate() {
            assert_eq!(tel(line.number).len(), "tel:0120000000".len(), "{}", line.number);
            assert!(LINES.iter().skip(index + 1).all(|other| other.number != line.number && other.lang != line.lang));
        }
    }

    #[test]
    fn the_numbers_have_a_date() {
        assert!(checked_on().is_some());
    }

    #[test]
    fn everybody_finds_their_own_line() {
        for (locale, lang) in [(Locale::ja_easy, "ja"), (Locale::zh_Hans, "zh"), (Locale::vi, "vi")] {
            assert_eq!(own_line(Reader::new(locale)).lang, lang);
        }
    }

    #[test]
    fn days_are_named_in_the_persons_language() {
        let line = own_line(Reader::new(Locale::vi));
        assert_eq!(days(Reader::new(Locale::en), line.days), "Wednesday, Friday, Saturday");
    }
}
