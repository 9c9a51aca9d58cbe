//! The language of `relevant`, `constraint` and calculations: what can be said in it, as a tree.
//!
//! It is written as in XLSForm (`${hours_week} > 40 and not(selected(${limits}, 'none'))`): [`crate::parse`] reads it,
//! [`crate::print`] writes it in one way only, [`crate::evaluate`] says what it means, and publishing checks its names
//! and types. The README has the rules by number.

use crate::decimal::Decimal;
use crate::parse;
use serde::{Serialize, Serializer};

/// How deep expressions may nest, calculations that they name included: a single comparison has depth 2.
pub const MAX_DEPTH: usize = 64;

/// A condition on answers, or a value calculated from them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expression {
    /// A fixed number.
    Number(Decimal),
    /// Fixed words: a code, a part of a text, a day for [`Function::Date`].
    Text(String),
    /// The answer to the question of that name, or the calculation of that name. `${name}`
    Name(String),
    /// The answer that a constraint looks at. `.`
    This,
    /// Every one of at least two holds. `and`
    All(Vec<Expression>),
    /// At least one of at least two holds. `or`
    Any(Vec<Expression>),
    /// Both sides stand in this relation.
    Compare(Box<Expression>, Relation, Box<Expression>),
    /// What is calculated from both sides.
    Calculate(Box<Expression>, Arithmetic, Box<Expression>),
    /// The number with the other sign.
    Negate(Box<Expression>),
    /// What a function says of its arguments.
    Call(Function, Vec<Expression>),
}

/// The relation of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// How a number is calculated from two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arithmetic {
    /// `+`; also a day and a number of days.
    Plus,
    /// `-`; also days from a day, and the days between two days.
    Minus,
    /// `*`
    Times,
    /// `div`
    Divide,
    /// `mod`, with the sign of the left side.
    Modulo,
}

/// Declares the functions, their names and how many arguments they take in one place.
macro_rules! functions {
    ($($(#[doc = $doc:literal])+ $function:ident = $name:literal, $min:literal..=$max:expr;)+) => {
        /// What can be asked of values.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Function {
            $($(#[doc = $doc])+ $function,)+
        }

        impl Function {
            /// All of them, in the order of the README.
            pub const ALL: &[Function] = &[$(Function::$function),+];

            /// How it is written.
            pub fn name(self) -> &'static str {
                match self {
                    $(Function::$function => $name,)+
                }
            }

            /// The fewest and the most arguments that it takes.
            pub(crate) fn arity(self) -> (usize, usize) {
                match self {
                    $(Function::$function => ($min, $max),)+
                }
            }
        }
    };
}

functions! {
    /// Always.
    True = "true", 0..=0;
    /// Never.
    False = "false", 0..=0;
    /// Whether the condition does not hold.
    Not = "not", 1..=1;
    /// The second if the condition, the first, holds; else the third.
    If = "if", 3..=3;
    /// The first if it has a value, else the second.
    Coalesce = "coalesce", 2..=2;
    /// Whether the choice with that code was picked. The codes [`crate::entry::DECLINED`] and
    /// [`crate::entry::UNKNOWN`] ask of any question whether the person preferred not to say or did not know.
    Selected = "selected", 2..=2;
    /// How many choices were picked.
    CountSelected = "count-selected", 1..=1;
    /// The code that was picked at that place, counted from 0 in the order of the definition.
    SelectedAt = "selected-at", 2..=2;
    /// How many of them have a value.
    CountNonEmpty = "count-non-empty", 1..=MANY;
    /// A text or a condition as a number: true is 1.
    Number = "number", 1..=1;
    /// Without what stands behind the point.
    Int = "int", 1..=1;
    /// Rounded, halves away from zero, to so many places (none if not told).
    Round = "round", 1..=2;
    /// The next whole number below.
    Floor = "floor", 1..=1;
    /// The next whole number above.
    Ceiling = "ceiling", 1..=1;
    /// The sum of those that have a value.
    Sum = "sum", 1..=MANY;
    /// The smallest of those that have a value.
    Min = "min", 1..=MANY;
    /// The largest of those that have a value.
    Max = "max", 1..=MANY;
    /// The value as words.
    String = "string", 1..=1;
    /// All of them as one text; what has no value adds nothing.
    Concat = "concat", 1..=MANY;
    /// Those behind the first that have a value, with the first between them.
    Join = "join", 2..=MANY;
    /// How many characters; a letter and its combining marks count apart.
    StringLength = "string-length", 1..=1;
    /// The characters from a place, counted from 0, to before another one, or to the end.
    Substr = "substr", 2..=3;
    /// Whether the second stands in the first.
    Contains = "contains", 2..=2;
    /// Whether the first begins with the second.
    StartsWith = "starts-with", 2..=2;
    /// Whether the first ends with the second.
    EndsWith = "ends-with", 2..=2;
    /// `'true'` and `'1'` are true, every other text is not.
    BooleanFromString = "boolean-from-string", 1..=1;
    /// The day on which the questionnaire is answered.
    Today = "today", 0..=0;
    /// A fixed day, `date('2027-04-01')`.
    Date = "date", 1..=1;
    /// The days since 1970-01-01, as a number.
    DecimalDate = "decimal-date-time", 1..=1;
}

/// As many arguments as a function may have.
const MANY: usize = 100;

impl Relation {
    /// All of them.
    pub const ALL: [Relation; 6] = [
        Relation::Equal,
        Relation::NotEqual,
        Relation::LessOrEqual,
        Relation::Less,
        Relation::GreaterOrEqual,
        Relation::Greater,
    ];

    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Relation::Equal => "=",
            Relation::NotEqual => "!=",
            Relation::Less => "<",
            Relation::LessOrEqual => "<=",
            Relation::Greater => ">",
            Relation::GreaterOrEqual => ">=",
        }
    }
}

impl Arithmetic {
    /// How it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Arithmetic::Plus => "+",
            Arithmetic::Minus => "-",
            Arithmetic::Times => "*",
            Arithmetic::Divide => "div",
            Arithmetic::Modulo => "mod",
        }
    }
}

impl Expression {
    /// What stands directly in it.
    pub fn parts(&self) -> Vec<&Expression> {
        match self {
            Expression::Number(_) | Expression::Text(_) | Expression::Name(_) | Expression::This => Vec::new(),
            Expression::All(parts) | Expression::Any(parts) | Expression::Call(_, parts) => parts.iter().collect(),
            Expression::Compare(left, _, right) | Expression::Calculate(left, _, right) => vec![left, right],
            Expression::Negate(part) => vec![part],
        }
    }
}

/// Reads an expression: see [`parse::parse`].
impl std::str::FromStr for Expression {
    type Err = parse::ParseError;

    fn from_str(text: &str) -> Result<Expression, parse::ParseError> {
        parse::parse(text)
    }
}

/// As it is written, in the one way of [`crate::print`].
impl Serialize for Expression {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.to_string())
    }
}
