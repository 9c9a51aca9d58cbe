//! Questionnaires in one line per question, because the tests that use them are about branching and not about JSON.
//!
//! - `hours: integer 0 112 @work required declinable unknowable when ${a} = 1 must . < 5` is a question;
//! - `group work page when ${a} = 1` a group, `pay = ${hours} * 2` a calculation.
//!
//! Choices stand behind `one` and `many`: `old[..2027-03-31] new[2027-04-01..] none*` (dated, exclusive).

use form::{Answer, Answers, Day, Definition, Kind, Published, Time};
use serde_json::{Value, json};

/// The definition as JSON.
pub(crate) fn json(sketch: &str) -> Vec<u8> {
    let (mut groups, mut questions, mut calculations) = (Vec::new(), Vec::new(), Vec::new());
    for line in sketch.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if let Some(line) = line.strip_prefix("group ") {
            groups.push(group(line));
        } else if let Some((name, rest)) = line.split_once(": ") {
            questions.push(question(name, rest));
        } else {
            let (name, expression) = line.split_once(" = ").unwrap();
            calculations.push(json!({"name": name, "label": {"en": name}, "expression": expression}));
        }
    }
    let definition = json!({
        "format": 2, "slug": "sketch", "version": "1", "languages": ["en"], "title": {"en": "Sketch"},
        "purpose": {"en": "To test."}, "groups": groups, "questions": questions, "calculations": calculations,
    });
    serde_json::to_vec(&definition).unwrap()
}

/// The definition, which can be published.
pub(crate) fn definition(sketch: &str) -> Definition {
    Published::from_json(&json(sketch)).unwrap().definition().clone()
}

/// The faults of the definition as `place kind`.
pub(crate) fn faults(sketch: &str) -> Vec<String> {
    let faults = Published::from_json(&json(sketch)).err().unwrap_or_default();
    faults.into_iter().map(|fault| format!("{} {}", fault.place, fault.kind.as_str())).collect()
}

fn group(line: &str) -> Value {
    let (line, relevant) = line.split_once(" when ").map_or((line, None), |(line, relevant)| (line, Some(relevant)));
    let (name, is_page) = line.split_once(' ').map_or((line, false), |(name, _)| (name, true));
    let mut group = json!({"name": name, "label": {"en": name}});
    set(&mut group, "relevant", relevant.map(Value::from));
    set(&mut group, "appearance", is_page.then(|| "field_list".into()));
    group
}

fn question(name: &str, line: &str) -> Value {
    let (line, constraint) = line.split_once(" must ").map_or((line, None), |(line, must)| (line, Some(must)));
    let (line, relevant) = line.split_once(" when ").map_or((line, None), |(line, relevant)| (line, Some(relevant)));
    let mut words: Vec<&str> = line.split(' ').collect();
    let mut has = |word: &str| {
        let place = words.iter().position(|other| *other == word);
        place.map(|place| words.remove(place)).is_some()
    };
    let flags = [has("required"), has("declinable"), has("unknowable")];
    let group = words.iter().position(|word| word.starts_with('@')).map(|place| words.remove(place));
    let mut question = json!({"name": name, "label": {"en": name}, "kind": kind(&words)});
    set(&mut question, "group", group.map(|group| group.trim_start_matches('@').into()));
    for (name, flag) in ["required", "may_decline", "may_not_know"].into_iter().zip(flags) {
        set(&mut question, name, flag.then_some(Value::Bool(true)));
    }
    set(&mut question, "relevant", relevant.map(Value::from));
    let constraint = constraint.map(|expression| json!({"expression": expression, "message": {"en": "Not so."}}));
    set(&mut question, "constraint", constraint);
    question
}

fn set(object: &mut Value, field: &str, value: Option<Value>) {
    if let Some(value) = value {
        object[field] = value;
    }
}

fn kind(words: &[&str]) -> Value {
    let choices = || words[1..].iter().map(|word| choice(word)).collect::<Value>();
    let number = |at: usize| words[at].parse::<i64>().unwrap();
    match words[0] {
        "one" => json!({"type": "select_one", "choices": choices()}),
        "many" => json!({"type": "select_multiple", "choices": choices()}),
        "integer" => json!({"type": "integer", "min": number(1), "max": number(2)}),
        "scale" => json!({"type": "integer", "min": number(1), "max": number(2), "appearance": "scale"}),
        "decimal" => json!({"type": "decimal", "min": words[1], "max": words[2]}),
        "text" => json!({"type": "text", "max_bytes": number(1)}),
        "lines" => json!({"type": "text", "max_bytes": number(1), "multiline": true}),
        "month" => json!({"type": "date", "appearance": "month_year"}),
        "year" => json!({"type": "date", "appearance": "year"}),
        other => json!({"type": other}),
    }
}

fn choice(word: &str) -> Value {
    let (code, days) = word.split_once('[').map_or((word, None), |(code, days)| (code, Some(days)));
    let plain = code.trim_end_matches('*');
    let mut choice = json!({"code": plain, "label": {"en": plain}});
    set(&mut choice, "exclusive", (plain != code).then_some(Value::Bool(true)));
    let (from, until) = days.and_then(|days| days.trim_end_matches(']').split_once("..")).unwrap_or_default();
    for (field, day) in [("from", from), ("until", until)] {
        set(&mut choice, field, (!day.is_empty()).then(|| day.into()));
    }
    choice
}

/// Answers as `hours=48; limits=curfew,phone; visa=!; debt=?`: `!` is "prefer not to say", `?` is "I do not know".
pub(crate) fn answers(definition: &Definition, text: &str) -> Answers {
    let pairs = text.split("; ").filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap();
            (name, answer(&definition.question(name).unwrap().kind, value))
        })
        .collect()
}

/// One answer, written so.
pub(crate) fn answer(kind: &Kind, value: &str) -> Answer {
    match (value, kind) {
        ("!", _) => Answer::Declined,
        ("?", _) => Answer::Unknown,
        (_, Kind::SelectOne { .. }) => Answer::Choice(value.to_owned()),
        (_, Kind::SelectMultiple { .. }) => {
            Answer::Choices(value.split(',').filter(|code| !code.is_empty()).map(String::from).collect())
        }
        (_, Kind::Integer { .. }) => Answer::Integer(value.parse().unwrap()),
        (_, Kind::Decimal { .. }) => Answer::Decimal(form::Decimal::parse(value).unwrap()),
        (_, Kind::Text { .. } | Kind::Note) => Answer::Text(value.to_owned()),
        (_, Kind::Date { .. }) => Answer::Date(Day::parse(value).unwrap()),
        (_, Kind::Time) => Answer::Time(Time::parse(value).unwrap()),
        (_, Kind::Acknowledge) => Answer::Acknowledged,
    }
}
