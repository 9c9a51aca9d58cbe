//! The reader and the writer of JSON that are made by hand, against serde_json.

use crate::arbitrary::{answered, definition};
use form::json::{MAX_DEPTH, NotJson, Tree, quote};
use form::{Answers, Definition, FaultKind, Payload};
use proptest::prelude::*;
use proptest::sample::Index;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::HashSet;

/// What serde_json read, as a tree.
fn tree_of(value: &Value) -> Tree {
    match value {
        Value::Null => Tree::Other,
        Value::Bool(flag) => Tree::Flag(*flag),
        Value::Number(number) => number.as_i64().map_or(Tree::Other, Tree::Number),
        Value::String(text) => Tree::Text(text.clone()),
        Value::Array(items) => Tree::List(items.iter().map(tree_of).collect()),
        Value::Object(fields) => {
            Tree::Object(fields.iter().map(|(name, value)| (name.clone(), tree_of(value))).collect())
        }
    }
}

/// Keys in their order: serde_json sorts them.
fn sorted(tree: Tree) -> Tree {
    match tree {
        Tree::List(items) => Tree::List(items.into_iter().map(sorted).collect()),
        Tree::Object(fields) => {
            let mut fields: Vec<_> = fields.into_iter().map(|(name, value)| (name, sorted(value))).collect();
            fields.sort_by(|(one, _), (other, _)| one.cmp(other));
            Tree::Object(fields)
        }
        other => other,
    }
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        "[\\x00-\\x20\"\\\\/\u{7f}\u{2028}é𠮟]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map("\\PC{0,4}", inner, 0..5).prop_map(|fields| fields.into_iter().collect()),
        ]
    })
}

/// Any JSON, and whether some object of it says a key twice.
struct Repeats(bool);

impl<'de> Deserialize<'de> for Repeats {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Repeats, D::Error> {
        deserializer.deserialize_any(Looker)
    }
}

struct Looker;

impl<'de> Visitor<'de> for Looker {
    type Value = Repeats;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    fn visit_bool<E>(self, _: bool) -> Result<Repeats, E> {
        Ok(Repeats(false))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Repeats, E> {
        Ok(Repeats(false))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Repeats, E> {
        Ok(Repeats(false))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Repeats, E> {
        Ok(Repeats(false))
    }

    fn visit_str<E>(self, _: &str) -> Result<Repeats, E> {
        Ok(Repeats(false))
    }

    fn visit_unit<E>(self) -> Result<Repeats, E> {
        Ok(Repeats(false))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Repeats, A::Error> {
        let mut repeats = false;
        while let Some(item) = items.next_element::<Repeats>()? {
            repeats |= item.0;
        }
        Ok(Repeats(repeats))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Repeats, A::Error> {
        let (mut seen, mut repeats) = (HashSet::new(), false);
        while let Some((key, value)) = entries.next_entry::<String, Repeats>()? {
            repeats |= value.0 || !seen.insert(key);
        }
        Ok(Repeats(repeats))
    }
}

/// Whether a text is refused exactly where serde_json refuses it, or where a key stands there twice, and else is read
/// as the same.
fn agrees(text: &str) -> Result<(), TestCaseError> {
    let found = Tree::parse(text);
    match serde_json::from_str::<Value>(text) {
        Ok(value) if serde_json::from_str::<Repeats>(text).is_ok_and(|found| !found.0) => {
            prop_assert_eq!(found.map(sorted), Ok(sorted(tree_of(&value))), "{}", text);
        }
        Ok(_) => prop_assert!(found.is_err(), "a key twice: {}", text),
        // The digits are JSON; that others cannot hold the number is not ours to say.
        Err(error) if error.to_string().starts_with("number out of range") => {}
        Err(_) => prop_assert!(found.is_err(), "{}", text),
    }
    let refused =
        matches!(Definition::read(text.as_bytes()).map_err(|fault| fault.kind), Err(FaultKind::NotJson { .. }));
    prop_assert_eq!(refused, Tree::parse(text).is_err());
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(500) })]

    #[test]
    fn any_json_is_read_as_serde_json_reads_it(value in any_value()) {
        agrees(&serde_json::to_string(&value).unwrap())?;
        agrees(&serde_json::to_string_pretty(&value).unwrap())?;
    }

    #[test]
    fn words_are_quoted_as_serde_json_quotes_them(text in prop_oneof![any::<String>(), "[\\x00-\\x20\"\\\\/\u{7f}a]{0,12}"]) {
        let mut json = String::new();
        quote(&text, &mut json);
        prop_assert_eq!(&json, &serde_json::to_string(&text).unwrap());
        prop_assert_eq!(Tree::parse(&json), Ok(Tree::Text(text)));
    }

    #[test]
    fn damaged_json_is_refused_where_serde_json_refuses_it(
        definition in definition(), from in any::<Index>(), to in any::<Index>(), with in "[\\{\\}\\[\\]\",:0-9a-z.eE+\\\\u-]{0,4}",
    ) {
        let text = serde_json::to_string(&definition).unwrap();
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let (a, b) = (*from.get(&cuts), *to.get(&cuts));
        agrees(&[&text[..a], with.as_str(), &text[a..]].concat())?;
        agrees(&[&text[..a.min(b)], with.as_str(), &text[a.max(b)..]].concat())?;
    }

    #[test]
    fn short_texts_are_refused_where_serde_json_refuses_them(
        text in "([\\[\\]{}:, \n]|\"[a-c\\\\\"nu0-9dD\u{0}\u{1f}é]{0,6}\"|-?[0-9.eE+-]{1,6}|true|false|null|nul|\u{feff}){0,8}",
    ) {
        agrees(&text)?;
    }

    #[test]
    fn answers_and_payloads_are_written_and_read_as_serde_does((_, answers) in answered(true), channel in prop::option::of("[a-z]{1,9}")) {
        let answers: Answers = answers.into_iter().collect();
        let mut json = String::new();
        answers.write(&mut json);
        prop_assert_eq!(&json, &serde_json::to_string(&answers).unwrap());
        let read = Answers::read(&Tree::parse(&json).unwrap());
        prop_assert_eq!(read.as_ref(), Some(&answers));
        let payload = Payload {
            format: 1,
            questionnaire: "work".into(),
            definition: "0f".repeat(32),
            instance_id: "3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b".into(),
            language: "vi".into(),
            channel,
            answers,
        };
        prop_assert_eq!(payload.canonical_bytes(), serde_json::to_vec(&payload).unwrap());
    }

    #[test]
    fn damaged_answers_are_read_by_both_or_by_none(
        (_, answers) in answered(true), from in any::<Index>(), to in any::<Index>(), with in "[\\{\\}\",:0-9a-z]{0,3}",
    ) {
        let answers: Answers = answers.into_iter().collect();
        let text = serde_json::to_string(&answers).unwrap();
        let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let (a, b) = (*from.get(&cuts), *to.get(&cuts));
        let text = [&text[..a.min(b)], with.as_str(), &text[a.max(b)..]].concat();
        let own = Tree::parse(&text).ok().and_then(|tree| Answers::read(&tree));
        prop_assert_eq!(own, serde_json::from_str::<Answers>(&text).ok(), "{}", text);
    }
}

#[test]
fn what_is_no_json_is_refused_at_its_byte() {
    for (text, at) in [
        ("", 0),
        (" ", 1),
        ("01", 1),
        ("1.", 2),
        ("-", 1),
        (".5", 0),
        ("+1", 0),
        ("1e", 2),
        ("1e+", 3),
        ("'a'", 0),
        ("nul", 0),
        ("True", 0),
        ("NaN", 0),
        ("1 1", 2),
        ("{a:1}", 1),
        ("{\"a\" 1}", 5),
        ("{\"a\":}", 5),
        ("{\"a\":1,}", 7),
        ("{,}", 1),
        ("[1,]", 3),
        ("[1 2]", 3),
        ("[", 1),
        ("{", 1),
        ("\"", 1),
        ("\"a\tb\"", 2),
        ("\"\\x\"", 2),
        ("\"\\u12\"", 5),
        ("\"\\ud800\"", 2),
        ("\"\\ud800\\u0041\"", 2),
        ("\"\\udc00\"", 2),
        ("\u{feff}1", 0),
        ("{\"a\":1,\"a\":2}", 7),
        ("{\"a\":1,\"\\u0061\":2}", 7),
    ] {
        assert_eq!(Tree::parse(text), Err(NotJson(at)), "{text}");
    }
    let not_words = Definition::read(&[b'{', b'\n', b'"', 0xff, b'"', b'}']).unwrap_err();
    assert_eq!(not_words.kind, FaultKind::NotJson { line: 2, column: 2 });
}

#[test]
fn escapes_are_read_as_serde_json_reads_them() {
    for (escape, text) in [
        (r"\n\t\r\b\f\/\\", "\n\t\r\u{8}\u{c}/\\"),
        (r#"\""#, "\""),
        (r"\u0041\u00e9\uFF42\uff42", "Aéｂｂ"),
        (r"\u0000\u001f", "\0\u{1f}"),
        // Beyond the first plane: the first, one in use, the last.
        (r"\ud800\udc00", "\u{10000}"),
        (r"\ud842\udf9f", "𠮟"),
        (r"\uDBFF\uDFFF", "\u{10ffff}"),
        (r"\ud842\udf9f\ud842\udf9f", "𠮟𠮟"),
    ] {
        let json = format!("\"{escape}\"");
        assert_eq!(Tree::parse(&json), Ok(Tree::Text(text.to_owned())), "{json}");
        assert_eq!(serde_json::from_str::<String>(&json).ok().as_deref(), Some(text), "{json}");
    }
}

#[test]
fn numbers_that_others_do_not_hold_are_something_else() {
    for text in [
        "-0",
        "1.0",
        "1e2",
        "1E-2",
        "9223372036854775808",
        "-9223372036854775809",
        &"9".repeat(400),
        "1e999999999999",
        "null",
    ] {
        assert_eq!(Tree::parse(text), Ok(Tree::Other), "{text}");
    }
    for (text, number) in [("0", 0), ("-1", -1), ("9223372036854775807", i64::MAX), ("-9223372036854775808", i64::MIN)]
    {
        assert_eq!(Tree::parse(text), Ok(Tree::Number(number)));
    }
}

#[test]
fn nesting_and_keys_are_bounded() {
    let nested = |depth: usize| ["[".repeat(depth), "]".repeat(depth)].concat();
    assert!(Tree::parse(&nested(MAX_DEPTH)).is_ok());
    assert_eq!(Tree::parse(&nested(MAX_DEPTH + 1)), Err(NotJson(MAX_DEPTH)));
    assert_eq!(Tree::parse(&"[".repeat(1_000_000)), Err(NotJson(MAX_DEPTH)));
    let keys =
        |count: usize| format!("{{{}}}", (0..count).map(|key| format!("\"{key}\":0")).collect::<Vec<_>>().join(","));
    assert!(Tree::parse(&keys(1_000)).is_ok());
    assert!(Tree::parse(&keys(1_001)).is_err() && Tree::parse(&keys(100_000)).is_err());
}
