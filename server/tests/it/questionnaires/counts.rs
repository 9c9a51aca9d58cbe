//! Counts that are kept with the answers: whatever came and went, however many at once, they are what the answers
//! give, and the page shows them.

use super::sample::{choice, choices, id, make_channel, sending, small, stored};
use crate::{
    auth::browser::{Browser, joined},
    support::{NOW_MS, TestApp, database::OPTIONS},
};
use app::{
    auth::Role,
    ids::InstanceId,
    questionnaires::{
        server::{
            arrival, counts,
            entities::{answer_count, day_count, response, response_count},
            export::{self, ExportOptions, Filter, Format, Labels},
            publish,
            scope::{Reason, Scope},
        },
        types::Sending,
    },
    server::{
        Context, Site,
        assets::Assets,
        clock::Clock,
        db::Db,
        entities::audit_entry,
        keys::{Keys, SECRET_BYTES},
    },
};
use axum::http::StatusCode;
use form::{Answer, Answers, FORMAT, Payload, Published, flow};
use sea_orm::{ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _};
use serde::Deserialize;
use std::{collections::BTreeMap, sync::Arc};
use tokio::{sync::Barrier, task::JoinSet};

const SLUG: &str = "counted";
const COUNTS: &str = "/console/questionnaires/counted/counts";
const CHANNELS: [Option<&str>; 3] = [None, Some("poster"), Some("line-7")];

/// An edition with a branch; the second one asks for other numbers and offers another choice.
fn edition(version: &str, max: i64, choice: &str) -> String {
    format!(
        r#"{{"format":{FORMAT},"slug":"{SLUG}","version":"{version}","languages":["ja","vi"],
        "title":{{"ja":"T","vi":"T"}},"purpose":{{"ja":"P","vi":"P"}},"questions":[
        {{"name":"job","label":{{"ja":"J","vi":"J"}},"may_decline":true,"kind":{{"type":"select_one","choices":[
          {{"code":"farm","label":{{"ja":"F","vi":"F"}}}},{{"code":"{choice}","label":{{"ja":"C","vi":"C"}}}}]}}}},
        {{"name":"paid","label":{{"ja":"P","vi":"P"}},"may_not_know":true,"kind":{{"type":"select_multiple","choices":[
          {{"code":"rent","label":{{"ja":"R","vi":"R"}}}},{{"code":"food","label":{{"ja":"F","vi":"F"}}}}]}},
         "relevant":{{"selected":{{"question":"job","code":"farm"}}}}}},
        {{"name":"hours","label":{{"ja":"H","vi":"H"}},"kind":{{"type":"integer","min":0,"max":{max}}}}},
        {{"name":"harm","label":{{"ja":"暴力","vi":"B"}},"sensitivity":3,"may_decline":true,
         "kind":{{"type":"select_one","choices":[{{"code":"yes","label":{{"ja":"はい","vi":"Y"}}}},
          {{"code":"no","label":{{"ja":"いいえ","vi":"N"}}}}]}}}},
        {{"name":"words","label":{{"ja":"W","vi":"W"}},"kind":{{"type":"text","max_bytes":90}}}}]}}"#
    )
}

/// A site with both editions, the second one current.
async fn counted() -> (TestApp, [Published; 2]) {
    let app = TestApp::new().await;
    let first = publish::publish(&app.ctx, None, edition("1", 99, "care").as_bytes()).await.unwrap();
    let second = publish::publish(&app.ctx, None, edition("2", 9, "build").as_bytes()).await.unwrap();
    make_channel(&app, SLUG, "poster").await;
    (app, [first, second])
}

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }

    fn one<'c, T>(&mut self, of: &'c [T]) -> &'c T {
        &of[usize::try_from(self.below(of.len() as u64)).unwrap()]
    }

    /// Somebody's answers, some of them to questions that they were not shown: those are dropped.
    fn sending(&mut self, published: &Published, number: u32) -> Sending {
        let definition = published.definition();
        let (last, max) = if definition.version == "1" { ("care", 99) } else { ("build", 9) };
        let mut answers = Answers::new();
        for (name, answer) in [
            ("job", self.one(&[None, Some(choice("farm")), Some(choice(last)), Some(Answer::Declined)]).clone()),
            ("paid", self.one(&[None, Some(choices(&["rent", "food"])), Some(Answer::Unknown)]).clone()),
            ("hours", (self.below(3) > 0).then(|| Answer::Integer(i64::try_from(self.below(max + 1)).unwrap()))),
            ("harm", self.one(&[None, Some(choice("yes")), Some(choice("no")), Some(Answer::Declined)]).clone()),
            ("words", (self.below(2) > 0).then(|| Answer::Text("Sếp = _skipped".to_owned()))),
        ] {
            if let Some(answer) = answer {
                answers.insert(name, answer);
            }
        }
        Sending::of(Payload {
            format: FORMAT,
            questionnaire: SLUG.to_owned(),
            definition: published.hash().to_owned(),
            instance_id: id(number),
            language: (*self.one(&["ja", "vi"])).to_owned(),
            channel: self.one(&CHANNELS).map(str::to_owned),
            answers: flow::prune(definition, &answers, crate::support::TODAY.parse().unwrap()),
        })
    }
}

/// Deletes an answer, as whoever deletes one does it.
async fn delete(ctx: &Context, number: u32) {
    let id = InstanceId(id(number));
    let id = &id;
    ctx.write(|tx| async move {
        let row = response::Entity::find_by_id(id.clone()).one(&tx).await?.expect("it was stored");
        counts::remove(&tx, &row).await?;
        response::Entity::delete_by_id(id.clone()).exec(&tx).await?;
        Ok(())
    })
    .await
    .unwrap();
}

type Counts = BTreeMap<[String; 4], i64>;

/// What the tables say: by definition, language, question and value, over channels and lanes.
async fn tables(app: &TestApp) -> Counts {
    let mut counts = Counts::new();
    for row in answer_count::Entity::find().all(app.ctx.read()).await.unwrap() {
        *counts.entry([row.definition, row.language, row.question, row.value]).or_default() += row.n;
    }
    for row in response_count::Entity::find().all(app.ctx.read()).await.unwrap() {
        *counts.entry([row.definition, row.language, String::new(), String::new()]).or_default() += row.n;
    }
    for row in day_count::Entity::find().all(app.ctx.read()).await.unwrap() {
        *counts.entry([String::new(), String::new(), row.day.to_string(), String::new()]).or_default() += row.n;
    }
    counts.retain(|_, n| *n != 0);
    counts
}

#[derive(Deserialize)]
struct Exported {
    definition: String,
    day: String,
    language: String,
    answers: Answers,
}

/// The same, counted from the file that a coordinator takes away.
async fn from_file(app: &TestApp, editions: &[Published]) -> Counts {
    let reason = Reason::parse("comparing counts with answers").unwrap_or_else(|fault| panic!("{fault:?}"));
    let scope = Scope::everything_by_command(&app.ctx, &reason, SLUG).await.unwrap();
    let options = ExportOptions { format: Format::Json, labels: Labels::Codes, filter: Filter::default(), scope };
    let mut file = Vec::new();
    export::write(&app.ctx, SLUG, options, &mut file).await.unwrap();
    let rows: Vec<Exported> = serde_json::from_slice(&file).unwrap();
    let mut counts = Counts::new();
    for Exported { definition: hash, day, language, answers } in rows {
        let definition = editions.iter().find(|edition| edition.hash() == hash).unwrap().definition();
        let mut add = |question: &str, value: &str| {
            let key = [hash.clone(), language.clone(), question.to_owned(), value.to_owned()];
            *counts.entry(key).or_default() += 1;
        };
        add("", "");
        for question in flow::shown(definition, &answers, day.parse().unwrap()) {
            let name = question.name.as_str();
            match answers.get(name) {
                None => add(name, "_skipped"),
                Some(Answer::Declined) => add(name, "_declined"),
                Some(Answer::Unknown) => add(name, "_unknown"),
                Some(answer) => {
                    add(name, "_answered");
                    match answer {
                        Answer::Choice(code) => add(name, code),
                        Answer::Choices(codes) => codes.iter().for_each(|code| add(name, code)),
                        // 0 to 99 in tens, 0 to 9 one by one.
                        Answer::Integer(number) if definition.version == "1" => {
                            add(name, &format!("{0}..{1}", number / 10 * 10, number / 10 * 10 + 9));
                        }
                        Answer::Integer(number) => add(name, &number.to_string()),
                        _ => {}
                    }
                }
            }
        }
        *counts.entry([String::new(), String::new(), day, String::new()]).or_default() += 1;
    }
    counts
}

async fn differences(app: &TestApp) -> Vec<counts::Difference> {
    counts::check(&app.ctx).await.unwrap().differences
}

#[tokio::test]
async fn whatever_comes_and_goes_the_counts_are_those_of_the_answers() {
    let (app, editions) = counted().await;
    let mut dice = Dice(20_261_122);
    let mut there: Vec<u32> = Vec::new();
    for step in 0..240_u32 {
        if step % 60 == 59 {
            assert_eq!(tables(&app).await, from_file(&app, &editions).await, "after {step} steps");
            counts::tidy(&app.ctx).await.unwrap();
        }
        if step % 40 == 39 {
            app.ctx.clock().advance(24 * 60 * 60 * 1000);
        }
        if dice.below(4) == 0 && !there.is_empty() {
            let place = usize::try_from(dice.below(there.len() as u64)).unwrap();
            delete(&app.ctx, there.swap_remove(place)).await;
            continue;
        }
        let sending = dice.sending(dice_edition(&editions, step), step);
        for _ in 0..=dice.below(2) {
            // Twice the same counts once.
            arrival::arrive(&app.ctx, sending.clone()).await.unwrap();
        }
        there.push(step);
    }
    assert_eq!(stored(&app).await.len(), there.len());
    let kept = tables(&app).await;
    assert_eq!(kept, from_file(&app, &editions).await);
    assert_eq!(differences(&app).await, []);
    let lanes = answer_count::Entity::find().all(app.ctx.read()).await.unwrap();
    assert!(lanes.iter().any(|row| row.channel == "poster") && lanes.iter().any(|row| row.channel.is_empty()));

    // Somebody breaks them: it is seen, and made right.
    let break_it = "UPDATE answer_counts SET n = n + 3 WHERE question = 'job' AND value = 'farm'";
    app.ctx.db().writer().execute_unprepared(break_it).await.unwrap();
    app.ctx.db().writer().execute_unprepared("DELETE FROM day_counts").await.unwrap();
    let found = differences(&app).await;
    assert!(found.iter().any(|one| one.count.contains("job=farm") && one.missing < 0), "{found:?}");
    let days = app.ctx.read().query_all_raw(days(&app)).await.unwrap().len();
    assert_eq!(found.iter().filter(|one| one.missing > 0).count(), days, "{found:?}");
    assert_eq!(counts::rebuild(&app.ctx).await.unwrap().differences, found);
    assert_eq!(tables(&app).await, kept);

    // All go, and nothing is left of them.
    for number in there {
        delete(&app.ctx, number).await;
    }
    counts::tidy(&app.ctx).await.unwrap();
    assert!(answer_count::Entity::find().one(app.ctx.read()).await.unwrap().is_none());
    assert!(response_count::Entity::find().one(app.ctx.read()).await.unwrap().is_none());
    assert!(day_count::Entity::find().one(app.ctx.read()).await.unwrap().is_none());
}

fn dice_edition(editions: &[Published; 2], step: u32) -> &Published {
    &editions[usize::from(step.is_multiple_of(3))]
}

fn days(app: &TestApp) -> sea_orm::Statement {
    sea_orm::Statement::from_string(app.ctx.db().backend(), "SELECT DISTINCT received_on FROM responses")
}

#[tokio::test]
async fn what_is_refused_or_kept_aside_is_not_counted() {
    let (app, [first, _]) = counted().await;
    let yes = sending(SLUG, first.hash(), 1, [("job", choice("farm"))]);
    arrival::arrive(&app.ctx, yes).await.unwrap();
    let before = tables(&app).await;
    arrival::arrive(&app.ctx, sending(SLUG, first.hash(), 1, [("job", choice("care"))])).await.unwrap_err();
    arrival::arrive(&app.ctx, sending(SLUG, first.hash(), 2, [("job", choice("none"))])).await.unwrap_err();
    arrival::arrive(&app.ctx, sending(SLUG, &"ab".repeat(32), 3, [("job", choice("farm"))])).await.unwrap();
    assert_eq!(tables(&app).await, before);
}

#[tokio::test]
async fn database_of_an_earlier_program_is_counted_once_when_it_starts() {
    let (app, editions) = counted().await;
    let mut dice = Dice(7);
    for number in 0..20 {
        arrival::arrive(&app.ctx, dice.sending(&editions[0], number)).await.unwrap();
    }
    let kept = tables(&app).await;
    for table in ["response_counts", "day_counts", "answer_counts"] {
        app.ctx.db().writer().execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap();
    }
    let built = counts::ensure(&app.ctx).await.unwrap().expect("it was never done");
    assert_eq!((built.responses, built.unreadable), (20, 0));
    assert_eq!(tables(&app).await, kept);
    assert_eq!(counts::ensure(&app.ctx).await.unwrap(), None, "once is enough");

    // A row that this program cannot read counts by day and language, and stops nothing.
    app.ctx.db().writer().execute_unprepared("UPDATE responses SET payload = '{\"format\":99}'").await.unwrap();
    let rebuilt = counts::rebuild(&app.ctx).await.unwrap();
    assert_eq!((rebuilt.responses, rebuilt.unreadable), (20, 20));
    assert_eq!(tables(&app).await.values().sum::<i64>(), 40, "by day, and by definition and language");
    delete(&app.ctx, 3).await;
    assert_eq!(differences(&app).await, []);
}

/// A second server on the same database.
async fn second_server(app: &TestApp) -> Context {
    let db = Db::connect(app.database_url(), OPTIONS).await.unwrap();
    let site = Site { base_url: "http://127.0.0.1:3000".to_owned(), ..Site::default() };
    Context::new(db, Keys::derive(&[7; SECRET_BYTES]), Clock::fixed(NOW_MS), Assets::default(), site)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_on_two_servers_are_fifty() {
    const EACH: u32 = 50;
    let (app, editions) = counted().await;
    let servers = [app.ctx.clone(), second_server(&app).await];
    for round in 0..3 {
        let together = Arc::new(Barrier::new(EACH as usize));
        let mut arriving = JoinSet::new();
        for number in 0..EACH {
            let (ctx, together) = (servers[number as usize % 2].clone(), Arc::clone(&together));
            // All say the same, so that all add to the same counts.
            let sending = sending(SLUG, editions[1].hash(), round * EACH + number, [("job", choice("build"))]);
            arriving.spawn(async move {
                together.wait().await;
                arrival::arrive(&ctx, sending).await
            });
        }
        for arrived in arriving.join_all().await {
            arrived.unwrap();
        }
        let expected = i64::from((round + 1) * EACH);
        let key = |question: &str, value: &str| {
            [editions[1].hash().to_owned(), "vi".to_owned(), question.to_owned(), value.to_owned()]
        };
        let counts = tables(&app).await;
        assert_eq!((counts[&key("", "")], counts[&key("job", "build")]), (expected, expected));
        assert_eq!(counts[&key("words", "_skipped")], expected);
    }
    assert_eq!(differences(&app).await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rebuilding_and_tidying_while_answers_come_and_go_loses_none() {
    let (app, editions) = counted().await;
    let mut dice = Dice(99);
    for number in 0..40 {
        arrival::arrive(&app.ctx, dice.sending(&editions[0], number)).await.unwrap();
    }
    let break_it = "UPDATE answer_counts SET n = n + 1 WHERE question = 'harm'";
    app.ctx.db().writer().execute_unprepared(break_it).await.unwrap();
    let (coming, going) = (app.ctx.clone(), app.ctx.clone());
    let sendings: Vec<Sending> = (100..140).map(|number| dice.sending(&editions[1], number)).collect();
    let coming = tokio::spawn(async move {
        for sending in sendings {
            arrival::arrive(&coming, sending).await.unwrap();
        }
    });
    let going = tokio::spawn(async move {
        for number in 0..20 {
            delete(&going, number).await;
        }
    });
    for _ in 0..4 {
        counts::rebuild(&app.ctx).await.unwrap();
        counts::tidy(&app.ctx).await.unwrap();
    }
    let (one, other) = tokio::join!(counts::rebuild(&app.ctx), counts::rebuild(&app.ctx));
    assert!(one.is_ok() && other.is_ok());
    coming.await.unwrap();
    going.await.unwrap();
    assert_eq!(differences(&app).await, []);
    assert_eq!(tables(&app).await, from_file(&app, &editions).await);
}

/// The number and share of a row of a page, by the words before it; several rows may have the same words.
fn rows(page: &str, words: &str) -> Vec<(String, String)> {
    let mark = format!("<span class=\"counts-table__words\">{words}</span>");
    page.split(&mark)
        .skip(1)
        .map(|rest| {
            let cell = |class: &str| {
                let from = rest.find(&format!("<td class=\"{class}\">")).unwrap();
                let rest = &rest[from..];
                rest[rest.find('>').unwrap() + 1..rest.find("</td>").unwrap()].to_owned()
            };
            (cell("counts-table__number"), cell("counts-table__number counts-table__share"))
        })
        .collect()
}

fn row(number: &str, share: &str) -> (String, String) {
    (number.to_owned(), share.to_owned())
}

/// Twelve people's answers: eight in Vietnamese on a poster, four in Japanese without a channel.
async fn twelve() -> (TestApp, Browser, Browser) {
    let (app, [first, second]) = counted().await;
    for number in 0..12_u32 {
        let is_first = number < 8;
        let job = if is_first { choice("farm") } else { choice("build") };
        let harm = if number == 0 { choice("yes") } else { choice("no") };
        let mut answers: Answers = [("job", job), ("harm", harm)].into_iter().collect();
        if is_first {
            answers.insert("paid", choices(if number % 2 == 0 { &["rent", "food"] } else { &["rent"] }));
            answers.insert("hours", Answer::Integer(i64::from(number) * 5));
        }
        let sending = Sending::of(Payload {
            format: FORMAT,
            questionnaire: SLUG.to_owned(),
            definition: if is_first { &first } else { &second }.hash().to_owned(),
            instance_id: id(number),
            language: if is_first { "vi" } else { "ja" }.to_owned(),
            channel: is_first.then(|| "poster".to_owned()),
            answers,
        });
        arrival::arrive(&app.ctx, sending).await.unwrap();
    }
    let assistant = joined(&app, "assistant@example.org", Role::Assistant).await;
    let boss = joined(&app, "boss@example.org", Role::Coordinator).await;
    (app, assistant, boss)
}

#[tokio::test]
async fn page_shows_the_counts_under_every_filter() {
    let (app, mut assistant, _) = twelve().await;
    let page = assistant.get(COUNTS).await;
    assert_eq!(page.status, StatusCode::OK);
    let page = page.body;
    assert!(page.contains("12 answers") && page.contains("Shown to: 12") && page.contains("Shown to: 8"));
    assert!(!page.contains(" style=") && !page.contains("<script"), "{page}");
    // "F" is the farm among jobs, and food among what was paid for, of the eight who were asked.
    assert_eq!(rows(&page, "F"), [row("8", "67%"), row("4", "50%")]);
    assert_eq!(rows(&page, "R"), [row("8", "100%")]);
    assert_eq!(rows(&page, "20–29"), [row("2", "17%")]);
    assert_eq!(rows(&page, "Answered"), [row("0", "0%")], "words are counted as answered and no further");
    assert!(page.contains("<rect class=\"c-bar__part\" width=\"667\" height=\"1\">"));
    for (query, total, farm) in [
        ("?edition=1", 8, [row("8", "100%"), row("4", "50%")]),
        ("?edition=2", 4, [row("0", "0%"), row("0", "0%")]),
        ("?language=vi&edition=", 8, [row("8", "100%"), row("4", "50%")]),
        ("?channel=poster", 8, [row("8", "100%"), row("4", "50%")]),
        ("?channel=-", 4, [row("0", "0%"), row("0", "0%")]),
        ("?channel=never-seen", 0, [row("0", "0%"), row("0", "0%")]),
    ] {
        let page = assistant.get(&format!("{COUNTS}{query}")).await;
        assert_eq!(page.status, StatusCode::OK, "{query}");
        assert!(page.body.contains(&format!("{total} answers")), "{query}");
        assert_eq!(rows(&page.body, "F"), farm, "{query}");
    }
    for wrong in ["?edition=3", "?edition=a%20b", "?language=%3Cb%3E", "?channel=--"] {
        assert_eq!(assistant.get(&format!("{COUNTS}{wrong}")).await.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
    assert!(assistant.get("/console/questionnaires/counted").await.body.contains(COUNTS));
    assert_eq!(assistant.get("/console/questionnaires/none/counts").await.status, StatusCode::NOT_FOUND);
    // In every language, and without a single answer too.
    delete(&app.ctx, 0).await;
    for language in ["ja", "ja-easy", "en", "zh-Hans", "vi"] {
        assistant.cookies.insert("reading".to_owned(), language.to_owned());
        let page = assistant.get(COUNTS).await;
        assert_eq!((page.status, page.body.matches("<h1").count()), (StatusCode::OK, 1), "{language}");
        assert_eq!(rows(&page.body, "F")[0], row("7", "64%"), "{language}");
    }
    let (empty, _) = small().await;
    let mut assistant = joined(&empty, "assistant@example.org", Role::Assistant).await;
    let page = assistant.get("/console/questionnaires/small/counts").await;
    assert_eq!((page.status, rows(&page.body, "農業")), (StatusCode::OK, vec![row("0", "0%")]));
}

#[tokio::test]
async fn small_numbers_of_grave_questions_take_a_coordinators_reason() {
    const REASON: &str = "figures for the session in December";
    let (app, mut assistant, mut boss) = twelve().await;
    for browser in [&mut assistant, &mut boss] {
        let page = browser.get(COUNTS).await.body;
        // One said yes. The eleven would tell it, so they are not told either.
        assert_eq!((rows(&page, "はい"), rows(&page, "いいえ")), (vec![row("&lt;5", "")], vec![row("5+", "")]));
        assert!(page.contains("“&lt;5”"), "the note says what it means");
        let filtered = browser.get(&format!("{COUNTS}?language=vi")).await.body;
        assert!(rows(&filtered, "はい").is_empty() && filtered.contains("shown without a filter only"));
    }
    assert!(!assistant.get(COUNTS).await.body.contains("name=\"reason\""));
    assert_eq!(assistant.post(COUNTS, &[("reason", REASON)]).await.status, StatusCode::FORBIDDEN);
    let refused = boss.post(COUNTS, &[("reason", "why"), ("language", "vi")]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("id=\"reason-error\"") && refused.body.contains("value=\"why\""));
    assert!(rows(&refused.body, "はい").is_empty());
    assert_eq!(boss.post(COUNTS, &[("reason", REASON), ("edition", "3")]).await.status, StatusCode::BAD_REQUEST);
    assert!(noted(&app).await.iter().all(|detail| detail == REASON));
    let before = noted(&app).await.len();

    let exact = boss.post(COUNTS, &[("reason", REASON)]).await;
    assert_eq!(exact.status, StatusCode::OK);
    assert_eq!(
        (rows(&exact.body, "はい"), rows(&exact.body, "いいえ")),
        (vec![row("1", "8%")], vec![row("11", "92%")])
    );
    let filtered = boss.post(COUNTS, &[("reason", REASON), ("language", "ja")]).await;
    assert_eq!(rows(&filtered.body, "いいえ"), [row("4", "100%")]);
    assert_eq!(noted(&app).await.len(), before + 2);
}

async fn noted(app: &TestApp) -> Vec<String> {
    let found = audit_entry::Entity::find().filter(audit_entry::Column::Action.eq("counts.read"));
    found.all(app.ctx.read()).await.unwrap().into_iter().map(|entry| entry.detail).collect()
}

#[tokio::test]
async fn screens_count_without_reading_answers() {
    let (app, mut assistant, _) = twelve().await;
    // The counts alone say so: the answers are gone behind their back.
    app.ctx.db().writer().execute_unprepared("DELETE FROM responses").await.unwrap();
    for (path, sign) in [
        ("/console", "12 answers"),
        ("/console/questionnaires", "answers-count__number\">12<"),
        ("/console/questionnaires/counted", "answers-count__number\">12<"),
        (COUNTS, "12 answers"),
    ] {
        assert!(assistant.get(path).await.body.contains(sign), "{path}");
    }
    let overview = assistant.get("/console/questionnaires/counted").await.body;
    assert!(overview.contains("<td>8</td>") && overview.contains("<td>4</td>") && overview.contains("<td>12</td>"));
}
