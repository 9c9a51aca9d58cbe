//! Desks and screens: what a desk says is taken in one by one and in batches, and seen on every open stream. Beside it the
//! least that could be done: the same bytes written to as many connections by a loop that does nothing else.

use crate::{Report, client::Client, ms, program::Program};
use anyhow::{Context as _, ensure};
use rollcall::{Act, Id, Operation};
use std::{
    path::Path,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader},
    net::{TcpListener, TcpStream},
    task::JoinSet,
};

const EVENT: &str = "/console/events/rehearsal-today/attendance";
/// Operations said one after another.
const SINGLE: u64 = 200;
/// What waits on a desk that was long without a network.
const QUEUED: u64 = 500;
/// Check-ins that every screen is waited for.
const SEEN: u64 = 30;
/// Screens that watch, and streams that are only open.
const SCREENS: [usize; 2] = [200, 1_000];
const OPEN: usize = 10_000;

/// A desk that has entered.
struct Desk {
    client: Client,
    id: String,
    place: Id,
    made: u64,
}

/// Measures all of it.
pub fn measure(report: &mut Report, built: &Path) -> anyhow::Result<()> {
    let program = Program::start(built, None)?;
    let mut desk = open(&program)?;

    let begin = Instant::now();
    for _ in 0..SINGLE {
        desk.say(1)?;
    }
    report.line("operations taken in, one by one", per_second(SINGLE, begin), "/s", None);
    let begin = Instant::now();
    for _ in 0..4 {
        desk.say(QUEUED)?;
    }
    report.line("operations taken in, in batches of 500", per_second(4 * QUEUED, begin), "/s", None);
    let begin = Instant::now();
    desk.say(QUEUED)?;
    report.line("500 queued operations acknowledged", ms(begin.elapsed()), "ms", None);

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    for screens in SCREENS {
        let seen = runtime.block_on(seen(&program, &mut desk, screens))?;
        let least = runtime.block_on(least(screens))?;
        let most = (screens == SCREENS[0]).then_some(100.0);
        for (name, share) in [("50", 50), ("95", 95), ("99", 99)] {
            let what = format!("check-in seen on {screens} screens, {name} of 100 within");
            report.line(&what, ms(of(&seen, share)), "ms", most.filter(|_| share == 95));
        }
        report.line(&format!("the same bytes to {screens} connections, 95 of 100"), ms(of(&least, 95)), "ms", None);
    }
    let before = program.resident_mib()?;
    let streams = runtime.block_on(streams(&program, &desk, OPEN))?;
    std::thread::sleep(Duration::from_secs(1));
    #[allow(clippy::cast_precision_loss, reason = "some ten thousand")]
    let each = (program.resident_mib()? - before) * 1024.0 / streams.len() as f64;
    report.line(&format!("memory of an open stream, {OPEN} open"), each, "KiB", None);
    drop(streams);
    Ok(())
}

fn per_second(count: u64, begin: Instant) -> f64 {
    #[allow(clippy::cast_precision_loss, reason = "some thousands")]
    let count = count as f64;
    count / begin.elapsed().as_secs_f64()
}

/// What so many of a hundred are below.
fn of(times: &[Duration], share: usize) -> Duration {
    times.get(times.len() * share / 100).or(times.last()).copied().unwrap_or_default()
}

fn open(program: &Program) -> anyhow::Result<Desk> {
    let mut organizer = Client::connect(program.port)?;
    let passphrase = "quiet harbour seven lanterns";
    let typed = passphrase.replace(' ', "+");
    organizer
        .send_own(&program.invite()?, &format!("name=Bench&new_passphrase={typed}&new_passphrase_again={typed}"))?;
    let page = organizer.visit(EVENT)?;
    let after = page.split("name=\"place\"").nth(1).context("no places")?;
    let place =
        after.split("value=\"").skip(1).filter_map(|rest| rest.split('"').next()).find(|value| !value.is_empty());
    let place = place.context("no place")?.to_owned();
    let opened = organizer.send_own(EVENT, &format!("act=open&name=Bench&hours=12&place={place}"))?;
    let link = opened.split("id=\"desk-link\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    let square = link.and_then(|link| link.find("/console/").map(|at| link[at..].to_owned())).context("no square")?;
    let mut client = Client::connect(program.port)?;
    client.visit(&square)?;
    client.send_own(&square, "")?;
    let name = client.cookies().split("; ").find_map(|cookie| cookie.strip_prefix("desk-")).context("no secret")?;
    let id = name.split('=').next().unwrap_or_default().to_owned();
    let place = Id::parse(&place.replace('-', "")).context("a place without an id")?;
    Ok(Desk { client, id, place, made: 0 })
}

impl Desk {
    /// So many guests walk in, in one batch.
    fn say(&mut self, count: u64) -> anyhow::Result<()> {
        let operations: Vec<Operation> = (1..=count)
            .map(|number| {
                let sequence = self.made + number;
                let id = Id(u128::from(sequence) << 64 | 7);
                Operation {
                    id,
                    sequence,
                    at: 1_000,
                    known: 0,
                    act: Act::WalkIn { guest: Id(id.0 + 1), place: self.place },
                }
            })
            .collect();
        let names: Vec<_> =
            operations.iter().map(|said| serde_json::json!({ "operation": said.id, "name": "Blue 7" })).collect();
        self.made += count;
        let body = serde_json::json!({
            "desk": self.id, "sent_at": 1_000, "made": self.made, "operations": operations, "names": names,
        });
        let answer = self.client.call("/api/v1/operations", &body.to_string())?;
        let applied = answer.matches("\"applied\"").count() as u64;
        ensure!(applied == count, "{applied} of {count} were applied");
        Ok(())
    }
}

/// Opens so many streams and reads their heads and first board.
async fn streams(program: &Program, desk: &Desk, count: usize) -> anyhow::Result<Vec<BufReader<TcpStream>>> {
    let request = format!(
        "GET /console/desk/en/{}/live?after={} HTTP/1.1\r\nHost: bench\r\nCookie: {}\r\n\r\n",
        desk.id,
        desk.made,
        desk.client.cookies()
    );
    let mut streams = Vec::with_capacity(count);
    for _ in 0..count {
        let mut stream = TcpStream::connect(("127.0.0.1", program.port)).await?;
        stream.write_all(request.as_bytes()).await?;
        // Small, so that it is the server's memory which is measured.
        let mut stream = BufReader::with_capacity(1_024, stream);
        let mut line = String::new();
        while !line.starts_with("event: board") {
            line.clear();
            ensure!(stream.read_line(&mut line).await? > 0, "a stream was refused");
        }
        streams.push(stream);
    }
    Ok(streams)
}

/// From saying to seeing, for each check-in on each screen, in order.
async fn seen(program: &Program, desk: &mut Desk, screens: usize) -> anyhow::Result<Vec<Duration>> {
    let first = desk.made + 1;
    let times: Arc<Mutex<Vec<(u64, Instant)>>> = Arc::default();
    let mut reading = JoinSet::new();
    for mut stream in streams(program, desk, screens).await? {
        let times = Arc::clone(&times);
        reading.spawn(async move {
            let mut line = String::new();
            loop {
                line.clear();
                if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                    return;
                }
                let number = line.strip_prefix("id: ").and_then(|id| id.trim().parse::<u64>().ok());
                if let Some(number) = number {
                    times.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((number, Instant::now()));
                    if number >= first + SEEN - 1 {
                        return;
                    }
                }
            }
        });
    }
    let mut said = Vec::new();
    for _ in 0..SEEN {
        said.push(Instant::now());
        // The call blocks this thread; the streams are read when it is back.
        desk.say(1)?;
        tokio::time::sleep(Duration::from_millis(120)).await;
    }
    let all = async { while reading.join_next().await.is_some() {} };
    tokio::time::timeout(Duration::from_secs(30), all).await.context("not every screen has seen every guest")?;
    let times = times.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut took: Vec<Duration> = times
        .iter()
        .filter_map(|(number, at)| Some(at.duration_since(*said.get(usize::try_from(number - first).ok()?)?)))
        .collect();
    ensure!(took.len() as u64 == SEEN * screens as u64, "{} of {} were seen", took.len(), SEEN * screens as u64);
    took.sort_unstable();
    Ok(took)
}

/// The same number of bytes written to as many connections and read there, and nothing else.
async fn least(count: usize) -> anyhow::Result<Vec<Duration>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..count {
        let (stream, other) = tokio::join!(TcpStream::connect(listener.local_addr()?), listener.accept());
        ours.push(other?.0);
        theirs.push(stream?);
    }
    let bytes = [b'x'; 400];
    let mut took = Vec::new();
    for _ in 0..SEEN {
        let begin = Instant::now();
        for stream in &mut ours {
            stream.write_all(&bytes).await?;
        }
        for stream in &mut theirs {
            stream.read_exact(&mut [0; 400]).await?;
            took.push(begin.elapsed());
        }
    }
    took.sort_unstable();
    Ok(took)
}
