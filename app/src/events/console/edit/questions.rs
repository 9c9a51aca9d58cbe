//! An event's own questions as an organizer types them: one line is one question; lines below it that begin with `-` are
//! answers of which one is chosen, with `+` answers of which several may be; a question without any is answered in words.
//! A line may bear other languages behind it: `話したいこと | en=What shall we talk about?`. What is an object of
//! JSON is a definition and stays one: it can say more.
//!
//! Names follow from the words: a question that is moved keeps its answers, one that is worded anew is another one.

use crate::ui::reader::locale_of;
use form::Published;
use serde_json::{Map, Value, json};

/// The language of a text that bears none.
const FIRST: &str = "ja";
/// Bytes of an answer in words.
const ANSWER_BYTES: u32 = 1_000;
/// So many digits of a hash name a question; two questions of one event differ in them.
const DIGITS: usize = 10;

/// One of each kind.
pub const EXAMPLE: &str = "\
話したいこと | en=What would you like to talk about?

どこから来ますか | en=Where do you come from?
- 東京 | en=Tokyo
- ほかの場所 | en=Somewhere else

関心のあるテーマ | en=Topics that interest you
+ 賃金 | en=Wages
+ 住まい | en=Housing";

/// A text by language, the one that was typed first in front.
type Texts = Vec<(String, String)>;

/// A question as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    label: Texts,
    choices: Vec<Texts>,
    is_several: bool,
}

/// The definition of what was typed, as JSON; nothing where nothing was.
#[must_use]
pub fn to_json(typed: &str) -> Option<String> {
    let typed = typed.trim();
    if typed.is_empty() || is_json(typed) {
        return (!typed.is_empty()).then(|| typed.to_owned());
    }
    Some(definition(&read(typed)).to_string())
}

/// Whether it is an object of JSON, and no reading that a line begins with.
fn is_json(typed: &str) -> bool {
    let rest = typed.strip_prefix('{').map(str::trim_start);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['"', '}']))
}

/// What was published, as lines if lines can say all of it, else as JSON.
#[must_use]
pub fn to_typed(published: &Published) -> String {
    let json = String::from_utf8_lossy(published.canonical_bytes());
    let lines = serde_json::from_str(&json).ok().and_then(|value| lines_of(&value));
    let is_all = |lines: &String| {
        let again = to_json(lines).and_then(|json| Published::from_json(json.as_bytes()).ok());
        again.is_some_and(|again| again.canonical_bytes() == published.canonical_bytes())
    };
    lines.filter(is_all).unwrap_or_else(|| json.into_owned())
}

fn read(typed: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for line in typed.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let one = line.strip_prefix(['-', '－', '・']);
        let several = line.strip_prefix(['+', '＋']);
        match (one.or(several), lines.last_mut()) {
            (Some(choice), Some(question)) => {
                question.is_several |= several.is_some();
                question.choices.push(texts(choice));
            }
            // A choice of nothing is a question: the faults will say so.
            _ => lines.push(Line { label: texts(line), choices: Vec::new(), is_several: false }),
        }
    }
    lines
}

fn texts(line: &str) -> Texts {
    let mut texts: Texts = Vec::new();
    for part in parts(line) {
        let tagged = part.split_once('=').filter(|(tag, _)| locale_of(tag.trim()).is_some());
        match (tagged, texts.last_mut()) {
            // A bar that leads to no language is a sign like others.
            (None, Some((_, text))) => *text = [text.as_str(), " | ", part.trim()].concat(),
            (tagged, _) => {
                let (tag, text) = tagged.unwrap_or((FIRST, part));
                texts.push((tag.trim().to_owned(), text.trim().to_owned()));
            }
        }
    }
    texts
}

/// The parts between bars; those within braces belong to a reading (`{漢字|かんじ}`).
fn parts(line: &str) -> Vec<&str> {
    let (mut parts, mut begin, mut is_within) = (Vec::new(), 0, false);
    for (at, sign) in line.char_indices() {
        match sign {
            '{' => is_within = true,
            '}' => is_within = false,
            '|' | '｜' if !is_within => {
                parts.push(line.get(begin..at).unwrap_or_default());
                begin = at + sign.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(line.get(begin..).unwrap_or_default());
    parts
}

fn name(kind: char, texts: &Texts) -> String {
    let first = texts.first().map_or("", |(_, text)| text);
    let digest = form::digest(first.as_bytes());
    format!("{kind}_{}", digest.get(..DIGITS).unwrap_or_default())
}

fn definition(lines: &[Line]) -> Value {
    // Every text has every language: where one is missing, people read the first, as everywhere on this site.
    let mut languages: Vec<&str> = Vec::new();
    for (tag, _) in lines.iter().flat_map(|line| line.choices.iter().chain([&line.label])).flatten() {
        if !languages.contains(&tag.as_str()) {
            languages.push(tag);
        }
    }
    let words = |texts: &Texts| {
        let first = texts.first().map_or("", |(_, text)| text);
        let text = |tag: &str| texts.iter().find(|(own, _)| own == tag).map_or(first, |(_, text)| text);
        let words: Map<String, Value> = languages.iter().map(|tag| ((*tag).to_owned(), json!(text(tag)))).collect();
        Value::Object(words)
    };
    let question = |line: &Line| {
        let choice = |texts: &Texts| json!({ "code": name('c', texts), "label": words(texts) });
        let choices: Vec<_> = line.choices.iter().map(choice).collect();
        let kind = match (choices.is_empty(), line.is_several) {
            (true, _) => json!({ "type": "text", "max_bytes": ANSWER_BYTES }),
            (false, false) => json!({ "type": "select_one", "choices": choices }),
            (false, true) => json!({ "type": "select_multiple", "choices": choices }),
        };
        json!({ "name": name('q', &line.label), "label": words(&line.label), "kind": kind })
    };
    // Nobody reads a title here: the form has the event's.
    let title = lines.first().map(|line| words(&line.label)).unwrap_or_default();
    json!({
        "format": 2,
        "slug": "own-questions",
        "version": "1",
        "languages": languages,
        "title": title,
        "purpose": title,
        "questions": lines.iter().map(question).collect::<Vec<_>>(),
    })
}

fn lines_of(definition: &Value) -> Option<String> {
    let languages: Vec<&str> = definition["languages"].as_array()?.iter().filter_map(Value::as_str).collect();
    let line = |label: &Value| {
        let first = languages.first()?;
        let text = |tag: &str| label[tag].as_str().unwrap_or_default();
        let head = if *first == FIRST { text(first).to_owned() } else { format!("{first}={}", text(first)) };
        let others = languages.iter().skip(1).filter(|tag| text(tag) != text(first));
        let others = others.map(|tag| format!(" | {tag}={}", text(tag)));
        Some([head].into_iter().chain(others).collect::<String>())
    };
    let mut lines = Vec::new();
    for question in definition["questions"].as_array()? {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(line(&question["label"])?);
        let sign = if question["kind"]["type"] == "select_multiple" { "+" } else { "-" };
        for choice in question["kind"]["choices"].as_array().into_iter().flatten() {
            lines.push(format!("{sign} {}", line(&choice["label"])?));
        }
    }
    Some(lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn published(typed: &str) -> Published {
        let json = to_json(typed).unwrap();
        Published::from_json(json.as_bytes()).unwrap_or_else(|faults| panic!("{faults:?} in {json}"))
    }

    #[test]
    fn lines_are_a_definition_and_come_back_as_lines() {
        let published = published(EXAMPLE);
        assert_eq!(published.definition().questions.len(), 3);
        assert_eq!(to_typed(&published), EXAMPLE);
    }

    #[test]
    fn question_that_is_moved_keeps_its_name() {
        let names = |typed: &str| {
            let published = published(typed);
            published.definition().questions.iter().map(|question| question.name.clone()).collect::<Vec<_>>()
        };
        let [first, second] = names("A\nB").try_into().unwrap();
        assert_eq!(names("B\n- x\n- y\nA"), [second, first]);
    }

    #[test]
    fn signs_of_a_japanese_keyboard_are_understood() {
        let published = published("来ますか\n・はい\n・いいえ\n曜日\n＋月\n＋火");
        assert_eq!(to_typed(&published), "来ますか\n- はい\n- いいえ\n\n曜日\n+ 月\n+ 火");
    }

    #[test]
    fn language_that_is_missing_is_read_in_the_first() {
        let published = published("A | vi=B\n- C\n- D | vi=E");
        assert_eq!(to_typed(&published), "A | vi=B\n- C\n- D | vi=E");
    }

    #[test]
    fn readings_hold_bars_of_their_own() {
        let typed = "{話|はな}したいこと | ja-easy={話|はな}したい こと";
        assert_eq!(to_typed(&published(typed)), typed);
    }

    #[test]
    fn bar_that_leads_to_no_language_is_a_sign_like_others() {
        let published = published("Coffee | Tea | en=Coffee or tea");
        assert_eq!(to_typed(&published), "Coffee | Tea | en=Coffee or tea");
    }

    #[test]
    fn one_language_alone_need_not_be_japanese() {
        let published = published("en=Will you come?\n- en=Yes\n- en=No");
        assert_eq!(to_typed(&published), "en=Will you come?\n- en=Yes\n- en=No");
    }

    #[test]
    fn json_stays_json_where_lines_cannot_say_it() {
        let json = super::super::draw::JSON_EXAMPLE;
        let published = Published::from_json(json.as_bytes()).unwrap();
        assert_eq!(to_json(json).as_deref(), Some(json));
        assert!(to_typed(&published).starts_with('{'), "its question has a name of its own");
    }

    #[test]
    fn nothing_is_nothing_and_nonsense_is_refused() {
        assert_eq!(to_json(" \n "), None);
        for typed in ["A\nA", "- x", "A\n- x\n- x", "{"] {
            let refused = to_json(typed).is_some_and(|json| Published::from_json(json.as_bytes()).is_err());
            assert!(refused || typed == "- x", "{typed}");
        }
    }
}
