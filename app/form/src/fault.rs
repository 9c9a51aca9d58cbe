//! Why a definition cannot be published: a key and a place, for the console to tell its author.

use serde::{Deserialize, Serialize};

/// One fault of a definition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// Where: `questions/paid_amount/label/vi`. Questions and choices stand by name, or by their
    /// number from 0 if the name is no name or stands for the second time. Empty for the whole.
    pub place: String,
    /// What is wrong there.
    pub kind: FaultKind,
}

/// Declares the kinds, their keys and the list of all keys in one place, so that none is forgotten.
macro_rules! fault_kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident $({ $($(#[doc = $field_doc:literal])+ $field:ident: $type:ty),+ })? = $name:literal,)+) => {
        /// What is wrong with a definition.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum FaultKind {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $kind $({ $($(#[doc = $field_doc])+ $field: $type),+ })?,)+
        }

        impl FaultKind {
            /// Every key, for the test that each has a sentence in the console's languages.
            pub const NAMES: &[&str] = &[$($name),+];

            /// The key of the sentence that tells it, one of [`FaultKind::NAMES`].
            pub fn as_str(self) -> &'static str {
                match self {
                    $(FaultKind::$kind { .. } => $name,)+
                }
            }
        }
    };
}

fault_kinds! {
    /// The bytes are not JSON.
    NotJson {
        /// From 1.
        line: usize,
        /// In bytes, from 1.
        column: usize
    } = "not_json",
    /// The JSON is not a definition: a field is unknown, missing, repeated or of another type.
    NotADefinition {
        /// From 1.
        line: usize,
        /// In bytes, from 1.
        column: usize
    } = "not_a_definition",
    /// More bytes than [`crate::publish::MAX_BYTES`].
    TooLarge = "too_large",
    /// A format other than [`crate::FORMAT`].
    UnsupportedFormat = "unsupported_format",
    /// The slug has another form than `[a-z0-9][a-z0-9-]{0,59}`.
    BadSlug = "bad_slug",
    /// The version has another form than `[a-z0-9._-]{1,40}`.
    BadVersion = "bad_version",
    /// A name or indicator has another form than `[a-z][a-z0-9_]{0,39}`.
    BadName = "bad_name",
    /// A code has another form than `[a-z0-9][a-z0-9_-]{0,39}`.
    BadCode = "bad_code",
    /// The language, name or code stands there already.
    Duplicate = "duplicate",
    /// No languages, questions, choices, or parts of `all` or `any`.
    Empty = "empty",
    /// More questions or choices than [`crate::publish::MAX_ITEMS`].
    TooMany = "too_many",
    /// A declared language that is not one of [`crate::names::LANGUAGES`].
    UnknownLanguage = "unknown_language",
    /// A text in a language that the definition does not declare.
    UndeclaredLanguage = "undeclared_language",
    /// No text, or only spaces, in a declared language.
    MissingText = "missing_text",
    /// Ruby markup that does not parse, or a reading that holds an ideograph.
    BadRuby = "bad_ruby",
    /// An ideograph without a reading in easy Japanese.
    BareKanji = "bare_kanji",
    /// A control character, or a line feed in a text of one line.
    ControlCharacter = "control_character",
    /// The smallest number is larger than the largest.
    RangeReversed = "range_reversed",
    /// `max_bytes` is not 1 to 2000.
    BadMaxBytes = "bad_max_bytes",
    /// The sensitivity is above 3.
    BadSensitivity = "bad_sensitivity",
    /// The first question has a `relevant`.
    FirstIsConditional = "first_is_conditional",
    /// An expression names a question that is not there.
    UnknownQuestion = "unknown_question",
    /// An expression looks at a later question, or a `relevant` at its own.
    ForwardReference = "forward_reference",
    /// A code that the question does not offer.
    UnknownCode = "unknown_code",
    /// A comparison of a number with a day, or of an answer that is neither; or `selected` of a
    /// question without choices.
    TypeMismatch = "type_mismatch",
    /// An expression nested deeper than [`crate::MAX_DEPTH`].
    TooDeep = "too_deep",
    /// The longest answers together would not fit into a payload.
    AnswersTooLarge = "answers_too_large",
}
