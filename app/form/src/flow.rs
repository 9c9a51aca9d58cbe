//! Which questions are shown, in what order.
//!
//! One rule: **a question is shown if and only if its `relevant` holds given the answers of earlier
//! shown questions; the answers of hidden questions are dropped.** So changing an early answer hides
//! whole branches at once, and what was said there neither counts nor travels. The answers
//! themselves stay with the caller until it prunes: going back and choosing again brings a branch
//! back as it was.

use crate::answer::{Answer, Answers};
use crate::day::Day;
use crate::definition::{Definition, Question};
use crate::validate::validate;

/// A shown question, where it stands in the definition, and its answer unless blank.
struct Step<'d, 'a> {
    index: usize,
    question: &'d Question,
    answer: Option<&'a Answer>,
}

fn walk<'d, 'a>(definition: &'d Definition, answers: &'a Answers, today: Day) -> Vec<Step<'d, 'a>> {
    let mut steps: Vec<Step<'d, 'a>> = Vec::new();
    for (index, question) in definition.questions.iter().enumerate() {
        let find = |name: &str| steps.iter().find(|step| step.question.name == name).and_then(|step| step.answer);
        if question.relevant.as_ref().is_none_or(|relevant| relevant.holds_with(&find, today)) {
            let answer = answers.get(&question.name).filter(|answer| !answer.is_blank());
            steps.push(Step { index, question, answer });
        }
    }
    steps
}

/// The questions that are shown, in order.
pub fn shown<'d>(definition: &'d Definition, answers: &Answers, today: Day) -> Vec<&'d Question> {
    walk(definition, answers, today).into_iter().map(|step| step.question).collect()
}

/// The first shown question after the one of that name, which may itself be hidden. Nothing after
/// the last, or if there is no question of that name.
pub fn next_after<'d>(definition: &'d Definition, answers: &Answers, name: &str, today: Day) -> Option<&'d Question> {
    let from = definition.index_of(name)?;
    walk(definition, answers, today).into_iter().find(|step| step.index > from).map(|step| step.question)
}

/// The last shown question before the one of that name, which may itself be hidden. Nothing before
/// the first, or if there is no question of that name.
pub fn previous_before<'d>(
    definition: &'d Definition,
    answers: &Answers,
    name: &str,
    today: Day,
) -> Option<&'d Question> {
    let from = definition.index_of(name)?;
    walk(definition, answers, today).into_iter().rev().find(|step| step.index < from).map(|step| step.question)
}

/// The question with which it begins. Publishing makes sure that it has no `relevant`, so it does
/// not depend on answers or on the day.
pub fn first(definition: &Definition) -> Option<&Question> {
    definition.questions.first()
}

/// The answers without those of hidden questions, of unknown names, and blank ones. Pruning twice
/// changes nothing.
pub fn prune(definition: &Definition, answers: &Answers, today: Day) -> Answers {
    walk(definition, answers, today)
        .into_iter()
        .filter_map(|step| Some((step.question.name.clone(), step.answer?.clone())))
        .collect()
}

/// The first shown question that is required and has no answer that holds. Pages after it must not
/// be shown yet.
pub fn first_unanswered_required<'d>(
    definition: &'d Definition,
    answers: &Answers,
    today: Day,
) -> Option<&'d Question> {
    let kept = prune(definition, answers, today);
    walk(definition, answers, today)
        .into_iter()
        .find(|step| step.question.required && validate(step.question, step.answer, &kept, today).is_err())
        .map(|step| step.question)
}
