//! Definitions of format 1 keep their bytes and their hashes, and ask what they asked.

use crate::arbitrary::day;
use crate::example::{answers, today};
use form::{Answers, Definition, Expression, FaultKind, Published, Value, digest, flow, validate_all};
use proptest::prelude::*;
use serde_json::json;

/// Published before format 2. The hash was computed with sha256sum then.
const TINY: &str = concat!(
    r#"{"format":1,"slug":"tiny","version":"1","languages":["en"],"title":{"en":"Tiny"},"purpose":{"en":"To show."},"#,
    r#""questions":[{"name":"consent","label":{"en":"Go on?"},"kind":{"type":"select_one","choices":["#,
    r#"{"code":"yes","label":{"en":"Yes"}},{"code":"no","label":{"en":"No"}}]},"required":true}]}"#,
);
const TINY_HASH: &str = "d45fa1882773c4d4209dcf1495a4931eb9aa95ed5b740a97393aa3a8fdf94791";

/// A questionnaire with every kind and every expression of format 1, as its canonical bytes.
fn old(relevant: &serde_json::Value) -> String {
    let text = |words: &str| json!({"en": words});
    let choices =
        |codes: &[&str]| codes.iter().map(|code| json!({"code": code, "label": text(code)})).collect::<Vec<_>>();
    let question = |name: &str, kind: serde_json::Value, more: serde_json::Value| {
        let mut question = json!({"name": name, "label": text(name), "kind": kind});
        for (field, value) in more.as_object().unwrap() {
            question[field] = value.clone();
        }
        question
    };
    let not_later = json!({"compare": {"left": {"answer": "came"}, "operator": "less_or_equal", "right": "today"}});
    let questions = [
        question(
            "one",
            json!({"type": "select_one", "choices": choices(&["yes", "no"])}),
            json!({"may_decline": true}),
        ),
        question(
            "many",
            json!({"type": "select_multiple", "choices": choices(&["a", "b"])}),
            json!({"may_not_know": true}),
        ),
        question(
            "hours",
            json!({"type": "integer", "min": i64::MIN, "max": i64::MAX}),
            json!({"indicator": "hours_of_work"}),
        ),
        question(
            "came",
            json!({"type": "date"}),
            json!({"constraint": {"expression": not_later, "message": text("Not so.")}}),
        ),
        question("word", json!({"type": "text", "max_bytes": 40}), json!({})),
        question("last", json!({"type": "text", "max_bytes": 40, "multiline": true}), json!({"relevant": relevant})),
    ];
    let questions = serde_json::to_string(&questions).unwrap();
    format!(
        r#"{{"format":1,"slug":"old","version":"1","languages":["en"],"title":{{"en":"Old"}},"purpose":{{"en":"To keep."}},"questions":{questions}}}"#
    )
}

fn relevant(definition: &Definition) -> &Expression {
    definition.question("last").unwrap().relevant.as_ref().unwrap()
}

#[test]
fn bytes_and_hash_of_format_1_stay() {
    let published = Published::from_json(TINY.as_bytes()).unwrap();
    assert_eq!(published.canonical_bytes(), TINY.as_bytes());
    assert_eq!((published.hash(), digest(TINY.as_bytes()).as_str()), (TINY_HASH, TINY_HASH));
    assert_eq!(published.definition().format, 2, "what is read is of today");
    assert_eq!(Published::from_json(published.canonical_bytes()).unwrap(), published);
}

#[test]
fn every_expression_of_format_1_is_read_as_one_of_today() {
    let answered = json!({"answered": {"question": "many"}});
    let compare = |left, operator, right| json!({"compare": {"left": left, "operator": operator, "right": right}});
    for (old_expression, today) in [
        (json!({"selected": {"question": "one", "code": "yes"}}), "selected(${one}, 'yes')"),
        (json!({"selected": {"question": "one", "code": "_declined"}}), "selected(${one}, '_declined')"),
        (answered.clone(), "${many} != ''"),
        (json!({"not": answered}), "not(${many} != '')"),
        (compare(json!({"answer": "hours"}), "equal", json!({"number": 40})), "${hours} = 40"),
        (compare(json!({"answer": "hours"}), "not_equal", json!({"number": -40})), "${hours} != -40"),
        (compare(json!({"answer": "hours"}), "less", json!({"answer": "hours"})), "${hours} < ${hours}"),
        (
            compare(json!({"answer": "hours"}), "greater_or_equal", json!({"number": i64::MAX})),
            "${hours} >= 9000000000000",
        ),
        (compare(json!("today"), "greater", json!({"answer": "came"})), "today() > ${came}"),
        (compare(json!({"date": "2027-04-01"}), "less_or_equal", json!("today")), "date('2027-04-01') <= today()"),
        (
            json!({"all": [answered, {"any": [answered, answered]}]}),
            "${many} != '' and (${many} != '' or ${many} != '')",
        ),
        (json!({"all": [{"any": [answered]}]}), "${many} != ''"),
    ] {
        let published = Published::from_json(old(&old_expression).as_bytes()).unwrap();
        assert_eq!(relevant(published.definition()).to_string(), today);
        assert_eq!(published.canonical_bytes(), old(&old_expression).as_bytes());
        assert_eq!(published.definition().question("hours").unwrap().indicators, ["hours_of_work"]);
    }
}

#[test]
fn what_format_1_refused_is_refused() {
    let faults = |json: &str| {
        let faults = Published::from_json(json.as_bytes()).err().unwrap_or_default();
        // The bounds of `old` are wider than those of today, which is told too once something is refused.
        let faults = faults.iter().filter(|fault| fault.kind != FaultKind::BoundTooLarge);
        faults.map(|fault| format!("{} {}", fault.place, fault.kind.as_str())).collect::<Vec<_>>()
    };
    let answered = |name: &str| old(&json!({"answered": {"question": name}}));
    assert_eq!(faults(&answered("many")), [""; 0]);
    assert_eq!(faults(&answered("nobody")), ["questions/last/relevant/!=/nobody unknown_question"]);
    assert_eq!(faults(&answered("last")), ["questions/last/relevant/!=/last cycle"]);
    assert_eq!(
        faults(&answered("many").replacen("\"name\":\"word\"", "\"name\":\"many\"", 1)),
        ["questions/4 duplicate"]
    );
    assert_eq!(
        faults(&answered("many").replacen("\"max_bytes\":40", "\"max_bytes\":0", 1)),
        ["questions/word/kind/max_bytes bad_max_bytes"]
    );
    assert_eq!(faults(&old(&json!({"any": []}))), ["questions/last/relevant empty"]);
    assert_eq!(faults(&old(&json!({"xor": []}))), ["questions/last/relevant unexpected_type"]);
    let nested =
        |depth: usize| (1..depth).fold(json!({"answered": {"question": "many"}}), |inner, _| json!({"not": inner}));
    assert_eq!(faults(&old(&nested(32))), [""; 0]);
    assert_eq!(faults(&old(&nested(33))), ["questions/last/relevant unexpected_type"]);
    let day = json!({"compare": {"left": "today", "operator": "less", "right": {"date": "2026-02-29"}}});
    assert_eq!(faults(&old(&day)), ["questions/last/relevant/</date not_a_day"]);
    // However many faults format 1 did not know, they hide none that it knew.
    let marked = (0..200).map(|index| {
        format!("{{\"name\":\"w{index}\",\"label\":{{\"en\":\"a\\tb\"}},\"kind\":{{\"type\":\"date\"}}}},")
    });
    let hidden = answered("nobody").replacen("{\"kind\":", &format!("{}{{\"kind\":", marked.collect::<String>()), 1);
    assert!(Published::from_json(hidden.as_bytes()).is_err());
}

/// Limits that format 1 did not know do not make unreadable what it published.
#[test]
fn expressions_longer_than_today_and_wider_bounds_are_read() {
    let selected = json!({"selected": {"question": "one", "code": "yes"}});
    let long = old(&json!({"any": vec![selected; 1_000]}));
    let published = Published::from_json(long.as_bytes()).unwrap();
    assert!(relevant(published.definition()).to_string().len() > form::parse::MAX_BYTES);
    assert_eq!(published.canonical_bytes(), long.as_bytes());
    let shown = |json: &str| flow::shown(published.definition(), &answers(json), today()).len();
    assert_eq!((shown(r#"{"one":{"choice":"yes"}}"#), shown("{}")), (6, 5));
    for number in [i64::MIN, i64::MAX] {
        let given = answers(&format!(r#"{{"hours":{{"integer":{number}}}}}"#));
        assert_eq!(validate_all(published.definition(), &given, today()), [], "the widest bounds hold all");
    }
    let narrow = old(&json!({"answered": {"question": "many"}})).replacen(
        "\"max\":9223372036854775807",
        "\"max\":9100000000000",
        1,
    );
    let narrow = Published::from_json(narrow.as_bytes()).unwrap();
    let wrong = |number: i64| {
        !validate_all(narrow.definition(), &answers(&format!(r#"{{"hours":{{"integer":{number}}}}}"#)), today())
            .is_empty()
    };
    assert!(!wrong(9_100_000_000_000) && wrong(9_100_000_000_001));
}

#[test]
fn other_formats_are_refused() {
    for format in ["0", "3", "-1", "\"1\"", "1.0"] {
        let json = TINY.replacen("\"format\":1", &format!("\"format\":{format}"), 1);
        let kind = Published::from_json(json.as_bytes()).unwrap_err()[0].kind;
        assert!(matches!(kind, FaultKind::UnsupportedFormat | FaultKind::UnexpectedType), "{format}");
    }
}

/// An expression of format 1 and the same as it would be written today.
#[derive(Debug, Clone)]
struct Pair(serde_json::Value, String);

fn pair() -> impl Strategy<Value = Pair> {
    let names = prop::sample::select(vec!["one", "many", "hours", "came", "word"]);
    let operators = prop::sample::select(vec![
        ("equal", "="),
        ("not_equal", "!="),
        ("less", "<"),
        ("less_or_equal", "<="),
        ("greater", ">"),
        ("greater_or_equal", ">="),
    ]);
    let selected = vec![("one", "yes"), ("one", "no"), ("one", "_declined"), ("many", "a"), ("many", "_unknown")];
    let leaf = prop_oneof![
        names.prop_map(|name| Pair(json!({"answered": {"question": name}}), format!("${{{name}}} != ''"))),
        prop::sample::select(selected).prop_map(|(name, code)| {
            Pair(json!({"selected": {"question": name, "code": code}}), format!("selected(${{{name}}}, '{code}')"))
        }),
        (operators.clone(), -3_i64..4).prop_map(|((old, new), number)| {
            let compare = json!({"left": {"answer": "hours"}, "operator": old, "right": {"number": number}});
            Pair(json!({"compare": compare}), format!("${{hours}} {new} {number}"))
        }),
        (operators, -3_i64..4).prop_map(|((old, new), offset)| {
            let compare = json!({"left": {"date": day(offset)}, "operator": old, "right": {"answer": "came"}});
            Pair(json!({"compare": compare}), format!("date('{}') {new} ${{came}}", day(offset)))
        }),
    ];
    leaf.prop_recursive(4, 12, 3, |inner| {
        let join = |name: &'static str, between: &'static str| {
            move |parts: Vec<Pair>| {
                let (old, new): (Vec<_>, Vec<_>) =
                    parts.into_iter().map(|Pair(old, new)| (old, format!("({new})"))).unzip();
                Pair(json!({name: old}), new.join(between))
            }
        };
        prop_oneof![
            prop::collection::vec(inner.clone(), 1..4).prop_map(join("all", " and ")),
            prop::collection::vec(inner.clone(), 1..4).prop_map(join("any", " or ")),
            inner.prop_map(|Pair(old, new)| Pair(json!({"not": old}), format!("not({new})"))),
        ]
    })
}

fn some_answers() -> impl Strategy<Value = Answers> {
    let one =
        prop::sample::select(vec![r#""one":{"choice":"yes"}"#, r#""one":{"choice":"no"}"#, r#""one":"declined""#, ""]);
    let many = prop::sample::select(vec![
        r#""many":{"choices":["a"]}"#,
        r#""many":{"choices":[]}"#,
        r#""many":"unknown""#,
        "",
    ]);
    let hours = prop::option::of(-3_i64..4)
        .prop_map(|hours| hours.map_or(String::new(), |hours| format!(r#""hours":{{"integer":{hours}}}"#)));
    let came = prop::option::of(-3_i64..4)
        .prop_map(|offset| offset.map_or(String::new(), |offset| format!(r#""came":{{"date":"{}"}}"#, day(offset))));
    (one, many, hours, came).prop_map(|(one, many, hours, came)| {
        let parts: Vec<&str> = [one, many, &hours, &came].into_iter().filter(|part| !part.is_empty()).collect();
        answers(&format!("{{{}}}", parts.join(",")))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn format_1_shows_what_the_same_expression_shows_today(Pair(old_expression, new) in pair(), answers in some_answers()) {
        let json = old(&old_expression);
        let published = Published::from_json(json.as_bytes()).unwrap();
        prop_assert_eq!(published.canonical_bytes(), json.as_bytes());
        let definition = published.definition();
        let expression: Expression = new.parse().unwrap();
        prop_assert_eq!(relevant(definition), &expression);
        // Upgraded once, it is a definition of format 2 like any other, but for bounds that are wider than today's.
        let mut upgraded = definition.clone();
        upgraded.questions[2].kind = form::Kind::Integer { min: -9, max: 9, unit: None, is_scale: false };
        let again = Published::from_definition(upgraded).unwrap();
        let kept = flow::prune(definition, &answers, today());
        prop_assert_eq!(&kept, &flow::prune(again.definition(), &answers, today()));
        let is_shown = flow::shown(definition, &answers, today()).len() == 6;
        prop_assert_eq!(is_shown, expression.value(definition, &kept, today()) == Value::Truth(true));
    }
}
