//! What a desk has said and nobody holds: "desk 2 made 41, we hold 39".

use crate::log::Entry;
use std::collections::BTreeSet;

/// What is held of one desk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    numbers: BTreeSet<u64>,
    made: u64,
}

impl Held {
    /// Of these operations of one desk; `made` is the last number that the desk says it has given.
    #[must_use]
    pub fn of<'e>(entries: impl IntoIterator<Item = &'e Entry>, made: u64) -> Self {
        Self { numbers: entries.into_iter().map(|entry| entry.operation.sequence).collect(), made }
    }

    /// With what came and was put aside: it is not missing.
    #[must_use]
    pub fn with(mut self, aside: impl IntoIterator<Item = u64>) -> Self {
        self.numbers.extend(aside);
        self
    }

    /// How many the desk has made, as far as anybody knows.
    #[must_use]
    pub fn made(&self) -> u64 {
        self.made.max(self.numbers.last().copied().unwrap_or(0))
    }

    /// How many of them are held.
    #[must_use]
    pub fn held(&self) -> u64 {
        self.numbers.len() as u64
    }

    /// How many are not.
    #[must_use]
    pub fn missing(&self) -> u64 {
        self.made().saturating_sub(self.held())
    }

    /// The numbers that lie before one that is held: not late, but lost on the way, or still to come. From and to.
    #[must_use]
    pub fn gaps(&self) -> Vec<(u64, u64)> {
        let mut gaps = Vec::new();
        let mut next = 1;
        for number in &self.numbers {
            if *number > next {
                gaps.push((next, number - 1));
            }
            next = number.saturating_add(1);
        }
        gaps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(numbers: &[u64], made: u64) -> Held {
        Held { numbers: numbers.iter().copied().collect(), made }
    }

    #[test]
    fn what_is_missing_is_counted_and_named() {
        let desk = held(&[1, 2, 5, 6, 9], 11);
        assert_eq!((desk.made(), desk.held(), desk.missing()), (11, 5, 6));
        assert_eq!(desk.gaps(), [(3, 4), (7, 8)]);
        assert_eq!(held(&[1, 2], 0).missing(), 0, "a desk that did not say how many");
        assert_eq!((held(&[], 3).missing(), held(&[], 3).gaps()), (3, vec![]));
    }
}
