//! Arbitrary questionnaires that can be published, and answers to them, right and wrong.
//!
//! Everything is drawn as plain seeds first and then resolved against the questions before it, so that references
//! always point backwards and proptest can still shrink.

use crate::arbitrary_expression::{Draw, Type};
use crate::example::decimal;
use form::{
    Answer, Answers, Calculation, Choice, Constraint, Day, Decimal, Definition, Expression, Group, Kind, Layout,
    Precision, Question, Text, Time,
};
use proptest::prelude::*;

pub(crate) const LANGUAGES: [&str; 3] = ["en", "ja-easy", "vi"];
/// The most questions of a definition.
const MOST: usize = 7;

/// A day near the one on which the properties are tested.
pub(crate) fn day(offset: i64) -> Day {
    crate::example::today().plus_days(offset).unwrap()
}

fn text(word: &str) -> Text {
    Text::from([("en", word), ("ja-easy", "{人|ひと}の こと"), ("vi", "Việc \"làm\"")])
}

type Seeds = Vec<u16>;

#[derive(Debug, Clone)]
struct QuestionSeed {
    kind: u8,
    count: usize,
    flags: [bool; 4],
    sensitivity: u8,
    /// None, that of the question before, a new one, a new one that is a page.
    group: u8,
    relevant: Option<Seeds>,
    group_relevant: Option<Seeds>,
    constraint: Option<Seeds>,
}

fn seeds(weight: f64) -> impl Strategy<Value = Option<Seeds>> {
    prop::option::weighted(weight, prop::collection::vec(any::<u16>(), 0..24))
}

fn question_seed() -> impl Strategy<Value = QuestionSeed> {
    let plain = (0_u8..12, 1_usize..4, any::<[bool; 4]>(), 0_u8..=3, 0_u8..4);
    (plain, seeds(0.6), seeds(0.4), seeds(0.2)).prop_map(|(plain, relevant, group_relevant, constraint)| {
        let (kind, count, flags, sensitivity, group) = plain;
        QuestionSeed { kind, count, flags, sensitivity, group, relevant, group_relevant, constraint }
    })
}

fn kind(number: u8, count: usize, flag: bool) -> Kind {
    let choices = (0..count)
        .map(|index| Choice {
            code: format!("c{index}"),
            label: text("Choice"),
            exclusive: flag && index == 0,
            from: (flag && index == 1).then(|| day(-1)),
            until: (flag && index == 2).then(|| day(1)),
        })
        .collect();
    let unit = flag.then(|| text("hours"));
    match number {
        0 => Kind::SelectOne { choices, layout: [Layout::List, Layout::Minimal, Layout::Likert][count - 1] },
        1 => Kind::SelectMultiple { choices },
        2 => Kind::Integer { min: -2, max: 3, unit, is_scale: count == 1 },
        3 => Kind::Integer { min: -1_000_000_000_000, max: 1_000_000_000_000, unit, is_scale: false },
        4 => Kind::Decimal { min: decimal("-2.5"), max: decimal("3.000001"), unit },
        5 => Kind::Text { max_bytes: 40, multiline: flag },
        6 => Kind::Time,
        7 => Kind::Acknowledge,
        8 => Kind::Note,
        _ => Kind::Date { precision: [Precision::Day, Precision::MonthYear, Precision::Year][count - 1] },
    }
}

/// Questions without expressions, and their groups.
fn bare(seeds: &[QuestionSeed]) -> (Vec<Question>, Vec<Group>) {
    let (mut questions, mut groups): (Vec<Question>, Vec<Group>) = (Vec::new(), Vec::new());
    for seed in seeds {
        let [required, may_decline, may_not_know, flag] = seed.flags;
        let kind = kind(seed.kind, seed.count, flag);
        let is_answered = kind.is_answered();
        let before = questions.last().and_then(|question| question.group.clone());
        let is_new = seed.group > 1 || before.is_none();
        let group = match seed.group {
            0 => None,
            _ if !is_new => before,
            kind => {
                let name = format!("g{}", groups.len());
                let hint = flag.then(|| text("Hint"));
                groups.push(Group {
                    name: name.clone(),
                    label: text("Group"),
                    hint,
                    relevant: None,
                    is_page: kind == 3,
                });
                Some(name)
            }
        };
        questions.push(Question {
            name: format!("q{}", questions.len()),
            group,
            label: text("Label"),
            hint: flag.then(|| text("Hint")),
            kind,
            required: required && is_answered,
            relevant: None,
            constraint: None,
            may_decline: may_decline && is_answered,
            may_not_know: may_not_know && is_answered,
            sensitivity: if is_answered { seed.sensitivity } else { 0 },
            indicators: if may_decline && is_answered { vec!["debt".into(), "hours".into()] } else { Vec::new() },
        });
    }
    (questions, groups)
}

/// Calculations, what they amount to, and how many questions each looks at.
fn calculations(seeds: &[(usize, Seeds)], questions: &[Question]) -> Vec<(Calculation, Type, usize)> {
    let mut done: Vec<(Calculation, Type, usize)> = Vec::new();
    for (limit, seeds) in seeds {
        let limit = limit % (questions.len() + 1);
        let mut draw = Draw { seeds, questions: &questions[..limit], calculations: visible(&done, limit) };
        let (expression, found) = draw.any();
        let name = format!("k{}", done.len());
        done.push((Calculation { name, label: text("Result"), expression }, found, limit));
    }
    done
}

fn visible(calculations: &[(Calculation, Type, usize)], limit: usize) -> Vec<(String, Type)> {
    let early = calculations.iter().filter(|(.., own)| *own <= limit);
    early.map(|(calculation, found, _)| (calculation.name.clone(), *found)).collect()
}

fn resolve(seeds: &[QuestionSeed], calculation_seeds: &[(usize, Seeds)]) -> Definition {
    let (mut questions, mut groups) = bare(seeds);
    let calculations = calculations(calculation_seeds, &questions);
    let all = questions.clone();
    let truth = |seeds: &Seeds, limit: usize| -> Expression {
        Draw { seeds, questions: &all[..limit], calculations: visible(&calculations, limit) }.truth(3)
    };
    let first_of = |name: &str| all.iter().position(|question| question.group.as_deref() == Some(name)).unwrap();
    for group in &mut groups {
        let first = first_of(&group.name);
        group.relevant = seeds[first].group_relevant.as_ref().filter(|_| first > 0).map(|seeds| truth(seeds, first));
    }
    for (index, (question, seed)) in questions.iter_mut().zip(seeds).enumerate() {
        let page = groups.iter().find(|group| group.is_page && Some(&group.name) == question.group.as_ref());
        let limit = page.map_or(index, |page| first_of(&page.name));
        question.relevant = seed.relevant.as_ref().filter(|_| index > 0).map(|seeds| truth(seeds, limit));
        let expression = seed.constraint.as_ref().filter(|_| question.kind.is_answered());
        question.constraint =
            expression.map(|seeds| Constraint { expression: truth(seeds, index + 1), message: text("Not so") });
    }
    Definition {
        format: 2,
        slug: "arbitrary".into(),
        version: "1".into(),
        languages: LANGUAGES.map(String::from).to_vec(),
        title: text("Title"),
        purpose: text("One.\n\nTwo."),
        groups,
        questions,
        calculations: calculations.into_iter().map(|(calculation, ..)| calculation).collect(),
    }
}

/// A definition that can be published.
pub(crate) fn definition() -> impl Strategy<Value = Definition> {
    let calculations = prop::collection::vec((any::<usize>(), prop::collection::vec(any::<u16>(), 0..24)), 0..4);
    (prop::collection::vec(question_seed(), 1..=MOST), calculations)
        .prop_map(|(questions, calculations)| resolve(&questions, &calculations))
}

/// Words as `read` gives them back: no control characters, nothing around them.
fn words() -> impl Strategy<Value = String> {
    "(\\PC|\n){0,30}".prop_map(|text| text.trim().to_owned())
}

type AnswerSeed = (u8, u64, i64, String);

/// An answer that has the form of one to this kind, whether it holds or not.
pub(crate) fn any_of_kind(kind: &Kind, bits: u64, number: i64, words: String) -> Option<Answer> {
    let choices = kind.choices();
    let small = |below: u64| u8::try_from(bits % below).unwrap();
    Some(match kind {
        Kind::SelectOne { .. } => Answer::Choice(choices[usize::from(small(64)) % choices.len()].code.clone()),
        Kind::SelectMultiple { .. } => Answer::Choices(
            choices
                .iter()
                .enumerate()
                .filter(|(at, _)| bits >> at & 1 == 1)
                .map(|(_, choice)| choice.code.clone())
                .collect(),
        ),
        Kind::Integer { .. } => Answer::Integer(number),
        Kind::Decimal { .. } => Answer::Decimal(Decimal::whole(number).unwrap().divided_by(decimal("7")).unwrap()),
        Kind::Text { multiline: true, .. } => Answer::Text(words),
        Kind::Text { .. } => Answer::Text(words.replace('\n', " ")),
        Kind::Date { precision: Precision::Day } => Answer::Date(day(number)),
        Kind::Date { precision: Precision::MonthYear } => Answer::Date(Day::new(2026, small(12) + 1, 1).unwrap()),
        Kind::Date { precision: Precision::Year } => Answer::Date(Day::new(2020 + i32::from(small(12)), 1, 1).unwrap()),
        Kind::Time => Answer::Time(Time::new(small(24), small(60)).unwrap()),
        Kind::Acknowledge => Answer::Acknowledged,
        Kind::Note => return None,
    })
}

/// An answer of the question's kind, or none, or at times something that does not belong.
fn answer(question: &Question, (pick, bits, number, words): AnswerSeed, may_be_wrong: bool) -> Option<Answer> {
    match pick {
        0..3 => None,
        3 if question.kind.is_answered() => Some(Answer::Declined),
        4 if question.kind.is_answered() => Some(Answer::Unknown),
        5 if may_be_wrong => Some(Answer::Choices(vec!["c1".into(), "c0".into(), "?".into()])),
        6 if may_be_wrong => Some(Answer::Text(format!("{words}\0"))),
        7 if matches!(question.kind, Kind::Integer { .. }) => Some(Answer::Integer(bits.cast_signed())),
        _ => any_of_kind(&question.kind, bits, number, words),
    }
}

fn answer_seeds() -> impl Strategy<Value = Vec<AnswerSeed>> {
    prop::collection::vec((0_u8..20, any::<u64>(), -3_i64..4, words()), MOST)
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
