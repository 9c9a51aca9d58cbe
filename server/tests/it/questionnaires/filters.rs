//! Whatever was answered and however it is narrowed down: the screen, CSV, JSON and the workbook hold the same rows,
//! and the same number of people gave each answer in all of them.

use super::{
    opened::{self, Opened},
    several::{self, CHANNELS, LANGUAGES, Person, VERSIONS, person},
};
use crate::{
    auth::browser::{Browser, joined},
    support::TestApp,
};
use app::auth::Role;
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};
use serde_json::Value;
use std::collections::BTreeMap;

const ANSWERS: &str = "/console/questionnaires/several/answers";
const REASON: &str = "counting what the files hold";
/// Answers that a filter may ask for.
const ASKED: [&str; 6] = ["job=farm", "job=_declined", "paid=rent", "paid=_declined", "harm=yes", "since=_unknown"];

/// A filter, with 0 for all in each place.
type Picks = (usize, usize, usize, usize);

fn filter((version, language, channel, answer): Picks) -> [(&'static str, &'static str); 4] {
    let of = |list: &[&'static str], pick: usize| if pick == 0 { "" } else { list[pick - 1] };
    let channel = match channel {
        0 => "",
        pick => CHANNELS[pick].unwrap_or("_none"),
    };
    [
        ("version", of(&VERSIONS, version)),
        ("language", of(&LANGUAGES, language)),
        ("channel", channel),
        ("answer", of(&ASKED, answer)),
    ]
}

fn filters() -> impl Strategy<Value = Vec<Picks>> {
    let often_all = |most: usize| prop_oneof![Just(0_usize), 0..=most];
    let one =
        (often_all(VERSIONS.len()), often_all(LANGUAGES.len()), often_all(CHANNELS.len() - 1), often_all(ASKED.len()));
    prop::collection::vec(one, 4)
}

#[test]
fn rows_and_counts_are_the_same_on_the_screen_and_in_every_file() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = Config { cases: 10, failure_persistence: None, max_shrink_iters: 40, ..Config::default() };
    let people = prop::collection::vec(person(), 0..70);
    TestRunner::new(config)
        .run(&(people, filters()), |(people, filters)| {
            runtime.block_on(check(&people, &filters));
            Ok(())
        })
        .unwrap();
}

async fn check(people: &[Person], filters: &[Picks]) {
    let app = TestApp::new().await;
    let editions = several::publish_all(&app).await;
    for (number, person) in (0..).zip(people) {
        several::send(&app, &editions, number, person).await;
    }
    let mut boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    let everything = rows(&mut boss, &filter((0, 0, 0, 0)), true).await;
    assert_eq!(everything, people.len(), "all answers are there when nothing is asked for");
    for version in 0..VERSIONS.len() {
        let expected = people.iter().filter(|person| person.version == version).count();
        assert_eq!(rows(&mut boss, &filter((version + 1, 0, 0, 0)), false).await, expected);
    }
    for picks in filters {
        let fields = filter(*picks);
        let is_grave = fields[3].1.starts_with("harm");
        if !is_grave {
            let shown = on_screen(&mut boss, &fields).await;
            assert_eq!(rows(&mut boss, &fields, false).await, shown, "{fields:?}");
        }
        rows(&mut boss, &fields, true).await;
    }
}

/// How many rows the screen says there are and shows, over all its pages.
async fn on_screen(boss: &mut Browser, fields: &[(&str, &str)]) -> usize {
    let mut seen = 0;
    for page in 1.. {
        let address = format!("{ANSWERS}?{}page={page}", query(fields));
        let body = boss.get(&address).await.body;
        let rows = body.matches("<tr><td>2026-11-22").count();
        seen += rows;
        let said = body.split(" answers</caption>").next().and_then(|text| text.rsplit('>').next()).unwrap_or_default();
        if !body.contains("rel=\"next\"") {
            assert_eq!(if rows == 0 { 0 } else { said.parse::<usize>().unwrap() }, seen, "{address}");
            return seen;
        }
    }
    unreachable!()
}

fn query(fields: &[(&str, &str)]) -> String {
    fields.iter().map(|(name, value)| format!("{name}={}&", value.replace('=', "%3D"))).collect()
}

async fn file(boss: &mut Browser, form: &str, fields: &[(&str, &str)], everything: bool) -> Vec<u8> {
    let answer = if everything {
        boss.post(ANSWERS, &[&[("as", form), ("reason", REASON)], fields].concat()).await
    } else {
        boss.get(&format!("{ANSWERS}.{form}?{}", query(fields))).await
    };
    assert_eq!(answer.status, 200, "{form} {fields:?}: {}", answer.body);
    answer.bytes
}

/// Takes all files, compares them, and gives how many rows they have.
async fn rows(boss: &mut Browser, fields: &[(&str, &str)], everything: bool) -> usize {
    let csv = opened::csv(&String::from_utf8(file(boss, "csv", fields, everything).await).unwrap());
    let json: Vec<Value> = serde_json::from_slice(&file(boss, "json", fields, everything).await).unwrap();
    let mut book = Opened::of(&file(boss, "xlsx", fields, everything).await);
    let sheet = book.texts("answers");
    assert_eq!(csv, sheet, "{fields:?}");
    assert_eq!(json.len() + 1, csv.len(), "{fields:?}");
    let about = book.texts("about");
    let said = about.iter().find(|line| line[0] == "answers").unwrap();
    assert_eq!(said[1], json.len().to_string());
    let (of_csv, of_sheet, of_json) = (counts_of_table(&csv), counts_of_table(&sheet), counts_of_json(&json));
    assert_eq!(of_csv, of_json, "{fields:?}");
    assert_eq!(of_sheet, of_json, "{fields:?}");
    let codebook = book.texts("codebook");
    for (question, code) in of_json.keys() {
        assert!(codebook.iter().any(|line| line[0] == *question && line[3] == *code), "{question} {code}");
    }
    json.len()
}

type Counts = BTreeMap<(String, String), usize>;

/// How many people gave each answer, told from a table: from the cells of choices, and from those of values that are
/// codes of ours.
fn counts_of_table(table: &[Vec<String>]) -> Counts {
    let mut counts = Counts::new();
    let heads = &table[0];
    for row in &table[1..] {
        for (head, cell) in heads.iter().zip(row).skip(4) {
            match head.split_once('/') {
                Some((question, code)) if cell == "1" => {
                    *counts.entry((question.into(), code.into())).or_default() += 1
                }
                Some(_) => assert!(["", "0"].contains(&cell.as_str())),
                // A question that had both kinds of cells says "declined" in both.
                None if heads.contains(&format!("{head}/{cell}")) && cell.starts_with('_') => {}
                None if is_code(head, cell) => *counts.entry((head.clone(), cell.clone())).or_default() += 1,
                None => {}
            }
        }
    }
    counts
}

/// Whether a value is one of the codes, and no number, day or text.
fn is_code(question: &str, value: &str) -> bool {
    value.starts_with('_') && value.len() > 1 && ["_declined", "_unknown"].contains(&value)
        || ["job", "paid", "harm"].contains(&question) && !value.is_empty()
}

fn counts_of_json(rows: &[Value]) -> Counts {
    let mut counts = Counts::new();
    for row in rows {
        for (question, answer) in row["answers"].as_object().unwrap() {
            let mut add = |code: &str| *counts.entry((question.clone(), code.to_owned())).or_default() += 1;
            match answer {
                Value::String(none) => add(&format!("_{none}")),
                answer if answer["choice"].is_string() => add(answer["choice"].as_str().unwrap()),
                answer if answer["choices"].is_array() => {
                    answer["choices"].as_array().unwrap().iter().for_each(|code| add(code.as_str().unwrap()));
                }
                _ => {}
            }
        }
    }
    counts
}

#[tokio::test]
async fn filters_are_combined_and_stay_in_every_address_of_the_page() {
    let app = TestApp::new().await;
    let editions = several::publish_all(&app).await;
    let person = |version| Person::of(version, 1, 2, vec![(3, 0, 5); 6]);
    for (number, version) in [(1, 0), (2, 1), (3, 1), (4, 2)] {
        several::send(&app, &editions, number, &person(version)).await;
    }
    let mut assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let chosen = "version=2026.2&language=vi&channel=osaka&answer=job%3Dfarm&";
    let page = assistant.get(&format!("{ANSWERS}?{chosen}")).await.body;
    assert!(page.contains("2 answers"), "{page}");
    for (name, value) in [("version", "2026.2"), ("language", "vi"), ("channel", "osaka"), ("answer", "job=farm")] {
        assert!(page.contains(&format!("value=\"{value}\" selected")), "{value}: {page}");
        let kept = format!("type=\"hidden\" name=\"{name}\" value=\"{value}\"");
        assert!(page.contains(&kept), "the download has it too: {value}: {page}");
    }
    assert!(page.contains(&format!("?{}page=1\"", chosen.replace('&', "&amp;"))), "{page}");
    // Nothing came that way, and the form says what it does.
    let none = assistant.get(&format!("{ANSWERS}?channel=nobody&version=9&language=en")).await;
    assert!(none.status == 200 && none.body.contains("There are no answers here"));
    for option in ["nobody", "9", "en"] {
        assert!(none.body.contains(&format!("value=\"{option}\" selected")), "{option}: {}", none.body);
    }
    for wrong in ["version=1%202", "channel=_other", "channel=Osaka", "version=%3Cb%3E"] {
        for rest in ["", ".csv", ".json", ".xlsx"] {
            assert_eq!(assistant.get(&format!("{ANSWERS}{rest}?{wrong}")).await.status, 400, "{rest}?{wrong}");
        }
    }
}
