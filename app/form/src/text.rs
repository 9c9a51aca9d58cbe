//! Text in several languages.

use crate::sorted_map::SortedMap;
use serde::Serialize;

/// One text in several languages: language tag → text, which may hold ruby markup (see
/// [`crate::ruby`]). In JSON it is the plain object `{"en":"Yes","ja":"はい"}`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(SortedMap<String>);

impl Text {
    /// The text in this language, or `""`. In a published definition no declared language of a
    /// text is empty.
    pub fn get(&self, language: &str) -> &str {
        self.0.get(language).map_or("", String::as_str)
    }

    /// Puts the text of one language in, in place of what stood there.
    pub fn set(&mut self, language: impl Into<String>, text: impl Into<String>) {
        self.0.insert(language.into(), text.into());
    }

    /// Language tags and texts, in the order of the tags.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(language, text)| (language, text.as_str()))
    }
}

impl<L: Into<String>, T: Into<String>> FromIterator<(L, T)> for Text {
    fn from_iter<I: IntoIterator<Item = (L, T)>>(texts: I) -> Text {
        let mut all = Text::default();
        for (language, text) in texts {
            all.set(language, text);
        }
        all
    }
}

impl<const N: usize> From<[(&str, &str); N]> for Text {
    fn from(texts: [(&str, &str); N]) -> Text {
        texts.into_iter().collect()
    }
}

/// Whether a control character stands in the text (C0, DEL or C1; a line feed only counts where
/// lines are not allowed).
pub(crate) fn has_control_character(text: &str, may_have_lines: bool) -> bool {
    // Marks that turn what follows around can make an answer read as another one.
    text.chars().any(|c| c.is_control() && !(c == '\n' && may_have_lines) || matches!(c, '\u{202A}'..='\u{202E}'))
}

/// Whether a mark stands in the text that turns the direction of writing: it can make words read as others.
pub(crate) fn has_direction_mark(text: &str) -> bool {
    text.contains(
        |c| matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absent_language_is_empty() {
        let text = Text::from([("en", "Yes"), ("ja", "はい")]);
        assert_eq!((text.get("ja"), text.get("vi")), ("はい", ""));
    }

    #[test]
    fn control_characters_are_found() {
        for text in ["a\0", "\u{7f}", "\u{85}", "\t", "\r\n", "a\u{202E}b"] {
            assert!(has_control_character(text, true), "{text:?}");
        }
        assert!(has_control_character("a\nb", false));
        assert!(!has_control_character("a\nb{漢|かん}\u{3000}", true));
    }
}
