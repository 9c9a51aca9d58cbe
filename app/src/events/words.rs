//! A text that organizers write in as many languages as they have: not always in all of them.

use crate::ui::{Reader, reader::locale_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A text by language tag (`ja`, `ja-easy`, `en`, `zh-Hans`, `vi`). Empty texts are not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(BTreeMap<String, String>);

/// A text in the language that a reader was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said<'a> {
    /// The text.
    pub text: &'a str,
    /// The value of `lang` for it, if it is not in the page's own language.
    pub lang: Option<&'static str>,
}

impl Words {
    /// The text in these languages; empty ones are left out.
    pub fn new<L: Into<String>, T: AsRef<str>>(texts: impl IntoIterator<Item = (L, T)>) -> Self {
        let kept = texts.into_iter().map(|(language, text)| (language.into(), text.as_ref().trim().to_owned()));
        Self(kept.filter(|(_, text)| !text.is_empty()).collect())
    }

    /// The text in exactly this language, or `""`.
    #[must_use]
    pub fn get(&self, tag: &str) -> &str {
        self.0.get(tag).map_or("", String::as_str)
    }

    /// Whether there is a text in no language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Tags and texts, in the order of the tags.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(tag, text)| (tag.as_str(), text.as_str()))
    }

    /// The text for a reader: their language; for easy Japanese then Japanese; then English, Japanese, any.
    #[must_use]
    pub fn said(&self, reader: Reader) -> Said<'_> {
        let own = reader.tag();
        let beside = if own == "ja-easy" { "ja" } else { own };
        let found = [own, beside, "en", "ja"].into_iter().find_map(|tag| self.0.get_key_value(tag));
        match found.or_else(|| self.0.first_key_value()) {
            Some((tag, text)) => {
                let lang = locale_of(tag).map(crate::ui::reader::lang);
                Said { text, lang: lang.filter(|lang| *lang != reader.lang()) }
            }
            None => Said { text: "", lang: None },
        }
    }

    /// The same without the language: for titles of windows, files and mails. Readings are taken out.
    #[must_use]
    pub fn plain(&self, reader: Reader) -> String {
        reader.plain(self.said(reader).text)
    }

    /// As it stands in a table.
    #[must_use]
    pub fn to_json(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// What a table holds; nothing of what cannot be read.
    #[must_use]
    pub fn of_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn a_reader_is_given_the_nearest_language_and_told_which() {
        let words = Words::new([("ja", "東京"), ("en", " Tokyo "), ("vi", "")]);
        let said = |locale| words.said(Reader::new(locale));
        assert_eq!(said(Locale::ja), Said { text: "東京", lang: None });
        assert_eq!(said(Locale::ja_easy), Said { text: "東京", lang: None }, "easy Japanese is Japanese");
        assert_eq!(said(Locale::vi), Said { text: "Tokyo", lang: Some("en") });
        assert_eq!(said(Locale::en), Said { text: "Tokyo", lang: None });
        let only = Words::new([("zh-Hans", "东京")]);
        assert_eq!(only.said(Reader::new(Locale::en)), Said { text: "东京", lang: Some("zh-Hans") });
        assert_eq!(Words::default().said(Reader::new(Locale::en)), Said { text: "", lang: None });
    }

    #[test]
    fn what_is_stored_is_read_again() {
        let words = Words::new([("ja", "「\"」\u{2028}"), ("en", "{a|b}")]);
        assert_eq!(Words::of_json(&words.to_json()), words);
        assert!(Words::of_json("nonsense").is_empty());
    }
}
