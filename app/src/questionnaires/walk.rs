//! The way through a questionnaire: which page follows, which may be shown. One set of rules for the form posts
//! and the island.

use form::{Answers, Day, Definition, Fields, Problem, ProblemKey, entry, flow};
use serde::{Deserialize, Serialize};

/// A page of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// The page of that name: a question, or a group whose questions stand together.
    Question(String),
    /// Check your answers.
    Check,
    /// Nothing to send: the person does not take part.
    Nothing,
}

/// The page on which a question stands.
fn page_of(definition: &Definition, question: &form::Question) -> Place {
    Place::Question(flow::page_name(definition, question).to_owned())
}

/// Where a person may be who asks for the page of that name: there, or at the first question that needs an answer.
#[must_use]
pub fn allowed(definition: &Definition, answers: &Answers, name: &str, today: Day) -> Place {
    let needed = flow::first_unanswered_required(definition, answers, today);
    let place = flow::place_of(definition, name);
    if let Some(needed) = needed
        && place.is_none_or(|place| definition.index_of(&needed.name).is_some_and(|first| first < place))
    {
        return page_of(definition, needed);
    }
    let wanted = place.and_then(|place| definition.questions.get(place));
    let wanted = wanted.map(|question| flow::page_name(definition, question));
    match flow::pages(definition, answers, today).into_iter().find(|page| Some(page.name) == wanted) {
        Some(page) => Place::Question(page.name.to_owned()),
        None => check(definition, answers, today),
    }
}

/// Where a person may be who asks for the check page.
#[must_use]
pub fn check(definition: &Definition, answers: &Answers, today: Day) -> Place {
    if let Some(needed) = flow::first_unanswered_required(definition, answers, today) {
        return page_of(definition, needed);
    }
    // With every later question hidden there is nothing to tell: the person said no at the door.
    if definition.questions.len() > 1 && flow::shown(definition, answers, today).len() <= 1 {
        return Place::Nothing;
    }
    Place::Check
}

/// What follows an accepted page. `before` are the answers as they were. Somebody who came from the check page goes
/// back there, but for a page that only their change brought up.
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
        return next.map_or_else(|| check(definition, answers, today), |next| Place::Question(next.name.to_owned()));
    }
    let shown_before = flow::shown(definition, before, today);
    let is_new = |question: &&form::Question| {
        answers.get(&question.name).is_none() && !shown_before.iter().any(|before| before.name == question.name)
    };
    match next.filter(|next| next.questions.iter().any(is_new)) {
        Some(new) => Place::Question(new.name.to_owned()),
        None => check(definition, answers, today),
    }
}

/// Reads what stands in a page's fields into the answers.
///
/// # Errors
/// The problems to show beside the fields; the answers stay as they were.
pub fn take(
    definition: &Definition,
    answers: &Answers,
    name: &str,
    fields: &Fields,
    today: Day,
) -> Result<Answers, Vec<Problem>> {
    let pages = flow::pages(definition, answers, today);
    let page = pages.into_iter().find(|page| page.name == name);
    let Some(page) = page else {
        return Err(vec![Problem { question: String::new(), key: ProblemKey::NoSuchQuestion }]);
    };
    let (mut taken, mut problems) = (answers.clone(), Vec::new());
    for question in &page.questions {
        let own = entry::own_fields(&entry::prefix(question, page.is_list()), fields);
        let read = entry::read(question, &own).and_then(|answer| {
            form::validate(definition, question, answer.as_ref(), &taken, today)?;
            Ok(answer)
        });
        match read {
            Ok(Some(answer)) => drop(taken.insert(question.name.as_str(), answer)),
            Ok(None) => drop(taken.remove(&question.name)),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() { Ok(taken) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Answer;

    const TODAY: &str = "2026-11-22";

    fn definition() -> Definition {
        let json = include_bytes!("../../../server/tests/it/questionnaires/short.json");
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
        let problems = take(&definition, &yes, "hours_week", &fields, today()).unwrap_err();
        assert_eq!(problems, [Problem { question: "hours_week".into(), key: ProblemKey::NotANumber }]);
        let fields = vec![("answer".to_owned(), "４５".to_owned())];
        let taken = take(&definition, &yes, "hours_week", &fields, today()).unwrap();
        assert_eq!(taken.get("hours_week"), Some(&Answer::Integer(45)));
    }
}
