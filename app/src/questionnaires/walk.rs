//! The way through a questionnaire: which page follows, which may be shown. One set of rules for the form posts
//! and the island.

use form::{Answers, Day, Definition, Fields, Problem, ProblemKey, flow};
use serde::{Deserialize, Serialize};

/// A page of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The question of that name.
    Question(String),
    /// Check your answers.
    Check,
    /// Nothing to send: the person does not take part.
    Nothing,
}

/// Where a person may be who asks for the question of that name: there, or at the first one that needs an answer.
#[must_use]
pub fn allowed(definition: &Definition, answers: &Answers, name: &str, today: Day) -> Place {
    let needed = flow::first_unanswered_required(definition, answers, today);
    let index = definition.index_of(name);
    match (needed, index) {
        (Some(needed), Some(index)) if definition.index_of(&needed.name).is_some_and(|first| first < index) => {
            Place::Question(needed.name.clone())
        }
        (Some(needed), None) => Place::Question(needed.name.clone()),
        (_, Some(_)) if flow::shown(definition, answers, today).iter().any(|question| question.name == name) => {
            Place::Question(name.to_owned())
        }
        _ => check(definition, answers, today),
    }
}

/// Where a person may be who asks for the check page.
#[must_use]
pub fn check(definition: &Definition, answers: &Answers, today: Day) -> Place {
    if let Some(needed) = flow::first_unanswered_required(definition, answers, today) {
        return Place::Question(needed.name.clone());
    }
    // With every later question hidden there is nothing to tell: the person said no at the door.
    if definition.questions.len() > 1 && flow::shown(definition, answers, today).len() <= 1 {
        return Place::Nothing;
    }
    Place::Check
}

/// What follows an accepted answer to `name`. `before` are the answers as they were. Somebody who came from the
/// check page goes back there, but for a question that only their change brought up.
#[must_use]
pub fn after(
    definition: &Definition,
    before: &Answers,
    answers: &Answers,
    name: &str,
    change: bool,
    today: Day,
) -> Place {
    let next = flow::next_after(definition, answers, name, today);
    if !change {
        return next.map_or_else(|| check(definition, answers, today), |next| Place::Question(next.name.clone()));
    }
    let shown_before = flow::shown(definition, before, today);
    match next.filter(|next| answers.get(&next.name).is_none() && !shown_before.iter().any(|q| q.name == next.name)) {
        Some(new) => Place::Question(new.name.clone()),
        None => check(definition, answers, today),
    }
}

/// Reads what stands in a question's fields into the answers.
///
/// # Errors
/// The problem to show beside the field; the answers stay as they were.
pub fn take(
    definition: &Definition,
    answers: &Answers,
    name: &str,
    fields: &Fields,
    today: Day,
) -> Result<Answers, Problem> {
    let Some(question) = definition.question(name) else {
        return Err(Problem { question: String::new(), key: ProblemKey::NoSuchQuestion });
    };
    let answer = form::entry::read(question, fields)?;
    form::validate(question, answer.as_ref(), answers, today)?;
    let mut taken = answers.clone();
    match answer {
        Some(answer) => taken.insert(name, answer),
        None => taken.remove(name),
    };
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Answer;

    const TODAY: &str = "2026-11-22";

    fn definition() -> Definition {
        let json = include_bytes!("server/seed/working-in-japan.json");
        form::Published::from_json(json).unwrap().definition().clone()
    }

    fn answers(pairs: &[(&str, &str)]) -> Answers {
        pairs.iter().map(|(name, code)| ((*name).to_owned(), Answer::Choice((*code).to_owned()))).collect()
    }

    fn today() -> Day {
        TODAY.parse().unwrap()
    }

    #[test]
    fn nobody_passes_consent_unanswered() {
        let definition = definition();
        let none = Answers::default();
        for question in &definition.questions {
            assert_eq!(allowed(&definition, &none, &question.name, today()), Place::Question("consent".into()));
        }
        assert_eq!(check(&definition, &none, today()), Place::Question("consent".into()));
    }

    #[test]
    fn saying_no_leads_out() {
        let no = answers(&[("consent", "no")]);
        assert_eq!(after(&definition(), &Answers::default(), &no, "consent", false, today()), Place::Nothing);
        assert_eq!(allowed(&definition(), &no, "message", today()), Place::Nothing);
    }

    #[test]
    fn a_change_that_opens_a_branch_asks_it_and_another_goes_back_to_check() {
        let definition = definition();
        let before = answers(&[("consent", "yes"), ("paid_any", "no")]);
        let opened = answers(&[("consent", "yes"), ("paid_any", "yes")]);
        assert_eq!(
            after(&definition, &before, &opened, "paid_any", true, today()),
            Place::Question("paid_amount".into())
        );
        assert_eq!(after(&definition, &opened, &before, "paid_any", true, today()), Place::Check);
        assert_eq!(
            after(&definition, &before, &opened, "paid_any", false, today()),
            Place::Question("paid_amount".into())
        );
    }

    #[test]
    fn a_hidden_question_cannot_be_asked_for() {
        let hidden = answers(&[("consent", "yes"), ("paid_any", "no")]);
        assert_eq!(allowed(&definition(), &hidden, "paid_amount", today()), Place::Check);
    }

    #[test]
    fn what_cannot_be_read_changes_nothing() {
        let definition = definition();
        let yes = answers(&[("consent", "yes")]);
        let fields = vec![("answer".to_owned(), "many".to_owned())];
        let problem = take(&definition, &yes, "hours_week", &fields, today()).unwrap_err();
        assert_eq!(problem.key, ProblemKey::NotANumber);
        let fields = vec![("answer".to_owned(), "４５".to_owned())];
        let taken = take(&definition, &yes, "hours_week", &fields, today()).unwrap();
        assert_eq!(taken.get("hours_week"), Some(&Answer::Integer(45)));
    }
}
