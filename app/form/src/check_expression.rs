//! The check of expressions: names, codes, types, depth.

use crate::check::Check;
use crate::definition::{Kind, Question};
use crate::entry::{DECLINED, UNKNOWN};
use crate::expression::{Expression, MAX_DEPTH, Operand};
use crate::fault::FaultKind;

/// What an operand is.
#[derive(Clone, Copy, PartialEq)]
enum Type {
    Number,
    Day,
}

impl<'d> Check<'d> {
    /// Checks an expression that may look at the questions before `limit`. As it never looks
    /// ahead, there can be no cycle.
    pub(crate) fn expression(&mut self, expression: &'d Expression, limit: usize) {
        self.nested(expression, limit, MAX_DEPTH);
    }

    fn nested(&mut self, expression: &'d Expression, limit: usize, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else {
            return self.demand(false, FaultKind::TooDeep);
        };
        match expression {
            Expression::Selected { question, code } => self.at("selected", |check| {
                if let Some(question) = check.earlier(question, limit) {
                    check.selected(question, code);
                }
            }),
            Expression::Answered { question } => self.at("answered", |check| {
                check.earlier(question, limit);
            }),
            Expression::Compare { left, right, .. } => self.at("compare", |check| {
                let left = check.operand("left", left, limit);
                let right = check.operand("right", right, limit);
                let differ = left.zip(right).is_some_and(|(left, right)| left != right);
                check.demand(!differ, FaultKind::TypeMismatch);
            }),
            Expression::All(parts) => self.at("all", |check| check.parts(parts, limit, depth)),
            Expression::Any(parts) => self.at("any", |check| check.parts(parts, limit, depth)),
            Expression::Not(part) => self.at("not", |check| check.nested(part, limit, depth)),
        }
    }

    fn parts(&mut self, parts: &'d [Expression], limit: usize, depth: usize) {
        self.demand(!parts.is_empty(), FaultKind::Empty);
        for (index, part) in parts.iter().enumerate() {
            self.at(&index.to_string(), |check| check.nested(part, limit, depth));
        }
    }

    /// The question of that name, if it may be looked at.
    fn earlier(&mut self, name: &str, limit: usize) -> Option<&'d Question> {
        let index = self.definition.index_of(name);
        self.demand(index.is_some(), FaultKind::UnknownQuestion);
        let index = index?;
        self.demand(index < limit, FaultKind::ForwardReference);
        self.definition.questions.get(index).filter(|_| index < limit)
    }

    fn selected(&mut self, question: &Question, code: &str) {
        match code {
            DECLINED => self.demand(question.may_decline, FaultKind::UnknownCode),
            UNKNOWN => self.demand(question.may_not_know, FaultKind::UnknownCode),
            _ if question.kind.is_select() => {
                let is_offered = question.kind.choices().iter().any(|choice| choice.code == code);
                self.demand(is_offered, FaultKind::UnknownCode);
            }
            _ => self.demand(false, FaultKind::TypeMismatch),
        }
    }

    /// The type of an operand, unless it has a fault of its own.
    fn operand(&mut self, step: &str, operand: &'d Operand, limit: usize) -> Option<Type> {
        match operand {
            Operand::Number(_) => Some(Type::Number),
            Operand::Date(_) | Operand::Today => Some(Type::Day),
            Operand::Answer(name) => {
                let mut found = None;
                self.at(step, |check| {
                    let Some(question) = check.earlier(name, limit) else {
                        return;
                    };
                    found = match question.kind {
                        Kind::Integer { .. } => Some(Type::Number),
                        Kind::Date => Some(Type::Day),
                        Kind::SelectOne { .. } | Kind::SelectMultiple { .. } | Kind::Text { .. } => None,
                    };
                    check.demand(found.is_some(), FaultKind::TypeMismatch);
                });
                found
            }
        }
    }
}
