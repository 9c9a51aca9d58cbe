//! The forms that names may have. Everything that stands in URLs, columns or exports passes here,
//! so none of it ever needs escaping.

/// Languages that a questionnaire may declare. To add one, add its tag here and translate.
pub const LANGUAGES: [&str; 22] = [
    "ja", "ja-easy", "en", "zh-Hans", "zh-Hant", "vi", "id", "my", "ne", "tl", "km", "th", "pt", "ko", "es", "mn",
    "si", "bn", "hi", "ur", "lo", "uz",
];

/// The language in which every ideograph must carry its reading.
pub const EASY_JAPANESE: &str = "ja-easy";

/// Whether this can name a question or an indicator: `[a-z][a-z0-9_]{0,39}`.
pub fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase()) && fits(text, 40, b"_")
}

/// Whether this can be the code of a choice: `[a-z0-9][a-z0-9_-]{0,39}`. A leading underscore is
/// kept for [`crate::entry::DECLINED`] and [`crate::entry::UNKNOWN`].
pub fn is_code(text: &str) -> bool {
    !text.starts_with(['_', '-']) && fits(text, 40, b"_-")
}

/// Whether this can be the slug of a questionnaire: `[a-z0-9][a-z0-9-]{0,59}`.
pub fn is_slug(text: &str) -> bool {
    !text.starts_with('-') && fits(text, 60, b"-")
}

/// Whether this can be the version of a definition: `[a-z0-9._-]{1,40}`.
pub fn is_version(text: &str) -> bool {
    fits(text, 40, b"._-")
}

/// Whether this has the form of a language tag (it need not be one of [`LANGUAGES`]).
pub fn is_language_tag(text: &str) -> bool {
    text.len() <= 20
        && text
            .split('-')
            .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// Whether this is 64 lower-case hexadecimal digits.
pub fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(is_lower_hex)
}

/// One lower-case hexadecimal digit.
pub(crate) fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// One to `max` bytes, each a lower-case letter, a digit or one of `also`.
fn fits(text: &str, max: usize, also: &[u8]) -> bool {
    !text.is_empty()
        && text.len() <= max
        && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || also.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_have_one_form() {
        assert!(is_name("paid_amount2") && is_name("a") && is_name(&"a".repeat(40)));
        for text in ["", "2a", "_a", "A", "a-b", "a b", "名", &"a".repeat(41)] {
            assert!(!is_name(text), "{text}");
        }
    }

    #[test]
    fn codes_may_start_with_a_digit_but_not_with_an_underscore() {
        assert!(is_code("18_19") && is_code("20s") && is_code("ssw-1"));
        for text in ["", "_declined", "-1", "Yes", "a/b", &"a".repeat(41)] {
            assert!(!is_code(text), "{text}");
        }
    }

    #[test]
    fn slugs_versions_tags_and_digests_have_their_forms() {
        assert!(is_slug("work-2026") && !is_slug("-work") && !is_slug("work_2026") && !is_slug(&"a".repeat(61)));
        assert!(is_version("2026.1-b_2") && !is_version("") && !is_version("1 2"));
        assert!(LANGUAGES.into_iter().all(is_language_tag));
        assert!(
            !is_language_tag("") && !is_language_tag("j") && !is_language_tag("ja--easy") && !is_language_tag("日本")
        );
        assert!(is_digest(&"0f".repeat(32)) && !is_digest(&"0F".repeat(32)) && !is_digest(&"0".repeat(63)));
    }
}
