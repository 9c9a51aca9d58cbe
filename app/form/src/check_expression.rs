//! The check of expressions: names, codes, types, how deep and how large they are.

use crate::check::{Check, MAX_FAULTS};
use crate::day::Day;
use crate::definition::Question;
use crate::entry::{DECLINED, UNKNOWN};
use crate::expression::{Arithmetic, Expression, Function, MAX_DEPTH, Relation};
use crate::fault::FaultKind;
use crate::kind::Kind;
use crate::parse::MAX_BYTES;
use crate::publish::{MAX_ITEMS, MAX_PARTS};
use crate::reach::{Links, Reach};

/// What an expression amounts to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Type {
    Truth,
    Number,
    Text,
    Day,
    Time,
    Codes,
}

/// What the expression that is looked at may see.
#[derive(Clone, Copy)]
struct View<'d> {
    /// Questions before this place.
    questions: usize,
    /// Calculations before this place.
    calculations: usize,
    /// The question that a constraint belongs to.
    this: Option<&'d Question>,
    /// The question that is shown or hidden by it.
    decides_on: Option<usize>,
}

impl<'d> Check<'d> {
    /// Checks a `relevant` that may look at the questions before `limit` and decides on the one at `index`.
    pub(crate) fn relevant(&mut self, expression: &'d Expression, limit: usize, index: usize) {
        let calculations = self.definition.calculations.len();
        let view = View { questions: limit, calculations, this: None, decides_on: Some(index) };
        self.whole(expression, view, Some(Type::Truth));
    }

    /// Checks the constraint of the question at that place.
    pub(crate) fn constraint(&mut self, expression: &'d Expression, index: usize, question: &'d Question) {
        let calculations = self.definition.calculations.len();
        let view = View { questions: index + 1, calculations, this: Some(question), decides_on: None };
        self.whole(expression, view, Some(Type::Truth));
    }

    /// Checks the calculation at that place.
    pub(crate) fn calculation(&mut self, index: usize, expression: &'d Expression) {
        let view = self.view_of_calculation(index);
        self.whole(expression, view, None);
    }

    /// A calculation sees all questions, and calculations before it.
    fn view_of_calculation(&self, index: usize) -> View<'d> {
        View { questions: self.definition.questions.len(), calculations: index, this: None, decides_on: None }
    }

    /// Finds out what calculations amount to. Their faults are told when their turn comes.
    pub(crate) fn types_of_calculations(&mut self) {
        for (index, calculation) in self.definition.calculations.iter().enumerate().take(MAX_ITEMS) {
            let is_small = self.is_small(&calculation.expression);
            let view = self.view_of_calculation(index);
            let found = if is_small { self.typed(&calculation.expression, view) } else { None };
            self.types.entry(&calculation.name).or_insert(found);
        }
        self.faults.clear();
    }

    fn is_small(&self, expression: &Expression) -> bool {
        let reach = Reach::of(self.definition, expression, &self.reaches);
        reach.depth <= MAX_DEPTH && reach.parts <= MAX_PARTS
    }

    fn whole(&mut self, expression: &'d Expression, view: View<'d>, needed: Option<Type>) {
        let reach = Reach::of(self.definition, expression, &self.reaches);
        self.demand(reach.depth <= MAX_DEPTH, FaultKind::TooDeep);
        self.demand(reach.parts <= MAX_PARTS, FaultKind::TooComplex);
        // What is deeper or larger is not walked through.
        if self.is_small(expression) {
            // As it is written in the canonical bytes: there are more spaces in it than an author needs.
            self.demand(expression.to_string().len() <= MAX_BYTES, FaultKind::TooLong);
            let found = self.typed(expression, view);
            self.demand(needed.is_none() || found.is_none() || found == needed, FaultKind::TypeMismatch);
        }
    }

    /// The type of an expression, unless it has a fault of its own.
    fn typed(&mut self, expression: &'d Expression, view: View<'d>) -> Option<Type> {
        match expression {
            Expression::Number(_) => Some(Type::Number),
            Expression::Text(words) => {
                // Cannot be written, so it can only come from a tree.
                self.demand(!(words.contains('\'') && words.contains('"')), FaultKind::BadExpression { at: 0 });
                Some(Type::Text)
            }
            Expression::This => {
                self.demand(view.this.is_some(), FaultKind::ThisOutsideConstraint);
                view.this.and_then(|question| type_of(&question.kind))
            }
            Expression::Name(name) => self.named(name, view),
            Expression::All(parts) | Expression::Any(parts) => {
                self.demand(parts.len() > 1, FaultKind::Empty);
                for part in parts {
                    self.of(part, view, Type::Truth);
                }
                Some(Type::Truth)
            }
            Expression::Compare(left, relation, right) => {
                self.at(relation.symbol(), |check| check.compare(left, *relation, right, view));
                Some(Type::Truth)
            }
            Expression::Calculate(left, arithmetic, right) => {
                let types = (self.typed(left, view)?, self.typed(right, view)?);
                let result = match (types, arithmetic) {
                    ((Type::Number, Type::Number), _) => Some(Type::Number),
                    ((Type::Day, Type::Number), Arithmetic::Plus | Arithmetic::Minus)
                    | ((Type::Number, Type::Day), Arithmetic::Plus) => Some(Type::Day),
                    ((Type::Day, Type::Day), Arithmetic::Minus) => Some(Type::Number),
                    _ => None,
                };
                self.at(arithmetic.symbol(), |check| check.demand(result.is_some(), FaultKind::TypeMismatch));
                result
            }
            Expression::Negate(part) => {
                self.of(part, view, Type::Number);
                Some(Type::Number)
            }
            Expression::Call(function, arguments) => {
                self.at(function.name(), |check| check.call(*function, arguments, view))
            }
        }
    }

    /// Demands a type.
    fn of(&mut self, expression: &'d Expression, view: View<'d>, needed: Type) {
        let found = self.typed(expression, view);
        self.demand(found.is_none_or(|found| found == needed), FaultKind::TypeMismatch);
    }

    /// The question or calculation of a name, if it may be looked at.
    fn named(&mut self, name: &str, view: View<'d>) -> Option<Type> {
        let definition = self.definition;
        let step = if crate::names::is_name(name) { name } else { "name" };
        if let Some(index) = definition.calculations.iter().position(|other| other.name == name) {
            let is_cycle = index >= view.calculations;
            let latest = self.reaches.get(name).and_then(|reach| reach.latest_question);
            let is_early = latest.is_none_or(|latest| latest < view.questions);
            self.at(step, |check| {
                check.demand(!is_cycle, FaultKind::Cycle);
                let kind = check.ahead(latest, view);
                check.demand(is_early, kind);
            });
            return if is_cycle { None } else { self.types.get(name).copied().flatten() };
        }
        let index = definition.index_of(name);
        self.at(step, |check| check.demand(index.is_some(), FaultKind::UnknownQuestion));
        let index = index?;
        let question = definition.questions.get(index)?;
        if index >= view.questions {
            let kind = self.ahead(Some(index), view);
            self.at(step, |check| check.demand(false, kind));
            return None;
        }
        self.at(step, |check| check.demand(question.kind.is_answered(), FaultKind::TypeMismatch));
        type_of(&question.kind)
    }

    /// Looking ahead is wrong in any case; where it comes round to itself, that says more.
    fn ahead(&mut self, index: Option<usize>, view: View<'d>) -> FaultKind {
        let round = index.zip(view.decides_on).is_some_and(|(from, to)| {
            from >= view.questions
                && self.faults.len() < MAX_FAULTS
                && self.links.get_or_insert_with(|| Links::of(self.definition)).come_round(from, to)
        });
        if round { FaultKind::Cycle } else { FaultKind::ForwardReference }
    }

    /// The question that an expression names, if it is one that may be looked at.
    fn question_of(&self, expression: &Expression, view: View<'d>) -> Option<&'d Question> {
        match expression {
            Expression::This => view.this,
            Expression::Name(name) => self.definition.question(name),
            _ => None,
        }
    }

    fn compare(&mut self, left: &'d Expression, relation: Relation, right: &'d Expression, view: View<'d>) {
        let (left_type, right_type) = (self.typed(left, view), self.typed(right, view));
        let is_equality = matches!(relation, Relation::Equal | Relation::NotEqual);
        let is_empty = |side: &Expression| *side == Expression::Text(String::new());
        if is_empty(left) || is_empty(right) {
            // Every type can be asked whether it has a value.
            return self.demand(is_equality, FaultKind::TypeMismatch);
        }
        if let Some((left_type, right_type)) = left_type.zip(right_type) {
            let can_be_ordered = matches!(left_type, Type::Number | Type::Day | Type::Time);
            let fits = left_type == right_type && left_type != Type::Codes && (is_equality || can_be_ordered);
            self.demand(fits, FaultKind::TypeMismatch);
        }
        for (one, other) in [(left, right), (right, left)] {
            if let (Some(question), Expression::Text(code)) = (self.question_of(one, view), other) {
                self.code(question, code, false);
            }
        }
    }

    /// A select must offer the code; `selected` may also ask for "prefer not to say" and "I do not know".
    fn code(&mut self, question: &Question, code: &str, in_selected: bool) {
        let is_known = match code {
            DECLINED if in_selected => question.may_decline,
            UNKNOWN if in_selected => question.may_not_know,
            _ if question.kind.is_select() => question.kind.choices().iter().any(|choice| choice.code == code),
            // Words of a person may be compared with any.
            _ => !in_selected,
        };
        self.demand(is_known, FaultKind::UnknownCode);
    }

    fn call(&mut self, function: Function, arguments: &'d [Expression], view: View<'d>) -> Option<Type> {
        use Function::{
            BooleanFromString, Ceiling, Coalesce, Concat, Contains, CountNonEmpty, CountSelected, Date, DecimalDate,
            EndsWith, False, Floor, If, Int, Join, Max, Min, Not, Number, Round, Selected, SelectedAt, StartsWith,
            String, StringLength, Substr, Sum, Today, True,
        };
        let (fewest, most) = function.arity();
        self.demand((fewest..=most).contains(&arguments.len()), FaultKind::WrongArity { at: 0 });
        let all = |check: &mut Self, needed: Type| arguments.iter().for_each(|part| check.of(part, view, needed));
        match function {
            True | False => Some(Type::Truth),
            Today => Some(Type::Day),
            Not => {
                all(self, Type::Truth);
                Some(Type::Truth)
            }
            If | Coalesce => {
                let [values @ .., first, second] = arguments else { return None };
                values.iter().for_each(|condition| self.of(condition, view, Type::Truth));
                let types = (self.typed(first, view)?, self.typed(second, view)?);
                self.demand(types.0 == types.1, FaultKind::TypeMismatch);
                Some(types.0)
            }
            Selected => {
                let [question, code] = arguments else { return None };
                self.typed(question, view);
                match (self.question_of(question, view), code) {
                    (Some(question), Expression::Text(code)) => self.code(question, code, true),
                    _ => self.demand(false, FaultKind::TypeMismatch),
                }
                Some(Type::Truth)
            }
            CountSelected | SelectedAt => {
                let [question, rest @ ..] = arguments else { return None };
                self.of(question, view, Type::Codes);
                rest.iter().for_each(|place| self.of(place, view, Type::Number));
                Some(if function == SelectedAt { Type::Text } else { Type::Number })
            }
            CountNonEmpty | String | Concat | Join => {
                for part in arguments {
                    self.typed(part, view);
                }
                Some(if function == CountNonEmpty { Type::Number } else { Type::Text })
            }
            Number => {
                let found = arguments.first().and_then(|part| self.typed(part, view));
                let fits = found.is_none_or(|found| matches!(found, Type::Number | Type::Truth | Type::Text));
                self.demand(fits, FaultKind::TypeMismatch);
                Some(Type::Number)
            }
            Int | Round | Floor | Ceiling | Sum | Min | Max => {
                all(self, Type::Number);
                Some(Type::Number)
            }
            StringLength | BooleanFromString => {
                all(self, Type::Text);
                Some(if function == StringLength { Type::Number } else { Type::Truth })
            }
            Substr => {
                let [text, places @ ..] = arguments else { return None };
                self.of(text, view, Type::Text);
                places.iter().for_each(|place| self.of(place, view, Type::Number));
                Some(Type::Text)
            }
            Contains | StartsWith | EndsWith => {
                all(self, Type::Text);
                Some(Type::Truth)
            }
            Date => {
                let day = if let [Expression::Text(text)] = arguments { Day::parse(text) } else { None };
                self.demand(day.is_some(), FaultKind::NotADay);
                Some(Type::Day)
            }
            DecimalDate => {
                all(self, Type::Day);
                Some(Type::Number)
            }
        }
    }
}

fn type_of(kind: &Kind) -> Option<Type> {
    match kind {
        Kind::SelectOne { .. } | Kind::Text { .. } => Some(Type::Text),
        Kind::SelectMultiple { .. } => Some(Type::Codes),
        Kind::Integer { .. } | Kind::Decimal { .. } => Some(Type::Number),
        Kind::Date { .. } => Some(Type::Day),
        Kind::Time => Some(Type::Time),
        Kind::Acknowledge => Some(Type::Truth),
        Kind::Note => None,
    }
}
