//! Which answers hold.

use crate::example::{answers, definition, problem, question, today};
use form::ProblemKey::{self, *};
use form::{Answer, Answers, Day, validate, validate_all};

fn key(name: &str, answer: &Answer) -> Option<ProblemKey> {
    validate(&question(name), Some(answer), &Answers::new(), today()).err().map(|found| {
        assert_eq!(found, problem(name, found.key));
        found.key
    })
}

fn choices(codes: &[&str]) -> Answer {
    Answer::Choices(codes.iter().map(|code| (*code).to_owned()).collect())
}

#[test]
fn only_a_required_question_needs_an_answer() {
    let none = |name: &str, answer: Option<&Answer>| validate(&question(name), answer, &Answers::new(), today());
    assert_eq!(none("consent", None), Err(problem("consent", Required)));
    assert_eq!(none("consent", Some(&Answer::Choice(" ".into()))), Err(problem("consent", Required)));
    assert_eq!(none("limits", None), Ok(()));
    assert_eq!(none("limits", Some(&choices(&[]))), Ok(()));
    assert_eq!(none("arrived", None), Ok(()), "a constraint asks nothing of no answer");
}

#[test]
fn declined_and_unknown_hold_where_they_are_offered() {
    assert_eq!(key("limits", &Answer::Declined), None);
    assert_eq!(key("limits", &Answer::Unknown), Some(NotOffered));
    assert_eq!(key("hours", &Answer::Unknown), None);
    assert_eq!(key("hours", &Answer::Declined), Some(NotOffered));
    assert_eq!(key("arrived", &Answer::Declined), None, "and skip the constraint");
    let mut required = question("limits");
    required.required = true;
    assert_eq!(validate(&required, Some(&Answer::Declined), &Answers::new(), today()), Ok(()));
}

#[test]
fn values_stay_within_their_bounds() {
    for (name, answer, expected) in [
        ("consent", Answer::Choice("no".into()), None),
        ("consent", Answer::Choice("maybe".into()), Some(NotAChoice)),
        ("consent", choices(&["no"]), Some(WrongType)),
        ("limits", choices(&["curfew", "phone"]), None),
        ("limits", choices(&["none"]), None),
        ("limits", choices(&["curfew", "none"]), Some(Exclusive)),
        ("limits", choices(&["phone", "curfew"]), Some(WrongType)),
        ("limits", choices(&["phone", "phone"]), Some(WrongType)),
        ("limits", choices(&["phone", "dog"]), Some(NotAChoice)),
        ("hours", Answer::Integer(0), None),
        ("hours", Answer::Integer(112), None),
        ("hours", Answer::Integer(-1), Some(TooSmall { min: 0 })),
        ("hours", Answer::Integer(113), Some(TooLarge { max: 112 })),
        ("hours", Answer::Text("40".into()), Some(WrongType)),
        ("name_it", Answer::Text("x".repeat(20)), None),
        ("name_it", Answer::Text("x".repeat(21)), Some(TextTooLong { max_bytes: 20 })),
        ("name_it", Answer::Text("あ".repeat(7)), Some(TextTooLong { max_bytes: 20 })),
        ("name_it", Answer::Text("a\nb".into()), Some(ControlCharacter)),
        ("message", Answer::Text("a\nb".into()), None),
        ("message", Answer::Text("a\r\nb".into()), Some(ControlCharacter)),
        ("message", Answer::Text("a\0".into()), Some(ControlCharacter)),
        ("arrived", Answer::Date(today()), None),
        ("arrived", Answer::Date(Day::LAST), Some(Constraint)),
        ("arrived", Answer::Integer(2020), Some(WrongType)),
    ] {
        assert_eq!(key(name, &answer), expected, "{name} {answer:?}");
    }
}

#[test]
fn a_constraint_sees_earlier_answers_and_the_new_one() {
    let mut question = question("hours");
    let expression = r#"{"compare":{"left":{"answer":"hours"},"operator":"less","right":{"answer":"limit"}}}"#;
    question.constraint = Some(form::Constraint {
        expression: serde_json::from_str(expression).unwrap(),
        message: form::Text::default(),
    });
    let others = answers(r#"{"limit":{"integer":10},"hours":{"integer":99}}"#);
    assert_eq!(validate(&question, Some(&Answer::Integer(9)), &others, today()), Ok(()), "99 is replaced");
    assert_eq!(validate(&question, Some(&Answer::Integer(10)), &others, today()), Err(problem("hours", Constraint)));
    let none = Answers::new();
    assert_eq!(validate(&question, Some(&Answer::Integer(9)), &none, today()), Err(problem("hours", Constraint)));
}

#[test]
fn all_problems_come_in_the_order_of_the_questions() {
    let given = answers(
        r#"{"message":{"text":"\u0000"},"hours":{"integer":500},"consent":{"choice":"yes"},"zzz":"declined","Bad name":"declined",
            "name_it":{"text":"hidden and far too long to hold"}}"#,
    );
    let expected = [
        problem("hours", TooLarge { max: 112 }),
        problem("message", ControlCharacter),
        problem("", NoSuchQuestion),
        problem("zzz", NoSuchQuestion),
    ];
    assert_eq!(validate_all(&definition(), &given, today()), expected);
    assert_eq!(validate_all(&definition(), &Answers::new(), today()), [problem("consent", Required)]);
}

#[test]
fn problems_travel_as_keys() {
    let json = serde_json::to_string(&[problem("hours", TooLarge { max: 112 }), problem("consent", Required)]).unwrap();
    assert_eq!(
        json,
        r#"[{"question":"hours","key":{"too_large":{"max":112}}},{"question":"consent","key":"required"}]"#
    );
}
