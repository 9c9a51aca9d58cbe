//! How unsent rows leave a phone by hand and come in somewhere else: as a file, or as squares (QR codes) for a hand
//! scanner or a camera. The rows are sealed, so whoever carries them cannot read them; checksums here are against
//! accidents only, a mail program or an editor, never against malice.
//!
//! A file is text: [`MARK`], the questionnaire's slug and the number of rows on the first line, then one line per row,
//! each behind a short checksum of its own. Squares are the same text in pieces; each says which it is and of what, so
//! that they can be read in any order and more than once.

mod file;
mod squares;

pub use file::{Fault, NoFile, Read, Why, read_file, write_file};
pub use squares::{Joined, MOST_SQUARES, Missing, SQUARE_BYTES, join, squares};

use std::collections::BTreeSet;

/// What a file and each square begin with: the form, and its number.
pub const MARK: &str = "ENTAKU/1";

/// What is in a text that somebody typed, pasted, scanned or chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The bodies of rows, as they were written, each once.
    pub bodies: Vec<String>,
    /// Lines of a file that were changed on the way.
    pub faults: Vec<Fault>,
    /// Rows that a file's first line counts and that are nowhere in it.
    pub lost: usize,
    /// Squares that are needed to read those that are here.
    pub missing: Vec<Missing>,
    /// Lines that nothing can be made of.
    pub unknown: usize,
}

/// Reads whatever is there: the text of files, squares, or both.
#[must_use]
pub fn read(text: &str) -> Found {
    let text = file::unified(text);
    let mut scanned = Vec::new();
    // Lines keep their numbers, so that a fault is found again.
    let mut rest = String::with_capacity(text.len());
    for line in text.split('\n') {
        if squares::is_meant(line) && !file::is_line(line) {
            scanned.push(line);
        } else {
            rest.push_str(line);
        }
        rest.push('\n');
    }
    let Joined { whole, missing, unknown } = join(scanned);
    let mut found = Found { missing, unknown, ..Found::default() };
    match read_file(&rest) {
        Ok(read) => found.add(read),
        Err(NoFile) => found.unknown += rest.split('\n').filter(|line| !line.trim().is_empty()).count(),
    }
    whole.iter().filter_map(|text| read_file(text).ok()).for_each(|read| found.add(read));
    let mut seen = BTreeSet::new();
    found.bodies.retain(|body| seen.insert(body.clone()));
    found
}

impl Found {
    fn add(&mut self, read: Read) {
        self.bodies.extend(read.bodies);
        self.faults.extend(read.faults);
        self.lost = self.lost.saturating_add(read.lost);
    }
}

/// The first eight hex digits of SHA-256.
fn checksum(text: &str) -> String {
    let mut digest = form::digest(text.as_bytes());
    digest.truncate(8);
    digest
}

#[cfg(test)]
mod tests;
