//! Which questions are shown, in what order, and on which pages.
//!
//! One rule: **a question is shown if and only if its group's `relevant` and its own hold given the answers of earlier
//! shown questions; the answers of hidden questions are dropped.** So changing an early answer hides whole branches at
//! once, and what was said there neither counts nor travels. The answers themselves stay with the caller until it
//! prunes: going back and choosing again brings a branch back as it was.

use crate::answer::{Answer, Answers};
use crate::day::Day;
use crate::definition::{Definition, Group, Question};
use crate::evaluate::Scope;
use crate::expression::Expression;
use crate::validate::validate;

/// A shown question, and its answer unless blank.
struct Step<'d, 'a> {
    question: &'d Question,
    answer: Option<&'a Answer>,
}

fn walk<'d, 'a>(definition: &'d Definition, answers: &'a Answers, today: Day) -> Vec<Step<'d, 'a>> {
    let mut steps: Vec<Step<'d, 'a>> = Vec::new();
    for question in &definition.questions {
        let find = |name: &str| steps.iter().find(|step| step.question.name == name).and_then(|step| step.answer);
        let scope = Scope { find: &find, definition, this: None, today };
        let holds = |relevant: &Expression| relevant.evaluate(&scope).is_true();
        let group = definition.group_of(question).and_then(|group| group.relevant.as_ref());
        if group.is_none_or(holds) && question.relevant.as_ref().is_none_or(holds) {
            let answer = answers.get(&question.name).filter(|answer| !answer.is_blank() && question.kind.is_answered());
            steps.push(Step { question, answer });
        }
    }
    steps
}

/// What is shown together: one question, or those of a group that is a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<'d> {
    /// How it is called in addresses: the question's name, or the group's.
    pub name: &'d str,
    /// The section that it belongs to, or is.
    pub group: Option<&'d Group>,
    /// Its questions that are shown; at least one.
    pub questions: Vec<&'d Question>,
}

impl Page<'_> {
    /// Whether it is a group with all its questions, also where but one of them is shown.
    pub fn is_list(&self) -> bool {
        self.group.is_some_and(|group| group.is_page)
    }
}

/// The name of the page on which a question stands.
pub fn page_name<'d>(definition: &'d Definition, question: &'d Question) -> &'d str {
    definition.group_of(question).filter(|group| group.is_page).map_or(&question.name, |group| &group.name)
}

/// The pages that are shown, in order.
pub fn pages<'d>(definition: &'d Definition, answers: &Answers, today: Day) -> Vec<Page<'d>> {
    let mut pages: Vec<Page<'d>> = Vec::new();
    for Step { question, .. } in walk(definition, answers, today) {
        let name = page_name(definition, question);
        match pages.last_mut() {
            Some(page) if page.name == name => page.questions.push(question),
            _ => pages.push(Page { name, group: definition.group_of(question), questions: vec![question] }),
        }
    }
    pages
}

/// The questions that are shown, in order.
pub fn shown<'d>(definition: &'d Definition, answers: &Answers, today: Day) -> Vec<&'d Question> {
    walk(definition, answers, today).into_iter().map(|step| step.question).collect()
}

/// Where a page begins in the definition, whether it is shown or not. A question of a page of several is found by its
/// own name too. Nothing if there is no page of that name.
pub fn place_of(definition: &Definition, name: &str) -> Option<usize> {
    definition.questions.iter().position(|question| {
        question.name == name || definition.group_of(question).is_some_and(|group| group.is_page && group.name == name)
    })
}

/// The first shown page after the one of that name, which may itself be hidden. Nothing after the last, or if there is
/// no page of that name.
pub fn next_after<'d>(definition: &'d Definition, answers: &Answers, name: &str, today: Day) -> Option<Page<'d>> {
    let from = place_of(definition, name)?;
    let own = definition.questions.get(from).map(|question| page_name(definition, question));
    let is_later = |page: &Page<'d>| {
        Some(page.name) != own && page.questions.first().and_then(|first| definition.index_of(&first.name)) > Some(from)
    };
    pages(definition, answers, today).into_iter().find(is_later)
}

/// The last shown page before the one of that name, which may itself be hidden. Nothing before the first, or if there
/// is no page of that name.
pub fn previous_before<'d>(definition: &'d Definition, answers: &Answers, name: &str, today: Day) -> Option<Page<'d>> {
    let from = place_of(definition, name)?;
    let own = definition.questions.get(from).map(|question| page_name(definition, question));
    let is_earlier = |page: &Page<'d>| {
        let place = page.questions.first().and_then(|first| definition.index_of(&first.name));
        Some(page.name) != own && place.is_some_and(|place| place < from)
    };
    pages(definition, answers, today).into_iter().rev().find(is_earlier)
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
        .find(|step| step.question.required && validate(definition, step.question, step.answer, &kept, today).is_err())
        .map(|step| step.question)
}
