//! Reads expressions as they are written. Nothing is looked up here but the names of functions; publishing checks
//! the rest.
//!
//! From the weakest to the strongest: `or`; `and`; one comparison (`= != < <= > >=`, which do not chain); `+ -`;
//! `* div mod`; the sign; what stands for itself: numbers, `'words'`, `"words"`, `${name}`, `.`, `function(…)`, `(…)`.

use crate::decimal::Decimal;
use crate::expression::{Arithmetic, Expression, Function, MAX_DEPTH, Relation};
use crate::names;

/// Why a text is no expression.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParseError {
    /// Something else was expected there: the byte, from 0.
    Unexpected {
        /// The byte at which reading stopped.
        at: usize,
    },
    /// A function that is not there, or not supported.
    UnknownFunction {
        /// The byte at which its name begins.
        at: usize,
    },
    /// A function with too few or too many arguments.
    WrongArity {
        /// The byte at which its name begins.
        at: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// More bytes than [`MAX_BYTES`].
    TooLong,
}

/// The most bytes of an expression.
pub const MAX_BYTES: usize = 4000;

/// Reads an expression of at most [`MAX_BYTES`].
///
/// # Errors
/// The first place that is wrong.
pub fn parse(text: &str) -> Result<Expression, ParseError> {
    if text.len() > MAX_BYTES {
        return Err(ParseError::TooLong);
    }
    let mut parser = Parser { text, at: 0, depth: 0 };
    let expression = parser.any()?;
    parser.spaces();
    if parser.at < text.len() {
        return Err(parser.unexpected());
    }
    // Chains of signs nest without brackets, so brackets alone do not bound the tree.
    if depth(&expression) > MAX_DEPTH { Err(ParseError::TooDeep) } else { Ok(expression) }
}

fn depth(expression: &Expression) -> usize {
    1 + expression.parts().into_iter().map(depth).max().unwrap_or(0)
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    /// Brackets, functions, signs and links of chains that are open.
    depth: usize,
}

impl<'t> Parser<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn unexpected(&self) -> ParseError {
        ParseError::Unexpected { at: self.at }
    }

    fn spaces(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
    }

    /// Passes over a mark, if it comes next.
    fn mark(&mut self, mark: &str) -> bool {
        self.spaces();
        let is_next = self.rest().starts_with(mark);
        if is_next {
            self.at += mark.len();
        }
        is_next
    }

    fn demand(&mut self, mark: &str) -> Result<(), ParseError> {
        if self.mark(mark) { Ok(()) } else { Err(self.unexpected()) }
    }

    /// The word that comes next: letters, digits, `-`, `:`.
    fn word(&mut self) -> &'t str {
        self.spaces();
        let rest = self.rest();
        let end =
            rest.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | ':' | '_'))).unwrap_or(rest.len());
        rest.get(..end).unwrap_or("")
    }

    /// Passes over an operator that is a word.
    fn keyword(&mut self, keyword: &str) -> bool {
        let is_next = self.word() == keyword;
        if is_next {
            self.at += keyword.len();
        }
        is_next
    }

    /// Goes one step deeper: the depth is given back when the step is done.
    fn deeper<T>(&mut self, step: impl FnOnce(&mut Self) -> Result<T, ParseError>) -> Result<T, ParseError> {
        if self.depth >= MAX_DEPTH {
            return Err(ParseError::TooDeep);
        }
        self.depth += 1;
        let result = step(self);
        self.depth -= 1;
        result
    }

    fn any(&mut self) -> Result<Expression, ParseError> {
        self.chain("or", Self::all, Expression::Any)
    }

    fn all(&mut self) -> Result<Expression, ParseError> {
        self.chain("and", Self::comparison, Expression::All)
    }

    fn chain(
        &mut self,
        keyword: &str,
        part: fn(&mut Self) -> Result<Expression, ParseError>,
        whole: fn(Vec<Expression>) -> Expression,
    ) -> Result<Expression, ParseError> {
        let first = part(self)?;
        let mut parts = Vec::new();
        while self.keyword(keyword) {
            parts.push(part(self)?);
        }
        if parts.is_empty() {
            return Ok(first);
        }
        parts.insert(0, first);
        Ok(whole(parts))
    }

    fn comparison(&mut self) -> Result<Expression, ParseError> {
        let left = self.sum()?;
        // `ALL` has the longer symbols before those that they begin with.
        let Some(relation) = Relation::ALL.into_iter().find(|relation| self.mark(relation.symbol())) else {
            return Ok(left);
        };
        Ok(Expression::Compare(Box::new(left), relation, Box::new(self.sum()?)))
    }

    fn sum(&mut self) -> Result<Expression, ParseError> {
        self.links(Self::product, |parser| {
            [Arithmetic::Plus, Arithmetic::Minus].into_iter().find(|link| parser.mark(link.symbol()))
        })
    }

    fn product(&mut self) -> Result<Expression, ParseError> {
        self.links(Self::signed, |parser| {
            if parser.mark("*") {
                return Some(Arithmetic::Times);
            }
            [Arithmetic::Divide, Arithmetic::Modulo].into_iter().find(|link| parser.keyword(link.symbol()))
        })
    }

    /// A chain that is calculated from the left: each link nests all before it, so the chain is bounded as depth is.
    fn links(
        &mut self,
        part: fn(&mut Self) -> Result<Expression, ParseError>,
        link: fn(&mut Self) -> Option<Arithmetic>,
    ) -> Result<Expression, ParseError> {
        let mut left = part(self)?;
        let mut count = 0;
        while let Some(arithmetic) = link(self) {
            count += 1;
            if count > MAX_DEPTH {
                return Err(ParseError::TooDeep);
            }
            left = Expression::Calculate(Box::new(left), arithmetic, Box::new(part(self)?));
        }
        Ok(left)
    }

    fn signed(&mut self) -> Result<Expression, ParseError> {
        if !self.mark("-") {
            return self.primary();
        }
        self.spaces();
        // Only before digits is it the sign of a number; `-(5)` is what `print` writes for the negation of one.
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(Expression::Number(self.number()?.negated()));
        }
        Ok(Expression::Negate(Box::new(self.deeper(Self::signed)?)))
    }

    fn primary(&mut self) -> Result<Expression, ParseError> {
        self.spaces();
        let start = self.at;
        match self.rest().chars().next() {
            Some('0'..='9') => self.number().map(Expression::Number),
            Some(quote @ ('\'' | '"')) => {
                let rest = self.rest().get(1..).unwrap_or("");
                let end = rest.find(quote).ok_or(ParseError::Unexpected { at: start })?;
                self.at += end + 2;
                Ok(Expression::Text(rest.get(..end).unwrap_or("").to_owned()))
            }
            Some('$') => {
                self.demand("${")?;
                let word = self.word();
                if !names::is_name(word) {
                    return Err(self.unexpected());
                }
                self.at += word.len();
                self.demand("}")?;
                Ok(Expression::Name(word.to_owned()))
            }
            Some('.') => {
                self.at += 1;
                Ok(Expression::This)
            }
            Some('(') => {
                self.at += 1;
                let inner = self.deeper(Self::any)?;
                self.demand(")")?;
                Ok(inner)
            }
            Some('a'..='z') => self.call(),
            _ => Err(self.unexpected()),
        }
    }

    fn number(&mut self) -> Result<Decimal, ParseError> {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let number = Decimal::parse(rest.get(..end).unwrap_or("")).ok_or(self.unexpected())?;
        self.at += end;
        Ok(number)
    }

    fn call(&mut self) -> Result<Expression, ParseError> {
        let start = self.at;
        let word = self.word();
        let function = Function::ALL.iter().copied().find(|function| function.name() == word);
        let function = function.ok_or(ParseError::UnknownFunction { at: start })?;
        self.at += word.len();
        self.demand("(")?;
        let mut arguments = Vec::new();
        if !self.mark(")") {
            loop {
                arguments.push(self.deeper(Self::any)?);
                if self.mark(")") {
                    break;
                }
                self.demand(",")?;
            }
        }
        let (fewest, most) = function.arity();
        let fits = (fewest..=most).contains(&arguments.len());
        if fits { Ok(Expression::Call(function, arguments)) } else { Err(ParseError::WrongArity { at: start }) }
    }
}
