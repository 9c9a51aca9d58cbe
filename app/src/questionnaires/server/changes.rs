//! What one definition has that another has not, for people who look at the versions of a questionnaire.
//!
//! It compares the canonical JSON and not the types, so that a field that the format gains later is seen too. Only
//! what it must know stands here: lists named `questions` hold questions by `name`, lists named `choices` choices by
//! `code`, and an object's texts stand under the tags of languages.

use form::Published;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The changes from one definition to the next. Names are those of questions; what belongs to none is named after
/// its field (`title`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Questions that are new.
    pub questions_added: Vec<String>,
    /// Questions that are gone.
    pub questions_removed: Vec<String>,
    /// Choices that are new in a question that stayed: `question/code`.
    pub choices_added: Vec<String>,
    /// Choices that are gone from a question that stayed.
    pub choices_removed: Vec<String>,
    /// Languages that are new.
    pub languages_added: Vec<String>,
    /// Languages that are gone.
    pub languages_removed: Vec<String>,
    /// Where texts are others, by language.
    pub texts: BTreeMap<String, BTreeSet<String>>,
    /// What else is another: kinds, limits, conditions, the order of choices.
    pub rules: BTreeSet<String>,
    /// Whether the questions that stayed stand in another order.
    pub is_reordered: bool,
}

impl Changes {
    /// From `old` to `new`.
    #[must_use]
    pub fn between(old: &Published, new: &Published) -> Self {
        let read = |published: &Published| {
            let value = serde_json::from_slice(published.canonical_bytes()).unwrap_or(Value::Null);
            Contents::of(&value)
        };
        compare(&read(old), &read(new))
    }

    /// Whether nothing changed but the name of the version.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A definition, taken apart.
#[derive(Default)]
struct Contents {
    languages: Vec<String>,
    /// Places of questions, in their order.
    questions: Vec<(String, String)>,
    /// Places of choices, in their order, with question and code.
    choices: Vec<(String, String, String)>,
    /// By place and language.
    texts: BTreeMap<(String, String), Leaf>,
    /// By place.
    rules: BTreeMap<String, Leaf>,
}

/// A value at the end of a branch, and what it belongs to.
struct Leaf {
    owner: String,
    value: String,
}

/// Where the walk stands.
#[derive(Clone)]
struct Here {
    place: String,
    owner: String,
}

impl Contents {
    fn of(value: &Value) -> Self {
        let mut contents = Self::default();
        for (key, value) in value.as_object().into_iter().flatten() {
            match key.as_str() {
                // What names a definition is another in every one.
                "format" | "slug" | "version" => {}
                "languages" => {
                    contents
                        .languages
                        .extend(value.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned));
                }
                _ => contents.walk(value, &Here { place: key.clone(), owner: key.clone() }, key),
            }
        }
        contents
    }

    fn walk(&mut self, value: &Value, here: &Here, field: &str) {
        let below = |part: &str| Here { place: [here.place.as_str(), "/", part].concat(), owner: here.owner.clone() };
        match value {
            Value::Object(entries) => {
                for (key, value) in entries {
                    match value.as_str() {
                        Some(text) if form::names::LANGUAGES.contains(&key.as_str()) => {
                            let leaf = Leaf { owner: here.owner.clone(), value: text.to_owned() };
                            self.texts.insert((here.place.clone(), key.clone()), leaf);
                        }
                        _ => self.walk(value, &below(key), key),
                    }
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let named = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
                    match (field, named("name"), named("code")) {
                        ("questions", Some(name), _) => {
                            let here = Here { owner: name.clone(), ..below(&name) };
                            self.questions.push((here.place.clone(), name));
                            self.walk(item, &here, "");
                        }
                        ("choices", _, Some(code)) => {
                            let here = below(&code);
                            self.choices.push((here.place.clone(), here.owner.clone(), code));
                            self.walk(item, &here, "");
                        }
                        _ => self.walk(item, &below(&index.to_string()), ""),
                    }
                }
            }
            leaf => {
                let leaf = Leaf { owner: here.owner.clone(), value: leaf.to_string() };
                self.rules.insert(here.place.clone(), leaf);
            }
        }
    }
}

fn compare(old: &Contents, new: &Contents) -> Changes {
    let missing = |from: &Contents, other: &Contents| -> Vec<String> {
        let is_there = |name: &String| other.questions.iter().any(|(_, other)| other == name);
        from.questions.iter().map(|(_, name)| name).filter(|name| !is_there(name)).cloned().collect()
    };
    let (questions_added, questions_removed) = (missing(new, old), missing(old, new));
    let is_whole = |owner: &String| !questions_added.contains(owner) && !questions_removed.contains(owner);
    let missing = |from: &Contents, other: &Contents| -> Vec<(String, String)> {
        let is_there = |place: &String| other.choices.iter().any(|(other, ..)| other == place);
        from.choices
            .iter()
            .filter(|(place, question, _)| is_whole(question) && !is_there(place))
            .map(|(place, question, code)| (place.clone(), [question.as_str(), "/", code].concat()))
            .collect()
    };
    let (choices_added, choices_removed) = (missing(new, old), missing(old, new));
    // What belongs to something that is new or gone is told with it.
    let is_told = |place: &str| {
        let inside = |outer: &String| place.strip_prefix(outer.as_str()).is_some_and(|rest| rest.starts_with('/'));
        choices_added.iter().chain(&choices_removed).any(|(outer, _)| inside(outer))
    };
    let languages = |from: &Contents, other: &Contents| -> Vec<String> {
        from.languages.iter().filter(|tag| !other.languages.contains(tag)).cloned().collect()
    };

    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let is_common = |tag: &String| old.languages.contains(tag) && new.languages.contains(tag);
    for ((place, tag), owner) in differences(&old.texts, &new.texts) {
        if is_common(tag) && is_whole(owner) && !is_told(place) {
            texts.entry(tag.clone()).or_default().insert(owner.clone());
        }
    }
    let mut rules: BTreeSet<String> = differences(&old.rules, &new.rules)
        .into_iter()
        .filter(|(place, owner)| is_whole(owner) && !is_told(place))
        .map(|(_, owner)| owner.clone())
        .collect();
    rules.extend(with_choices_reordered(old, new));
    let order = |contents: &Contents| -> Vec<String> {
        contents.questions.iter().map(|(_, name)| name).filter(|name| is_whole(name)).cloned().collect()
    };
    let is_reordered = order(old) != order(new);
    let named = |choices: &[(String, String)]| choices.iter().map(|(_, name)| name.clone()).collect();
    Changes {
        choices_added: named(&choices_added),
        choices_removed: named(&choices_removed),
        languages_added: languages(new, old),
        languages_removed: languages(old, new),
        texts,
        rules,
        is_reordered,
        questions_added,
        questions_removed,
    }
}

/// The places whose values differ or stand on one side only, with what they belong to.
fn differences<'c, P: Ord>(old: &'c BTreeMap<P, Leaf>, new: &'c BTreeMap<P, Leaf>) -> Vec<(&'c P, &'c String)> {
    let gone_or_other = old.iter().filter(|(place, leaf)| new.get(place).is_none_or(|other| other.value != leaf.value));
    let added = new.iter().filter(|(place, _)| !old.contains_key(place));
    gone_or_other.chain(added).map(|(place, leaf)| (place, &leaf.owner)).collect()
}

/// Questions of both whose common choices stand in another order.
fn with_choices_reordered(old: &Contents, new: &Contents) -> Vec<String> {
    let common = |from: &Contents, other: &Contents| {
        let mut codes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (place, question, code) in &from.choices {
            if other.choices.iter().any(|(other, ..)| other == place) {
                codes.entry(question.clone()).or_default().push(code.clone());
            }
        }
        codes
    };
    let (old, new) = (common(old, new), common(new, old));
    old.into_iter().filter(|(question, codes)| new.get(question) != Some(codes)).map(|(question, _)| question).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: &str = r#"{"format":2,"slug":"s","version":"1","languages":["en","vi"],"title":{"en":"T","vi":"T"},
        "purpose":{"en":"P","vi":"P"},"questions":[
        {"name":"job","label":{"en":"Job","vi":"Việc"},"kind":{"type":"select_one","choices":[
            {"code":"farm","label":{"en":"Farm","vi":"Nông"}},{"code":"care","label":{"en":"Care","vi":"Chăm"}}]}},
        {"name":"hours","label":{"en":"Hours","vi":"Giờ"},"kind":{"type":"integer","min":0,"max":100}},
        {"name":"since","label":{"en":"Since","vi":"Từ"},"kind":{"type":"date"}}]}"#;

    /// The changes that a few replacements in the old definition make.
    fn changes(replace: &[(&str, &str)]) -> Changes {
        let mut new = OLD.replace(r#""version":"1""#, r#""version":"2""#);
        for (from, to) in replace {
            assert!(new.contains(from), "{from}");
            new = new.replace(from, to);
        }
        let published = |json: &str| Published::from_json(json.as_bytes()).unwrap();
        Changes::between(&published(OLD), &published(&new))
    }

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn version_alone_is_no_change() {
        assert!(changes(&[]).is_empty());
    }

    #[test]
    fn questions_come_and_go() {
        let found = changes(&[(
            r#"{"name":"since","label":{"en":"Since","vi":"Từ"},"kind":{"type":"date"}}"#,
            r#"{"name":"until","label":{"en":"Until","vi":"Đến"},"kind":{"type":"date"}}"#,
        )]);
        let expected =
            Changes { questions_added: names(&["until"]), questions_removed: names(&["since"]), ..Changes::default() };
        assert_eq!(found, expected, "and nothing is told twice");
    }

    #[test]
    fn choices_come_and_go() {
        let found = changes(&[(
            r#"{"code":"care","label":{"en":"Care","vi":"Chăm"}}"#,
            r#"{"code":"food","label":{"en":"Food","vi":"Ăn"}}"#,
        )]);
        let expected = Changes {
            choices_added: names(&["job/food"]),
            choices_removed: names(&["job/care"]),
            ..Changes::default()
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn texts_are_told_by_language() {
        let found =
            changes(&[("\"Giờ\"", "\"Số giờ\""), ("\"Chăm\"", "\"Chăm sóc\""), ("\"en\":\"P\"", "\"en\":\"Q\"")]);
        let texts: Vec<_> = found.texts.iter().map(|(tag, at)| (tag.as_str(), at.iter().cloned().collect())).collect();
        assert_eq!(texts, [("en", names(&["purpose"])), ("vi", names(&["hours", "job"]))]);
        assert_eq!(Changes { texts: BTreeMap::new(), ..found }, Changes::default());
    }

    #[test]
    fn limits_conditions_and_order_are_changes() {
        let found = changes(&[
            (r#""max":100"#, r#""max":168"#),
            (r#""type":"date"}"#, r#""type":"date"},"relevant":"${hours} != ''""#),
        ]);
        assert_eq!(found.rules.into_iter().collect::<Vec<_>>(), names(&["hours", "since"]));
        let farm = r#"{"code":"farm","label":{"en":"Farm","vi":"Nông"}}"#;
        let care = r#"{"code":"care","label":{"en":"Care","vi":"Chăm"}}"#;
        let found = changes(&[(&[farm, ",", care].concat(), &[care, ",", farm].concat())]);
        assert_eq!(found, Changes { rules: ["job".to_owned()].into(), ..Changes::default() });
        let hours = r#"{"name":"hours","label":{"en":"Hours","vi":"Giờ"},"kind":{"type":"integer","min":0,"max":100}}"#;
        let since = r#"{"name":"since","label":{"en":"Since","vi":"Từ"},"kind":{"type":"date"}}"#;
        let found = changes(&[(&format!("{hours},\n        {since}"), &format!("{since},{hours}"))]);
        assert_eq!(found, Changes { is_reordered: true, ..Changes::default() });
    }

    #[test]
    fn language_that_goes_is_told_once() {
        let mut one = OLD.replace(r#""version":"1""#, r#""version":"2""#).replace(r#"["en","vi"]"#, r#"["en"]"#);
        for text in ["T", "P", "Việc", "Nông", "Chăm", "Giờ", "Từ"] {
            one = one.replace(&format!(r#","vi":"{text}""#), "");
        }
        let published = |json: &str| Published::from_json(json.as_bytes()).unwrap();
        let (old, new) = (published(OLD), published(&one));
        let gone = Changes { languages_removed: names(&["vi"]), ..Changes::default() };
        assert_eq!(Changes::between(&old, &new), gone);
        let added = Changes { languages_added: names(&["vi"]), ..Changes::default() };
        assert_eq!(Changes::between(&new, &old), added);
    }
}
