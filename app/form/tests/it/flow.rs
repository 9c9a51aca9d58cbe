//! Branching on the example: consent → hours → limits → name_it; arrived and message always.

use crate::example::{answers, definition, today};
use form::flow::{first, first_unanswered_required, next_after, previous_before, prune, shown};

fn names(json: &str) -> String {
    let definition = definition();
    let shown = shown(&definition, &answers(json), today());
    shown.iter().map(|question| question.name.as_str()).collect::<Vec<_>>().join(" ")
}

const LONG: &str =
    r#"{"consent":{"choice":"yes"},"hours":{"integer":60},"limits":{"choices":["curfew"]},"name_it":{"text":"x"}}"#;

#[test]
fn answers_open_branches() {
    assert_eq!(names("{}"), "consent arrived message");
    assert_eq!(names(r#"{"consent":{"choice":"yes"}}"#), "consent hours arrived message");
    assert_eq!(names(r#"{"consent":{"choice":"yes"},"hours":{"integer":40}}"#), "consent hours arrived message");
    assert_eq!(names(r#"{"consent":{"choice":"yes"},"hours":"unknown"}"#), "consent hours arrived message");
    assert_eq!(names(LONG), "consent hours limits arrived name_it message");
}

#[test]
fn a_hidden_question_hides_what_hangs_on_it() {
    let changed = LONG.replacen("yes", "no", 1);
    assert_eq!(names(&changed), "consent arrived message");
    let kept = prune(&definition(), &answers(&changed), today());
    assert_eq!(kept, answers(r#"{"consent":{"choice":"no"}}"#));
    assert_eq!(prune(&definition(), &answers(LONG), today()), answers(LONG), "and choosing again brings all back");
}

#[test]
fn blank_answers_and_unknown_names_are_pruned() {
    let given =
        answers(r#"{"consent":{"choice":"yes"},"limits":{"choices":[]},"message":{"text":" "},"nobody":"unknown"}"#);
    assert_eq!(prune(&definition(), &given, today()), answers(r#"{"consent":{"choice":"yes"}}"#));
}

#[test]
fn next_and_previous_pass_over_hidden_questions() {
    let definition = definition();
    let given = answers(r#"{"consent":{"choice":"yes"}}"#);
    let next = |name| next_after(&definition, &given, name, today()).map(|question| question.name.as_str());
    let previous = |name| previous_before(&definition, &given, name, today()).map(|question| question.name.as_str());
    assert_eq!(first(&definition).map(|question| question.name.as_str()), Some("consent"));
    assert_eq!((next("consent"), next("hours"), next("message")), (Some("hours"), Some("arrived"), None));
    assert_eq!((previous("arrived"), previous("consent")), (Some("hours"), None));
    assert_eq!((next("limits"), previous("limits")), (Some("arrived"), Some("hours")), "hidden itself");
    assert_eq!((next("nobody"), previous("nobody")), (None, None));
}

#[test]
fn a_required_question_holds_back_what_follows() {
    let definition = definition();
    let gate = |json: &str| {
        first_unanswered_required(&definition, &answers(json), today()).map(|question| question.name.clone())
    };
    assert_eq!(gate("{}").as_deref(), Some("consent"));
    assert_eq!(gate(r#"{"consent":{"choice":"forged"}}"#).as_deref(), Some("consent"));
    assert_eq!(gate(r#"{"consent":"declined"}"#).as_deref(), Some("consent"), "not offered");
    assert_eq!(gate(r#"{"consent":{"choice":"no"}}"#), None);
}
