//! Arbitrary expressions: trees that can be written ([`tree`]), and expressions whose names and types hold ([`Draw`]).

use crate::arbitrary::day;
use form::{Arithmetic, Decimal, Expression, Function, Kind, Question, Relation};
use proptest::prelude::*;

/// A tree that can be written, whatever it means.
pub(crate) fn tree() -> impl Strategy<Value = Expression> {
    let leaf = prop_oneof![
        number().prop_map(Expression::Number),
        // A text with both kinds of quotes cannot be written.
        prop_oneof!["[^']{0,8}", "[^\"]{0,8}"].prop_map(Expression::Text),
        "[a-z][a-z0-9_]{0,39}".prop_map(Expression::Name),
        Just(Expression::This),
    ];
    leaf.prop_recursive(6, 40, 4, |inner| {
        let pair = (inner.clone().prop_map(Box::new), inner.clone().prop_map(Box::new));
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..5).prop_map(Expression::All),
            prop::collection::vec(inner.clone(), 2..5).prop_map(Expression::Any),
            (pair.clone(), prop::sample::select(&Relation::ALL[..]))
                .prop_map(|((left, right), relation)| Expression::Compare(left, relation, right)),
            (pair, prop::sample::select(LINKS))
                .prop_map(|((left, right), link)| Expression::Calculate(left, link, right)),
            inner.clone().prop_map(|part| Expression::Negate(Box::new(part))),
            (prop::sample::select(Function::ALL), prop::collection::vec(inner, 4))
                .prop_map(|(function, parts)| call(function, parts)),
        ]
    })
    .prop_filter("longer than what is read", |tree| tree.to_string().len() <= 1_200)
}

const LINKS: &[Arithmetic] =
    &[Arithmetic::Plus, Arithmetic::Minus, Arithmetic::Times, Arithmetic::Divide, Arithmetic::Modulo];

/// A call with as many of these arguments as the function takes.
fn call(function: Function, parts: Vec<Expression>) -> Expression {
    let count = (0..=parts.len()).rev().find(|count| {
        let text = format!("{}({})", function.name(), vec!["."; *count].join(", "));
        form::parse::parse(&text).is_ok()
    });
    Expression::Call(function, parts.into_iter().take(count.unwrap()).collect())
}

fn number() -> impl Strategy<Value = Decimal> {
    prop_oneof![
        (-20_i64..20).prop_map(|number| Decimal::whole(number).unwrap()),
        "-?(0|[1-9][0-9]{0,11})\\.[0-9]{0,5}[1-9]".prop_map(|text| Decimal::parse(&text).unwrap()),
        Just(Decimal::MAX),
        Just(Decimal::MIN),
    ]
}

/// An expression as it is written, and the same with other spaces and with brackets around it.
pub(crate) fn printed() -> impl Strategy<Value = (String, String)> {
    (tree(), "[ \t\r\n]{1,3}", 0_usize..3).prop_map(|(tree, space, brackets)| {
        let text = tree.to_string();
        let mut quote = None;
        let mut noisy = "(".repeat(brackets);
        for c in text.chars() {
            match (c, quote) {
                (' ', None) => noisy.push_str(&space),
                ('\'' | '"', None) => quote = Some(c),
                (_, Some(open)) if open == c => quote = None,
                _ => {}
            }
            if c != ' ' || quote.is_some() {
                noisy.push(c);
            }
        }
        (text, noisy + &")".repeat(brackets))
    })
}

/// What a calculation amounts to, as far as the expressions here need to know.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Type {
    Truth,
    Number,
    Words,
    Day,
}

/// Resolves a list of numbers into an expression of a certain type. Where they end, the simplest follows, so proptest
/// shrinks expressions by shrinking the list.
pub(crate) struct Draw<'d> {
    pub(crate) seeds: &'d [u16],
    /// Questions that may be looked at.
    pub(crate) questions: &'d [Question],
    /// Calculations that may be looked at.
    pub(crate) calculations: Vec<(String, Type)>,
}

impl Draw<'_> {
    fn next(&mut self, below: usize) -> usize {
        let Some((first, rest)) = self.seeds.split_first() else { return 0 };
        self.seeds = rest;
        usize::from(*first) % below
    }

    /// One of the names of questions of such a kind, or of calculations of such a type.
    fn name(&mut self, is_such: fn(&Kind) -> bool, of: Type) -> Option<Expression> {
        let questions = self.questions.iter().filter(|question| is_such(&question.kind)).map(|question| &question.name);
        let calculations = self.calculations.iter().filter(|(_, found)| *found == of).map(|(name, _)| name);
        let names: Vec<String> = questions.chain(calculations).cloned().collect();
        (!names.is_empty()).then(|| Expression::Name(names[self.next(names.len())].clone()))
    }

    fn question(&mut self, is_such: fn(&Question) -> bool) -> Option<Question> {
        let such: Vec<&Question> = self.questions.iter().filter(|question| is_such(question)).collect();
        if such.is_empty() { None } else { Some(such[self.next(such.len())].clone()) }
    }

    fn number(&mut self, levels: usize) -> Expression {
        let literal = |draw: &mut Self| {
            let quarters = i64::try_from(draw.next(24)).unwrap() - 12;
            Expression::Number(Decimal::whole(quarters).unwrap().divided_by(Decimal::whole(4).unwrap()).unwrap())
        };
        let pick = self.next(if levels == 0 { 2 } else { 10 });
        let named = |draw: &mut Self| {
            draw.name(|kind| matches!(kind, Kind::Integer { .. } | Kind::Decimal { .. }), Type::Number)
        };
        match pick {
            0 => literal(self),
            1 => named(self).unwrap_or_else(|| literal(self)),
            2 => Expression::Negate(Box::new(self.number(levels - 1))),
            3..=5 => {
                let link = LINKS[self.next(5)];
                Expression::Calculate(Box::new(self.number(levels - 1)), link, Box::new(self.number(levels - 1)))
            }
            6 => {
                let days = Expression::Calculate(
                    Box::new(self.day(levels - 1)),
                    Arithmetic::Minus,
                    Box::new(self.day(levels - 1)),
                );
                if self.next(2) == 0 {
                    days
                } else {
                    Expression::Call(Function::DecimalDate, vec![self.day(levels - 1)])
                }
            }
            7 => {
                let functions = [
                    Function::Sum,
                    Function::Min,
                    Function::Max,
                    Function::Round,
                    Function::Int,
                    Function::Floor,
                    Function::Ceiling,
                ];
                let function = functions[self.next(functions.len())];
                let count = if matches!(function, Function::Sum | Function::Min | Function::Max) { 2 } else { 1 };
                Expression::Call(function, (0..count).map(|_| self.number(levels - 1)).collect())
            }
            8 => match self.name(|kind| matches!(kind, Kind::SelectMultiple { .. }), Type::Number) {
                Some(Expression::Name(name)) if name.starts_with('q') => {
                    Expression::Call(Function::CountSelected, vec![Expression::Name(name)])
                }
                _ => Expression::Call(Function::StringLength, vec![self.words(levels - 1)]),
            },
            _ => Expression::Call(
                Function::If,
                vec![self.truth(levels - 1), self.number(levels - 1), self.number(levels - 1)],
            ),
        }
    }

    fn day(&mut self, levels: usize) -> Expression {
        let pick = self.next(if levels == 0 { 3 } else { 4 });
        match pick {
            0 => Expression::Call(Function::Today, Vec::new()),
            1 => Expression::Call(
                Function::Date,
                vec![Expression::Text(day(i64::try_from(self.next(7)).unwrap() - 3).to_string())],
            ),
            2 => self
                .name(|kind| matches!(kind, Kind::Date { .. }), Type::Day)
                .unwrap_or_else(|| Expression::Call(Function::Today, Vec::new())),
            _ => Expression::Calculate(
                Box::new(self.day(levels - 1)),
                Arithmetic::Plus,
                Box::new(self.number(levels - 1)),
            ),
        }
    }

    fn words(&mut self, levels: usize) -> Expression {
        let pick = self.next(if levels == 0 { 2 } else { 5 });
        match pick {
            0 => Expression::Text(["", "x", "c0", "it's", "日本"][self.next(5)].to_owned()),
            1 => self
                .name(|kind| matches!(kind, Kind::Text { .. } | Kind::SelectOne { .. }), Type::Words)
                .unwrap_or_else(|| Expression::Text("y".to_owned())),
            2 => Expression::Call(Function::Concat, vec![self.words(levels - 1), self.words(levels - 1)]),
            3 => Expression::Call(Function::String, vec![self.number(levels - 1)]),
            _ => Expression::Call(Function::Substr, vec![self.words(levels - 1), self.number(levels - 1)]),
        }
    }

    /// A condition.
    pub(crate) fn truth(&mut self, levels: usize) -> Expression {
        let always = || Expression::Call(Function::True, Vec::new());
        let pick = self.next(if levels == 0 { 4 } else { 12 });
        let relation = Relation::ALL[self.next(6)];
        match pick {
            0 => always(),
            1 => self.presence(relation).unwrap_or_else(always),
            2 => self.selected().unwrap_or_else(always),
            3 => self.name(|kind| matches!(kind, Kind::Acknowledge), Type::Truth).unwrap_or_else(always),
            4 | 5 => {
                Expression::Compare(Box::new(self.number(levels - 1)), relation, Box::new(self.number(levels - 1)))
            }
            6 => Expression::Compare(Box::new(self.day(levels - 1)), relation, Box::new(self.day(levels - 1))),
            7 => {
                let functions = [Function::Contains, Function::StartsWith, Function::EndsWith];
                Expression::Call(functions[self.next(3)], vec![self.words(levels - 1), self.words(levels - 1)])
            }
            8 => Expression::All((0..self.next(2) + 2).map(|_| self.truth(levels - 1)).collect()),
            9 => Expression::Any((0..self.next(2) + 2).map(|_| self.truth(levels - 1)).collect()),
            10 => Expression::Call(
                Function::If,
                vec![self.truth(levels - 1), self.truth(levels - 1), self.truth(levels - 1)],
            ),
            _ => Expression::Call(Function::Not, vec![self.truth(levels - 1)]),
        }
    }

    fn presence(&mut self, relation: Relation) -> Option<Expression> {
        let name = Expression::Name(self.question(|question| question.kind.is_answered())?.name);
        let relation = if relation == Relation::Equal { Relation::Equal } else { Relation::NotEqual };
        Some(Expression::Compare(Box::new(name), relation, Box::new(Expression::Text(String::new()))))
    }

    fn selected(&mut self) -> Option<Expression> {
        let question =
            self.question(|question| question.kind.is_select() || question.may_decline || question.may_not_know)?;
        let mut codes: Vec<&str> = question.kind.choices().iter().map(|choice| choice.code.as_str()).collect();
        codes.extend(question.may_decline.then_some("_declined"));
        codes.extend(question.may_not_know.then_some("_unknown"));
        let code = codes[self.next(codes.len())].to_owned();
        let name = Expression::Name(question.name.clone());
        let is_plain = matches!(question.kind, Kind::SelectOne { .. }) && !code.starts_with('_');
        if is_plain && self.next(2) == 1 {
            return Some(Expression::Compare(Box::new(name), Relation::Equal, Box::new(Expression::Text(code))));
        }
        Some(Expression::Call(Function::Selected, vec![name, Expression::Text(code)]))
    }

    /// A value of any type, and which.
    pub(crate) fn any(&mut self) -> (Expression, Type) {
        match self.next(4) {
            0 => (self.number(3), Type::Number),
            1 => (self.truth(3), Type::Truth),
            2 => (self.words(3), Type::Words),
            _ => (self.day(3), Type::Day),
        }
    }
}
