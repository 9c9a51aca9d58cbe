//! What the server hands the island of the page on what a phone keeps. It travels as JSON in an attribute of the page,
//! read by hand like [`super::beginning`].
//!
//! The words go along, in the one language of the page: with those of all five, and what puts numbers into them, the
//! program weighed six kilobytes more, and its only page is drawn by the server anyway.

use form::json::{self, Tree};

/// The page as it was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneBeginning {
    /// The questionnaire.
    pub slug: String,
    /// The key under which the server signs receipts, 64 hex digits.
    pub receipt_key: String,
    /// What the island says.
    pub words: Words,
}

/// HTML by key, with readings where the person wants them; [`NUMBER`] and [`COUNT`] hold the places of numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<(String, String)>);

/// Where a number or a name goes.
pub const NUMBER: char = '#';
/// Where the whole goes, of which it is one.
pub const COUNT: char = '@';

impl Words {
    /// Keys and their HTML.
    #[must_use]
    pub fn new(words: Vec<(String, String)>) -> Self {
        Self(words)
    }

    /// The words of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(known, _)| known == key).map_or("", |(_, words)| words)
    }

    /// The same with a number or a name in its place. The name is one of ours and needs no escape.
    #[must_use]
    pub fn with(&self, key: &str, number: &str) -> String {
        self.get(key).replace(NUMBER, number)
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[(String, String)] {
        &self.0
    }
}

impl PhoneBeginning {
    /// As the attribute holds it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let Self { slug, receipt_key, words } = self;
        let mut json = String::from("{");
        json::field("slug", slug, &mut json);
        json::field("receipt_key", receipt_key, &mut json);
        json::key("words", &mut json);
        json.push('{');
        for (key, words) in words.all() {
            json::field(key, words, &mut json);
        }
        json.push_str("}}");
        json
    }

    /// Reads the attribute; `None` if it is something else.
    #[must_use]
    pub fn read(json: &str) -> Option<Self> {
        let tree = Tree::parse(json).ok()?;
        let text = |name: &str| Some(tree.field(name)?.text()?.to_owned());
        let Tree::Object(words) = tree.field("words")? else { return None };
        let words = words.iter().map(|(key, words)| Some((key.clone(), words.text()?.to_owned())));
        Some(Self {
            slug: text("slug")?,
            receipt_key: text("receipt_key")?,
            words: Words(words.collect::<Option<_>>()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_writes_the_island_reads() {
        let word = |key: &str, words: &str| (key.to_owned(), words.to_owned());
        for words in [vec![], vec![word("save", "<ruby>\"'&\n</ruby>"), word("waiting", "#件")]] {
            let beginning = PhoneBeginning {
                slug: "working-in-japan".into(),
                receipt_key: "cd".repeat(32),
                words: Words::new(words),
            };
            assert_eq!(PhoneBeginning::read(&beginning.to_json()), Some(beginning));
        }
        for other in ["", "{}", "[]", r#"{"slug":"a","receipt_key":"","words":{"a":1}}"#] {
            assert_eq!(PhoneBeginning::read(other), None, "{other}");
        }
    }

    #[test]
    fn numbers_take_their_places() {
        let words = Words::new(vec![("waiting".into(), "Waiting: #".into())]);
        assert_eq!(words.with("waiting", "3"), "Waiting: 3");
        assert_eq!(words.get("nothing"), "");
    }
}
