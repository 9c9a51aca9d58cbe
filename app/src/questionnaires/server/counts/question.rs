//! One question in numbers, and what of them is told roughly.

use super::{
    super::export::Column,
    said::{ANSWERED, Range, SKIPPED},
};
use form::{Kind, entry};
use std::collections::{BTreeMap, BTreeSet};

/// Smaller numbers of the most sensitive questions are told by their smallness only.
const FEW: u64 = 5;

/// How many, as far as it may be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    /// So many.
    Exact(u64),
    /// Fewer than five, nobody perhaps.
    Few,
    /// Five or more, and not told how many, because then one could work out a number of few.
    Several,
}

impl Number {
    /// How many, if it is told.
    #[must_use]
    pub const fn exact(self) -> Option<u64> {
        match self {
            Self::Exact(number) => Some(number),
            Self::Few | Self::Several => None,
        }
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exact(number) => number.fmt(f),
            Self::Few => write!(f, "<{FEW}"),
            Self::Several => write!(f, "{FEW}+"),
        }
    }
}

/// Something that was said to a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// The choice of this code.
    Choice(String),
    /// A number within these.
    Range(Range),
}

/// One question in numbers.
#[derive(Clone, Debug)]
pub struct QuestionFigures {
    /// The question, as all its editions have it.
    pub column: Column,
    /// Who was shown it: all that follow but [`Self::values`].
    pub shown: Number,
    /// Who answered.
    pub answered: Number,
    /// Who preferred not to say, if that was offered.
    pub declined: Option<Number>,
    /// Who did not know, if that was offered.
    pub unknown: Option<Number>,
    /// Who left it empty.
    pub skipped: Number,
    /// What was said, for kinds of which that is counted; several things by one person where several can be chosen.
    pub values: Vec<(Value, Number)>,
}

impl QuestionFigures {
    pub(super) fn of(column: &Column, said: &BTreeMap<String, u64>) -> Self {
        let count = |value: &str| said.get(value).copied().unwrap_or_default();
        let offered = |is_offered: bool, value| {
            let count = count(value);
            (is_offered || count > 0).then_some(Number::Exact(count))
        };
        let (answered, skipped) = (count(ANSWERED), count(SKIPPED));
        Self {
            shown: Number::Exact(answered + skipped + count(entry::DECLINED) + count(entry::UNKNOWN)),
            answered: Number::Exact(answered),
            declined: offered(column.may_decline, entry::DECLINED),
            unknown: offered(column.may_not_know, entry::UNKNOWN),
            skipped: Number::Exact(skipped),
            values: values_of(column, said),
            column: column.clone(),
        }
    }

    /// Whether each person who answered said exactly one of the values.
    fn is_single(&self) -> bool {
        !self.values.is_empty() && !self.column.has_choice_cells()
    }

    /// Hides small numbers, and those by which they could be worked out.
    pub(super) fn make_rough(&mut self) {
        let is_single = self.is_single();
        let mut values: Vec<&mut Number> = self.values.iter_mut().map(|(_, number)| number).collect();
        hide_few(&mut values);
        if is_single {
            hide_one_more(&mut values);
        }
        let mut states: Vec<&mut Number> = [&mut self.answered, &mut self.skipped].into();
        states.extend(self.declined.as_mut());
        states.extend(self.unknown.as_mut());
        hide_few(&mut states);
        hide_one_more(&mut states);
        hide_few(&mut [&mut self.shown]);
    }
}

fn hide_few(numbers: &mut [&mut Number]) {
    for number in numbers {
        if number.exact().is_some_and(|count| count < FEW) {
            **number = Number::Few;
        }
    }
}

/// One number alone that is not told is what the others leave of the sum: another one goes with it, the smallest.
fn hide_one_more(numbers: &mut [&mut Number]) {
    if numbers.iter().filter(|number| number.exact().is_none()).count() == 1
        && let Some(smallest) = numbers.iter_mut().filter(|n| n.exact().is_some()).min_by_key(|n| n.exact())
    {
        **smallest = Number::Several;
    }
}

/// All choices and ranges of a question, also those that nobody chose.
fn values_of(column: &Column, said: &BTreeMap<String, u64>) -> Vec<(Value, Number)> {
    let count = |value: &str| Number::Exact(said.get(value).copied().unwrap_or_default());
    let mut values: Vec<_> =
        column.choices.iter().map(|choice| (Value::Choice(choice.code.clone()), count(&choice.code))).collect();
    let mut ranges: BTreeSet<Range> = BTreeSet::new();
    for kind in &column.kinds {
        if let Kind::Integer { min, max, .. } = kind {
            ranges.extend(Range::all(*min, *max));
            // An edition with other bounds had other ranges.
            let others = said.keys().filter(|value| !column.choices.iter().any(|choice| choice.code == **value));
            ranges.extend(others.filter_map(|value| Range::parse(value)));
        }
    }
    values.extend(ranges.into_iter().map(|range| (Value::Range(range), count(&range.to_string()))));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rough(numbers: &[u64]) -> String {
        let mut numbers: Vec<Number> = numbers.iter().map(|number| Number::Exact(*number)).collect();
        let mut all: Vec<&mut Number> = numbers.iter_mut().collect();
        hide_few(&mut all);
        hide_one_more(&mut all);
        numbers.iter().map(Number::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn small_numbers_are_hidden_and_cannot_be_worked_out() {
        assert_eq!(rough(&[27, 5, 12]), "27 5 12");
        assert_eq!(rough(&[27, 4, 12]), "27 <5 5+");
        assert_eq!(rough(&[27, 4, 0]), "27 <5 <5");
        assert_eq!(rough(&[3]), "<5");
        assert_eq!(rough(&[]), "");
    }
}
