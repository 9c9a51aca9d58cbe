//! Furigana in plain text: `{漢字|かんじ}` is 漢字 with かんじ above it.
//!
//! Reading is tolerant (bad markup is shown as it stands); publishing is strict
//! ([`is_well_formed`]). Markup does not nest and there is no escape: braces mean ruby.

/// A piece of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segment<'t> {
    /// Text as it stands; never empty.
    Plain(&'t str),
    /// Text with its reading above it; neither is empty.
    Ruby {
        /// What is written.
        base: &'t str,
        /// How it is read.
        reading: &'t str,
    },
}

/// The pieces of a text, in order. Two plain ones never follow each other.
pub fn segments(text: &str) -> Segments<'_> {
    Segments { rest: text }
}

/// Iterator of [`segments`].
#[derive(Debug, Clone)]
pub struct Segments<'t> {
    rest: &'t str,
}

impl<'t> Iterator for Segments<'t> {
    type Item = Segment<'t>;

    fn next(&mut self) -> Option<Segment<'t>> {
        if let Some((segment, rest)) = leading_ruby(self.rest) {
            self.rest = rest;
            return Some(segment);
        }
        let starts_ruby =
            |(at, _): &(usize, &str)| self.rest.get(*at..).is_some_and(|rest| leading_ruby(rest).is_some());
        let end = self.rest.match_indices('{').find(starts_ruby).map_or(self.rest.len(), |(at, _)| at);
        let (plain, rest) = self.rest.split_at_checked(end)?;
        self.rest = rest;
        (!plain.is_empty()).then_some(Segment::Plain(plain))
    }
}

/// The ruby with which a text begins, and what follows it.
fn leading_ruby(text: &str) -> Option<(Segment<'_>, &str)> {
    let (base, rest) = until(text.strip_prefix('{')?, '|')?;
    let (reading, rest) = until(rest, '}')?;
    Some((Segment::Ruby { base, reading }, rest))
}

/// Splits at the first mark of markup, if it is this one and something stands before it.
fn until(text: &str, mark: char) -> Option<(&str, &str)> {
    let (before, rest) = text.split_at_checked(text.find(['{', '|', '}'])?)?;
    Some((before, rest.strip_prefix(mark)?)).filter(|_| !before.is_empty())
}

/// The text without readings: for titles, attributes, `<option>` and mail.
pub fn plain(text: &str) -> String {
    segments(text)
        .map(|segment| match segment {
            Segment::Plain(text) | Segment::Ruby { base: text, .. } => text,
        })
        .collect()
}

/// The text with each reading in brackets behind its word: for `<option>`, which can hold no ruby.
pub fn in_brackets(text: &str) -> String {
    let mut all = String::with_capacity(text.len());
    for segment in segments(text) {
        match segment {
            Segment::Plain(text) => all.push_str(text),
            Segment::Ruby { base, reading } => all.extend([base, "(", reading, ")"]),
        }
    }
    all
}

/// The first ideograph that has no reading above it.
pub fn bare_kanji(text: &str) -> Option<char> {
    segments(text).find_map(|segment| match segment {
        Segment::Plain(text) => text.chars().find(|c| is_ideograph(*c)),
        Segment::Ruby { .. } => None,
    })
}

/// Whether all braces are those of ruby and no reading needs a reading itself.
pub fn is_well_formed(text: &str) -> bool {
    segments(text).all(|segment| match segment {
        Segment::Plain(text) => !text.contains(['{', '}']),
        Segment::Ruby { reading, .. } => !reading.trim().is_empty() && !reading.chars().any(is_ideograph),
    })
}

/// Han characters by their Unicode blocks, with 々, 〆 and 〇, which are read as such.
fn is_ideograph(c: char) -> bool {
    matches!(c, '々' | '〆' | '〇' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<Segment<'_>> {
        segments(text).collect()
    }

    #[test]
    fn ruby_is_told_from_plain_text() {
        use Segment::{Plain, Ruby};
        let kanji = Ruby { base: "漢字", reading: "かんじ" };
        assert_eq!(pieces("この{漢字|かんじ}です"), [Plain("この"), kanji, Plain("です")]);
        assert_eq!(pieces("{漢字|かんじ}{漢字|かんじ}"), [kanji, kanji]);
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("a|b"), [Plain("a|b")]);
    }

    #[test]
    fn bad_markup_is_plain_text() {
        for text in [
            "{",
            "}",
            "{漢字}",
            "{|かんじ}",
            "{漢字|}",
            "{漢字|かんじ",
            "漢字|かんじ}",
            "{漢|字|かんじ}",
            "{{漢字}|かんじ}",
        ] {
            assert_eq!(pieces(text), [Segment::Plain(text)], "{text}");
            assert_eq!(plain(text), text);
            assert!(!is_well_formed(text), "{text}");
        }
        assert_eq!(pieces("{{漢|かん}"), [Segment::Plain("{"), Segment::Ruby { base: "漢", reading: "かん" }]);
        assert!(!is_well_formed("{漢字|漢字}") && !is_well_formed("{漢| }") && !is_well_formed("{漢|かん}}"));
        assert!(is_well_formed("") && is_well_formed("a|b") && is_well_formed("{漢|かん}だ{字|じ}"));
    }

    #[test]
    fn plain_keeps_the_base_only() {
        assert_eq!(plain("{働|はたら}く{人|ひと}の{声|こえ}"), "働く人の声");
        assert_eq!(in_brackets("{働|はたら}く{人|ひと}"), "働(はたら)く人(ひと)");
    }

    #[test]
    fn kanji_without_reading_is_found() {
        for (text, kanji) in [
            ("{人々|ひとびと}の こえ", None),
            ("{人|ひと}々", Some('々')),
            ("〆切", Some('〆')),
            ("ひらがな カタカナ ー abc １２", None),
            ("{漢字}", Some('漢')),
            ("𠮟る", Some('𠮟')),
        ] {
            assert_eq!(bare_kanji(text), kanji, "{text}");
        }
    }
}
