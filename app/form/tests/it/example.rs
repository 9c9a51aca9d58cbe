//! One small questionnaire with every kind of question, written as its author would.

use form::{Answers, Day, Decimal, Definition, Problem, ProblemKey, Published, Question};

/// The questionnaire as JSON; tests of publishing spoil it one value at a time.
pub(crate) const JSON: &str = r#"{
  "format": 2, "slug": "work-2026", "version": "1", "languages": ["en", "ja-easy"],
  "title": {"en": "Work in Japan", "ja-easy": "{日本|にほん}の しごと"},
  "purpose": {"en": "We ask.\n\nNobody is named.", "ja-easy": "ききます。\n\nなまえは いりません。"},
  "groups": [
    {"name": "work", "label": {"en": "Work", "ja-easy": "しごと"}, "relevant": "${consent} = 'yes'"},
    {"name": "shift", "label": {"en": "A day", "ja-easy": "いちにち"}, "hint": {"en": "A usual one.", "ja-easy": "ふつうの ひ"},
     "relevant": "${hours} > 0", "appearance": "field_list"}],
  "questions": [
    {"name": "consent", "label": {"en": "Go on?", "ja-easy": "つづけますか"}, "required": true,
     "kind": {"type": "select_one", "choices": [
       {"code": "yes", "label": {"en": "Yes", "ja-easy": "はい"}},
       {"code": "no", "label": {"en": "No", "ja-easy": "いいえ"}}]}},
    {"name": "visa", "label": {"en": "Visa?", "ja-easy": "ビザは？"}, "may_decline": true, "may_not_know": true,
     "kind": {"type": "select_one", "choices": [
       {"code": "trainee", "label": {"en": "Trainee", "ja-easy": "じっしゅう"}, "until": "2027-03-31"},
       {"code": "esd", "label": {"en": "Skill development", "ja-easy": "いくせい"}, "from": "2027-04-01"},
       {"code": "other", "label": {"en": "Other", "ja-easy": "ほか"}}], "appearance": "minimal"}},
    {"name": "hours", "group": "work", "label": {"en": "Hours a week?", "ja-easy": "なんじかん？"}, "may_not_know": true,
     "sensitivity": 2, "kind": {"type": "integer", "min": 0, "max": 112, "unit": {"en": "hours", "ja-easy": "じかん"}}},
    {"name": "limits", "group": "work", "label": {"en": "What is forbidden?", "ja-easy": "だめな こと"}, "may_decline": true,
     "hint": {"en": "Pick all.", "ja-easy": "ぜんぶ"}, "indicators": ["restriction_of_movement", "isolation"],
     "kind": {"type": "select_multiple", "choices": [
       {"code": "curfew", "label": {"en": "Curfew", "ja-easy": "もんげん"}},
       {"code": "phone", "label": {"en": "Phone", "ja-easy": "でんわ"}},
       {"code": "none", "label": {"en": "None", "ja-easy": "ない"}, "exclusive": true}]},
     "relevant": "${hours} > 40"},
    {"name": "starts", "group": "shift", "label": {"en": "From?", "ja-easy": "いつから"}, "kind": {"type": "time"}},
    {"name": "ends", "group": "shift", "label": {"en": "Until?", "ja-easy": "いつまで"}, "kind": {"type": "time"},
     "constraint": {"expression": ". > ${starts}", "message": {"en": "Later.", "ja-easy": "あとで"}}},
    {"name": "wage", "group": "shift", "label": {"en": "An hour?", "ja-easy": "いくら"}, "may_decline": true,
     "kind": {"type": "decimal", "min": "0", "max": "9999.5", "unit": {"en": "yen", "ja-easy": "えん"}}},
    {"name": "warning", "label": {"en": "That is little.", "ja-easy": "すくないです"}, "kind": {"type": "note"},
     "relevant": "${wage} < 1000"},
    {"name": "mood", "label": {"en": "How is it?", "ja-easy": "どうですか"},
     "kind": {"type": "integer", "min": 0, "max": 10, "appearance": "scale"}},
    {"name": "arrived", "label": {"en": "When did you come?", "ja-easy": "いつ きましたか"}, "may_decline": true,
     "kind": {"type": "date"},
     "constraint": {"expression": "${arrived} <= today()", "message": {"en": "Not in the future.", "ja-easy": "きょうまで"}}},
    {"name": "since", "label": {"en": "Since when?", "ja-easy": "いつから"}, "kind": {"type": "date", "appearance": "month_year"}},
    {"name": "born", "label": {"en": "Born?", "ja-easy": "うまれたのは"}, "kind": {"type": "date", "appearance": "year"}},
    {"name": "name_it", "label": {"en": "In one line?", "ja-easy": "みじかく"}, "kind": {"type": "text", "max_bytes": 20},
     "relevant": "selected(${limits}, 'curfew')"},
    {"name": "message", "label": {"en": "Anything else?", "ja-easy": "ほかに？"},
     "kind": {"type": "text", "max_bytes": 500, "multiline": true}},
    {"name": "agreed", "label": {"en": "Read?", "ja-easy": "よみましたか"}, "kind": {"type": "acknowledge"}}
  ],
  "calculations": [
    {"name": "pay", "label": {"en": "Pay a week", "ja-easy": "おかね"}, "expression": "${hours} * ${wage}"},
    {"name": "is_poor", "label": {"en": "Poor", "ja-easy": "たりない"}, "expression": "${pay} < 30000"}]
}"#;

pub(crate) fn today() -> Day {
    Day::new(2026, 11, 22).unwrap()
}

pub(crate) fn published() -> Published {
    Published::from_json(JSON.as_bytes()).unwrap()
}

pub(crate) fn definition() -> Definition {
    published().definition().clone()
}

pub(crate) fn question(name: &str) -> Question {
    definition().question(name).unwrap().clone()
}

pub(crate) fn answers(json: &str) -> Answers {
    serde_json::from_str(json).unwrap()
}

pub(crate) fn decimal(text: &str) -> Decimal {
    Decimal::parse(text).unwrap()
}

pub(crate) fn problem(question: &str, key: ProblemKey) -> Problem {
    Problem { question: question.to_owned(), key }
}
