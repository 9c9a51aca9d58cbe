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
    /// The bytes are not JSON, or say a key twice.
    NotJson {
        /// From 1.
        line: usize,
        /// In bytes, from 1.
        column: usize
    } = "not_json",
    /// A field that is not known, or not in that place.
    UnknownField = "unknown_field",
    /// A field that has to be there is not.
    MissingField = "missing_field",
    /// A value of another type: words for a number, a number that is not whole, null.
    UnexpectedType = "unexpected_type",
    /// A kind of question that is not there or not supported: repeats, media, `or_other`, places, …
    UnsupportedKind = "unsupported_kind",
    /// An appearance that is not there or not supported.
    UnsupportedAppearance = "unsupported_appearance",
    /// A text that should be a day of the calendar, `YYYY-MM-DD`, and is none.
    NotADay = "not_a_day",
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
    /// No languages, questions or choices, or a group without questions.
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
    /// A control character, a line feed in a text of one line, or a mark that turns the direction of writing.
    ControlCharacter = "control_character",
    /// A text of more than 4,000 bytes (20,000 where it may have lines), or an expression of more than 4,000.
    TooLong = "too_long",
    /// The smallest number is larger than the largest, or the first day later than the last.
    RangeReversed = "range_reversed",
    /// A bound beyond a million million.
    BoundTooLarge = "bound_too_large",
    /// A scale of more than eleven steps.
    ScaleTooLong = "scale_too_long",
    /// `max_bytes` is not 1 to 2000.
    BadMaxBytes = "bad_max_bytes",
    /// The sensitivity is above 3.
    BadSensitivity = "bad_sensitivity",
    /// A note that is required, may be declined, or is marked: nobody answers it.
    NoteIsAnswered = "note_is_answered",
    /// A question of a group that is not there.
    UnknownGroup = "unknown_group",
    /// A question of a group whose other questions stand apart from it.
    GroupIsParted = "group_is_parted",
    /// The first question, or its group, has a `relevant`.
    FirstIsConditional = "first_is_conditional",
    /// An expression that cannot be read.
    BadExpression {
        /// The byte at which reading stopped, from 0.
        at: usize
    } = "bad_expression",
    /// A function that is not there or not supported: repeats, clocks, random numbers, patterns, …
    UnsupportedFunction {
        /// The byte at which its name begins, from 0.
        at: usize
    } = "unsupported_function",
    /// A function with too few or too many arguments.
    WrongArity {
        /// The byte at which its name begins, from 0.
        at: usize
    } = "wrong_arity",
    /// An expression names a question or calculation that is not there.
    UnknownQuestion = "unknown_question",
    /// An expression looks at what comes later.
    ForwardReference = "forward_reference",
    /// What an expression looks at depends on that expression itself.
    Cycle = "cycle",
    /// A code that the question does not offer.
    UnknownCode = "unknown_code",
    /// Values of types that do not go together.
    TypeMismatch = "type_mismatch",
    /// `.` outside of a constraint.
    ThisOutsideConstraint = "this_outside_constraint",
    /// An expression nested deeper than [`crate::MAX_DEPTH`], calculations that it names included.
    TooDeep = "too_deep",
    /// An expression with more than [`crate::publish::MAX_PARTS`] parts, calculations that it names included.
    TooComplex = "too_complex",
    /// The longest answers together would not fit into a payload.
    AnswersTooLarge = "answers_too_large",
}
