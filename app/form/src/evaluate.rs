//! What an expression means. Conditions are two-valued on purpose: authors think in "yes or no", and a third value
//! would hide questions for reasons that nobody can see. The README has the rules by number.

use crate::answer::{Answer, Answers};
use crate::day::Day;
use crate::decimal::Decimal;
use crate::definition::Definition;
use crate::entry::{DECLINED, UNKNOWN};
use crate::expression::{Arithmetic, Expression, Function, MAX_DEPTH, Relation};
use crate::value::Value;
use std::cmp::Ordering;

/// How to find the answer of a question. A trait object, so that one copy of the evaluator serves the flow and the
/// constraints.
pub(crate) type Find<'f, 'a> = &'f dyn Fn(&str) -> Option<&'a Answer>;

/// What an expression looks at.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'s, 'a> {
    /// The answers of shown questions.
    pub(crate) find: Find<'s, 'a>,
    /// Where calculations are found.
    pub(crate) definition: &'s Definition,
    /// The answer that a constraint looks at.
    pub(crate) this: Option<&'a Answer>,
    pub(crate) today: Day,
}

/// The longest text that is calculated, in bytes: no answers need more, and joining text to itself must end.
const MAX_TEXT: usize = 16_000;

impl Expression {
    /// Whether it holds for these answers on this day. Leave answers of hidden questions out of `answers`
    /// ([`crate::flow::prune`]); calculations are those of `definition`.
    pub fn holds(&self, definition: &Definition, answers: &Answers, today: Day) -> bool {
        self.value(definition, answers, today).is_true()
    }

    /// What it amounts to.
    pub fn value(&self, definition: &Definition, answers: &Answers, today: Day) -> Value {
        let find = |name: &str| answers.get(name);
        self.evaluate(&Scope { find: &find, definition, this: None, today })
    }

    /// Nested deeper than [`MAX_DEPTH`] it amounts to nothing; only unpublished definitions can be.
    pub(crate) fn evaluate(&self, scope: &Scope<'_, '_>) -> Value {
        self.at(scope, MAX_DEPTH)
    }

    fn at(&self, scope: &Scope<'_, '_>, depth: usize) -> Value {
        let Some(depth) = depth.checked_sub(1) else { return Value::Nothing };
        match self {
            Expression::Number(number) => Value::Number(*number),
            Expression::Text(words) => text(words.clone()),
            Expression::This => Value::of(scope.this),
            Expression::Name(name) => match scope.definition.calculation(name) {
                Some(calculation) => calculation.expression.at(scope, depth),
                None => Value::of((scope.find)(name)),
            },
            Expression::All(parts) => Value::Truth(parts.iter().all(|part| part.at(scope, depth).is_true())),
            Expression::Any(parts) => Value::Truth(parts.iter().any(|part| part.at(scope, depth).is_true())),
            Expression::Compare(left, relation, right) => {
                let is_presence = is_empty_text(left) || is_empty_text(right);
                let compare = if is_presence { compare_with_empty } else { compare };
                Value::Truth(compare(&left.at(scope, depth), *relation, &right.at(scope, depth)))
            }
            Expression::Calculate(left, arithmetic, right) => {
                calculate(&left.at(scope, depth), *arithmetic, &right.at(scope, depth))
            }
            Expression::Negate(part) => part.at(scope, depth).number().map(Decimal::negated).into(),
            Expression::Call(function, arguments) => call(*function, arguments, scope, depth),
        }
    }
}

fn is_empty_text(expression: &Expression) -> bool {
    matches!(expression, Expression::Text(text) if text.is_empty())
}

/// `''` on a side asks whether there is a value.
fn compare_with_empty(left: &Value, relation: Relation, right: &Value) -> bool {
    let both = *left == Value::Nothing && *right == Value::Nothing;
    match relation {
        Relation::Equal => both,
        Relation::NotEqual => !both,
        _ => false,
    }
}

/// With nothing on a side every comparison is false, `!=` too.
fn compare(left: &Value, relation: Relation, right: &Value) -> bool {
    let ordering = match (left, right) {
        (Value::Number(left), Value::Number(right)) => left.cmp(right),
        (Value::Day(left), Value::Day(right)) => left.cmp(right),
        (Value::Time(left), Value::Time(right)) => left.cmp(right),
        (Value::Truth(left), Value::Truth(right)) => left.cmp(right),
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        _ => return false,
    };
    match relation {
        Relation::Equal => ordering == Ordering::Equal,
        Relation::NotEqual => ordering != Ordering::Equal,
        Relation::Less => ordering == Ordering::Less,
        Relation::LessOrEqual => ordering != Ordering::Greater,
        Relation::Greater => ordering == Ordering::Greater,
        Relation::GreaterOrEqual => ordering != Ordering::Less,
    }
}

fn calculate(left: &Value, arithmetic: Arithmetic, right: &Value) -> Value {
    match (left, arithmetic, right) {
        (Value::Number(left), _, Value::Number(right)) => match arithmetic {
            Arithmetic::Plus => left.plus(*right),
            Arithmetic::Minus => left.plus(right.negated()),
            Arithmetic::Times => left.times(*right),
            Arithmetic::Divide => left.divided_by(*right),
            Arithmetic::Modulo => left.modulo(*right),
        }
        .into(),
        (Value::Day(day), Arithmetic::Plus, Value::Number(days))
        | (Value::Number(days), Arithmetic::Plus, Value::Day(day)) => shift(*day, Some(*days)),
        (Value::Day(day), Arithmetic::Minus, Value::Number(days)) => shift(*day, Some(days.negated())),
        (Value::Day(left), Arithmetic::Minus, Value::Day(right)) => {
            Decimal::whole(left.unix_days() - right.unix_days()).into()
        }
        _ => Value::Nothing,
    }
}

fn shift(day: Day, days: Option<Decimal>) -> Value {
    days.and_then(Decimal::to_whole).and_then(|days| day.plus_days(days)).into()
}

fn call(function: Function, arguments: &[Expression], scope: &Scope<'_, '_>, depth: usize) -> Value {
    let value = |index: usize| arguments.get(index).map_or(Value::Nothing, |argument| argument.at(scope, depth));
    let number = |index: usize| value(index).number();
    let whole = |index: usize| number(index).and_then(Decimal::to_whole);
    let texts = |test: fn(&str, &str) -> bool| match (value(0), value(1)) {
        (Value::Text(text), Value::Text(part)) => Value::Truth(test(&text, &part)),
        _ => Value::Truth(false),
    };
    match function {
        Function::True => Value::Truth(true),
        Function::False => Value::Truth(false),
        Function::Not => Value::Truth(!value(0).is_true()),
        Function::If => value(if value(0).is_true() { 1 } else { 2 }),
        Function::Coalesce => match value(0) {
            Value::Nothing => value(1),
            first => first,
        },
        Function::Selected => Value::Truth(is_selected(arguments, scope)),
        Function::CountSelected => match value(0) {
            Value::Nothing => Decimal::whole(0).into(),
            Value::Codes(codes) => i64::try_from(codes.len()).ok().and_then(Decimal::whole).into(),
            _ => Decimal::whole(1).into(),
        },
        Function::SelectedAt => match (value(0), whole(1)) {
            (Value::Codes(codes), Some(at)) => {
                usize::try_from(at).ok().and_then(|at| codes.get(at).cloned()).map_or(Value::Nothing, Value::Text)
            }
            _ => Value::Nothing,
        },
        Function::CountNonEmpty => {
            let count = (0..arguments.len()).filter(|index| value(*index) != Value::Nothing).count();
            i64::try_from(count).ok().and_then(Decimal::whole).into()
        }
        Function::Number => match value(0) {
            Value::Truth(holds) => Decimal::whole(i64::from(holds)).into(),
            Value::Text(text) => Decimal::parse(text.trim()).into(),
            Value::Number(number) => Value::Number(number),
            _ => Value::Nothing,
        },
        Function::Int => number(0).map(Decimal::truncated).into(),
        Function::Floor => number(0).map(Decimal::floor).into(),
        Function::Ceiling => number(0).map(|number| number.negated().floor().negated()).into(),
        Function::Round => {
            let places =
                if arguments.len() > 1 { whole(1).and_then(|places| u32::try_from(places).ok()) } else { Some(0) };
            number(0).zip(places).map(|(number, places)| number.rounded(places)).into()
        }
        Function::Sum => fold(arguments.len(), &number, Decimal::plus),
        Function::Min => fold(arguments.len(), &number, |a, b| Some(a.min(b))),
        Function::Max => fold(arguments.len(), &number, |a, b| Some(a.max(b))),
        Function::String => text(value(0).into()),
        Function::Concat => text((0..arguments.len()).map(|index| String::from(value(index))).collect()),
        Function::Join => {
            let parts: Vec<String> =
                (1..arguments.len()).map(value).filter(|value| *value != Value::Nothing).map(String::from).collect();
            text(parts.join(value(0).text().unwrap_or("")))
        }
        Function::StringLength => {
            let count = value(0).text().map(|text| text.chars().count());
            count.and_then(|count| i64::try_from(count).ok()).and_then(Decimal::whole).into()
        }
        Function::Substr => {
            let (from, to) = (whole(1), if arguments.len() > 2 { whole(2) } else { Some(i64::MAX) });
            let (Value::Text(all), Some(from), Some(to)) = (value(0), from, to) else { return Value::Nothing };
            let place = |at: i64| usize::try_from(at.max(0)).unwrap_or(usize::MAX);
            let (from, to) = (place(from), place(to));
            text(all.chars().skip(from).take(to.saturating_sub(from)).collect())
        }
        Function::Contains => texts(|text, part| text.contains(part)),
        Function::StartsWith => texts(|text, part| text.starts_with(part)),
        Function::EndsWith => texts(|text, part| text.ends_with(part)),
        Function::BooleanFromString => Value::Truth(matches!(value(0).text(), Some("true" | "1"))),
        Function::Today => Value::Day(scope.today),
        Function::Date => value(0).text().and_then(Day::parse).into(),
        Function::DecimalDate => match value(0) {
            Value::Day(day) => Decimal::whole(day.unix_days()).into(),
            _ => Value::Nothing,
        },
    }
}

/// Over the numbers among so many arguments; nothing if there is none.
fn fold(
    count: usize,
    number: &dyn Fn(usize) -> Option<Decimal>,
    step: fn(Decimal, Decimal) -> Option<Decimal>,
) -> Value {
    let mut result = None;
    for next in (0..count).filter_map(number) {
        result = match result {
            None => Some(next),
            Some(before) => match step(before, next) {
                None => return Value::Nothing,
                after => after,
            },
        };
    }
    result.into()
}

/// No words are nothing, and so are too many.
fn text(text: String) -> Value {
    if text.is_empty() || text.len() > MAX_TEXT { Value::Nothing } else { Value::Text(text) }
}

/// Looks at the answer itself: "prefer not to say" and "I do not know" are no values, but can be asked for.
fn is_selected(arguments: &[Expression], scope: &Scope<'_, '_>) -> bool {
    let [question, Expression::Text(code)] = arguments else { return false };
    let answer = match question {
        Expression::Name(name) => (scope.find)(name),
        Expression::This => scope.this,
        _ => None,
    };
    match answer {
        Some(Answer::Choice(picked)) => picked == code,
        Some(Answer::Choices(picked)) => picked.iter().any(|picked| picked == code),
        Some(Answer::Declined) => code == DECLINED,
        Some(Answer::Unknown) => code == UNKNOWN,
        _ => false,
    }
}
