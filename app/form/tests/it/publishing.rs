//! What publishing refuses, fault by fault, and the bytes it gives what it accepts.

use crate::example::{self, JSON};
use form::{Expression, Fault, FaultKind, Published, digest};
use std::collections::BTreeSet;

/// The faults of the example after one replacement, as `place kind`.
fn faults(from: &str, to: &str) -> Vec<String> {
    assert!(JSON.contains(from), "{from}");
    let faults = Published::from_json(JSON.replacen(from, to, 1).as_bytes()).err().unwrap_or_default();
    faults.into_iter().map(|Fault { place, kind }| format!("{place} {}", kind.as_str())).collect()
}

const LABEL: &str = r#""label": {"en": "Go on?", "ja-easy": "つづけますか"}"#;
const YES: &str = r#"{"selected": {"question": "consent", "code": "yes"}}"#;

/// What is replaced, by what, and the one fault that follows.
const TABLE: &[(&str, &str, &str)] = &[
    (r#""format": 1"#, r#""format": 2"#, "format unsupported_format"),
    ("work-2026", "Work 2026", "slug bad_slug"),
    (r#""version": "1""#, r#""version": """#, "version bad_version"),
    (r#""name": "message""#, r#""name": "Message""#, "questions/5 bad_name"),
    (r#""name": "message""#, r#""name": "consent""#, "questions/5 duplicate"),
    (r#""code": "no""#, r#""code": "_no""#, "questions/consent/kind/choices/1 bad_code"),
    (r#""code": "no""#, r#""code": "yes""#, "questions/consent/kind/choices/1 duplicate"),
    ("restriction_of_movement", "ILO 3", "questions/limits/indicator bad_name"),
    (r#"["en", "ja-easy"]"#, r#"["en", "ja-easy", "en"]"#, "languages/2 duplicate"),
    (r#", "ja-easy": "つづけますか""#, "", "questions/consent/label/ja-easy missing_text"),
    ("Hours a week?", " \u{3000}", "questions/hours/label/en missing_text"),
    (r#", "ja-easy": "はい""#, "", "questions/consent/kind/choices/yes/label/ja-easy missing_text"),
    (r#", "ja-easy": "きょうまで""#, "", "questions/arrived/constraint/message/ja-easy missing_text"),
    (r#", "ja-easy": "ぜんぶ""#, "", "questions/limits/hint/ja-easy missing_text"),
    (r#", "ja-easy": "じかん""#, "", "questions/hours/kind/unit/ja-easy missing_text"),
    (r#""en": "Go on?""#, r#""en": "Go on?", "vi": "Tiếp?""#, "questions/consent/label/vi undeclared_language"),
    ("{日本|にほん}", "{にほん}", "title/ja-easy bad_ruby"),
    ("{日本|にほん}", "{ひ|日}", "title/ja-easy bad_ruby"),
    ("Work in Japan", "Work {in Japan", "title/en bad_ruby"),
    ("でんわ", "電話", "questions/limits/kind/choices/phone/label/ja-easy bare_kanji"),
    ("Work in Japan", "Work\\nin Japan", "title/en control_character"),
    ("We ask.", "We\\u0000ask.", "purpose/en control_character"),
    (r#""min": 0"#, r#""min": 113"#, "questions/hours/kind range_reversed"),
    (r#""max_bytes": 500"#, r#""max_bytes": 2001"#, "questions/message/kind/max_bytes bad_max_bytes"),
    (r#""max_bytes": 500"#, r#""max_bytes": 0"#, "questions/message/kind/max_bytes bad_max_bytes"),
    (r#""sensitivity": 2"#, r#""sensitivity": 4"#, "questions/hours/sensitivity bad_sensitivity"),
    (YES, r#"{"answered": {"question": "consents"}}"#, "questions/hours/relevant/answered unknown_question"),
    (YES, r#"{"answered": {"question": "hours"}}"#, "questions/hours/relevant/answered forward_reference"),
    (YES, r#"{"answered": {"question": "message"}}"#, "questions/hours/relevant/answered forward_reference"),
    (
        YES,
        r#"{"selected": {"question": "consent", "code": "maybe"}}"#,
        "questions/hours/relevant/selected unknown_code",
    ),
    (
        YES,
        r#"{"selected": {"question": "consent", "code": "_unknown"}}"#,
        "questions/hours/relevant/selected unknown_code",
    ),
    (YES, r#"{"any": []}"#, "questions/hours/relevant/any empty"),
    (YES, r#"{"all": [{"not": {"any": []}}]}"#, "questions/hours/relevant/all/0/not/any empty"),
    (r#""right": {"number": 40}"#, r#""right": "today""#, "questions/limits/relevant/compare type_mismatch"),
    (r#"{"answer": "hours"}"#, r#"{"answer": "consent"}"#, "questions/limits/relevant/compare/left type_mismatch"),
    (
        r#"{"answer": "arrived"}"#,
        r#"{"answer": "message"}"#,
        "questions/arrived/constraint/expression/compare/left forward_reference",
    ),
    (
        r#""question": "limits", "code": "curfew""#,
        r#""question": "hours", "code": "curfew""#,
        "questions/name_it/relevant/selected type_mismatch",
    ),
];

#[test]
fn each_fault_is_found_alone_and_at_its_place() {
    assert_eq!(faults("work", "work"), [""; 0]);
    for (from, to, fault) in TABLE {
        assert_eq!(faults(from, to), [*fault], "{from} → {to}");
    }
}

#[test]
fn faults_that_bring_others_are_found() {
    let conditional = format!(r#"{LABEL}, "relevant": {{"answered": {{"question": "consent"}}}}"#);
    assert_eq!(
        faults(LABEL, &conditional),
        ["questions/consent/relevant first_is_conditional", "questions/consent/relevant/answered forward_reference"]
    );
    let unknown = faults(r#"["en", "ja-easy"]"#, r#"["en", "ja-easy", "jp"]"#);
    assert_eq!(unknown.first().map(String::as_str), Some("languages/2 unknown_language"));
    assert!(unknown.iter().skip(1).all(|fault| fault.ends_with("/jp missing_text")));
    assert_eq!(faults(r#"["en", "ja-easy"]"#, "[]").first().map(String::as_str), Some("languages empty"));
}

#[test]
fn what_is_not_a_definition_says_where() {
    let kind = |json: &str| Published::from_json(json.as_bytes()).unwrap_err()[0].kind;
    assert_eq!(kind("{\n  \"format\": }"), FaultKind::NotJson { line: 2, column: 13 });
    assert!(matches!(
        kind(&JSON.replacen("\"slug\"", "\"color\": 1, \"slug\"", 1)),
        FaultKind::NotADefinition { line: 2, .. }
    ));
    assert!(matches!(kind(&JSON.replacen("\"required\"", "\"requird\"", 1)), FaultKind::NotADefinition { .. }));
    assert!(matches!(kind(&JSON.replacen("\"multiline\": true", "\"min\": 1", 1)), FaultKind::NotADefinition { .. }));
    assert!(matches!(
        kind(&JSON.replacen("\"en\": \"Yes\"", "\"en\": \"Yes\", \"en\": \"No\"", 1)),
        FaultKind::NotADefinition { .. }
    ));
    assert_eq!(kind(&" ".repeat(form::publish::MAX_BYTES + 1)), FaultKind::TooLarge);
    assert!(matches!(kind(&"[".repeat(100_000)), FaultKind::NotJson { .. } | FaultKind::NotADefinition { .. }));
}

#[test]
fn too_many_too_deep_and_too_long_are_refused() {
    let kinds = |change: &dyn Fn(&mut form::Definition)| {
        let mut definition = example::definition();
        change(&mut definition);
        let faults = Published::from_definition(definition).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.kind.as_str()).collect::<BTreeSet<_>>()
    };
    let many = |count: usize, name: &'static str| {
        kinds(&|definition| {
            let question = definition.question(name).unwrap().clone();
            definition.questions.truncate(4);
            for index in 4..count {
                let mut question = question.clone();
                (question.name, question.relevant) = (format!("q{index}"), None);
                definition.questions.push(question);
            }
        })
    };
    assert!(many(500, "consent").is_empty());
    assert_eq!(many(501, "consent"), BTreeSet::from(["too_many"]));
    assert!(many(60, "message").is_empty());
    assert_eq!(many(70, "message"), BTreeSet::from(["answers_too_large"]));
    let nested = |depth: usize| {
        kinds(&|definition| {
            let leaf = Expression::Answered { question: "consent".into() };
            let deep = (1..depth).fold(leaf, |inner, _| Expression::Not(Box::new(inner)));
            definition.questions[1].relevant = Some(deep);
        })
    };
    assert!(nested(32).is_empty());
    assert_eq!(nested(33), BTreeSet::from(["too_deep"]));
    assert_eq!(kinds(&|definition| definition.questions.clear()), BTreeSet::from(["empty"]));
    assert_eq!(
        kinds(&|definition| definition.questions[5].kind = form::Kind::SelectOne { choices: Vec::new() }),
        BTreeSet::from(["empty"])
    );
}

#[test]
fn a_declined_or_unknown_answer_can_be_asked_for_where_it_is_offered() {
    let unknown = r#"{"selected": {"question": "hours", "code": "_unknown"}}"#;
    let compare = r#"{"compare": {"left": {"answer": "hours"}, "operator": "greater", "right": {"number": 40}}}"#;
    assert_eq!(faults(compare, unknown), [""; 0]);
    assert_eq!(
        faults(compare, &unknown.replace("_unknown", "_declined")),
        ["questions/limits/relevant/selected unknown_code"]
    );
}

#[test]
fn hash_is_that_of_the_canonical_bytes_and_moves_with_every_word() {
    let published = Published::from_json(JSON.as_bytes()).unwrap();
    assert_eq!(published.hash(), digest(published.canonical_bytes()));
    assert_ne!(published.canonical_bytes(), JSON.as_bytes());
    let other = Published::from_json(JSON.replacen("Go on?", "Go on!", 1).as_bytes()).unwrap();
    assert_ne!(other.hash(), published.hash());
}

#[test]
fn canonical_bytes_of_a_tiny_definition_never_change() {
    let json = concat!(
        r#"{"format":1,"slug":"tiny","version":"1","languages":["en"],"title":{"en":"Tiny"},"purpose":{"en":"To show."},"#,
        r#""questions":[{"name":"consent","label":{"en":"Go on?"},"kind":{"type":"select_one","choices":["#,
        r#"{"code":"yes","label":{"en":"Yes"}},{"code":"no","label":{"en":"No"}}]},"required":true}]}"#,
    );
    let spelled_out =
        json.replace(r#""required":true"#, r#""required":true,"may_decline":false,"hint":null,"sensitivity":0"#);
    for json in [json, &spelled_out] {
        let published = Published::from_json(json.as_bytes()).unwrap();
        assert_eq!(published.hash(), HASH);
    }
    assert_eq!(Published::from_json(spelled_out.as_bytes()).unwrap().canonical_bytes(), json.as_bytes());
}

/// Computed with sha256sum. If this must change, every published definition changes its name.
const HASH: &str = "d45fa1882773c4d4209dcf1495a4931eb9aa95ed5b740a97393aa3a8fdf94791";

#[test]
fn fault_keys_are_unique_and_the_same_in_json() {
    let names: BTreeSet<_> = FaultKind::NAMES.iter().collect();
    assert_eq!(names.len(), FaultKind::NAMES.len());
    for kind in [FaultKind::BareKanji, FaultKind::NotADefinition { line: 1, column: 2 }] {
        assert!(serde_json::to_string(&kind).unwrap().contains(&format!("\"{}\"", kind.as_str())));
        assert!(names.contains(&kind.as_str()));
    }
}
