//! What publishing refuses, fault by fault, and the bytes it gives what it accepts.

use crate::example::{self, JSON};
use crate::sketch;
use form::{Arithmetic, Definition, Expression, Fault, FaultKind, Published, digest, publish};
use std::collections::BTreeSet;

/// The faults of the example after one replacement, as `place kind`.
fn faults(from: &str, to: &str) -> Vec<String> {
    assert!(JSON.contains(from), "{from}");
    let faults = Published::from_json(JSON.replacen(from, to, 1).as_bytes()).err().unwrap_or_default();
    faults.into_iter().map(|Fault { place, kind }| format!("{place} {}", kind.as_str())).collect()
}

const LABEL: &str = r#""label": {"en": "Go on?", "ja-easy": "つづけますか"}"#;
const YES: &str = "${consent} = 'yes'";
const LONG: &str = "${hours} > 40";

/// What is replaced, by what, and the one fault that follows.
const TABLE: &[(&str, &str, &str)] = &[
    // What cannot be read.
    (r#""slug""#, r#""color": 1, "slug""#, "color unknown_field"),
    (r#""slug""#, r#""<b>": 1, "slug""#, " unknown_field"),
    (r#""required": true"#, r#""requird": true"#, "questions/consent/requird unknown_field"),
    (r#""multiline": true"#, r#""min": 1"#, "questions/message/kind/min unknown_field"),
    (r#"{"type": "time"}"#, r#"{"type": "time", "choices": []}"#, "questions/starts/kind/choices unknown_field"),
    (r#""version": "1", "#, "", "version missing_field"),
    (r#""max_bytes": 500, "#, "", "questions/message/kind/max_bytes missing_field"),
    (r#"{"code": "yes", "#, "{", "questions/consent/kind/choices/0/code missing_field"),
    (r#"["en", "ja-easy"]"#, r#""en""#, "languages unexpected_type"),
    (r#""required": true"#, r#""required": null"#, "questions/consent/required unexpected_type"),
    (r#""sensitivity": 2"#, r#""sensitivity": -1"#, "questions/hours/sensitivity unexpected_type"),
    (r#""max": 112"#, r#""max": 112.5"#, "questions/hours/kind/max unexpected_type"),
    (r#""max": "9999.5""#, r#""max": 9999.5"#, "questions/wage/kind/max unexpected_type"),
    (r#""max": "9999.5""#, r#""max": "9.9e3""#, "questions/wage/kind/max unexpected_type"),
    (r#""${hours} > 40""#, r#"{"not": "${hours} > 40"}"#, "questions/limits/relevant unexpected_type"),
    (r#""type": "note""#, r#""type": "repeat""#, "questions/warning/kind/type unsupported_kind"),
    (r#""type": "note""#, r#""type": "select_one_from_file""#, "questions/warning/kind/type unsupported_kind"),
    ("minimal", "autocomplete", "questions/visa/kind/appearance unsupported_appearance"),
    ("field_list", "table-list", "groups/shift/appearance unsupported_appearance"),
    ("month_year", "no-calendar", "questions/since/kind/appearance unsupported_appearance"),
    ("2027-03-31", "2027-02-29", "questions/visa/kind/choices/trainee/until not_a_day"),
    (LONG, "${hours} > > 40", "questions/limits/relevant bad_expression"),
    (LONG, "", "questions/limits/relevant bad_expression"),
    ("today()", "now()", "questions/arrived/constraint/expression unsupported_function"),
    ("today()", "today(1)", "questions/arrived/constraint/expression wrong_arity"),
    (r#""format": 2"#, r#""format": 3"#, "format unsupported_format"),
    // Names.
    ("work-2026", "Work 2026", "slug bad_slug"),
    (r#""version": "1""#, r#""version": """#, "version bad_version"),
    (r#""name": "message""#, r#""name": "Message""#, "questions/13 bad_name"),
    (r#""name": "message""#, r#""name": "consent""#, "questions/13 duplicate"),
    (r#""name": "message""#, r#""name": "work""#, "questions/work duplicate"),
    (r#""name": "is_poor""#, r#""name": "mood""#, "calculations/mood duplicate"),
    (r#""name": "is_poor""#, r#""name": "is poor""#, "calculations/1 bad_name"),
    (r#""code": "no""#, r#""code": "_no""#, "questions/consent/kind/choices/1 bad_code"),
    (r#""code": "no""#, r#""code": "yes""#, "questions/consent/kind/choices/1 duplicate"),
    ("restriction_of_movement", "ILO 3", "questions/limits/indicators/0 bad_name"),
    (r#"["en", "ja-easy"]"#, r#"["en", "ja-easy", "en"]"#, "languages/2 duplicate"),
    // Texts.
    (r#", "ja-easy": "つづけますか""#, "", "questions/consent/label/ja-easy missing_text"),
    ("Hours a week?", " \u{3000}", "questions/hours/label/en missing_text"),
    (r#", "ja-easy": "はい""#, "", "questions/consent/kind/choices/yes/label/ja-easy missing_text"),
    (r#", "ja-easy": "きょうまで""#, "", "questions/arrived/constraint/message/ja-easy missing_text"),
    (r#", "ja-easy": "ぜんぶ""#, "", "questions/limits/hint/ja-easy missing_text"),
    (r#", "ja-easy": "じかん""#, "", "questions/hours/kind/unit/ja-easy missing_text"),
    (r#", "ja-easy": "えん""#, "", "questions/wage/kind/unit/ja-easy missing_text"),
    (r#", "ja-easy": "いちにち""#, "", "groups/shift/label/ja-easy missing_text"),
    (r#", "ja-easy": "ふつうの ひ""#, "", "groups/shift/hint/ja-easy missing_text"),
    (r#", "ja-easy": "たりない""#, "", "calculations/is_poor/label/ja-easy missing_text"),
    (r#""en": "Go on?""#, r#""en": "Go on?", "vi": "Tiếp?""#, "questions/consent/label/vi undeclared_language"),
    ("{日本|にほん}", "{にほん}", "title/ja-easy bad_ruby"),
    ("{日本|にほん}", "{ひ|日}", "title/ja-easy bad_ruby"),
    ("Work in Japan", "Work {in Japan", "title/en bad_ruby"),
    ("でんわ", "電話", "questions/limits/kind/choices/phone/label/ja-easy bare_kanji"),
    ("Work in Japan", "Work\\nin Japan", "title/en control_character"),
    ("We ask.", "We\\u0000ask.", "purpose/en control_character"),
    ("Go on?", "Go \u{202e}on?", "questions/consent/label/en control_character"),
    // Kinds.
    (r#""min": 0, "max": 112"#, r#""min": 113, "max": 112"#, "questions/hours/kind range_reversed"),
    (r#""min": "0", "max""#, r#""min": "9999.500001", "max""#, "questions/wage/kind range_reversed"),
    (
        r#""until": "2027"#,
        r#""from": "2027-04-01", "until": "2027"#,
        "questions/visa/kind/choices/trainee range_reversed",
    ),
    (r#""max": 112"#, r#""max": 1000000000001"#, "questions/hours/kind bound_too_large"),
    (r#""min": "0""#, r#""min": "-1000000000000.5""#, "questions/wage/kind bound_too_large"),
    (r#""min": 0, "max": 10,"#, r#""min": 0, "max": 11,"#, "questions/mood/kind scale_too_long"),
    (r#""max_bytes": 500"#, r#""max_bytes": 2001"#, "questions/message/kind/max_bytes bad_max_bytes"),
    (r#""max_bytes": 500"#, r#""max_bytes": 0"#, "questions/message/kind/max_bytes bad_max_bytes"),
    (r#""sensitivity": 2"#, r#""sensitivity": 4"#, "questions/hours/sensitivity bad_sensitivity"),
    (r#""sensitivity": 2"#, r#""sensitivity": 256"#, "questions/hours/sensitivity bad_sensitivity"),
    (r#"{"type": "note"}"#, r#"{"type": "note"}, "required": true"#, "questions/warning note_is_answered"),
    (r#"{"type": "note"}"#, r#"{"type": "note"}, "may_decline": true"#, "questions/warning note_is_answered"),
    // Groups.
    (
        r#""name": "hours", "group": "work""#,
        r#""name": "hours", "group": "wrk""#,
        "questions/hours/group unknown_group",
    ),
    (r#""name": "ends", "group": "shift""#, r#""name": "ends""#, "groups/shift group_is_parted"),
    (r#""groups": ["#, r#""groups": [{"name": "lost", "label": {"en": "x", "ja-easy": "x"}},"#, "groups/lost empty"),
    (
        LABEL,
        r#""label": {"en": "Go on?", "ja-easy": "つづけますか"}, "relevant": "true()""#,
        "questions/consent/relevant first_is_conditional",
    ),
    // Expressions.
    (YES, "${consents} = 'yes'", "groups/work/relevant/=/consents unknown_question"),
    (LONG, "${mood} > 40", "questions/limits/relevant/>/mood forward_reference"),
    (LONG, "${pay} > 40", "questions/limits/relevant/>/pay forward_reference"),
    (YES, "${mood} > 1", "groups/work/relevant/>/mood forward_reference"),
    ("${hours} > 0", "${starts} != ''", "groups/shift/relevant/!=/starts cycle"),
    (LONG, "${limits} != ''", "questions/limits/relevant/!=/limits cycle"),
    (LONG, "${name_it} != ''", "questions/limits/relevant/!=/name_it cycle"),
    (YES, "${hours} > 1", "groups/work/relevant/>/hours cycle"),
    ("${hours} * ${wage}", "number(${is_poor})", "calculations/pay/expression/number/is_poor cycle"),
    ("${hours} * ${wage}", "${pay} + 1", "calculations/pay/expression/pay cycle"),
    (YES, "${consent} = 'maybe'", "groups/work/relevant/= unknown_code"),
    ("'curfew')", "'dog')", "questions/name_it/relevant/selected unknown_code"),
    ("'curfew')", "'_unknown')", "questions/name_it/relevant/selected unknown_code"),
    (LONG, "${hours} > 'x'", "questions/limits/relevant/> type_mismatch"),
    (LONG, "${hours} + 40", "questions/limits/relevant type_mismatch"),
    (LONG, ". > 40", "questions/limits/relevant/> this_outside_constraint"),
    ("<= today()", "<= date('2026-02-29')", "questions/arrived/constraint/expression/<=/date not_a_day"),
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
    let conditional = format!(r#"{LABEL}, "relevant": "{YES}""#);
    assert_eq!(
        faults(LABEL, &conditional),
        ["questions/consent/relevant first_is_conditional", "questions/consent/relevant/=/consent cycle"]
    );
    let unknown = faults(r#"["en", "ja-easy"]"#, r#"["en", "ja-easy", "jp"]"#);
    assert_eq!(unknown.first().map(String::as_str), Some("languages/2 unknown_language"));
    assert!(unknown.iter().skip(1).all(|fault| fault.ends_with("/jp missing_text")));
    assert_eq!(faults(r#"["en", "ja-easy"]"#, "[]").first().map(String::as_str), Some("languages empty"));
}

/// Cycles through several questions, groups and calculations, and what only looks like one.
#[test]
fn a_cycle_is_told_from_what_only_looks_ahead() {
    let chain = "a: note\nb: integer 0 9 when ${c} = 1\nc: integer 0 9 when ${d} = 1\nd: integer 0 9";
    assert_eq!(
        sketch::faults(chain),
        ["questions/b/relevant/=/c forward_reference", "questions/c/relevant/=/d forward_reference"]
    );
    let round = format!("{chain} when ${{b}} = 1");
    assert_eq!(sketch::faults(&round), ["questions/b/relevant/=/c cycle", "questions/c/relevant/=/d cycle"]);
    let by_calculation = "a: note\nb: integer 0 9 when ${c} = 1\nc: integer 0 9 when ${k} = 1\nk = ${b} + 1";
    assert_eq!(sketch::faults(by_calculation), ["questions/b/relevant/=/c cycle"]);
    let by_group = "a: note\nb: integer 0 9 when ${c} = 1\nc: integer 0 9 @g\ngroup g when ${b} = 1";
    assert_eq!(sketch::faults(by_group), ["questions/b/relevant/=/c cycle"]);
}

/// What is on one page is shown or hidden before any of it is answered.
#[test]
fn a_question_looks_back_past_its_page_but_within_its_section() {
    let group =
        |page: &str| format!("a: integer 0 9\nb: integer 0 9 @g\nc: integer 0 9 @g when ${{b}} = 1\ngroup g{page}");
    assert_eq!(sketch::faults(&group("")), [""; 0]);
    assert_eq!(sketch::faults(&group(" page")), ["questions/c/relevant/=/b forward_reference"]);
    assert_eq!(sketch::faults(&group(" page").replace("when", "must")), [""; 0], "a constraint sees its page");
}

#[test]
fn what_is_not_json_says_where() {
    let kind = |json: &str| Published::from_json(json.as_bytes()).unwrap_err()[0].kind;
    assert_eq!(kind("{\n  \"format\": }"), FaultKind::NotJson { line: 2, column: 13 });
    assert!(matches!(
        kind(&JSON.replacen("\"en\": \"Yes\"", "\"en\": \"Yes\", \"en\": \"No\"", 1)),
        FaultKind::NotJson { .. }
    ));
    assert_eq!(kind("[]"), FaultKind::UnexpectedType);
    assert_eq!(kind("{}"), FaultKind::MissingField);
}

#[test]
fn expressions_that_cannot_be_read_say_at_which_byte() {
    let kind = |to: &str| Published::from_json(JSON.replacen(LONG, to, 1).as_bytes()).unwrap_err()[0].kind;
    assert_eq!(kind("${hours} > > 40"), FaultKind::BadExpression { at: 11 });
    assert_eq!(kind("'人' = now()"), FaultKind::UnsupportedFunction { at: 8 });
    assert_eq!(kind("1 = round()"), FaultKind::WrongArity { at: 4 });
}

/// The kinds of faults of the example after a change.
fn kinds(change: &dyn Fn(&mut Definition)) -> BTreeSet<&'static str> {
    let mut definition = example::definition();
    change(&mut definition);
    let faults = Published::from_definition(definition).err().unwrap_or_default();
    faults.into_iter().map(|fault| fault.kind.as_str()).collect()
}

/// The faults of a definition of so many questions like one of the example.
fn many(count: usize, name: &str) -> BTreeSet<&'static str> {
    kinds(&|definition| {
        let question = definition.question(name).unwrap().clone();
        definition.questions.truncate(1);
        definition.groups.clear();
        definition.calculations.clear();
        for index in 1..count {
            let mut question = question.clone();
            (question.name, question.relevant) = (format!("q{index}"), None);
            definition.questions.push(question);
        }
    })
}

/// Calculations that double each other, over one question.
fn doubling(count: usize) -> String {
    let lines = (1..count).map(|index| format!("k{index} = ${{k{}}} + ${{k{}}}\n", index - 1, index - 1));
    format!("q: integer 0 9\nk0 = ${{q}} + ${{q}}\n{}", lines.collect::<String>())
}

/// Faults that a replacement of a few words does not bring about.
fn large() -> Vec<(BTreeSet<&'static str>, &'static str)> {
    let deep = |depth: usize| {
        kinds(&|definition| {
            let leaf = Expression::Name("consent".into());
            let leaf =
                Expression::Compare(Box::new(leaf), form::Relation::Equal, Box::new(Expression::Text("yes".into())));
            let nested = (2..depth).fold(leaf, |inner, _| Expression::Call(form::Function::Not, vec![inner]));
            definition.questions[2].relevant = Some(nested);
        })
    };
    let long = |title: usize, purpose: usize| {
        kinds(&|definition| {
            definition.title.set("en", "x".repeat(title));
            definition.purpose.set("en", "x".repeat(purpose));
        })
    };
    let wide = |terms: usize| {
        kinds(&|definition| {
            let one = || Expression::Name("hours".into());
            let sum = || Expression::Calculate(Box::new(one()), Arithmetic::Plus, Box::new(one()));
            definition.calculations[0].expression =
                Expression::Call(form::Function::Sum, (0..terms).map(|_| sum()).collect());
        })
    };
    let of_sketch = |sketch: &str| {
        let faults = Published::from_json(&sketch::json(sketch)).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.kind.as_str()).collect()
    };
    let bytes = |length: usize| {
        let padded = format!("{JSON}{}", " ".repeat(length - JSON.len()));
        let faults = Published::from_json(padded.as_bytes()).err().unwrap_or_default();
        faults.into_iter().map(|fault| fault.kind.as_str()).collect()
    };
    vec![
        (many(500, "consent"), ""),
        (many(501, "consent"), "too_many"),
        (many(60, "message"), ""),
        (many(70, "message"), "answers_too_large"),
        (deep(64), ""),
        (deep(65), "too_deep"),
        (long(4_000, 20_000), ""),
        (long(4_001, 1), "too_long"),
        (long(1, 20_001), "too_long"),
        // `sum(${hours} + ${hours}, …)`: 21 bytes a term.
        (wide(100), ""),
        // 6 · 2ⁿ − 3 parts.
        (of_sketch(&doubling(11)), ""),
        (of_sketch(&doubling(12)), "too_complex"),
        (bytes(publish::MAX_BYTES), ""),
        (bytes(publish::MAX_BYTES + 1), "too_large"),
        (kinds(&|definition| definition.questions.clear()), "empty"),
        (kinds(&|definition| definition.calculations[1].expression = Expression::All(Vec::new())), "empty"),
        (kinds(&|definition| definition.calculations[1].expression = Expression::Text("'\"".into())), "bad_expression"),
        (
            kinds(&|definition| {
                definition.calculations[1].expression = Expression::Call(form::Function::Today, vec![Expression::This])
            }),
            "wrong_arity",
        ),
    ]
}

#[test]
fn too_many_too_deep_and_too_long_are_refused() {
    for (row, (found, expected)) in large().into_iter().enumerate() {
        assert_eq!(found.is_empty(), expected.is_empty(), "row {row}: {found:?}");
        assert!(expected.is_empty() || found.contains(expected), "row {row}: {found:?}");
    }
}

#[test]
fn every_kind_of_fault_is_brought_about_by_a_test() {
    let large = large().into_iter().map(|(_, kind)| kind);
    let told = TABLE.iter().map(|(.., fault)| fault.rsplit(' ').next().unwrap()).chain(large);
    let mut told: BTreeSet<&str> = told.filter(|kind| !kind.is_empty()).collect();
    told.extend(["not_json", "unknown_language"]);
    assert_eq!(told, FaultKind::NAMES.iter().copied().collect());
}

#[test]
fn no_more_faults_are_told_than_somebody_mends() {
    let wrong: String = (0..400).map(|index| format!("q{index}: text 0\n")).collect();
    assert_eq!(sketch::faults(&wrong).len(), 200);
}

#[test]
fn a_declined_or_unknown_answer_can_be_asked_for_where_it_is_offered() {
    assert_eq!(faults(LONG, "selected(${hours}, '_unknown')"), [""; 0]);
    assert_eq!(faults(LONG, "selected(${hours}, '_declined')"), ["questions/limits/relevant/selected unknown_code"]);
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
fn canonical_bytes_of_format_2_never_change() {
    let json = concat!(
        r#"{"format":2,"slug":"tiny","version":"1","languages":["en"],"title":{"en":"Tiny"},"purpose":{"en":"To show."},"#,
        r#""groups":[{"name":"g","label":{"en":"G"},"hint":{"en":"H"},"relevant":"${consent} = 'yes'","appearance":"field_list"},"#,
        r#"{"name":"h","label":{"en":"H"}}],"#,
        r#""questions":[{"name":"consent","label":{"en":"Go on?"},"kind":{"type":"select_one","choices":["#,
        r#"{"code":"yes","label":{"en":"Yes"}},{"code":"no","label":{"en":"No"},"from":"2026-01-01","until":"2026-12-31"}],"#,
        r#""appearance":"likert"},"required":true},"#,
        r#"{"name":"a","group":"g","label":{"en":"A / ｂ"},"hint":{"en":"H"},"kind":{"type":"select_multiple","choices":["#,
        r#"{"code":"x","label":{"en":"X"},"exclusive":true}]},"relevant":"not(${consent} = 'no')","may_decline":true,"#,
        r#""may_not_know":true,"sensitivity":3,"indicators":["debt","wages"]},"#,
        r#"{"name":"b","group":"h","label":{"en":"B"},"kind":{"type":"integer","min":-1,"max":9,"unit":{"en":"u"},"#,
        r#""appearance":"scale"},"constraint":{"expression":". >= 0","message":{"en":"M"}}},"#,
        r#"{"name":"c","label":{"en":"C"},"kind":{"type":"decimal","min":"-0.5","max":"7.25"}},"#,
        r#"{"name":"d","label":{"en":"D"},"kind":{"type":"text","max_bytes":9,"multiline":true}},"#,
        r#"{"name":"e","label":{"en":"E"},"kind":{"type":"date","appearance":"month_year"}},"#,
        r#"{"name":"f","label":{"en":"F"},"kind":{"type":"time"}},"#,
        r#"{"name":"i","label":{"en":"I"},"kind":{"type":"acknowledge"}},"#,
        r#"{"name":"j","label":{"en":"J"},"kind":{"type":"note"}}],"#,
        r#""calculations":[{"name":"k","label":{"en":"K"},"expression":"-(${b} + 1) * 2.5"}]}"#,
    );
    let spelled_out = json
        .replace(r#""format":2,"slug":"tiny""#, r#" "slug":"tiny", "format":2 "#)
        .replace(r#""max_bytes":9,"multiline":true"#, r#""multiline":true,"max_bytes":9"#)
        .replace(r#""required":true"#, r#""required":true,"may_decline":false,"indicators":[],"sensitivity":0"#)
        .replace(r#""min":"-0.5""#, r#""min":"-00.50""#)
        .replace("-(${b} + 1) * 2.5", "-((${b}+1))*2.50")
        .replace("A / ｂ", "A \\/ \\uff42");
    for json in [json, &spelled_out] {
        let published = Published::from_json(json.as_bytes()).unwrap();
        assert_eq!(published.hash(), HASH);
    }
    assert_eq!(Published::from_json(spelled_out.as_bytes()).unwrap().canonical_bytes(), json.as_bytes());
}

/// Computed with sha256sum. If this must change, every published definition changes its name.
const HASH: &str = "94b5cb8c51e872061ef66cdc7acca1f9317b6064b770f123a6b3f7e80e01bcc9";

#[test]
fn fault_keys_are_unique_and_the_same_in_json() {
    let names: BTreeSet<_> = FaultKind::NAMES.iter().collect();
    assert_eq!(names.len(), FaultKind::NAMES.len());
    for kind in [FaultKind::BareKanji, FaultKind::NotJson { line: 1, column: 2 }, FaultKind::BadExpression { at: 3 }] {
        assert!(serde_json::to_string(&kind).unwrap().contains(&format!("\"{}\"", kind.as_str())));
        assert!(names.contains(&kind.as_str()));
    }
}
