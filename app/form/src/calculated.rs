//! What is worked out from answers, for those who read them: each calculation as if it were a question with an
//! answer. Nobody is asked it, and it never travels.

use crate::answer::{Answer, Answers};
use crate::check::types_of_calculations;
use crate::check_expression::Type;
use crate::day::Day;
use crate::definition::{Calculation, Definition, Question};
use crate::expression::Expression;
use crate::kind::{Choice, Kind, Layout, Precision};
use crate::text::Text;
use crate::value::Value;
use std::collections::BTreeSet;

/// The code of what holds.
pub const TRUE: &str = "true";
/// The code of what does not hold.
pub const FALSE: &str = "false";

/// The calculations of a definition as questions: a condition is a select of [`TRUE`] and [`FALSE`] (their labels are
/// empty), a number of whole numbers is one if its bounds are known, and so on. Each is as sensitive as the most
/// sensitive question that it sees; what sees words of somebody's own is as sensitive as can be.
pub fn questions(definition: &Definition) -> Vec<Question> {
    let types = types_of_calculations(definition);
    let question = |calculation: &Calculation| Question {
        name: calculation.name.clone(),
        group: None,
        label: calculation.label.clone(),
        hint: None,
        kind: kind(definition, calculation, types.get(calculation.name.as_str()).copied().flatten()),
        required: false,
        relevant: None,
        constraint: None,
        may_decline: false,
        may_not_know: false,
        sensitivity: sensitivity(definition, &calculation.expression),
        indicators: Vec::new(),
    };
    definition.calculations.iter().map(question).collect()
}

/// What the calculations amount to for these answers (pruned) on that day; none for what amounts to nothing.
pub fn answers(definition: &Definition, answers: &Answers, day: Day) -> Answers {
    let answer = |calculation: &Calculation| {
        let answer = match calculation.expression.value(definition, answers, day) {
            Value::Nothing => return None,
            Value::Truth(holds) => Answer::Choice(if holds { TRUE } else { FALSE }.to_owned()),
            Value::Number(number) => number.to_whole().map_or(Answer::Decimal(number), Answer::Integer),
            Value::Text(text) => Answer::Text(text),
            Value::Day(day) => Answer::Date(day),
            Value::Time(time) => Answer::Time(time),
            Value::Codes(codes) => Answer::Text(codes.join(" ")),
        };
        Some((calculation.name.clone(), answer))
    };
    definition.calculations.iter().filter_map(answer).collect()
}

fn kind(definition: &Definition, calculation: &Calculation, found: Option<Type>) -> Kind {
    let choice = |code: &str| Choice {
        code: code.to_owned(),
        label: Text::default(),
        exclusive: false,
        from: None,
        until: None,
    };
    match found {
        Some(Type::Truth) => Kind::SelectOne { choices: vec![choice(TRUE), choice(FALSE)], layout: Layout::List },
        Some(Type::Number) => match count_of_conditions(definition, &calculation.expression) {
            Some(max) => Kind::Integer { min: 0, max, unit: None, is_scale: false },
            None => Kind::Decimal { min: crate::Decimal::MIN, max: crate::Decimal::MAX, unit: None },
        },
        Some(Type::Day) => Kind::Date { precision: Precision::Day },
        Some(Type::Time) => Kind::Time,
        Some(Type::Text | Type::Codes) | None => Kind::Text { max_bytes: 2000, multiline: false },
    }
}

/// How many conditions are added up, if it is that and nothing else: `sum(number(…), number(…))`.
fn count_of_conditions(definition: &Definition, expression: &Expression) -> Option<i64> {
    use crate::expression::Function::{Number, Sum};
    let Expression::Call(Sum, parts) = expression else { return None };
    let types = types_of_calculations(definition);
    let is_condition = |part: &Expression| match part {
        Expression::Call(Number, inner) => match inner.as_slice() {
            [Expression::Name(name)] => types.get(name.as_str()).copied().flatten() == Some(Type::Truth),
            [Expression::All(_) | Expression::Any(_) | Expression::Compare(..)] => true,
            _ => false,
        },
        _ => false,
    };
    if parts.iter().all(is_condition) { i64::try_from(parts.len()).ok() } else { None }
}

fn sensitivity(definition: &Definition, expression: &Expression) -> u8 {
    let mut seen = BTreeSet::new();
    let mut waiting = vec![expression];
    let mut highest = 0;
    while let Some(expression) = waiting.pop() {
        if let Expression::Name(name) = expression
            && seen.insert(name.as_str())
        {
            if let Some(question) = definition.question(name) {
                let own = if matches!(question.kind, Kind::Text { .. }) { 3 } else { question.sensitivity };
                highest = highest.max(own);
            }
            waiting.extend(definition.calculation(name).map(|calculation| &calculation.expression));
        }
        waiting.extend(expression.parts());
    }
    highest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Published;

    const DEFINITION: &str = r#"{"format":2,"slug":"s","version":"1","languages":["en"],"title":{"en":"T"},"purpose":{"en":"P"},
        "questions":[
          {"name":"hours","label":{"en":"H"},"kind":{"type":"integer","min":0,"max":100},"sensitivity":2},
          {"name":"harm","label":{"en":"V"},"kind":{"type":"integer","min":0,"max":9},"sensitivity":3},
          {"name":"words","label":{"en":"W"},"kind":{"type":"text","max_bytes":90}}],
        "calculations":[
          {"name":"long","label":{"en":"Long"},"expression":"${hours} > 60"},
          {"name":"harmed","label":{"en":"Harmed"},"expression":"${harm} > 0"},
          {"name":"flags","label":{"en":"Flags"},"expression":"sum(number(${long}), number(${harmed}))"},
          {"name":"half","label":{"en":"Half"},"expression":"${hours} div 2"},
          {"name":"length","label":{"en":"Length"},"expression":"string-length(${words})"}]}"#;

    #[test]
    fn calculations_are_as_sensitive_as_what_they_see() {
        let published = Published::from_json(DEFINITION.as_bytes()).unwrap();
        let questions = questions(published.definition());
        let told: Vec<_> = questions.iter().map(|question| (question.name.as_str(), question.sensitivity)).collect();
        assert_eq!(told, [("long", 2), ("harmed", 3), ("flags", 3), ("half", 2), ("length", 3)]);
        assert_eq!(questions[0].kind.choices().len(), 2);
        assert_eq!(questions[2].kind, Kind::Integer { min: 0, max: 2, unit: None, is_scale: false });
        assert!(matches!(questions[3].kind, Kind::Decimal { .. }));
    }

    #[test]
    fn calculations_follow_the_answers() {
        let published = Published::from_json(DEFINITION.as_bytes()).unwrap();
        let day = Day::new(2026, 11, 22).unwrap();
        let given: Answers = [("hours", Answer::Integer(61))].into_iter().collect();
        let mut json = String::new();
        answers(published.definition(), &given, day).write(&mut json);
        let expected =
            r#"{"flags":{"integer":1},"half":{"decimal":"30.5"},"harmed":{"choice":"false"},"long":{"choice":"true"}}"#;
        assert_eq!(json, expected);
    }
}
