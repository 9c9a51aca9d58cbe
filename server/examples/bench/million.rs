//! A million answers stored: what one more costs, against the same on an empty database in the same minute, and what
//! the page of counts costs. The answers are written behind the program's back, fast and without waiting for the
//! disk; then the program counts them all, once, as it does after an update.

use crate::{
    Report, SEED,
    client::Client,
    median, ms,
    program::{Installation, Program},
};
use anyhow::{Context as _, ensure};
use app::{
    questionnaires::types::Sending,
    server::db::{Db, DbOptions, Synchronous},
};
use form::{Answer, Answers, Choice, Day, FORMAT, Kind, Payload, Published, Question, flow};
use sea_orm::{ConnectionTrait as _, Statement};
use std::{
    path::Path,
    time::{Duration, Instant},
};

/// Answers that differ; the million are these again and again under ids of their own.
const TEMPLATES: u64 = 1_000;
/// Answers that are written by one statement.
const PART: u64 = 50_000;
/// More answers, by turns to the full and to the empty database.
const MORE: u64 = 200;
/// How often a page is asked for.
const PAGES: usize = 30;

const LANGUAGES: [&str; 5] = ["ja", "ja-easy", "en", "zh-Hans", "vi"];
const CHANNELS: [Option<&str>; 6] =
    [None, Some("poster"), Some("line"), Some("school"), Some("church"), Some("union-7")];

/// Fills a database and measures.
pub fn measure(report: &mut Report, built: &Path) -> anyhow::Result<()> {
    let wanted = std::env::var("BENCH_ANSWERS").ok();
    let answers = wanted.map_or(Ok(1_000_000), |text| text.parse::<u64>()).context("BENCH_ANSWERS")?;
    // Each language as often as the others.
    let answers = (answers / TEMPLATES).max(1) * TEMPLATES;
    let published = Published::from_json(SEED).map_err(|_| anyhow::anyhow!("the seed has faults"))?;

    let installation = Installation::seeded(built, None)?;
    let begin = Instant::now();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(fill(&installation.database(), &published, answers))?;
    #[allow(clippy::cast_precision_loss, reason = "a few millions")]
    let count = answers as f64;
    report.line("answers stored for what follows", count, "", None);
    report.line("storing them, behind the program's back", begin.elapsed().as_secs_f64(), "s", None);
    let begin = Instant::now();
    ensure!(installation.command("counts").arg("rebuild").status()?.success(), "the answers were not counted");
    report.line("counting all of them, once", begin.elapsed().as_secs_f64(), "s", None);
    let full = installation.serve()?;
    report.line("start to first answer, with all of them", ms(full.started_in), "ms", Some(150.0));
    let empty = Program::start(built, None)?;

    // When it starts, and then once a day, the program makes the database forget the order of its rows; whoever writes
    // meanwhile waits, or is told to come again.
    let begin = Instant::now();
    let first = sending(&published, 0, "ffffffff-0000-4000-9000-000000000000")?;
    while Client::connect(full.port).and_then(|mut client| send(&mut client, 0, &first)).is_err() {
        ensure!(begin.elapsed() < Duration::from_secs(300), "the full database takes no answer");
        std::thread::sleep(Duration::from_millis(500));
    }
    report.line("writes wait for the daily tidying", begin.elapsed().as_secs_f64(), "s", None);

    let (mut on_full, mut on_empty) = (Vec::new(), Vec::new());
    let (mut to_full, mut to_empty) = (Client::connect(full.port)?, Client::connect(empty.port)?);
    for number in 0..MORE {
        // Far from each other and from those that are there, as random ids are.
        let id = format!("{:08x}-0000-4000-9000-000000000000", (number * 0x9e37_79b9) & 0xffff_ffff);
        let sending = sending(&published, number, &id)?;
        on_full.push(send(&mut to_full, number, &sending)?);
        on_empty.push(send(&mut to_empty, number, &sending)?);
    }
    let (on_full, on_empty) = (median(&mut on_full), median(&mut on_empty));
    report.line("one more answer, empty database, median", ms(on_empty), "ms", None);
    report.line("one more answer, full database, median", ms(on_full), "ms", Some(30.0));
    report.line("ratio full / empty", ms(on_full) / ms(on_empty), "", Some(1.5));

    to_full.send_form(
        &full.invite()?,
        "127.0.0.1",
        &format!("name=Bench&new_passphrase={WORDS}&new_passphrase_again={WORDS}"),
    )?;
    let path = ["/console/questionnaires/", &published.definition().slug].concat();
    for (what, rest) in
        [("counts per question", "/counts"), ("the same in one language", "/counts?language=vi"), ("overview", "")]
    {
        let mut times = Vec::new();
        for _ in 0..PAGES {
            let begin = Instant::now();
            let page = to_full.get(&[path.as_str(), rest].concat())?;
            times.push(begin.elapsed());
            // All of them, or those of one of the five languages; the first one was in Japanese.
            let is_all = !rest.contains('?');
            let expected = if is_all { answers + MORE + 1 } else { (answers + MORE) / LANGUAGES.len() as u64 };
            ensure!(page.contains(&expected.to_string()), "{rest} does not tell that there are {expected}");
        }
        report.line(&format!("page: {what}, median"), ms(median(&mut times)), "ms", Some(50.0));
    }
    Ok(())
}

/// A passphrase that holds, as a form sends it.
const WORDS: &str = "seven+green+umbrellas";

fn send(client: &mut Client, number: u64, sending: &Sending) -> anyhow::Result<Duration> {
    let json = serde_json::to_string(sending)?;
    let network = format!("10.{}.{}.1", number / 250, number % 250);
    let begin = Instant::now();
    let answer = client.post("/api/v1/responses", &network, &json)?;
    let took = begin.elapsed();
    ensure!(answer.contains("\"stored\""), "an answer was not stored: {answer}");
    Ok(took)
}

/// Writes answers into the tables, in the order of their ids, without their counts.
async fn fill(database: &str, published: &Published, answers: u64) -> anyhow::Result<()> {
    let options = DbOptions { synchronous: Synchronous::Off, ..DbOptions::default() };
    let db = Db::connect(database, options).await?;
    let writer = db.writer();
    writer
        .execute_unprepared(
            "CREATE TEMP TABLE templates (n INTEGER PRIMARY KEY, payload TEXT, language TEXT, channel TEXT)",
        )
        .await?;
    let placeholder = "00000000-0000-4000-8000-000000000000";
    for number in 0..TEMPLATES {
        let payload = payload(published, number, placeholder)?;
        let text = String::from_utf8(payload.canonical_bytes())?;
        let values = [i64::try_from(number)?.into(), text.into(), payload.language.into(), payload.channel.into()];
        let insert = "INSERT INTO templates VALUES ($1, $2, $3, $4)";
        writer.execute_raw(Statement::from_sql_and_values(db.backend(), insert, values)).await?;
    }
    let hash = published.hash();
    for from in (0..answers).step_by(usize::try_from(PART)?) {
        let to = answers.min(from + PART);
        // A digest and the hash of a code only have to have their form here: nobody asks for them.
        let insert = format!(
            "WITH RECURSIVE numbers(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM numbers WHERE n + 1 < {to}), \
             named(n, id) AS (SELECT n, printf('%08x-0000-4000-8000-%012x', n, n) FROM numbers) \
             INSERT INTO responses (instance_id, questionnaire_id, definition, digest, payload, language, channel, \
                received_on, code_hash) \
             SELECT named.id, q.id, '{hash}', printf('%064x', named.n), replace(t.payload, '{placeholder}', named.id), \
                t.language, t.channel, date('2026-10-01', printf('+%d days', named.n % 50)), printf('bench-%08x', named.n) \
             FROM named JOIN templates t ON t.n = named.n % {TEMPLATES} JOIN questionnaires q"
        );
        writer.execute_unprepared(&insert).await?;
    }
    writer.execute_unprepared("DROP TABLE templates").await?;
    db.close().await?;
    Ok(())
}

fn sending(published: &Published, number: u64, id: &str) -> anyhow::Result<Sending> {
    Ok(Sending::of(payload(published, number, id)?))
}

/// The answers of somebody who answers nearly everything that they are shown, and holds to the rules.
fn payload(published: &Published, number: u64, id: &str) -> anyhow::Result<Payload> {
    let definition = published.definition();
    let today = Day::parse("2026-11-20").context("a day")?;
    let mut answers = Answers::new();
    for (place, question) in (0_u64..).zip(&definition.questions) {
        let turn = number.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(u32::try_from(place * 7 % 64)?);
        if let Some(answer) = answer(question, turn)
            && form::validate(definition, question, Some(&answer), &answers, today).is_ok()
        {
            answers.insert(question.name.as_str(), answer);
        }
    }
    let at = usize::try_from(number)?;
    Ok(Payload {
        format: FORMAT,
        questionnaire: definition.slug.clone(),
        definition: published.hash().to_owned(),
        instance_id: id.to_owned(),
        language: LANGUAGES[at % LANGUAGES.len()].to_owned(),
        channel: CHANNELS[at / LANGUAGES.len() % CHANNELS.len()].map(str::to_owned),
        answers: flow::prune(definition, &answers, today),
    })
}

/// One of the answers that a question takes; kinds that are not counted by their values are left empty.
fn answer(question: &Question, turn: u64) -> Option<Answer> {
    let one = |choices: &[Choice]| {
        let choice = choices.get(usize::try_from(turn % choices.len() as u64).ok()?)?;
        Some(choice.code.clone())
    };
    match &question.kind {
        // Who says no at the door answers nothing more.
        Kind::SelectOne { choices, .. } if question.required => choices.first().map(|c| Answer::Choice(c.code.clone())),
        _ if turn.is_multiple_of(11) => None,
        _ if turn.is_multiple_of(7) && question.may_decline => Some(Answer::Declined),
        Kind::SelectOne { choices, .. } => one(choices).map(Answer::Choice),
        Kind::SelectMultiple { choices } => one(choices).map(|code| Answer::Choices(vec![code])),
        Kind::Integer { min, max, .. } => {
            let span = max.abs_diff(*min).saturating_add(1);
            min.checked_add_unsigned(turn % span).map(Answer::Integer)
        }
        _ => None,
    }
}
