//! What kind of answer a question asks for.

use crate::definition::{Choice, is_false};
use crate::text::Text;
use serde::{Deserialize, Serialize};

/// What kind of answer a question asks for. In JSON `{"type":"select_one","choices":[…]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", try_from = "KindFields")]
pub enum Kind {
    /// Exactly one of the choices.
    SelectOne {
        /// In the order in which they are shown; at least one.
        choices: Vec<Choice>,
    },
    /// Any number of the choices.
    SelectMultiple {
        /// In the order in which they are shown; at least one.
        choices: Vec<Choice>,
    },
    /// A whole number.
    Integer {
        /// The smallest number that holds.
        min: i64,
        /// The largest number that holds; not less than `min`.
        max: i64,
        /// What is counted ("hours"), if it is to be shown beside the field.
        #[serde(skip_serializing_if = "Option::is_none")]
        unit: Option<Text>,
    },
    /// Words. They are never published.
    Text {
        /// The most bytes of UTF-8, 1 to 2000.
        max_bytes: u32,
        /// Whether line feeds may stand in it.
        #[serde(skip_serializing_if = "is_false")]
        multiline: bool,
    },
    /// A [`crate::Day`].
    Date,
}

impl Kind {
    /// The choices of a select, and none for other kinds.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Kind::SelectOne { choices } | Kind::SelectMultiple { choices } => choices,
            Kind::Integer { .. } | Kind::Text { .. } | Kind::Date => &[],
        }
    }

    /// Whether the answer is picked from choices.
    pub fn is_select(&self) -> bool {
        matches!(self, Kind::SelectOne { .. } | Kind::SelectMultiple { .. })
    }
}

/// All fields of all kinds side by side. serde's own reading of internally tagged enums buffers
/// the value in a second data model (large in WASM) and lets unknown fields pass beside
/// `"type":"date"`; this does neither.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct KindFields {
    r#type: Type,
    choices: Option<Vec<Choice>>,
    min: Option<i64>,
    max: Option<i64>,
    unit: Option<Text>,
    max_bytes: Option<u32>,
    multiline: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Type {
    SelectOne,
    SelectMultiple,
    Integer,
    Text,
    Date,
}

impl TryFrom<KindFields> for Kind {
    type Error = &'static str;

    fn try_from(fields: KindFields) -> Result<Kind, &'static str> {
        let KindFields { r#type, choices, min, max, unit, max_bytes, multiline } = fields;
        match (r#type, choices, (min, max, unit), (max_bytes, multiline)) {
            (Type::SelectOne, Some(choices), (None, None, None), (None, None)) => Ok(Kind::SelectOne { choices }),
            (Type::SelectMultiple, Some(choices), (None, None, None), (None, None)) => {
                Ok(Kind::SelectMultiple { choices })
            }
            (Type::Integer, None, (Some(min), Some(max), unit), (None, None)) => Ok(Kind::Integer { min, max, unit }),
            (Type::Text, None, (None, None, None), (Some(max_bytes), multiline)) => {
                Ok(Kind::Text { max_bytes, multiline: multiline.unwrap_or(false) })
            }
            (Type::Date, None, (None, None, None), (None, None)) => Ok(Kind::Date),
            _ => Err("the fields are not those of the kind"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_written_and_read_alike() {
        for json in [
            r#"{"type":"select_one","choices":[{"code":"yes","label":{"en":"Yes"}}]}"#,
            r#"{"type":"select_multiple","choices":[{"code":"none","label":{"en":"None"},"exclusive":true}]}"#,
            r#"{"type":"integer","min":0,"max":112,"unit":{"en":"hours"}}"#,
            r#"{"type":"integer","min":-9223372036854775808,"max":9223372036854775807}"#,
            r#"{"type":"text","max_bytes":500}"#,
            r#"{"type":"text","max_bytes":500,"multiline":true}"#,
            r#"{"type":"date"}"#,
        ] {
            let kind: Kind = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&kind).unwrap(), json);
        }
    }

    #[test]
    fn fields_of_another_kind_are_refused() {
        for json in [
            r#"{"type":"date","min":1}"#,
            r#"{"type":"date","extra":1}"#,
            r#"{"type":"integer","min":1}"#,
            r#"{"type":"integer","min":1,"max":2.5}"#,
            r#"{"type":"text"}"#,
            r#"{"type":"text","max_bytes":-1}"#,
            r#"{"type":"text","max_bytes":5,"choices":[]}"#,
            r#"{"type":"select_one"}"#,
            r#"{"type":"matrix"}"#,
            r#"{"choices":[]}"#,
        ] {
            assert!(serde_json::from_str::<Kind>(json).is_err(), "{json}");
        }
    }
}
