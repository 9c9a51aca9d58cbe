//! `make bench`: how fast and how small, against the budgets of the design. Bounded to a few minutes, most of which go
//! into a million answers (`BENCH_ANSWERS` says how many).
//!
//! It starts the built program on a fresh data folder and asks it over the loopback, from this same machine and with
//! the same cores: the figures compare runs on one machine, and ratios are worth more than they are.

mod client;
mod desks;
mod million;
mod program;
mod registrations;

use anyhow::{Context as _, ensure};
use app::questionnaires::types::Sending;
use client::{Client, Load, load};
use form::{Answer, Answers, FORMAT, Payload, Published};
use program::Program;
use std::{
    io::Write as _,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

/// How long each page is asked for.
const LOAD: Duration = Duration::from_secs(4);
/// Connections at once.
const CONNECTIONS: usize = 8;
/// Answers sent one after another.
const ANSWERS: u32 = 400;

const SEED: &[u8] = include_bytes!("../../../app/src/questionnaires/server/seed/working-in-japan.json");

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// What is measured against what.
struct Report {
    is_kept: bool,
}

impl Report {
    /// One line; `most` is a budget that may not be passed.
    fn line(&mut self, what: &str, value: f64, unit: &str, most: Option<f64>) {
        let verdict = match most {
            Some(most) if value > most => {
                self.is_kept = false;
                format!("  of {most} {unit}: TOO MUCH")
            }
            Some(most) => format!("  of {most} {unit}"),
            None => String::new(),
        };
        let _ = writeln!(std::io::stdout(), "{what:<58} {value:>10.2} {unit}{verdict}");
    }
}

fn run() -> anyhow::Result<bool> {
    let built = std::env::args().nth(1).context("usage: bench DIST")?;
    let mut report = Report { is_kept: true };

    let page = {
        let program = Program::start(Path::new(&built), None)?;
        Client::connect(program.port)?.get("/vi")?
    };
    ensure!(page.len() > 1000, "the home page is nearly empty");
    // The same bytes once more, as a file beside the built ones.
    let program = Program::start(Path::new(&built), Some(&page))?;
    report.line("start to first answer", program.started_in.as_secs_f64() * 1e3, "ms", Some(150.0));
    std::thread::sleep(Duration::from_secs(1));
    report.line("resident memory, idle", program.resident_mib()?, "MiB", Some(40.0));

    let made = load(program.port, "/vi", CONNECTIONS, LOAD)?;
    let file = load(program.port, "/pkg/bench.html", CONNECTIONS, LOAD)?;
    let health = load(program.port, "/healthz", CONNECTIONS, LOAD)?;
    told(&mut report, "home page", &made);
    told(&mut report, "the same bytes as a file", &file);
    told(&mut report, "health (nothing but the layers)", &health);
    report.line("ratio page / file", made.per_second / file.per_second, "", None);
    report.line("ratio page / health", made.per_second / health.per_second, "", None);
    report.line("resident memory, after it", program.resident_mib()?, "MiB", None);

    let mut times = answers(program.port)?;
    let first = median(&mut times[..100]);
    let last = median(&mut times[300..]);
    times.sort_unstable();
    report.line("one answer stored, median", ms(times[times.len() / 2]), "ms", Some(30.0));
    report.line("one answer stored, 95 of 100 within", ms(times[times.len() * 95 / 100]), "ms", None);
    report.line("ratio last hundred answers / first hundred", ms(last) / ms(first), "", None);
    drop(program);
    registrations::measure(&mut report, Path::new(&built))?;
    desks::measure(&mut report, Path::new(&built))?;
    million::measure(&mut report, Path::new(&built))?;
    Ok(report.is_kept)
}

fn told(report: &mut Report, what: &str, load: &Load) {
    report.line(&format!("{what}, requests"), load.per_second, "/s", None);
    report.line(&format!("{what}, median"), ms(load.median), "ms", None);
}

/// Sends answers, one after another, each from another network, so that no flood is seen in them.
fn answers(port: u16) -> anyhow::Result<Vec<Duration>> {
    let published = Published::from_json(SEED).map_err(|_| anyhow::anyhow!("the seed has faults"))?;
    let mut client = Client::connect(port)?;
    (0..ANSWERS)
        .map(|number| {
            let given = [("consent", "yes"), ("sector", "care")];
            let sending = Sending::of(Payload {
                format: FORMAT,
                questionnaire: published.definition().slug.clone(),
                definition: published.hash().to_owned(),
                instance_id: format!("{number:08x}-0000-4000-8000-000000000000"),
                language: "vi".to_owned(),
                channel: None,
                answers: given
                    .map(|(name, code)| (name, Answer::Choice(code.to_owned())))
                    .into_iter()
                    .collect::<Answers>(),
            });
            let network = format!("10.{}.{}.1", number / 250, number % 250);
            let begin = Instant::now();
            let answer = client.post("/api/v1/responses", &network, &serde_json::to_string(&sending)?)?;
            let took = begin.elapsed();
            ensure!(answer.contains("\"stored\""), "an answer was not stored: {answer}");
            Ok(took)
        })
        .collect()
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
