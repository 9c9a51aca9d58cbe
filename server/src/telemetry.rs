//! The log: lines on standard error, for the journal of the machine.

use anyhow::Context as _;
use std::io::IsTerminal as _;
use tracing_subscriber::{EnvFilter, filter::filter_fn, fmt, fmt::MakeWriter, prelude::*};

/// Writes the address of every request at the level `trace`. An address may hold a token, so that nobody gets to see
/// this, whatever the setting says.
const NEVER: &str = "tower_http::csrf";

/// Starts the log; `filter` is the setting `log`.
///
/// # Errors
/// When the filter cannot be read.
pub fn start(filter: &str) -> anyhow::Result<()> {
    let lines = lines(filter, std::io::stderr, std::io::stderr().is_terminal())?;
    // A second start in one process (tests) keeps the first.
    let _ = lines.try_init();
    Ok(())
}

/// The log as it is written to `writer`.
///
/// # Errors
/// When the filter cannot be read.
pub fn lines<W>(
    filter: &str,
    writer: W,
    with_colour: bool,
) -> anyhow::Result<impl tracing::Subscriber + Send + Sync + use<W>>
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let filter = EnvFilter::try_new(filter).with_context(|| format!("the setting log is no filter: {filter:?}"))?;
    let lines = fmt::layer().with_writer(writer).with_ansi(with_colour).with_target(false);
    let sayable = filter_fn(|line| !line.target().starts_with(NEVER));
    Ok(tracing_subscriber::registry().with(filter).with(lines.with_filter(sayable)))
}
