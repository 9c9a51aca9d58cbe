//! Random answers to a questionnaire that was published three times, each time otherwise: with hidden branches,
//! declined answers, a question that changed its kind, several languages and channels, and texts that are made to
//! upset spreadsheets.

use super::sample::{around, id, make_channel};
use crate::support::TestApp;
use app::questionnaires::{
    server::{arrival, publish},
    types::Sending,
};
use form::{Answer, Answers, Day, Definition, FORMAT, Kind, Payload, Question, flow};
use proptest::prelude::*;

pub const SLUG: &str = "several";
pub const VERSIONS: [&str; 3] = ["1", "2026.2", "3-final"];
pub const LANGUAGES: [&str; 3] = ["ja", "vi", "zh-Hans"];
pub const CHANNELS: [Option<&str>; 4] = [None, None, Some("osaka"), Some("poster-1")];

/// What people might type.
pub const TEXTS: [&str; 13] = [
    "=1+1",
    "+81-3",
    "-1",
    "@SUM(A1)",
    "＝1",
    "😀 🇻🇳 👩‍👩‍👧",
    "\u{200f}مرحبا\u{200e} olleh",
    "\u{200f}مرحبا بالعالم",
    "\u{200e}=1+1",
    "_x0041_ &amp; <b>",
    "a\nb \"c\", d",
    "給料が  払われない",
    "]]>",
];

const JOB: &str = r#"{"name":"job","label":{"ja":"仕事","vi":"Việc"},"may_decline":true,"may_not_know":true,
  "kind":{"type":"select_one","choices":[CHOICES]}}"#;
const REST: &str = r#"{"name":"hours","label":{"ja":"時間","vi":"Giờ"},"may_decline":true,
   "kind":{"type":"integer","min":-1000000000000,"max":1000000000000}},
  {"name":"since","label":{"ja":"いつから","vi":"Từ khi nào"},"may_not_know":true,"kind":{"type":"date"},
   "relevant":"${hours} != ''"},
  {"name":"harm","label":{"ja":"暴力","vi":"Bạo lực"},"sensitivity":3,"may_decline":true,
   "kind":{"type":"select_one","choices":[
     {"code":"yes","label":{"ja":"はい","vi":"Có"}},{"code":"no","label":{"ja":"いいえ","vi":"Không"}}]}},
  {"name":"words","label":{"ja":"ひとこと","vi":"Lời nhắn"},"relevant":"${harm} = 'yes'",
   "kind":{"type":"text","max_bytes":200,"multiline":true}}"#;
/// Only for those who farm; in the last edition one of the answers instead of several.
const PAID: &str = r#"{"name":"paid","label":{"ja":"何に","vi":"Trả gì"},"may_decline":true,
  "relevant":"${job} = 'farm'","kind":{"type":"KIND","choices":[CHOICES]}}"#;

fn choices(codes: &[&str]) -> String {
    let choice = |code: &&str| format!(r#"{{"code":"{code}","label":{{"ja":"={code}","vi":"{code} vi"}}}}"#);
    codes.iter().map(choice).collect::<Vec<_>>().join(",")
}

/// The definition of a version.
fn json(version: usize) -> String {
    let job = JOB
        .replace("CHOICES", &choices([&["farm", "care"][..], &["farm", "care", "build"], &["build", "farm"]][version]));
    let paid = PAID
        .replace("CHOICES", &choices([&["rent", "food"][..], &["rent", "food", "fees"], &["fees", "rent"]][version]))
        .replace("KIND", ["select_multiple", "select_multiple", "select_one"][version]);
    let questions =
        [vec![job.as_str(), paid.as_str()], vec![&job, &paid, REST], vec![&job, REST, &paid]][version].join(",");
    format!(
        r#"{{"format":2,"slug":"{SLUG}","version":"{}","languages":["ja","vi"],"title":{{"ja":"T","vi":"T"}},"purpose":{{"ja":"P","vi":"P"}},"questions":[{questions}]}}"#,
        VERSIONS[version]
    )
}

/// Publishes all versions, the last one last; gives their hashes.
pub async fn publish_all(app: &TestApp) -> Vec<(String, Definition)> {
    let mut editions = Vec::new();
    for version in 0..VERSIONS.len() {
        let published = publish::publish(&app.ctx, None, json(version).as_bytes()).await.unwrap();
        editions.push((published.hash().to_owned(), published.definition().clone()));
    }
    for code in CHANNELS.into_iter().flatten() {
        make_channel(app, SLUG, code).await;
    }
    editions
}

/// What one person does, as numbers.
#[derive(Clone, Debug)]
pub struct Person {
    pub version: usize,
    language: usize,
    channel: usize,
    picks: Vec<(u8, u16, i64)>,
}

impl Person {
    /// Somebody in particular: which version, language and channel, and what is picked question by question.
    pub fn of(version: usize, language: usize, channel: usize, picks: Vec<(u8, u16, i64)>) -> Self {
        Self { version, language, channel, picks }
    }
}

pub fn person() -> impl Strategy<Value = Person> {
    let picks = prop::collection::vec((0_u8..8, any::<u16>(), any::<i64>()), 6);
    (0..VERSIONS.len(), 0..LANGUAGES.len(), 0..CHANNELS.len(), picks)
        .prop_map(|(version, language, channel, picks)| Person { version, language, channel, picks })
}

/// Sends what this person answers; the numbers of persons are in another order than that of their sending.
pub async fn send(app: &TestApp, editions: &[(String, Definition)], number: u32, person: &Person) {
    let (hash, definition) = &editions[person.version];
    let all: Answers = definition
        .questions
        .iter()
        .zip(&person.picks)
        .filter_map(|(question, pick)| Some((question.name.clone(), answer(question, *pick)?)))
        .collect();
    let today = app.ctx.clock().today();
    let payload = Payload {
        format: FORMAT,
        questionnaire: SLUG.to_owned(),
        definition: hash.clone(),
        instance_id: id(number.wrapping_mul(0x9e37_79b1)),
        language: LANGUAGES[person.language].to_owned(),
        channel: CHANNELS[person.channel].map(str::to_owned),
        answers: flow::prune(definition, &all, today),
    };
    let instance_id = payload.instance_id.clone();
    let text = String::from_utf8(payload.canonical_bytes()).unwrap();
    let sending: Sending = around(SLUG, hash, &instance_id, text);
    arrival::arrive(&app.ctx, sending).await.unwrap_or_else(|error| panic!("{error:?}: {payload:?}"));
}

fn answer(question: &Question, (what, bits, number): (u8, u16, i64)) -> Option<Answer> {
    let bits = usize::from(bits);
    match what {
        0 => return None,
        1 if question.may_decline => return Some(Answer::Declined),
        2 if question.may_not_know => return Some(Answer::Unknown),
        _ => {}
    }
    Some(match &question.kind {
        Kind::SelectOne { choices, .. } => Answer::Choice(choices[bits % choices.len()].code.clone()),
        Kind::SelectMultiple { choices } => {
            let picked = choices.iter().enumerate().filter(|(at, _)| bits >> at & 1 == 1);
            Answer::Choices(picked.map(|(_, choice)| choice.code.clone()).collect())
        }
        Kind::Integer { .. } if what == 7 => Answer::Integer(number % 1_000_000_000_001),
        Kind::Integer { .. } => Answer::Integer(number % 100),
        Kind::Date { .. } => {
            Answer::Date(Day::from_unix_days(Day::FIRST.unix_days() + i64::from(u16::try_from(bits).unwrap()))?)
        }
        Kind::Text { .. } => Answer::Text(TEXTS[bits % TEXTS.len()].to_owned()),
        _ => return None,
    })
}
