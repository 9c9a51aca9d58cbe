//! How far an expression reaches through the calculations that it names: how deep, how large, how late a question it
//! sees, and whether it comes round to itself. No walk here takes longer than the definition is large.

use crate::definition::Definition;
use crate::expression::{Expression, MAX_DEPTH};
use crate::publish::MAX_ITEMS;
use std::collections::BTreeMap;

/// How far an expression reaches.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Reach {
    /// How deep it nests with the calculations that it names.
    pub(crate) depth: usize,
    /// Its parts, each calculation as often as it is named.
    pub(crate) parts: usize,
    /// The last question that it sees, by its place.
    pub(crate) latest_question: Option<usize>,
}

/// What is known of calculations, by name.
pub(crate) type Known<'d> = BTreeMap<&'d str, Reach>;

impl Reach {
    /// The reach of every calculation. Each counts with those before it only: what names itself or a later one is
    /// refused as a cycle elsewhere.
    pub(crate) fn of_calculations(definition: &Definition) -> Known<'_> {
        let mut known = Known::new();
        for calculation in definition.calculations.iter().take(MAX_ITEMS) {
            let reach = own(definition, &calculation.expression, &known, 0);
            known.entry(&calculation.name).or_insert(reach);
        }
        known
    }

    /// The reach of an expression.
    pub(crate) fn of(definition: &Definition, expression: &Expression, known: &Known<'_>) -> Reach {
        own(definition, expression, known, 0)
    }
}

/// What the conditions of each question look at: questions, calculations and groups by number, in this order.
pub(crate) struct Links(Vec<Vec<usize>>);

impl Links {
    /// Of a definition; past the limits nothing is looked at.
    pub(crate) fn of(definition: &Definition) -> Links {
        let Definition { groups, questions, calculations, .. } = definition;
        let (questions, calculations) = (questions.iter().take(MAX_ITEMS), calculations.iter().take(MAX_ITEMS));
        let mut places = BTreeMap::new();
        let names = questions.clone().map(|question| &question.name);
        for (place, name) in names.chain(calculations.clone().map(|calculation| &calculation.name)).enumerate() {
            places.entry(name.as_str()).or_insert(place);
        }
        let first_group = questions.len() + calculations.len();
        let of_questions = questions.map(|question| {
            let group = groups.iter().position(|group| Some(&group.name) == question.group.as_ref());
            (question.relevant.as_ref(), group.map(|group| first_group + group))
        });
        let of_calculations = calculations.map(|calculation| (Some(&calculation.expression), None));
        let of_groups = groups.iter().map(|group| (group.relevant.as_ref(), None));
        let links = of_questions.chain(of_calculations).chain(of_groups).map(|(expression, group)| {
            let mut found: Vec<usize> = group.into_iter().collect();
            if let Some(expression) = expression {
                names_in(&places, expression, MAX_DEPTH, &mut found);
            }
            found.sort_unstable();
            found.dedup();
            found
        });
        Links(links.collect())
    }

    /// Whether the question at `from` is shown or hidden by conditions that lead back to the one at `to`.
    pub(crate) fn come_round(&self, from: usize, to: usize) -> bool {
        let mut seen = vec![false; self.0.len()];
        let mut waiting = vec![from];
        while let Some(place) = waiting.pop() {
            if place == to {
                return true;
            }
            let Some(seen) = seen.get_mut(place).filter(|seen| !**seen) else { continue };
            *seen = true;
            waiting.extend(self.0.get(place).into_iter().flatten());
        }
        false
    }
}

/// The places of the questions and calculations that an expression names.
fn names_in(places: &BTreeMap<&str, usize>, expression: &Expression, depth: usize, found: &mut Vec<usize>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    if let Expression::Name(name) = expression {
        found.extend(places.get(name.as_str()));
    }
    for part in expression.parts() {
        names_in(places, part, depth, found);
    }
}

fn own(definition: &Definition, expression: &Expression, known: &Known<'_>, depth: usize) -> Reach {
    let mut reach = Reach { depth: 1, parts: 1, latest_question: None };
    // Deeper than allowed nothing needs to be known.
    if depth > MAX_DEPTH {
        return reach;
    }
    let mut add = |part: Reach, step: usize| {
        reach.depth = reach.depth.max(part.depth + step);
        reach.parts = reach.parts.saturating_add(part.parts);
        reach.latest_question = reach.latest_question.max(part.latest_question);
    };
    if let Expression::Name(name) = expression {
        match known.get(name.as_str()) {
            Some(calculation) => add(*calculation, 1),
            None => add(Reach { depth: 0, parts: 0, latest_question: definition.index_of(name) }, 0),
        }
    }
    for part in expression.parts() {
        add(own(definition, part, known, depth + 1), 1);
    }
    reach
}
