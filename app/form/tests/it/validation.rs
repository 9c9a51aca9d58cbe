//! Which answers hold.

use crate::example::{answers, decimal, definition, problem, question, today};
use form::ProblemKey::{self, *};
use form::{Answer, Answers, Day, Decimal, Problem, Question, Time, validate, validate_all};

fn judge(question: &Question, answer: Option<&Answer>, answers: &Answers) -> Result<(), Problem> {
    validate(&definition(), question, answer, answers, today())
}

fn key(name: &str, answer: &Answer) -> Option<ProblemKey> {
    judge(&question(name), Some(answer), &Answers::new()).err().map(|found| {
        assert_eq!(found, problem(name, found.key));
        found.key
    })
}

fn choices(codes: &[&str]) -> Answer {
    Answer::Choices(codes.iter().map(|code| (*code).to_owned()).collect())
}

fn date(text: &str) -> Answer {
    Answer::Date(Day::parse(text).unwrap())
}

fn time(text: &str) -> Answer {
    Answer::Time(Time::parse(text).unwrap())
}

#[test]
fn only_a_required_question_needs_an_answer() {
    let none = |name: &str, answer: Option<&Answer>| judge(&question(name), answer, &Answers::new());
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
    assert_eq!(judge(&required, Some(&Answer::Declined), &Answers::new()), Ok(()));
}

#[test]
fn values_stay_within_their_bounds() {
    for (name, answer, expected) in [
        ("consent", Answer::Choice("no".into()), None),
        ("consent", Answer::Choice("maybe".into()), Some(NotAChoice)),
        ("consent", choices(&["no"]), Some(WrongType)),
        ("visa", Answer::Choice("esd".into()), None),
        ("limits", choices(&["curfew", "phone"]), None),
        ("limits", choices(&["none"]), None),
        ("limits", choices(&["curfew", "none"]), Some(Exclusive)),
        ("limits", choices(&["phone", "curfew"]), Some(WrongType)),
        ("limits", choices(&["phone", "phone"]), Some(WrongType)),
        ("limits", choices(&["phone", "dog"]), Some(NotAChoice)),
        ("hours", Answer::Integer(0), None),
        ("hours", Answer::Integer(112), None),
        ("hours", Answer::Integer(-1), Some(TooSmall { min: Decimal::ZERO })),
        ("hours", Answer::Integer(113), Some(TooLarge { max: decimal("112") })),
        ("hours", Answer::Integer(i64::MAX), Some(TooLarge { max: decimal("112") })),
        ("hours", Answer::Integer(i64::MIN), Some(TooSmall { min: Decimal::ZERO })),
        ("hours", Answer::Text("40".into()), Some(WrongType)),
        ("hours", Answer::Decimal(decimal("40")), Some(WrongType)),
        ("mood", Answer::Integer(10), None),
        ("mood", Answer::Integer(11), Some(TooLarge { max: decimal("10") })),
        ("wage", Answer::Decimal(decimal("9999.5")), None),
        ("wage", Answer::Decimal(decimal("9999.500001")), Some(TooLarge { max: decimal("9999.5") })),
        ("wage", Answer::Decimal(decimal("-0.000001")), Some(TooSmall { min: Decimal::ZERO })),
        ("wage", Answer::Integer(1), Some(WrongType)),
        ("starts", time("00:00"), None),
        ("starts", Answer::Text("08:30".into()), Some(WrongType)),
        ("since", date("2026-11-01"), None),
        ("since", date("2026-11-02"), Some(WrongType)),
        ("born", date("1999-01-01"), None),
        ("born", date("1999-02-01"), Some(WrongType)),
        ("born", date("1999-01-02"), Some(WrongType)),
        ("agreed", Answer::Acknowledged, None),
        ("agreed", Answer::Choice("yes".into()), Some(WrongType)),
        ("warning", Answer::Acknowledged, Some(WrongType)),
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
    let ends = question("ends");
    let others = answers(r#"{"starts":{"time":"09:00"},"ends":{"time":"08:00"}}"#);
    assert_eq!(judge(&ends, Some(&time("09:01")), &others), Ok(()), "08:00 is replaced");
    assert_eq!(judge(&ends, Some(&time("09:00")), &others), Err(problem("ends", Constraint)));
    assert_eq!(judge(&ends, Some(&time("09:00")), &Answers::new()), Err(problem("ends", Constraint)));
    let mut arrived = question("arrived");
    arrived.constraint.as_mut().unwrap().expression = "selected(., '_declined') or ${arrived} = .".parse().unwrap();
    let others = answers(r#"{"arrived":{"date":"2020-01-01"}}"#);
    assert_eq!(judge(&arrived, Some(&date("2021-01-01")), &others), Ok(()), "its own name is the new answer too");
}

#[test]
fn all_problems_come_in_the_order_of_the_questions() {
    let given = answers(
        r#"{"message":{"text":"\u0000"},"hours":{"integer":500},"consent":{"choice":"yes"},"zzz":"declined","Bad name":"declined",
            "name_it":{"text":"hidden and far too long to hold"}}"#,
    );
    let expected = [
        problem("hours", TooLarge { max: decimal("112") }),
        problem("message", ControlCharacter),
        problem("", NoSuchQuestion),
        problem("zzz", NoSuchQuestion),
    ];
    assert_eq!(validate_all(&definition(), &given, today()), expected);
    assert_eq!(validate_all(&definition(), &Answers::new(), today()), [problem("consent", Required)]);
}

#[test]
fn problems_travel_as_keys() {
    let problems = [problem("wage", TooLarge { max: decimal("9999.5") }), problem("consent", Required)];
    let json = serde_json::to_string(&problems).unwrap();
    assert_eq!(
        json,
        r#"[{"question":"wage","key":{"too_large":{"max":"9999.5"}}},{"question":"consent","key":"required"}]"#
    );
    assert_eq!(serde_json::from_str::<Vec<Problem>>(&json).unwrap(), problems);
}
