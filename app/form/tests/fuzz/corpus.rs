//! What the targets start from, and how bytes change it.

use form::Published;

/// A definition of every kind of question, with groups and calculations.
pub(crate) const DEFINITION: &str = r#"{"format":2,"slug":"seed","version":"1","languages":["en"],"title":{"en":"S"},"purpose":{"en":"P"},
"groups":[{"name":"g","label":{"en":"G"},"relevant":"${a} != ''","appearance":"field_list"}],"questions":[
{"name":"a","label":{"en":"A"},"kind":{"type":"select_one","choices":[{"code":"x","label":{"en":"{漢|かん}"}},{"code":"y","label":{"en":"Y"},"from":"2026-01-01"}]},"may_decline":true,"may_not_know":true},
{"name":"b","group":"g","label":{"en":"B"},"kind":{"type":"select_multiple","choices":[{"code":"x","label":{"en":"X"}},{"code":"z","label":{"en":"Z"},"exclusive":true}]},"required":true},
{"name":"c","group":"g","label":{"en":"C"},"kind":{"type":"integer","min":0,"max":9,"appearance":"scale"},"relevant":"${a} = 'x'"},
{"name":"d","label":{"en":"D"},"kind":{"type":"decimal","min":"0","max":"99.5"},"constraint":{"expression":". > ${c} div 2","message":{"en":"M"}}},
{"name":"e","label":{"en":"E"},"kind":{"type":"text","max_bytes":40,"multiline":true},"relevant":"${k} > 1 or selected(${b}, 'x')"},
{"name":"f","label":{"en":"F"},"kind":{"type":"date"},"may_decline":true},
{"name":"h","label":{"en":"H"},"kind":{"type":"date","appearance":"month_year"}},
{"name":"i","label":{"en":"I"},"kind":{"type":"time"}},
{"name":"j","label":{"en":"J"},"kind":{"type":"acknowledge"}},
{"name":"l","label":{"en":"L"},"kind":{"type":"note"},"relevant":"today() - ${f} < 90"}],
"calculations":[{"name":"k","label":{"en":"K"},"expression":"sum(${c}, ${d}) * 2"},{"name":"m","label":{"en":"M"},"expression":"concat(${e}, string(${k}))"}]}"#;

/// Another, of format 1.
const OLD: &str = r#"{"format":1,"slug":"old","version":"1","languages":["en"],"title":{"en":"O"},"purpose":{"en":"P"},"questions":[{"name":"a","label":{"en":"A"},"kind":{"type":"integer","min":0,"max":9}},{"name":"b","label":{"en":"B"},"kind":{"type":"date"},"relevant":{"all":[{"not":{"answered":{"question":"a"}}},{"compare":{"left":"today","operator":"less","right":{"date":"2027-04-01"}}}]},"indicator":"debt"}]}"#;

pub(crate) const DEFINITIONS: &[&str] = &[DEFINITION, OLD, "{}", r#"{"format":2}"#];

pub(crate) const EXPRESSIONS: &[&str] = &[
    "${a} = 'x' and not(selected(${b}, 'x')) or -${c} + 1.5 * 2 div 3 >= -(4 mod 5)",
    "if(count-selected(${b}) > 1, substr(concat('a', \"b'\"), 0, 1), join(', ', ${e}, string(${d})))",
    "(${f} + 10 - today()) mod 7 = decimal-date-time(date('2026-11-22')) - 1",
    "coalesce(number('7.5'), round(1.005, 2)) != '' or . = ''",
    "",
];

/// Fields as a form sends them: a question's name, then the fields of its page.
pub(crate) const POSTS: &[&str] = &[
    "answer=x&answer=y&answer=_declined",
    "answer=１，０００．５&no-answer=unknown",
    "answer-year=2024&answer-month=2&answer-day=29",
    "answer= two\r\nlines\tand\u{0}&d.answer=7",
    "answer=8時30分",
];

pub(crate) const ANSWERS: &[&str] = &[
    r#"{"a":{"choice":"x"},"b":{"choices":["x"]},"c":{"integer":3},"d":{"decimal":"7.5"},"e":{"text":"\n"},"f":{"date":"2026-11-22"},"i":{"time":"08:30"},"j":"acknowledged"}"#,
    r#"{"a":"declined","b":"unknown","l":{"text":"x"},"nobody":{"integer":-1}}"#,
    r#"{"format":1,"questionnaire":"seed","definition":"0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f","instance_id":"3f2b8c1e-9d4a-4e6f-8a7b-0c1d2e3f4a5b","language":"en","answers":{}}"#,
];

/// Pieces that are put in, beside single bytes.
const PIECES: &[&str] = &[
    "\"",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "${a}",
    "not(",
    "-",
    " or ",
    " div ",
    "'",
    "null",
    "1e9",
    "\\ud800",
    "\u{202e}",
    "0.0000001",
    "99999999999999999999",
    "2026-02-29",
    ",",
    "&answer=",
    "&no-answer=declined",
];

/// The seed that the first byte picks, changed in places that the others name; or the bytes as they are.
pub(crate) fn changed(seeds: &[&str], input: &[u8]) -> Vec<u8> {
    let Some((pick, edits)) = input.split_first() else { return Vec::new() };
    let Some(seed) = seeds.get(usize::from(*pick) % (seeds.len() + 1)) else { return edits.to_vec() };
    let mut bytes = seed.as_bytes().to_vec();
    // Five bytes an edit, and few edits: a text with many is refused at the first.
    for edit in edits.chunks_exact(5).take(8) {
        let [high, low, how, length, with] = [edit[0], edit[1], edit[2], edit[3], edit[4]];
        let from = usize::from(u16::from_be_bytes([high, low])) % (bytes.len() + 1);
        let to = (from + usize::from(length % 16)).min(bytes.len());
        let piece = match how % 4 {
            0 => vec![with],
            1 => PIECES[usize::from(with) % PIECES.len()].as_bytes().to_vec(),
            2 => bytes[from..to].repeat(usize::from(with % 4)),
            _ => Vec::new(),
        };
        bytes.splice(from..to, piece);
    }
    bytes
}

pub(crate) fn definition() -> Published {
    Published::from_json(DEFINITION.as_bytes()).unwrap()
}
