//! Rows as the lines of a file.

use super::{MARK, checksum};
use crate::Row;
use form::names;

/// What is in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Read {
    /// The bodies of its rows, as they were written.
    pub bodies: Vec<String>,
    /// Its lines that cannot be used.
    pub faults: Vec<Fault>,
    /// Rows that its first line counts and that are nowhere in it.
    pub lost: usize,
}

/// A line that cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// What is wrong with a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was a row, and was edited or cut.
    Changed,
    /// It stands among rows and has nothing of one.
    Stray,
}

/// The text has neither a first line nor a row in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoFile;

/// A line as it is understood.
enum Line {
    /// The first line, and how many rows it counts.
    First(usize),
    Row(String),
    /// What was a row.
    Torn,
    Stray,
    Blank,
}

/// The text of a file with these rows.
#[must_use]
pub fn write_file(slug: &str, rows: &[Row]) -> String {
    let mut text = [MARK, " ", &escape(slug), " ", &rows.len().to_string(), "\n"].concat();
    for row in rows {
        let body = escape(&row.body);
        text.push_str(&[&checksum(&body), " ", &body, "\n"].concat());
    }
    text
}

/// Reads a file. Rows speak for themselves, so they are taken even where the first line is damaged; what a mail
/// program wrote above and below is passed over.
///
/// # Errors
/// [`NoFile`] if nothing in it was ever written by [`write_file`].
pub fn read_file(text: &str) -> Result<Read, NoFile> {
    let mut read = Read::default();
    let mut is_begun = false;
    let mut counted = 0_usize;
    // Lines since the last one of ours: faults only if another one of ours comes behind them.
    let mut strays = Vec::new();
    for (line, number) in unified(text).split('\n').zip(1..) {
        let line = Line::read(line);
        if matches!(line, Line::First(_) | Line::Row(_)) {
            if is_begun {
                read.faults.append(&mut strays);
            }
            strays.clear();
            is_begun = true;
        }
        match line {
            Line::First(rows) => counted = counted.saturating_add(rows),
            Line::Row(body) => read.bodies.push(body),
            Line::Torn => read.faults.push(Fault { line: number, why: Why::Changed }),
            Line::Stray => strays.push(Fault { line: number, why: Why::Stray }),
            Line::Blank => {}
        }
    }
    if !is_begun {
        return Err(NoFile);
    }
    read.faults.sort_by_key(|fault| fault.line);
    read.lost = counted.saturating_sub(read.bodies.len() + read.faults.len());
    Ok(read)
}

/// Lines that end as ours do, whichever system they came through.
pub(super) fn unified(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

/// Whether a line is whole and of a file.
pub(super) fn is_line(line: &str) -> bool {
    matches!(Line::read(line), Line::First(_) | Line::Row(_))
}

impl Line {
    fn read(line: &str) -> Self {
        let line = line.trim_start_matches('\u{feff}');
        let trimmed = line.trim();
        if let Some(body) = body(line).or_else(|| body(trimmed)) {
            return Self::Row(body);
        }
        if let Some(rows) = first(trimmed) {
            return Self::First(rows);
        }
        if trimmed.is_empty() {
            Self::Blank
        } else if was_row(trimmed) {
            Self::Torn
        } else {
            Self::Stray
        }
    }
}

/// How many rows a first line counts; none if it does not say.
fn first(line: &str) -> Option<usize> {
    let mut words = line.split_whitespace();
    let is_first = words.next() == Some(MARK) && words.next().is_some_and(names::is_slug);
    let count = match words.next() {
        Some(word) => word.parse::<u32>().ok()?,
        None => 0,
    };
    (is_first && words.next().is_none()).then(|| usize::try_from(count).unwrap_or(usize::MAX))
}

fn body(line: &str) -> Option<String> {
    let (sum, body) = line.split_once(' ')?;
    if sum.len() == 8 && sum == checksum(body) { unescape(body) } else { None }
}

/// Whether a line looks like what is left of a row: eight digits and a space, or a bit of an envelope.
fn was_row(line: &str) -> bool {
    let bytes = line.as_bytes();
    let has_sum = bytes.get(8) == Some(&b' ') && bytes.iter().take(8).all(u8::is_ascii_hexdigit);
    has_sum || line.contains("\":\"")
}

/// A body in one line of printable ASCII: whatever is no such character is written as `\`, its number in hex, `;`.
/// Bodies that we write have none, so they stay as they are.
fn escape(body: &str) -> String {
    let mut line = String::with_capacity(body.len());
    for c in body.chars() {
        if c != '\\' && (' '..='~').contains(&c) {
            line.push(c);
        } else {
            line.push_str(&format!("\\{:x};", u32::from(c)));
        }
    }
    line
}

fn unescape(line: &str) -> Option<String> {
    let mut parts = line.split('\\');
    let mut body = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (number, rest) = part.split_once(';')?;
        body.push(char::from_u32(u32::from_str_radix(number, 16).ok()?)?);
        body.push_str(rest);
    }
    Some(body)
}
