//! Writes expressions in one way only: the canonical bytes of a definition hold them so. Reading what was written
//! gives the same tree (`tests/it/language.rs`).

use crate::expression::Expression;
use std::fmt;

/// How strongly an expression holds together, from the weakest.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Strength {
    Any,
    All,
    Compare,
    Sum,
    Product,
    Sign,
    Primary,
}

fn strength(expression: &Expression) -> Strength {
    use crate::expression::Arithmetic::{Divide, Minus, Modulo, Plus, Times};
    match expression {
        Expression::Any(_) => Strength::Any,
        Expression::All(_) => Strength::All,
        Expression::Compare(..) => Strength::Compare,
        Expression::Calculate(_, Plus | Minus, _) => Strength::Sum,
        Expression::Calculate(_, Times | Divide | Modulo, _) => Strength::Product,
        Expression::Negate(_) => Strength::Sign,
        Expression::Number(number) if *number < crate::decimal::Decimal::ZERO => Strength::Sign,
        _ => Strength::Primary,
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        write(self, &mut text);
        f.write_str(&text)
    }
}

/// Writes an expression, in brackets if it holds together less strongly than its place needs.
fn write_in(expression: &Expression, needed: Strength, text: &mut String) {
    if strength(expression) < needed {
        text.push('(');
        write(expression, text);
        text.push(')');
    } else {
        write(expression, text);
    }
}

fn write(expression: &Expression, text: &mut String) {
    match expression {
        Expression::Number(number) => text.push_str(&String::from(*number)),
        Expression::Text(words) => {
            let quote = if words.contains('\'') { '"' } else { '\'' };
            text.push(quote);
            text.push_str(words);
            text.push(quote);
        }
        Expression::Name(name) => text.extend(["${", name, "}"]),
        Expression::This => text.push('.'),
        Expression::All(parts) => write_chain(parts, " and ", Strength::Compare, text),
        Expression::Any(parts) => write_chain(parts, " or ", Strength::All, text),
        Expression::Compare(left, relation, right) => {
            write_pair(left, relation.symbol(), right, [Strength::Sum, Strength::Sum], text);
        }
        Expression::Calculate(left, arithmetic, right) => {
            // From the left: what stands on the right must hold together more strongly.
            let own = strength(expression);
            let right_needs = if own == Strength::Sum { Strength::Product } else { Strength::Sign };
            write_pair(left, arithmetic.symbol(), right, [own, right_needs], text);
        }
        Expression::Negate(part) => {
            text.push('-');
            // `-5` is read as a number: the sign of a number stands before brackets.
            let needed = if matches!(**part, Expression::Number(_)) { None } else { Some(Strength::Sign) };
            match needed {
                Some(needed) => write_in(part, needed, text),
                None => {
                    text.push('(');
                    write(part, text);
                    text.push(')');
                }
            }
        }
        Expression::Call(function, arguments) => {
            text.push_str(function.name());
            text.push('(');
            write_chain(arguments, ", ", Strength::Any, text);
            text.push(')');
        }
    }
}

fn write_chain(parts: &[Expression], between: &str, needed: Strength, text: &mut String) {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            text.push_str(between);
        }
        write_in(part, needed, text);
    }
}

fn write_pair(left: &Expression, symbol: &str, right: &Expression, needed: [Strength; 2], text: &mut String) {
    write_in(left, needed[0], text);
    text.extend([" ", symbol, " "]);
    write_in(right, needed[1], text);
}
