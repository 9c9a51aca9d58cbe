//! What kind of answer a question asks for.

use crate::day::Day;
use crate::decimal::Decimal;
use crate::definition::is_false;
use crate::text::Text;
use serde::Serialize;

/// What kind of answer a question asks for. In JSON `{"type":"select_one","choices":[…]}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Kind {
    /// Exactly one of the choices.
    SelectOne {
        /// In the order in which they are shown; at least one.
        choices: Vec<Choice>,
        /// How they are laid out.
        #[serde(rename = "appearance", skip_serializing_if = "Layout::is_list")]
        layout: Layout,
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
        /// Whether it is picked from a row of all numbers (`"appearance":"scale"`), at most eleven.
        #[serde(rename = "appearance", skip_serializing_if = "is_false", serialize_with = "scale")]
        is_scale: bool,
    },
    /// A number with up to six decimal places.
    Decimal {
        /// The smallest number that holds.
        min: Decimal,
        /// The largest number that holds; not less than `min`.
        max: Decimal,
        /// What is counted, if it is to be shown beside the field.
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
    /// A [`Day`].
    Date {
        /// How exactly it is asked for.
        #[serde(rename = "appearance", skip_serializing_if = "Precision::is_day")]
        precision: Precision,
    },
    /// A [`crate::Time`].
    Time,
    /// A box to tick: "I have read this."
    Acknowledge,
    /// Words to read. It takes no answer.
    Note,
}

/// How the choices of a `select_one` are laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Layout {
    /// One below the other.
    List,
    /// In a menu that opens: for long lists.
    Minimal,
    /// In a row, as steps of a scale, where there is room.
    Likert,
}

/// How exactly a day is asked for. What is not asked is the first: of the month, of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// Year, month, day.
    Day,
    /// Year and month.
    MonthYear,
    /// The year.
    Year,
}

/// One of the answers that a select offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Choice {
    /// Unique in the question, `[a-z0-9][a-z0-9_-]{0,39}`; what is stored and counted.
    pub code: String,
    /// What is shown.
    pub label: Text,
    /// Whether it excludes every other choice of a select_multiple ("none of these").
    #[serde(skip_serializing_if = "is_false")]
    pub exclusive: bool,
    /// The first day on which it is offered; always before, if absent. An answer that holds it holds on every day:
    /// phones' clocks differ, and answers arrive late.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<Day>,
    /// The last day on which it is offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
}

impl Choice {
    /// Whether it is offered on this day.
    pub fn is_offered_on(&self, day: Day) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

impl Kind {
    /// The choices of a select, and none for other kinds.
    pub fn choices(&self) -> &[Choice] {
        match self {
            Kind::SelectOne { choices, .. } | Kind::SelectMultiple { choices } => choices,
            _ => &[],
        }
    }

    /// Whether the answer is picked from choices.
    pub fn is_select(&self) -> bool {
        matches!(self, Kind::SelectOne { .. } | Kind::SelectMultiple { .. })
    }

    /// Whether it asks at all.
    pub fn is_answered(&self) -> bool {
        !matches!(self, Kind::Note)
    }
}

impl Layout {
    fn is_list(&self) -> bool {
        *self == Layout::List
    }
}

impl Precision {
    fn is_day(&self) -> bool {
        *self == Precision::Day
    }
}

fn scale<S: serde::Serializer>(_: &bool, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str("scale")
}
