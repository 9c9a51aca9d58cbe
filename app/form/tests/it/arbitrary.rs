//! Arbitrary questionnaires that can be published, and answers to them, right and wrong.
//!
//! Everything is drawn as plain seeds first and then resolved against the questions before it, so
//! that references always point backwards and proptest can still shrink.

use form::{Answer, Answers, Choice, Constraint, Day, Definition, Expression, Kind, Operand, Operator, Question, Text};
use proptest::prelude::*;

pub(crate) const LANGUAGES: [&str; 3] = ["en", "ja-easy", "vi"];

/// An expression before its names are known.
#[derive(Debug, Clone)]
enum Seed {
    Leaf(u32, u8, i64),
    All(Vec<Seed>),
    Any(Vec<Seed>),
    Not(Box<Seed>),
}

fn seed() -> impl Strategy<Value = Seed> {
    let leaf = (any::<u32>(), any::<u8>(), -3_i64..4).prop_map(|(q, op, n)| Seed::Leaf(q, op, n));
    leaf.prop_recursive(3, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..3).prop_map(Seed::All),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Seed::Any),
            inner.prop_map(|seed| Seed::Not(Box::new(seed))),
        ]
    })
}

fn resolve(seed: &Seed, questions: &[Question]) -> Expression {
    let parts = |seeds: &[Seed]| seeds.iter().map(|seed| resolve(seed, questions)).collect();
    match seed {
        Seed::All(seeds) => Expression::All(parts(seeds)),
        Seed::Any(seeds) => Expression::Any(parts(seeds)),
        Seed::Not(seed) => Expression::Not(Box::new(resolve(seed, questions))),
        Seed::Leaf(pick, operator, number) => leaf(&questions[*pick as usize % questions.len()], *operator, *number),
    }
}

fn leaf(question: &Question, pick: u8, number: i64) -> Expression {
    use Operator::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
    let operators = [Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual];
    let operator = operators[usize::from(pick) % 6];
    let name = question.name.clone();
    let selected = |code: &str| Expression::Selected { question: name.clone(), code: code.to_owned() };
    match &question.kind {
        _ if pick >= 230 && question.may_decline => selected("_declined"),
        _ if pick >= 210 && question.may_not_know => selected("_unknown"),
        Kind::Integer { .. } => {
            Expression::Compare { left: Operand::Answer(name), operator, right: Operand::Number(number) }
        }
        Kind::Date if pick.is_multiple_of(2) => {
            Expression::Compare { left: Operand::Today, operator, right: Operand::Answer(name) }
        }
        Kind::Date => Expression::Compare { left: Operand::Answer(name), operator, right: Operand::Date(day(number)) },
        Kind::SelectOne { choices } | Kind::SelectMultiple { choices } if pick < 200 => {
            selected(&choices[usize::from(pick) % choices.len()].code)
        }
        _ => Expression::Answered { question: name },
    }
}

/// A day near the one on which the properties are tested.
pub(crate) fn day(offset: i64) -> Day {
    crate::example::today().plus_days(offset).unwrap()
}

fn text(word: &str) -> Text {
    Text::from([("en", word), ("ja-easy", "{人|ひと}の こと"), ("vi", "Việc \"làm\"")])
}

type QuestionSeed = (u8, usize, [bool; 4], u8, Option<Seed>, Option<Seed>);

fn question_seed() -> impl Strategy<Value = QuestionSeed> {
    let relevant = prop::option::weighted(0.7, seed());
    let constraint = prop::option::weighted(0.2, seed());
    (0_u8..6, 1_usize..4, any::<[bool; 4]>(), 0_u8..=3, relevant, constraint)
}

fn question(seed: QuestionSeed, earlier: &[Question]) -> Question {
    let (kind, count, [required, may_decline, may_not_know, flag], sensitivity, relevant, constraint) = seed;
    let choices = (0..count)
        .map(|index| Choice { code: format!("c{index}"), label: text("Choice"), exclusive: flag && index == 0 })
        .collect();
    let kind = match kind {
        0 => Kind::SelectOne { choices },
        1 => Kind::SelectMultiple { choices },
        2 => Kind::Integer { min: -2, max: 3, unit: flag.then(|| text("hours")) },
        3 => Kind::Integer { min: i64::MIN, max: i64::MAX, unit: None },
        4 => Kind::Text { max_bytes: 40, multiline: flag },
        _ => Kind::Date,
    };
    let mut question = Question {
        name: format!("q{}", earlier.len()),
        label: text("Label"),
        hint: flag.then(|| text("Hint")),
        kind,
        required,
        relevant: relevant.filter(|_| !earlier.is_empty()).map(|seed| resolve(&seed, earlier)),
        constraint: None,
        may_decline,
        may_not_know,
        sensitivity,
        indicator: may_decline.then(|| "debt".to_owned()),
    };
    let visible = [earlier, &[question.clone()]].concat();
    question.constraint =
        constraint.map(|seed| Constraint { expression: resolve(&seed, &visible), message: text("Not so") });
    question
}

/// A definition that can be published.
pub(crate) fn definition() -> impl Strategy<Value = Definition> {
    prop::collection::vec(question_seed(), 1..7).prop_map(|seeds| {
        let questions = seeds.into_iter().fold(Vec::new(), |mut questions, seed| {
            questions.push(question(seed, &questions));
            questions
        });
        Definition {
            format: 1,
            slug: "arbitrary".into(),
            version: "1".into(),
            languages: LANGUAGES.map(String::from).to_vec(),
            title: text("Title"),
            purpose: text("One.\n\nTwo."),
            questions,
        }
    })
}

/// Words as `read` gives them back: no control characters, nothing around them.
fn words() -> impl Strategy<Value = String> {
    "(\\PC|\n){0,30}".prop_map(|text| text.trim().to_owned())
}

type AnswerSeed = (u8, u64, i64, String);

/// An answer of the question's kind, or none, or at times something that does not belong.
fn answer(question: &Question, (pick, bits, number, words): AnswerSeed, may_be_wrong: bool) -> Option<Answer> {
    match pick {
        0..3 => return None,
        3 => return Some(Answer::Declined),
        4 => return Some(Answer::Unknown),
        5 if may_be_wrong => {
            return Some(Answer::Choices(vec!["c1".into(), "c0".into(), "?".into()]));
        }
        6 if may_be_wrong => return Some(Answer::Text(format!("{words}\0"))),
        _ => {}
    }
    let choices = question.kind.choices();
    Some(match question.kind {
        Kind::SelectOne { .. } => {
            Answer::Choice(choices[usize::try_from(bits % 64).unwrap() % choices.len()].code.clone())
        }
        Kind::SelectMultiple { .. } => Answer::Choices(
            choices
                .iter()
                .enumerate()
                .filter(|(at, _)| bits >> at & 1 == 1)
                .map(|(_, choice)| choice.code.clone())
                .collect(),
        ),
        Kind::Integer { .. } if pick == 7 => Answer::Integer(bits.cast_signed()),
        Kind::Integer { .. } => Answer::Integer(number),
        Kind::Text { multiline: true, .. } => Answer::Text(words),
        Kind::Text { .. } => Answer::Text(words.replace('\n', " ")),
        Kind::Date => Answer::Date(day(number)),
    })
}

fn answer_seeds() -> impl Strategy<Value = Vec<AnswerSeed>> {
    prop::collection::vec((0_u8..20, any::<u64>(), -3_i64..4, words()), 7)
}

/// A definition and answers to it, in the order of the questions; some may be wrong.
pub(crate) fn answered(may_be_wrong: bool) -> impl Strategy<Value = (Definition, Vec<(String, Answer)>)> {
    (definition(), answer_seeds()).prop_map(move |(definition, seeds)| {
        let answers = definition
            .questions
            .iter()
            .zip(seeds)
            .filter_map(|(question, seed)| Some((question.name.clone(), answer(question, seed, may_be_wrong)?)))
            .collect();
        (definition, answers)
    })
}

/// The same with the answers as a map.
pub(crate) fn answered_map() -> impl Strategy<Value = (Definition, Answers)> {
    answered(true).prop_map(|(definition, answers)| (definition, answers.into_iter().collect()))
}
