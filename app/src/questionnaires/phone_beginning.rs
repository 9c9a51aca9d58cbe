//! What the server hands the island of the page on what a phone keeps. It travels as JSON in an attribute of the page,
//! read by hand like [`super::beginning`].

use crate::ui::{Reader, reader::locale_of};
use form::json::{self, Tree};

/// The page as it was drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneBeginning {
    /// Who reads.
    pub reader: Reader,
    /// The questionnaire.
    pub slug: String,
    /// The key under which the server signs receipts, 64 hex digits.
    pub receipt_key: String,
}

impl PhoneBeginning {
    /// As the attribute holds it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let Self { reader, slug, receipt_key } = self;
        let mut json = String::from("{");
        json::field("language", reader.tag(), &mut json);
        json::key("furigana", &mut json);
        json.push_str(if reader.furigana { "true" } else { "false" });
        json::field("slug", slug, &mut json);
        json::field("receipt_key", receipt_key, &mut json);
        json.push('}');
        json
    }

    /// Reads the attribute; `None` if it is something else.
    #[must_use]
    pub fn read(json: &str) -> Option<Self> {
        let tree = Tree::parse(json).ok()?;
        let text = |name: &str| tree.field(name)?.text();
        let furigana = tree.field("furigana").is_some_and(Tree::is_true);
        Some(Self {
            reader: Reader { furigana, ..Reader::new(locale_of(text("language")?)?) },
            slug: text("slug")?.to_owned(),
            receipt_key: text("receipt_key")?.to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::reader::LOCALES;

    #[test]
    fn what_the_server_writes_the_island_reads() {
        for locale in LOCALES {
            for furigana in [true, false] {
                let beginning = PhoneBeginning {
                    reader: Reader { furigana, ..Reader::new(locale) },
                    slug: "working-in-japan".into(),
                    receipt_key: "cd".repeat(32),
                };
                assert_eq!(PhoneBeginning::read(&beginning.to_json()), Some(beginning));
            }
        }
        for other in ["", "{}", "[]", r#"{"language":"xx","slug":"a","receipt_key":""}"#] {
            assert_eq!(PhoneBeginning::read(other), None, "{other}");
        }
    }
}
