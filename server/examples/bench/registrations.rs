//! Guests who register, as their browsers do: the whole form, checked, a seat or a place on the waiting list given, the
//! letter written, all in one transaction that waits for the disk. Beside it the least that a database can do with one:
//! a row, and waiting for the disk.

use crate::{Report, client::Client, median, ms, program::Program};
use anyhow::Context as _;
use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

/// The event of the demonstration that is open.
const FORM: &str = "/en/events/rehearsal-today/register";
/// Guests who come one after another, and as many at once.
const GUESTS: u32 = 400;
/// Browsers at once.
const AT_ONCE: u32 = 8;

/// Measures both.
pub fn measure(report: &mut Report, built: &Path) -> anyhow::Result<()> {
    let program = Program::start(built, None)?;
    let page = Client::connect(program.port)?.get(FORM)?;
    let place = page.split("name=\"place\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let place = place.context("the form has no places")?.to_owned();

    let mut client = Client::connect(program.port)?;
    let mut times =
        (0..GUESTS).map(|guest| register(&mut client, &place, guest)).collect::<anyhow::Result<Vec<_>>>()?;
    report.line("one guest registered, median", ms(median(&mut times)), "ms", Some(30.0));

    let begin = Instant::now();
    let browsers: Vec<_> = (1..=AT_ONCE)
        .map(|browser| {
            let (place, port) = (place.clone(), program.port);
            thread::spawn(move || -> anyhow::Result<()> {
                let mut client = Client::connect(port)?;
                let own = GUESTS / AT_ONCE;
                (0..own).try_for_each(|guest| register(&mut client, &place, browser * GUESTS + guest).map(drop))
            })
        })
        .collect();
    for browser in browsers {
        browser.join().map_err(|_| anyhow::anyhow!("a thread of the bench failed"))??;
    }
    let registered = f64::from(GUESTS) / begin.elapsed().as_secs_f64();
    report.line("guests registered, eight browsers at once", registered, "/s", None);

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let rows = runtime.block_on(rows(program.folder()))?;
    report.line("rows inserted, each waiting for the disk", rows, "/s", None);
    report.line("ratio registrations / rows", registered / rows, "", None);
    Ok(())
}

fn register(client: &mut Client, place: &str, guest: u32) -> anyhow::Result<Duration> {
    let network = format!("10.{}.{}.1", guest / 250, guest % 250);
    let form = format!(
        "place={place}&attempt={guest:032x}&name=Guest+{guest}&organisation=Colour&phone=03-{:04}-{:04}\
         &email=guest{guest}%40example.org",
        guest / 10_000,
        guest % 10_000
    );
    let begin = Instant::now();
    client.send_form(FORM, &network, &form)?;
    Ok(begin.elapsed())
}

/// Rows a second, in a file beside the program's and through the same library with the same settings.
async fn rows(folder: &Path) -> anyhow::Result<f64> {
    use sea_orm::ConnectionTrait as _;
    let url = format!("sqlite://{}", folder.join("reference.sqlite").display());
    let mut options = sea_orm::ConnectOptions::new([url.as_str(), "?mode=rwc"].concat());
    options.max_connections(1);
    let raw = sea_orm::Database::connect(options).await?;
    raw.execute_unprepared("PRAGMA journal_mode = WAL").await?;
    raw.execute_unprepared("PRAGMA synchronous = FULL").await?;
    raw.execute_unprepared("CREATE TABLE guests (id INTEGER PRIMARY KEY, name TEXT)").await?;
    let begin = Instant::now();
    for guest in 0..GUESTS {
        raw.execute_unprepared(&format!("INSERT INTO guests VALUES ({guest}, 'Guest {guest}')")).await?;
    }
    let took = begin.elapsed().as_secs_f64();
    Ok(f64::from(GUESTS) / took)
}
