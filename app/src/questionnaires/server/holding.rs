//! Whether answers hold: today, or on the day on which they were given.

use form::{Answer, Answers, Day, Definition, Problem, ProblemKey, flow};

/// Earlier days on which answers are tried at most, the latest first.
const EARLIER_DAYS: usize = 64;

/// Why these are no answers to the definition; none if they held on the day on which they were given.
///
/// That day is not told by an answer. It may lie weeks back, and a question may have asked for something as of
/// "today": so answers hold if they hold today or held on an earlier day. What holds changes around days that the
/// answers or the definition name; further back than a month no other days are tried.
pub fn problems(definition: &Definition, answers: &Answers, today: Day) -> Vec<Problem> {
    let now = problems_on(definition, answers, today);
    if now.is_empty() {
        return now;
    }
    let mut earlier = earlier_days(definition, answers, today).into_iter().rev().take(EARLIER_DAYS);
    if earlier.any(|day| problems_on(definition, answers, day).is_empty()) { Vec::new() } else { now }
}

fn problems_on(definition: &Definition, answers: &Answers, day: Day) -> Vec<Problem> {
    let mut problems = form::validate_all(definition, answers, day);
    let kept = flow::prune(definition, answers, day);
    let superfluous =
        answers.iter().filter(|(name, _)| definition.question(name).is_some() && kept.get(name).is_none());
    problems.extend(superfluous.map(|(name, answer)| Problem {
        question: name.to_owned(),
        key: if answer.is_blank() { ProblemKey::WrongType } else { ProblemKey::NoSuchQuestion },
    }));
    problems
}

/// The days before today on which something may have held: those of the last month, for what is said of "today" and
/// of days from then; and those named by the answers and the definition, and next to them.
fn earlier_days(definition: &Definition, answers: &Answers, today: Day) -> Vec<Day> {
    let given = answers.iter().filter_map(|(_, answer)| match answer {
        Answer::Date(day) => Some(*day),
        _ => None,
    });
    let mut named: Vec<Day> = given.collect();
    let groups = definition.groups.iter().filter_map(|group| group.relevant.as_ref());
    let calculations = definition.calculations.iter().map(|calculation| &calculation.expression);
    groups.chain(calculations).for_each(|expression| days_in(expression, &mut named));
    for question in &definition.questions {
        let constraint = question.constraint.as_ref().map(|constraint| &constraint.expression);
        question.relevant.iter().chain(constraint).for_each(|expression| days_in(expression, &mut named));
    }
    let mut days: Vec<Day> =
        named.iter().flat_map(|day| [-1, 0, 1].map(|step| day.plus_days(step))).flatten().collect();
    days.extend((1..=31).filter_map(|back| today.plus_days(-back)));
    days.retain(|day| *day < today);
    days.sort_unstable();
    days.dedup();
    days
}

fn days_in(expression: &form::Expression, days: &mut Vec<Day>) {
    if let form::Expression::Text(text) = expression {
        // Only `date('…')` means a day, and a code never looks like one.
        days.extend(Day::parse(text));
    }
    for part in expression.parts() {
        days_in(part, days);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use form::Published;

    fn definition(questions: &str) -> Definition {
        let json = format!(
            r#"{{"format":2,"slug":"s","version":"1","languages":["en"],"title":{{"en":"T"}},"purpose":{{"en":"P"}},"questions":[{questions}]}}"#
        );
        Published::from_json(json.as_bytes()).unwrap().definition().clone()
    }

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    #[test]
    fn answer_that_held_when_it_was_given_holds_for_ever() {
        // Shown until the end of November only.
        let definition = definition(
            r#"{"name":"a","label":{"en":"A"},"kind":{"type":"date"}},
               {"name":"b","label":{"en":"B"},"kind":{"type":"date"},
                "relevant":"today() < date('2026-12-01')"}"#,
        );
        let answers: Answers = [("b", Answer::Date(day("2026-01-01")))].into_iter().collect();
        assert!(problems(&definition, &answers, day("2026-11-30")).is_empty());
        assert!(!problems_on(&definition, &answers, day("2026-12-24")).is_empty());
        assert!(problems(&definition, &answers, day("2026-12-24")).is_empty());
        let wrong: Answers = [("b", Answer::Integer(1))].into_iter().collect();
        assert!(!problems(&definition, &wrong, day("2026-12-24")).is_empty());
    }

    #[test]
    fn day_to_come_never_holds() {
        let definition = definition(
            r#"{"name":"a","label":{"en":"A"},"kind":{"type":"date"},"constraint":{"message":{"en":"M"},
                "expression":". <= today()"}}"#,
        );
        let answers = |day| [("a", Answer::Date(day))].into_iter().collect();
        assert!(problems(&definition, &answers(day("2026-11-22")), day("2026-11-22")).is_empty());
        assert!(!problems(&definition, &answers(day("2026-11-23")), day("2026-11-22")).is_empty());
    }

    #[test]
    fn hidden_and_blank_answers_are_named() {
        let definition = definition(
            r#"{"name":"a","label":{"en":"A"},"kind":{"type":"integer","min":0,"max":9}},
               {"name":"b","label":{"en":"B"},"kind":{"type":"text","max_bytes":9},"relevant":"${a} != ''"}"#,
        );
        let find = |answers: &[(&str, Answer)]| {
            let answers = answers.iter().cloned().collect();
            problems(&definition, &answers, day("2026-11-22"))
                .into_iter()
                .map(|problem| (problem.question, problem.key))
                .collect::<Vec<_>>()
        };
        assert_eq!(find(&[("b", Answer::Text("x".into()))]), [("b".to_owned(), ProblemKey::NoSuchQuestion)]);
        assert_eq!(
            find(&[("a", Answer::Integer(1)), ("b", Answer::Text(" ".into()))]),
            [("b".to_owned(), ProblemKey::WrongType)]
        );
        assert!(find(&[("a", Answer::Integer(1)), ("b", Answer::Text("x".into()))]).is_empty());
    }
}
