//! One small questionnaire with every kind of question, written as its author would.

use form::{Answers, Day, Definition, Problem, ProblemKey, Published, Question};

/// The questionnaire as JSON; tests of publishing spoil it one value at a time.
pub(crate) const JSON: &str = r#"{
  "format": 1, "slug": "work-2026", "version": "1", "languages": ["en", "ja-easy"],
  "title": {"en": "Work in Japan", "ja-easy": "{日本|にほん}の しごと"},
  "purpose": {"en": "We ask.\n\nNobody is named.", "ja-easy": "ききます。\n\nなまえは いりません。"},
  "questions": [
    {"name": "consent", "label": {"en": "Go on?", "ja-easy": "つづけますか"}, "required": true,
     "kind": {"type": "select_one", "choices": [
       {"code": "yes", "label": {"en": "Yes", "ja-easy": "はい"}},
       {"code": "no", "label": {"en": "No", "ja-easy": "いいえ"}}]}},
    {"name": "hours", "label": {"en": "Hours a week?", "ja-easy": "なんじかん？"}, "may_not_know": true, "sensitivity": 2,
     "kind": {"type": "integer", "min": 0, "max": 112, "unit": {"en": "hours", "ja-easy": "じかん"}},
     "relevant": {"selected": {"question": "consent", "code": "yes"}}},
    {"name": "limits", "label": {"en": "What is forbidden?", "ja-easy": "だめな こと"}, "may_decline": true,
     "hint": {"en": "Pick all.", "ja-easy": "ぜんぶ"}, "indicator": "restriction_of_movement",
     "kind": {"type": "select_multiple", "choices": [
       {"code": "curfew", "label": {"en": "Curfew", "ja-easy": "もんげん"}},
       {"code": "phone", "label": {"en": "Phone", "ja-easy": "でんわ"}},
       {"code": "none", "label": {"en": "None", "ja-easy": "ない"}, "exclusive": true}]},
     "relevant": {"compare": {"left": {"answer": "hours"}, "operator": "greater", "right": {"number": 40}}}},
    {"name": "arrived", "label": {"en": "When did you come?", "ja-easy": "いつ きましたか"}, "may_decline": true,
     "kind": {"type": "date"},
     "constraint": {"expression": {"compare": {"left": {"answer": "arrived"}, "operator": "less_or_equal", "right": "today"}},
                    "message": {"en": "Not in the future.", "ja-easy": "きょうまで"}}},
    {"name": "name_it", "label": {"en": "In one line?", "ja-easy": "みじかく"}, "kind": {"type": "text", "max_bytes": 20},
     "relevant": {"selected": {"question": "limits", "code": "curfew"}}},
    {"name": "message", "label": {"en": "Anything else?", "ja-easy": "ほかに？"},
     "kind": {"type": "text", "max_bytes": 500, "multiline": true}}
  ]
}"#;

pub(crate) fn today() -> Day {
    Day::new(2026, 11, 22).unwrap()
}

pub(crate) fn definition() -> Definition {
    Published::from_json(JSON.as_bytes()).unwrap().definition().clone()
}

pub(crate) fn question(name: &str) -> Question {
    definition().question(name).unwrap().clone()
}

pub(crate) fn answers(json: &str) -> Answers {
    serde_json::from_str(json).unwrap()
}

pub(crate) fn problem(question: &str, key: ProblemKey) -> Problem {
    Problem { question: question.to_owned(), key }
}
