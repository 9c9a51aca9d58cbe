//! Definitions of format 1, published before expressions were written as text: read as if they were of format 2. Their
//! bytes and hashes stay what they are.

use crate::decimal::Decimal;
use crate::expression::{Expression, Function, Relation};
use crate::fault::FaultKind;
use crate::json::Tree;

/// Whether these are the canonical bytes of a definition of format 1, as it was published then.
pub(crate) fn is_canonical(bytes: &[u8]) -> bool {
    bytes.starts_with(br#"{"format":1,"slug":"#)
}

/// Whether format 1 knew nothing of such a fault: what was published then is read as it is.
pub(crate) fn is_new(fault: FaultKind) -> bool {
    use FaultKind::{BoundTooLarge, ControlCharacter, TooComplex, TooLong};
    matches!(fault, BoundTooLarge | ControlCharacter | TooComplex | TooLong)
}

/// The tree of a definition of format 1 as one of format 2; any other as it is.
pub(crate) fn upgrade(tree: Tree) -> Tree {
    let Tree::Object(mut fields) = tree else { return tree };
    let format = fields.iter_mut().find(|(name, value)| name == "format" && *value == Tree::Number(1));
    let Some((_, format)) = format else { return Tree::Object(fields) };
    *format = Tree::Number(i64::from(crate::DEFINITION_FORMAT));
    for (name, value) in &mut fields {
        if let (true, Tree::List(questions)) = (name == "questions", value) {
            questions.iter_mut().for_each(question);
        }
    }
    Tree::Object(fields)
}

fn question(tree: &mut Tree) {
    let Tree::Object(fields) = tree else { return };
    for (name, value) in fields {
        match name.as_str() {
            "relevant" => write(value),
            "constraint" => {
                if let Tree::Object(fields) = value {
                    fields.iter_mut().filter(|(name, _)| name == "expression").for_each(|(_, value)| write(value));
                }
            }
            "indicator" => {
                "indicators".clone_into(name);
                *value = Tree::List(vec![std::mem::replace(value, Tree::Other)]);
            }
            _ => {}
        }
    }
}

/// Replaces an expression by one of today. What is none stays and is refused where expressions are read.
fn write(tree: &mut Tree) {
    if let Some(expression) = expression(tree, MAX_DEPTH) {
        *tree = Tree::Expression(expression);
    }
}

/// How deep expressions of format 1 may nest.
const MAX_DEPTH: usize = 32;

fn field<'t>(tree: &'t Tree, name: &str) -> Option<&'t Tree> {
    let Tree::Object(fields) = tree else { return None };
    fields.iter().find(|(field, _)| field == name).map(|(_, value)| value)
}

fn word(tree: &Tree, name: &str) -> Option<String> {
    if let Some(Tree::Text(text)) = field(tree, name) { Some(text.clone()) } else { None }
}

/// As a tree and not as text: texts are bounded more narrowly than expressions of format 1 were.
fn expression(tree: &Tree, depth: usize) -> Option<Expression> {
    let depth = depth.checked_sub(1)?;
    let Tree::Object(fields) = tree else { return None };
    let [(name, value)] = fields.as_slice() else { return None };
    let name_of = |field: &str| word(value, field).map(Expression::Name);
    let join = |whole: fn(Vec<Expression>) -> Expression| {
        let Tree::List(parts) = value else { return None };
        let mut parts: Vec<Expression> = parts.iter().map(|part| expression(part, depth)).collect::<Option<_>>()?;
        if parts.len() == 1 { parts.pop() } else { Some(whole(parts)) }
    };
    match name.as_str() {
        "selected" => {
            let code = Expression::Text(word(value, "code")?);
            Some(Expression::Call(Function::Selected, vec![name_of("question")?, code]))
        }
        "answered" => {
            let nothing = Expression::Text(String::new());
            Some(Expression::Compare(Box::new(name_of("question")?), Relation::NotEqual, Box::new(nothing)))
        }
        "compare" => {
            let relation = match word(value, "operator")?.as_str() {
                "equal" => Relation::Equal,
                "not_equal" => Relation::NotEqual,
                "less" => Relation::Less,
                "less_or_equal" => Relation::LessOrEqual,
                "greater" => Relation::Greater,
                "greater_or_equal" => Relation::GreaterOrEqual,
                _ => return None,
            };
            let side = |name: &str| operand(field(value, name)?).map(Box::new);
            Some(Expression::Compare(side("left")?, relation, side("right")?))
        }
        "all" => join(Expression::All),
        "any" => join(Expression::Any),
        "not" => Some(Expression::Call(Function::Not, vec![expression(value, depth)?])),
        _ => None,
    }
}

fn operand(tree: &Tree) -> Option<Expression> {
    if *tree == Tree::Text("today".to_owned()) {
        return Some(Expression::Call(Function::Today, Vec::new()));
    }
    let Tree::Object(fields) = tree else { return None };
    let [(name, value)] = fields.as_slice() else { return None };
    match (name.as_str(), value) {
        ("answer", Tree::Text(name)) => Some(Expression::Name(name.clone())),
        // What is no decimal number is beyond every answer.
        ("number", Tree::Number(number)) => {
            let beyond = if *number < 0 { Decimal::MIN } else { Decimal::MAX };
            Some(Expression::Number(Decimal::whole(*number).unwrap_or(beyond)))
        }
        ("date", Tree::Text(day)) => Some(Expression::Call(Function::Date, vec![Expression::Text(day.clone())])),
        _ => None,
    }
}
