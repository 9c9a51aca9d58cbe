//! Who reads: the language, and how the person wants to see it. Every component takes it as a prop; there is no
//! language context, so that an island and a page draw the same.

use crate::i18n::Locale;
use serde::{Deserialize, Serialize};

/// The person before the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reader {
    /// Their language.
    pub locale: Locale,
    /// Whether readings are drawn over kanji.
    pub furigana: bool,
    /// Whether each question stands in Japanese too, for a helper beside them.
    pub with_japanese: bool,
}

impl Reader {
    /// Somebody who has chosen a language and nothing else.
    #[must_use]
    pub const fn new(locale: Locale) -> Self {
        Self { locale, furigana: true, with_japanese: false }
    }

    /// The language as it stands in addresses and definitions: `ja`, `ja-easy`, `en`, `zh-Hans`, `vi`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        tag(self.locale)
    }

    /// The language as HTML knows it. Easy Japanese has no tag of its own.
    #[must_use]
    pub const fn lang(self) -> &'static str {
        lang(self.locale)
    }

    /// How the text is set, a class of the page: easy Japanese breaks its lines between phrases, and readings need room.
    #[must_use]
    pub const fn class(self) -> Option<&'static str> {
        match (self.locale, self.furigana) {
            (Locale::ja_easy, true) => Some("is-easy has-ruby"),
            (Locale::ja_easy, false) => Some("is-easy"),
            _ => None,
        }
    }

    /// A text of `locales/` or a definition as HTML: escaped, with ruby if the person wants readings.
    #[must_use]
    pub fn rich(self, text: &str) -> String {
        form::html::rich(text, self.furigana)
    }

    /// A sentence about somebody, as HTML: `name`, escaped, stands where the sentence has [`NAME`]. The words are ours and
    /// have readings; a name is somebody's and has none, whatever signs are in it.
    #[must_use]
    pub fn rich_about(self, sentence: &str, name: &str) -> String {
        let mut escaped = String::new();
        form::html::escape(name, &mut escaped);
        self.rich(sentence).replace(NAME, &escaped)
    }

    /// The same for titles, attributes and `<option>`: no markup, no readings.
    #[must_use]
    pub fn plain(self, text: &str) -> String {
        form::ruby::plain(text)
    }

    /// An address under the person's language; `rest` begins with a slash or is empty.
    #[must_use]
    pub fn href(self, rest: &str) -> String {
        let mut href = String::with_capacity(12 + rest.len());
        href.push('/');
        href.push_str(self.tag());
        href.push_str(rest);
        href
    }
}

/// Stands for a name while a sentence is put together.
pub const NAME: &str = "\u{1}";

/// All languages, in the order in which they are offered.
pub const LOCALES: [Locale; 5] = [Locale::ja, Locale::ja_easy, Locale::vi, Locale::zh_Hans, Locale::en];

/// The segment of an address.
#[must_use]
pub const fn tag(locale: Locale) -> &'static str {
    match locale {
        Locale::ja => "ja",
        Locale::ja_easy => "ja-easy",
        Locale::en => "en",
        Locale::zh_Hans => "zh-Hans",
        Locale::vi => "vi",
    }
}

/// The value of `lang`.
#[must_use]
pub const fn lang(locale: Locale) -> &'static str {
    match locale {
        Locale::ja | Locale::ja_easy => "ja",
        Locale::en => "en",
        Locale::zh_Hans => "zh-Hans",
        Locale::vi => "vi",
    }
}

/// The language's own name.
#[must_use]
pub const fn endonym(locale: Locale) -> &'static str {
    match locale {
        Locale::ja => "日本語",
        Locale::ja_easy => "やさしい日本語",
        Locale::en => "English",
        Locale::zh_Hans => "简体中文",
        Locale::vi => "Tiếng Việt",
    }
}

/// The language an address names.
#[must_use]
pub fn locale_of(tag: &str) -> Option<Locale> {
    LOCALES.into_iter().find(|locale| self::tag(*locale) == tag)
}
