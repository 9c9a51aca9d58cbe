//! Input that is meant to do harm, or that nobody thought of: refused with a fault, and never with a panic, an endless
//! loop or an overflowing stack. No test here measures time: what takes too long is seen by whoever runs them.

use crate::example::{self, JSON, decimal, today};
use crate::sketch;
use form::parse::{ParseError, parse};
use form::{
    Answer, Answers, Definition, Expression, Function, ProblemKey, Published, entry, flow, publish, validate_all,
};
use std::collections::BTreeSet;
use std::fmt::Write;

fn kinds(json: &[u8]) -> BTreeSet<&'static str> {
    let faults = Published::from_json(json).err().unwrap_or_default();
    faults.into_iter().map(|fault| fault.kind.as_str()).collect()
}

fn only(kind: &'static str) -> BTreeSet<&'static str> {
    BTreeSet::from([kind])
}

#[test]
fn calculations_that_name_each_other_are_refused() {
    let cycle = "q: integer 0 9\na = ${b} + 1\nb = ${c} + 1\nc = ${a} + ${a}";
    // `a` and `b` look at what comes later; `c` looks back only.
    assert_eq!(sketch::faults(cycle), ["calculations/a/expression/b cycle", "calculations/b/expression/c cycle"]);
    assert_eq!(sketch::faults("q: integer 0 9\na = ${a} * ${a}"), ["calculations/a/expression/a cycle"]);
}

#[test]
fn conditions_that_wait_for_each_other_are_refused() {
    let ring: String =
        (1..100).map(|index| format!("q{index}: integer 0 9 when ${{q{}}} = 1\n", index % 99 + 1)).collect();
    let faults = sketch::faults(&format!("q0: integer 0 9\n{ring}"));
    assert_eq!(faults.len(), 98, "all but the last look ahead");
    assert!(faults.iter().all(|fault| fault.ends_with(" cycle")), "{faults:?}");
}

#[test]
fn ten_thousand_choices_are_refused() {
    let choices: String = (0..10_000).fold(String::new(), |mut all, index| {
        write!(all, " c{index}").unwrap();
        all
    });
    let json = sketch::json(&format!("q: one{choices}"));
    assert!(json.len() < publish::MAX_BYTES);
    assert_eq!(kinds(&json), only("too_many"));
    let most: String = choices.split_inclusive(' ').take(501).collect();
    assert_eq!(kinds(&sketch::json(&format!("q: one{}", most.trim_end()))), BTreeSet::new());
}

#[test]
fn ten_thousand_questions_are_refused() {
    let questions: String = (0..10_000).map(|index| format!("q{index}: note\n")).collect();
    assert_eq!(kinds(&sketch::json(&questions)), only("too_many"));
}

#[test]
fn a_label_of_a_hundred_kilobytes_is_refused() {
    let json = JSON.replacen("Go on?", &"x".repeat(100 * 1024), 1);
    assert_eq!(kinds(json.as_bytes()), only("too_long"));
}

#[test]
fn marks_that_turn_the_direction_of_writing_are_refused() {
    for mark in ['\u{061c}', '\u{200e}', '\u{200f}', '\u{202a}', '\u{202e}', '\u{2066}', '\u{2069}'] {
        let json = JSON.replacen("Go on?", &format!("Go {mark}on?"), 1);
        assert_eq!(kinds(json.as_bytes()), only("control_character"), "{mark:?}");
    }
    // Words that are written from the right need no such marks, and joiners are letters of some languages.
    let json = JSON.replacen("Go on?", "آگے چلیں؟ क्\u{200d}ष", 1);
    assert_eq!(kinds(json.as_bytes()), BTreeSet::new());
}

#[test]
fn expressions_nested_ten_thousand_deep_are_refused() {
    let deep = |open: &str, close: &str, count: usize| [&open.repeat(count), "1", &close.repeat(count)].concat();
    // Longer than what is read, and as much as fits.
    for count in [10_000, 1_000, 65] {
        let expected =
            if count > 4_000 / 5 { [ParseError::TooLong, ParseError::TooDeep] } else { [ParseError::TooDeep; 2] };
        for (open, close) in [
            ("(", ")"),
            ("not(", ")"),
            ("-", ""),
            ("- ", ""),
            ("1 + ", ""),
            ("1 - ", ""),
            ("1 * ", ""),
            ("2 mod ", ""),
            ("(1 + ", ")"),
            ("-(", ")"),
            ("sum(1, ", ")"),
        ] {
            let text = deep(open, close, count);
            let error = parse(&text).unwrap_err();
            assert!(expected.contains(&error), "{open} {count} {error:?}");
            let json = JSON.replacen("${hours} > 40", &text, 1);
            assert!(kinds(json.as_bytes()).is_subset(&BTreeSet::from(["too_long", "too_deep"])), "{open}");
        }
    }
    // Chains of conditions do not nest.
    let wide = |count: usize| format!("1 = 1{}", " or 1 = 1".repeat(count));
    assert!(parse(&wide(400)).is_ok());
    assert_eq!(parse(&wide(10_000)), Err(ParseError::TooLong));
}

#[test]
fn trees_nested_ten_thousand_deep_are_refused_and_amount_to_nothing() {
    let deep =
        |wrap: fn(Expression) -> Expression| (0..10_000).fold(Expression::Name("hours".into()), |inner, _| wrap(inner));
    let wraps: [fn(Expression) -> Expression; 3] = [
        |inner| Expression::Negate(Box::new(inner)),
        |inner| Expression::Call(Function::Sum, vec![inner]),
        |inner| Expression::Calculate(Box::new(inner), form::Arithmetic::Plus, Box::new(Expression::This)),
    ];
    for wrap in wraps {
        let mut definition = example::definition();
        assert_eq!(deep(wrap).value(&definition, &Answers::new(), today()), form::Value::Nothing);
        definition.calculations[1].expression = deep(wrap);
        let faults = Published::from_definition(definition).unwrap_err();
        assert_eq!(faults.iter().map(|fault| fault.kind.as_str()).collect::<BTreeSet<_>>(), only("too_deep"));
    }
}

#[test]
fn json_nested_ten_thousand_deep_is_refused() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let json = [&open.repeat(10_000), "1", &close.repeat(10_000)].concat();
        assert_eq!(kinds(json.as_bytes()), only("not_json"));
    }
}

#[test]
fn a_number_of_four_hundred_digits_is_refused_everywhere() {
    let digits = "9".repeat(400);
    assert_eq!(kinds(JSON.replacen("112", &digits, 1).as_bytes()), only("unexpected_type"));
    assert_eq!(kinds(JSON.replacen("9999.5", &digits, 1).as_bytes()), only("unexpected_type"));
    assert_eq!(kinds(JSON.replacen("> 40", &format!("> {digits}"), 1).as_bytes()), only("bad_expression"));
    assert_eq!(kinds(JSON.replacen("> 40", &format!("> 0.{digits}"), 1).as_bytes()), only("bad_expression"));
    let read = |name: &str, typed: &str| {
        let fields = [("answer".to_owned(), typed.to_owned())];
        entry::read(&example::question(name), &fields).map_err(|problem| problem.key)
    };
    assert_eq!(read("hours", &digits), Err(ProblemKey::TooLarge { max: decimal("112") }));
    assert_eq!(read("hours", &format!("-{digits}")), Err(ProblemKey::TooSmall { min: decimal("0") }));
    assert_eq!(read("wage", &digits), Err(ProblemKey::NotADecimal));
    assert_eq!(read("wage", &format!("0.{digits}")), Err(ProblemKey::NotADecimal));
    assert_eq!(read("starts", &digits), Err(ProblemKey::NotATime));
    assert_eq!(read("starts", &format!("{digits}:00")), Err(ProblemKey::NotATime));
    let year = [("answer-year".to_owned(), digits.clone())];
    assert_eq!(
        entry::read(&example::question("born"), &year).map_err(|problem| problem.key),
        Err(ProblemKey::NotADate)
    );
    assert!(serde_json::from_str::<Answers>(&format!(r#"{{"a":{{"integer":{digits}}}}}"#)).is_err());
    assert!(serde_json::from_str::<Answers>(&format!(r#"{{"a":{{"decimal":"{digits}"}}}}"#)).is_err());
    // And where such a number comes from words, it is nothing.
    let expression = parse(&format!("number('{digits}') = ''")).unwrap();
    assert!(expression.holds(&example::definition(), &Answers::new(), today()));
}

#[test]
fn days_that_the_calendar_does_not_have_are_refused_everywhere() {
    for day in
        ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "1899-12-31", "2201-01-01", "0000-00-00", "2100-02-29"]
    {
        assert_eq!(kinds(JSON.replacen("2027-03-31", day, 1).as_bytes()), only("not_a_day"), "{day}");
        assert_eq!(
            kinds(JSON.replacen("today()", &format!("date('{day}')"), 1).as_bytes()),
            only("not_a_day"),
            "{day}"
        );
        assert!(serde_json::from_str::<Answers>(&format!(r#"{{"arrived":{{"date":"{day}"}}}}"#)).is_err(), "{day}");
        let parts: Vec<&str> = day.split('-').collect();
        let fields: entry::Fields = ["answer-year", "answer-month", "answer-day"]
            .into_iter()
            .zip(parts)
            .map(|(name, part)| (name.to_owned(), part.to_owned()))
            .collect();
        let read = entry::read(&example::question("arrived"), &fields).map_err(|problem| problem.key);
        assert_eq!(read, Err(ProblemKey::NotADate), "{day}");
    }
}

#[test]
fn answers_to_hidden_questions_neither_count_nor_harm() {
    let definition = example::definition();
    let forged = r#"{"consent":{"choice":"no"},"hours":{"integer":9223372036854775807},"limits":{"choices":["x","x"]},
        "starts":{"text":"\u0000"},"name_it":{"text":"far longer than twenty bytes"},"warning":{"choice":"yes"}}"#;
    let given = example::answers(forged);
    assert_eq!(validate_all(&definition, &given, today()), []);
    assert_eq!(flow::prune(&definition, &given, today()), example::answers(r#"{"consent":{"choice":"no"}}"#));
    let shown = example::answers(&forged.replacen("no", "yes", 1));
    let wrong: Vec<String> =
        validate_all(&definition, &shown, today()).into_iter().map(|problem| problem.question).collect();
    assert_eq!(wrong, ["hours"], "a number beyond all numbers is nothing, and opens no branch");
}

/// Every object of the format at its largest, in the way that costs most to look through.
fn dense(relevant: &dyn Fn(usize) -> String, calculation: &dyn Fn(usize) -> String) -> Vec<u8> {
    let mut sketch = String::new();
    for index in 0..500 {
        let condition = if index > 0 { format!(" when {}", relevant(index)) } else { String::new() };
        writeln!(sketch, "q{index:03}: integer 0 9{condition}").unwrap();
    }
    for index in 0..500 {
        writeln!(sketch, "k{index:03} = {}", calculation(index)).unwrap();
    }
    let json = sketch::json(&sketch);
    assert!(json.len() <= publish::MAX_BYTES, "{}", json.len());
    json
}

#[test]
fn a_mebibyte_of_forward_references_is_refused() {
    // Each question waits for a hundred later ones, which lead to all others: 50,000 names.
    let ahead = |index: usize| {
        let names = (1..=100).map(|step| format!("${{q{:03}}}", (index + step * 3) % 500));
        format!("1=sum({})", names.collect::<Vec<_>>().join(","))
    };
    let json = dense(&ahead, &|index| format!("${{q{index:03}}} + 1"));
    let faults = Published::from_json(&json).unwrap_err();
    assert_eq!(faults.len(), 200);
    assert!(faults.iter().all(|fault| matches!(fault.kind.as_str(), "forward_reference" | "cycle")));
    assert!(faults.iter().any(|fault| fault.kind.as_str() == "cycle"));
}

#[test]
fn a_mebibyte_of_calculations_that_double_each_other_is_refused() {
    // Hundred times the one before, five hundred times over: far more parts than a number can hold.
    let power = |index: usize| {
        let before = index.checked_sub(1).map_or("${q000}".to_owned(), |before| format!("${{k{before:03}}}"));
        format!("sum({})", vec![before; 100].join(","))
    };
    let json = dense(&|_| "${k499} > 1".to_owned(), &power);
    let found = kinds(&json);
    assert!(found.contains("too_complex") && found.contains("too_deep"), "{found:?}");
}

#[test]
fn a_mebibyte_of_both_is_refused() {
    let mixed = |index: usize| {
        let names =
            (1..=60).map(|step| format!("${{q{:03}}},${{k{:03}}}", (index + step) % 500, (index * 7 + step) % 500));
        format!("0<sum({})", names.take(50).collect::<Vec<_>>().join(","))
    };
    let json = dense(&mixed, &|index| mixed(index + 250).replacen("0<", "", 1));
    assert!(!kinds(&json).is_empty());
}

/// What is published is evaluated in a bounded number of steps; the largest that can be published ends too.
#[test]
fn the_costliest_definition_that_is_published_can_be_walked() {
    // 500 questions, each with a condition of nearly 10,000 parts: 100 names of a calculation of 97.
    let calculation = format!("sum({})", vec!["${q000}"; 96].join(","));
    let condition = format!("sum({}) >= 0", vec!["${k}"; 95].join(","));
    let sketch: String = (1..500).map(|index| format!("q{index:03}: integer 0 9 when {condition}\n")).collect();
    let json = sketch::json(&format!("q000: integer 0 9\n{sketch}k = {calculation}"));
    let published = Published::from_json(&json).unwrap();
    let answers: Answers = [("q000", Answer::Integer(1))].into_iter().collect();
    assert_eq!(flow::shown(published.definition(), &answers, today()).len(), 500);
    assert_eq!(flow::shown(published.definition(), &Answers::new(), today()).len(), 1);
}

#[test]
fn words_that_are_joined_over_and_over_end() {
    let doubling: String =
        (1..12).map(|index| format!("k{index} = concat(${{k{}}}, ${{k{}}})\n", index - 1, index - 1)).collect();
    let definition: Definition = sketch::definition(&format!("q: text 2000\nk0 = ${{q}}\n{doubling}"));
    let answers: Answers = [("q", Answer::Text("x".repeat(2_000)))].into_iter().collect();
    let length = |name: &str| {
        String::from(definition.calculation(name).unwrap().expression.value(&definition, &answers, today())).len()
    };
    assert_eq!((length("k3"), length("k4"), length("k11")), (16_000, 0, 0), "too long is nothing");
}
