//! What expressions mean.

use form::{Answers, Day, Expression};

fn holds(json: &str) -> bool {
    let today = Day::new(2026, 11, 22).unwrap();
    let answers: Answers = serde_json::from_str(
        r#"{"one":{"choice":"yes"},"many":{"choices":["a","b"]},"hours":{"integer":48},"born":{"date":"2000-02-29"},
            "word":{"text":"yes"},"empty":{"choices":[]},"silent":"declined","lost":"unknown"}"#,
    )
    .unwrap();
    serde_json::from_str::<Expression>(json).unwrap().holds(&answers, today)
}

fn compare(left: &str, operator: &str, right: &str) -> bool {
    holds(&format!(r#"{{"compare":{{"left":{left},"operator":"{operator}","right":{right}}}}}"#))
}

#[test]
fn selected_looks_at_codes_only() {
    for (question, code, expected) in [
        ("one", "yes", true),
        ("one", "no", false),
        ("many", "b", true),
        ("many", "c", false),
        ("word", "yes", false),
        ("absent", "yes", false),
        ("silent", "yes", false),
        ("silent", "_declined", true),
        ("silent", "_unknown", false),
        ("lost", "_unknown", true),
        ("one", "_declined", false),
    ] {
        let json = format!(r#"{{"selected":{{"question":"{question}","code":"{code}"}}}}"#);
        assert_eq!(holds(&json), expected, "{json}");
    }
}

#[test]
fn declined_unknown_blank_and_absent_are_not_answered() {
    for (question, expected) in [
        ("one", true),
        ("many", true),
        ("hours", true),
        ("empty", false),
        ("silent", false),
        ("lost", false),
        ("absent", false),
    ] {
        assert_eq!(holds(&format!(r#"{{"answered":{{"question":"{question}"}}}}"#)), expected, "{question}");
    }
}

#[test]
fn six_operators_compare_numbers_and_days() {
    let table = [
        ("equal", [false, true, false]),
        ("not_equal", [true, false, true]),
        ("less", [false, false, true]),
        ("less_or_equal", [false, true, true]),
        ("greater", [true, false, false]),
        ("greater_or_equal", [true, true, false]),
    ];
    for (operator, expected) in table {
        let numbers = [47, 48, 49].map(|n| compare(r#"{"answer":"hours"}"#, operator, &format!(r#"{{"number":{n}}}"#)));
        assert_eq!(numbers, expected, "{operator}");
        let days = ["2026-11-21", "2026-11-22", "2026-11-23"]
            .map(|day| compare(r#""today""#, operator, &format!(r#"{{"date":"{day}"}}"#)));
        assert_eq!(days, expected, "{operator}");
    }
    assert!(compare(r#"{"answer":"born"}"#, "less", r#""today""#));
}

#[test]
fn comparison_without_an_answer_is_false_whatever_the_operator() {
    for operator in ["equal", "not_equal", "less", "less_or_equal", "greater", "greater_or_equal"] {
        for name in ["absent", "silent", "lost", "one", "word"] {
            let operand = format!(r#"{{"answer":"{name}"}}"#);
            assert!(!compare(&operand, operator, r#"{"number":0}"#), "{name} {operator}");
            assert!(!compare(r#"{"number":0}"#, operator, &operand), "{name} {operator}");
            assert!(!compare(&operand, operator, &operand), "{name} {operator}");
        }
        assert!(!compare(r#"{"number":1}"#, operator, r#""today""#), "types differ, {operator}");
    }
    assert!(holds(r#"{"not":{"compare":{"left":{"answer":"absent"},"operator":"equal","right":{"number":0}}}}"#));
}

#[test]
fn all_any_not_follow_logic() {
    let (yes, no) = (r#"{"answered":{"question":"one"}}"#, r#"{"answered":{"question":"absent"}}"#);
    for (json, expected) in [
        (r#"{"all":[]}"#.to_owned(), true),
        (r#"{"any":[]}"#.to_owned(), false),
        (format!(r#"{{"all":[{yes},{no}]}}"#), false),
        (format!(r#"{{"all":[{yes},{yes}]}}"#), true),
        (format!(r#"{{"any":[{no},{yes}]}}"#), true),
        (format!(r#"{{"any":[{no},{no}]}}"#), false),
        (format!(r#"{{"not":{no}}}"#), true),
        (format!(r#"{{"not":{yes}}}"#), false),
    ] {
        assert_eq!(holds(&json), expected, "{json}");
    }
}

#[test]
fn too_deep_is_false_and_deep_enough_is_not() {
    let nested = |nots: usize| (0..nots).fold(Expression::All(Vec::new()), |inner, _| Expression::Not(Box::new(inner)));
    // 30 and 31 negations: depth 31 and 32, the second of which is the deepest allowed.
    assert!(nested(30).holds(&Answers::new(), Day::FIRST));
    assert!(!nested(31).holds(&Answers::new(), Day::FIRST));
    // An even number of negations of something true would be true, were it not too deep.
    assert!(!nested(32).holds(&Answers::new(), Day::FIRST));
    assert!(!nested(2_000).holds(&Answers::new(), Day::FIRST));
}
