//! How a definition is read: kinds and texts.

use crate::example::JSON;
use form::Definition;

/// A definition of one question of that kind.
fn of_kind(kind: &str) -> Result<Definition, String> {
    let json = format!(
        r#"{{"format":2,"slug":"s","version":"1","languages":["en"],"title":{{}},"purpose":{{}},"questions":[{{"name":"q","label":{{}},"kind":{kind}}}]}}"#
    );
    Definition::read(json.as_bytes())
        .map_err(|fault| format!("{} {}", fault.place.trim_start_matches("questions/q/"), fault.kind.as_str()))
}

#[test]
fn kinds_are_written_as_they_are_read() {
    for json in [
        r#"{"type":"select_one","choices":[{"code":"yes","label":{"en":"Yes"}}]}"#,
        r#"{"type":"select_one","choices":[],"appearance":"minimal"}"#,
        r#"{"type":"select_one","choices":[],"appearance":"likert"}"#,
        r#"{"type":"select_multiple","choices":[{"code":"none","label":{"en":"None"},"exclusive":true}]}"#,
        r#"{"type":"select_multiple","choices":[{"code":"a","label":{},"from":"2027-04-01","until":"2028-03-31"}]}"#,
        r#"{"type":"integer","min":0,"max":112,"unit":{"en":"hours"}}"#,
        r#"{"type":"integer","min":-9223372036854775808,"max":9223372036854775807}"#,
        r#"{"type":"integer","min":0,"max":10,"appearance":"scale"}"#,
        r#"{"type":"decimal","min":"-0.5","max":"1000000","unit":{"en":"yen"}}"#,
        r#"{"type":"text","max_bytes":500}"#,
        r#"{"type":"text","max_bytes":500,"multiline":true}"#,
        r#"{"type":"date"}"#,
        r#"{"type":"date","appearance":"month_year"}"#,
        r#"{"type":"date","appearance":"year"}"#,
        r#"{"type":"time"}"#,
        r#"{"type":"acknowledge"}"#,
        r#"{"type":"note"}"#,
    ] {
        let definition = of_kind(json).unwrap();
        assert_eq!(serde_json::to_string(&definition.questions[0].kind).unwrap(), json);
    }
}

#[test]
fn fields_of_another_kind_are_refused() {
    for (json, fault) in [
        (r#"{"type":"date","min":1}"#, "kind/min unknown_field"),
        (r#"{"type":"note","required":true}"#, "kind/required unknown_field"),
        (r#"{"type":"select_multiple","choices":[],"appearance":"minimal"}"#, "kind/appearance unknown_field"),
        (r#"{"type":"select_one","or_other":true}"#, "kind/or_other unknown_field"),
        (r#"{"type":"select_one","choice_filter":"x"}"#, "kind/choice_filter unknown_field"),
        (
            r#"{"type":"select_one","choices":[{"code":"a","label":{},"image":"x"}]}"#,
            "kind/choices/a/image unknown_field",
        ),
        (r#"{"type":"integer","min":1}"#, "kind/max missing_field"),
        (r#"{"type":"text"}"#, "kind/max_bytes missing_field"),
        (r#"{"choices":[]}"#, "kind/type missing_field"),
        (r#"{"type":"integer","min":1,"max":2.5}"#, "kind/max unexpected_type"),
        (r#"{"type":"integer","min":1,"max":"2"}"#, "kind/max unexpected_type"),
        (r#"{"type":"integer","min":1,"max":9223372036854775808}"#, "kind/max unexpected_type"),
        (r#"{"type":"integer","min":1,"max":1e2}"#, "kind/max unexpected_type"),
        (r#"{"type":"text","max_bytes":-1}"#, "kind/max_bytes unexpected_type"),
        (r#"{"type":"text","max_bytes":4294967296}"#, "kind/max_bytes unexpected_type"),
        (r#"{"type":"decimal","min":"0","max":"1."}"#, "kind/max unexpected_type"),
        (r#"{"type":"decimal","min":"0","max":"0.1234567"}"#, "kind/max unexpected_type"),
        (r#"{"type":"select_one","choices":{}}"#, "kind/choices unexpected_type"),
        (r#"{"type":"select_one","choices":["a"]}"#, "kind/choices/0 unexpected_type"),
        (r#"{"type":"date","appearance":"day"}"#, "kind/appearance unsupported_appearance"),
        (r#"{"type":"date","appearance":""}"#, "kind/appearance unsupported_appearance"),
        (r#"{"type":"integer","min":0,"max":1,"appearance":"slider"}"#, "kind/appearance unsupported_appearance"),
        (r#"{"type":"matrix"}"#, "kind/type unsupported_kind"),
        (r#"{"type":"geopoint"}"#, "kind/type unsupported_kind"),
        (r#""note""#, "kind unexpected_type"),
        ("[]", "kind unexpected_type"),
    ] {
        assert_eq!(of_kind(json).unwrap_err(), fault, "{json}");
    }
}

#[test]
fn whole_bounds_of_decimals_may_stand_as_numbers() {
    let written = |json: &str| serde_json::to_string(&of_kind(json).unwrap().questions[0].kind).unwrap();
    assert_eq!(written(r#"{"type":"decimal","min":-1,"max":"01.50"}"#), r#"{"type":"decimal","min":"-1","max":"1.5"}"#);
}

#[test]
fn a_language_is_said_once_and_in_words() {
    let kind = |title: &str| {
        let json = JSON.replacen(r#"{"en": "Work in Japan", "#, &format!(r#"{{{title}, "#), 1);
        Definition::read(json.as_bytes()).err().map(|fault| (fault.place, fault.kind.as_str()))
    };
    assert_eq!(kind(r#""en": "a""#), None);
    assert_eq!(kind(r#""en": "a", "en": "b""#).unwrap().1, "not_json");
    assert_eq!(kind(r#""en": 1"#), Some(("title/en".to_owned(), "unexpected_type")));
    assert_eq!(kind(r#""<b>": 1"#), Some(("title".to_owned(), "unexpected_type")), "and only tags are repeated");
}
