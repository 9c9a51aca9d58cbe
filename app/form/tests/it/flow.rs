//! Branching on the example: consent → hours → limits → name_it; hours → the page `shift` → warning; the rest always.

use crate::example::{answers, definition, today};
use crate::sketch;
use form::flow::{
    first, first_unanswered_required, next_after, page_name, pages, place_of, previous_before, prune, shown,
};

fn names(json: &str) -> String {
    let definition = definition();
    let shown = shown(&definition, &answers(json), today());
    shown.iter().map(|question| question.name.as_str()).collect::<Vec<_>>().join(" ")
}

const LONG: &str =
    r#"{"consent":{"choice":"yes"},"hours":{"integer":60},"limits":{"choices":["curfew"]},"name_it":{"text":"x"}}"#;

#[test]
fn answers_open_branches() {
    assert_eq!(names("{}"), "consent visa mood arrived since born message agreed");
    assert_eq!(names(r#"{"consent":{"choice":"yes"}}"#), "consent visa hours mood arrived since born message agreed");
    assert_eq!(
        names(r#"{"consent":{"choice":"yes"},"hours":{"integer":40}}"#),
        "consent visa hours starts ends wage mood arrived since born message agreed"
    );
    assert_eq!(
        names(r#"{"consent":{"choice":"yes"},"hours":"unknown"}"#),
        "consent visa hours mood arrived since born message agreed"
    );
    assert_eq!(
        names(LONG),
        "consent visa hours limits starts ends wage mood arrived since born name_it message agreed"
    );
}

#[test]
fn a_hidden_question_hides_what_hangs_on_it() {
    let changed = LONG.replacen("yes", "no", 1);
    assert_eq!(names(&changed), names("{}"));
    let kept = prune(&definition(), &answers(&changed), today());
    assert_eq!(kept, answers(r#"{"consent":{"choice":"no"}}"#));
    assert_eq!(prune(&definition(), &answers(LONG), today()), answers(LONG), "and choosing again brings all back");
}

#[test]
fn blank_answers_unknown_names_and_what_notes_are_told_is_pruned() {
    let given = answers(
        r#"{"consent":{"choice":"yes"},"hours":{"integer":8},"wage":{"decimal":"900"},"warning":"acknowledged",
            "limits":{"choices":[]},"message":{"text":" "},"nobody":"unknown"}"#,
    );
    let kept = answers(r#"{"consent":{"choice":"yes"},"hours":{"integer":8},"wage":{"decimal":"900"}}"#);
    assert_eq!(prune(&definition(), &given, today()), kept);
}

#[test]
fn a_group_that_is_a_page_stands_together_and_others_stand_apart() {
    let definition = definition();
    let given = answers(r#"{"consent":{"choice":"yes"},"hours":{"integer":60}}"#);
    let all = pages(&definition, &given, today());
    let named: Vec<(&str, Option<&str>, usize, bool)> = all
        .iter()
        .map(|page| (page.name, page.group.map(|group| group.name.as_str()), page.questions.len(), page.is_list()))
        .collect();
    assert_eq!(
        named[..6],
        [
            ("consent", None, 1, false),
            ("visa", None, 1, false),
            ("hours", Some("work"), 1, false),
            ("limits", Some("work"), 1, false),
            ("shift", Some("shift"), 3, true),
            ("mood", None, 1, false),
        ]
    );
    assert_eq!(page_name(&definition, definition.question("wage").unwrap()), "shift");
    assert_eq!(page_name(&definition, definition.question("hours").unwrap()), "hours");
    assert_eq!((place_of(&definition, "shift"), place_of(&definition, "ends")), (Some(4), Some(5)));
    assert_eq!((place_of(&definition, "work"), place_of(&definition, "nobody")), (None, None), "a section is no page");
}

#[test]
fn next_and_previous_pass_over_hidden_pages() {
    let definition = definition();
    let given = answers(r#"{"consent":{"choice":"yes"}}"#);
    let next = |name| next_after(&definition, &given, name, today()).map(|page| page.name);
    let previous = |name| previous_before(&definition, &given, name, today()).map(|page| page.name);
    assert_eq!(first(&definition).map(|question| question.name.as_str()), Some("consent"));
    assert_eq!((next("consent"), next("hours"), next("agreed")), (Some("visa"), Some("mood"), None));
    assert_eq!((previous("mood"), previous("consent")), (Some("hours"), None));
    assert_eq!((next("limits"), previous("limits")), (Some("mood"), Some("hours")), "hidden itself");
    assert_eq!((next("shift"), previous("shift")), (Some("mood"), Some("hours")), "a hidden page");
    assert_eq!((next("ends"), previous("ends")), (Some("mood"), Some("hours")), "a question of a hidden page");
    assert_eq!((next("nobody"), previous("nobody"), next("work")), (None, None, None));
}

#[test]
fn a_page_whose_first_question_is_hidden_is_left_both_ways() {
    let definition = sketch::definition(
        "a: integer 0 9
         b: integer 0 9 @g when ${a} = 1
         c: integer 0 9 @g
         d: note
         group g page",
    );
    let given = sketch::answers(&definition, "a=0");
    for name in ["g", "b", "c"] {
        let next = next_after(&definition, &given, name, today());
        let previous = previous_before(&definition, &given, name, today());
        assert_eq!((next.map(|page| page.name), previous.map(|page| page.name)), (Some("d"), Some("a")), "{name}");
    }
    assert_eq!(previous_before(&definition, &given, "d", today()).map(|page| page.name), Some("g"));
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
