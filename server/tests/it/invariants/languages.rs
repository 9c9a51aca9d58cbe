//! The words of the interface, in all languages.

use super::{files_under, none};
use std::collections::{BTreeMap, BTreeSet};

const LANGUAGES: [&str; 5] = ["ja", "ja-easy", "en", "zh-Hans", "vi"];

/// Keys by language and `namespace.key`.
type Words = BTreeMap<&'static str, BTreeMap<String, String>>;

fn words() -> Words {
    LANGUAGES
        .into_iter()
        .map(|language| {
            let mut keys = BTreeMap::new();
            for (path, text) in files_under(&format!("locales/{language}"), ".json") {
                let namespace = path.rsplit('/').next().and_then(|name| name.strip_suffix(".json")).expect("a name");
                let value: serde_json::Value = serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
                flatten(namespace, &value, &mut keys);
            }
            (language, keys)
        })
        .collect()
}

fn flatten(place: &str, value: &serde_json::Value, keys: &mut BTreeMap<String, String>) {
    match value {
        serde_json::Value::Object(entries) => {
            for (key, value) in entries {
                flatten(&format!("{place}.{key}"), value, keys);
            }
        }
        serde_json::Value::String(text) => {
            keys.insert(place.to_owned(), text.clone());
        }
        other => panic!("{place} is neither text nor a group: {other}"),
    }
}

/// `{{ name }}` in their order of the alphabet.
fn variables(text: &str) -> BTreeSet<String> {
    text.split("{{").skip(1).filter_map(|rest| rest.split("}}").next()).map(|name| name.trim().to_owned()).collect()
}

/// The text without `{{ name }}`.
fn without_variables(text: &str) -> String {
    text.split("{{")
        .enumerate()
        .map(|(i, part)| if i == 0 { part } else { part.split_once("}}").map_or("", |p| p.1) })
        .collect()
}

fn is_kanji(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '々' | '〆')
}

fn is_kana(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}')
}

#[test]
fn every_language_has_every_key_with_the_same_variables() {
    let words = words();
    let mut found = Vec::new();
    let reference = &words["ja"];
    for (language, keys) in &words {
        for key in reference.keys().filter(|key| !keys.contains_key(*key)) {
            found.push(format!("{language} lacks {key}"));
        }
        for (key, text) in keys {
            match reference.get(key) {
                None => found.push(format!("{language} has {key}, ja has not")),
                Some(_) if text.trim().is_empty() => found.push(format!("{language} {key} is empty")),
                Some(japanese) if variables(japanese) != variables(text) => {
                    found.push(format!("{language} {key} has other variables than ja"));
                }
                Some(_) => {}
            }
        }
    }
    none("languages differ", &found);
}

/// Names and signs that are the same in Vietnamese and English.
const SAME_IN_VIETNAMESE: [&str; 4] = ["Entaku", "Email", "CSV", "Hotline"];

#[test]
fn vietnamese_is_not_left_in_english() {
    let words = words();
    let found: Vec<_> = words["vi"]
        .iter()
        .filter(|(key, text)| words["en"].get(*key) == Some(*text))
        .filter(|(_, text)| without_variables(text).chars().any(char::is_alphabetic))
        .filter(|(_, text)| !SAME_IN_VIETNAMESE.contains(&text.as_str()))
        .map(|(key, text)| format!("{key}: {text}"))
        .collect();
    none("vi says the same as en", &found);
}

/// Words that Chinese and Japanese write with the same signs.
const SAME_IN_CHINESE: &[&str] =
    &["Entaku", "CSV", "年", "月", "日", "国籍", "性别", "警察", "回答", "列", "内容", "理由"];

#[test]
fn chinese_is_not_left_in_japanese() {
    let words = words();
    let mut found = Vec::new();
    for (key, text) in &words["zh-Hans"] {
        if words["ja"].get(key) == Some(text)
            && without_variables(text).chars().any(char::is_alphabetic)
            && !SAME_IN_CHINESE.contains(&text.as_str())
        {
            found.push(format!("{key}: {text}"));
        }
    }
    none("zh-Hans says the same as ja", &found);
}

#[test]
fn scripts_do_not_stray() {
    let words = words();
    let mut found = Vec::new();
    for (language, keys) in &words {
        for (key, text) in keys {
            let stray = match *language {
                "en" | "vi" => text.chars().any(|c| is_kana(c) || is_kanji(c)),
                // The name of a language in its own script is no Chinese.
                "zh-Hans" => text.chars().any(is_kana) && !text.contains("やさしい"),
                _ => false,
            };
            if stray {
                found.push(format!("{language} {key}: {text}"));
            }
        }
    }
    none("another script than the language's own", &found);
}

#[test]
fn easy_japanese_reads_every_kanji_aloud() {
    let words = words();
    let mut found = Vec::new();
    for (key, text) in &words["ja-easy"] {
        if let Err(why) = read_aloud(&without_variables(text)) {
            found.push(format!("{key}: {why}: {text}"));
        }
    }
    none("ja-easy cannot be read", &found);
}

/// Whether each kanji stands in a group `{漢字|かんじ}` whose reading is kana.
fn read_aloud(text: &str) -> Result<(), &'static str> {
    let mut rest = text;
    while let Some(start) = rest.find('{') {
        let (before, group) = rest.split_at(start);
        if before.chars().any(is_kanji) {
            return Err("a kanji without a reading");
        }
        let end = group.find('}').ok_or("a group without an end")?;
        let (base, reading) = group[1..end].split_once('|').ok_or("a group without a reading")?;
        if !base.chars().any(is_kanji) {
            return Err("a group without a kanji");
        }
        if reading.is_empty() || !reading.chars().all(|c| is_kana(c) || c == 'ー') {
            return Err("a reading that is not kana");
        }
        rest = &group[end + 1..];
    }
    if rest.chars().any(is_kanji) { Err("a kanji without a reading") } else { Ok(()) }
}

#[test]
fn the_checks_can_fail() {
    assert!(read_aloud("{漢字|かんじ}を よみます").is_ok());
    for wrong in ["漢字", "{漢字|漢字}", "{漢字}", "{漢字|かんじ", "{かな|かな}", "{漢|かん}字"] {
        assert!(read_aloud(wrong).is_err(), "{wrong}");
    }
    assert_eq!(without_variables("a {{ b }} c"), "a  c");
    assert_eq!(variables("{{ b }} {{a}}").into_iter().collect::<Vec<_>>(), ["a", "b"]);
}
