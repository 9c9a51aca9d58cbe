//! Speakers, one per line: `Name | Organisation | invited`. The organisation may stand there in several languages, one
//! after another: what has Japanese signs is Japanese, the rest English, unless a tag says otherwise (`vi=…`).

use crate::{
    events::{details::Speaker, words::Words},
    ui::reader::{LOCALES, tag},
};
use unicode_normalization::UnicodeNormalization as _;

/// How *invited* may be written.
const INVITED: [&str; 5] = ["invited", "招待", "招待講演", "特邀", "khách mời"];

/// The speakers of these lines; lines without a word are left out.
#[must_use]
pub fn read(lines: &str) -> Vec<Speaker> {
    lines.lines().map(read_line).filter(|speaker| *speaker != Speaker::default()).collect()
}

/// The first line, from 1, of which something would be lost: an organisation twice in one language.
#[must_use]
pub fn doubtful(lines: &str) -> Option<usize> {
    let is_doubtful = |line: &str| {
        let cells = split(line).into_iter().skip(1).map(str::trim);
        let told = cells.filter(|cell| !cell.is_empty() && !is_invited(cell)).count();
        told > read_line(line).organisation.iter().count()
    };
    lines.lines().position(is_doubtful).map(|at| at + 1)
}

fn is_invited(cell: &str) -> bool {
    INVITED.contains(&cell.nfkc().collect::<String>().to_lowercase().as_str())
}

fn read_line(line: &str) -> Speaker {
    let mut cells = split(line).into_iter();
    let name = cells.next().unwrap_or_default().trim().to_owned();
    let mut comes_invited = false;
    let mut organisation = Vec::new();
    for cell in cells.map(str::trim).filter(|cell| !cell.is_empty()) {
        if is_invited(cell) {
            comes_invited = true;
            continue;
        }
        let tagged = cell.split_once('=').and_then(|(language, text)| {
            LOCALES.map(tag).into_iter().find(|tag| *tag == language.trim()).map(|tag| (tag, text))
        });
        organisation.push(tagged.unwrap_or((guess(cell), cell)));
    }
    Speaker { name, organisation: Words::new(organisation), is_invited: comes_invited }
}

/// The lines of these speakers.
#[must_use]
pub fn write(speakers: &[Speaker]) -> String {
    let lines = speakers.iter().map(|speaker| {
        let mut cells = vec![speaker.name.clone()];
        // As people write them: Japanese first.
        let in_order = LOCALES.map(tag).into_iter().map(|tag| (tag, speaker.organisation.get(tag)));
        for (tag, text) in in_order.filter(|(_, text)| !text.is_empty()) {
            let is_plain = guess(text) == tag;
            cells.push(if is_plain { text.to_owned() } else { [tag, "=", text].concat() });
        }
        if speaker.is_invited {
            cells.push(INVITED[0].to_owned());
        }
        cells.join(" | ")
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Which language a text without a tag is.
fn guess(text: &str) -> &'static str {
    let is_japanese = |c: char| matches!(c, '\u{3041}'..='\u{30fa}' | '\u{3400}'..='\u{9fff}' | '々');
    if text.chars().any(is_japanese) { "ja" } else { "en" }
}

/// The cells of a line; the bar of a reading (`{漢字|かんじ}`) parts nothing.
fn split(line: &str) -> Vec<&str> {
    let mut is_reading = false;
    let cells = line.split(move |c| {
        match c {
            '{' => is_reading = true,
            '}' => is_reading = false,
            _ => {}
        }
        matches!(c, '|' | '｜') && !is_reading
    });
    cells.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        let speakers = vec![
            Speaker {
                name: "Red One".into(),
                organisation: Words::new([
                    ("ja", "赤大学"),
                    ("ja-easy", "{赤|あか}{大学|だいがく}"),
                    ("en", "Red University"),
                    ("zh-Hans", "红大学"),
                    ("vi", "Đại học Đỏ"),
                ]),
                is_invited: true,
            },
            Speaker { organisation: Words::new([("en", "Blue = Green")]), ..Speaker::default() },
            Speaker { name: "青い 鳥".into(), ..Speaker::default() },
        ];
        assert_eq!(read(&write(&speakers)), speakers, "{}", write(&speakers));
    }

    #[test]
    fn what_would_be_lost_is_told() {
        assert_eq!(doubtful("Red | Red Org | 赤の会 | invited\nBlue | b"), None);
        assert_eq!(doubtful("Red | Red Org\na|b|c"), Some(2));
        assert_eq!(doubtful("a | b | xx=1"), Some(1));
    }

    #[test]
    fn a_line_is_read_however_its_bars_are_typed() {
        let read = read("赤｜赤大学｜招待\n\n | \nBlue|Blue Org|INVITED");
        assert_eq!(read.len(), 2);
        assert!(read[0].is_invited && read[1].is_invited);
        assert_eq!(read[0].organisation.get("ja"), "赤大学");
        assert_eq!((read[1].name.as_str(), read[1].organisation.get("en")), ("Blue", "Blue Org"));
    }
}
