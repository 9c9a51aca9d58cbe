//! Cells as they are copied out of a spreadsheet or stand in a file of one.
//!
//! What must stay true: each row that was pasted is a row, whatever its cells hold; no sign of one person's row swallows
//! the people below it.

/// The most rows of a list.
pub const MOST_ROWS: usize = 20_000;
/// The most columns that are looked at.
pub const MOST_COLUMNS: usize = 20;

/// Bytes of the longest cell in quotes.
const MOST_QUOTED: usize = 8_000;

/// Cells, row by row; rows without anything are left out. Each with the number that a spreadsheet
/// gives its row, from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The rows.
    pub rows: Vec<(usize, Vec<String>)>,
    /// Whether there were more rows than [`MOST_ROWS`].
    pub is_cut: bool,
}

impl Sheet {
    /// Reads what was pasted: columns are parted by tabs, or by commas or semicolons where there is no tab.
    ///
    /// A cell in quotes may hold lines and the sign that parts columns. A quote that is never closed is a sign like any
    /// other: it must not swallow the people below it.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        let head: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(5).collect();
        let has = |sign: char| head.iter().any(|line| line.contains(sign));
        let parting = if has('\t') || !(has(',') || has(';')) {
            '\t'
        } else if has(',') {
            ','
        } else {
            ';'
        };
        let mut sheet = Self::default();
        let (mut rest, mut line) = (text, 0);
        while !rest.is_empty() {
            let (cells, after) = row(rest, parting);
            (rest, line) = (after, line + 1);
            if cells.iter().all(String::is_empty) {
                continue;
            }
            if sheet.rows.len() > MOST_ROWS {
                sheet.is_cut = true;
                break;
            }
            sheet.rows.push((line, cells));
        }
        sheet
    }
}

/// The cells of the first row, and what follows it.
fn row(text: &str, parting: char) -> (Vec<String>, &str) {
    let (mut cells, mut rest) = (Vec::new(), text);
    loop {
        let (cell, after) = quoted(rest, parting).unwrap_or_else(|| {
            let end = rest.find([parting, '\n', '\r']).unwrap_or(rest.len());
            (rest[..end].trim().to_owned(), &rest[end..])
        });
        if cells.len() < MOST_COLUMNS {
            cells.push(cell);
        }
        if let Some(next) = after.strip_prefix(parting) {
            rest = next;
            continue;
        }
        let after = after.strip_prefix("\r\n").or_else(|| after.strip_prefix(['\n', '\r'])).unwrap_or(after);
        return (cells, after);
    }
}

/// A cell in quotes, and what follows it; nothing if it is none: without an end, or with more behind it.
fn quoted(text: &str, parting: char) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (before, after) = rest.split_once('"')?;
        // Longer than what a cell may hold: somebody forgot to close it.
        if cell.len() + before.len() > MOST_QUOTED {
            return None;
        }
        cell.push_str(before);
        match after.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None if after.is_empty() || after.starts_with([parting, '\n', '\r']) => {
                return Some((cell.trim().to_owned(), after));
            }
            None => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quote_that_is_never_closed_swallows_nobody() {
        let text = "A\t1\r\n\"B\t2\r\n\"C\"\" x\" y\t3\nD\t\"4\"";
        let sheet = Sheet::parse(text);
        let rows: Vec<_> = sheet.rows.iter().map(|(line, cells)| format!("{line} {}", cells.join("|"))).collect();
        assert_eq!(rows, ["1 A|1", "2 \"B|2", "3 \"C\"\" x\" y|3", "4 D|4"]);
        let far = format!("\"A\n{}\"\nB", "x\n".repeat(5_000));
        assert_eq!(Sheet::parse(&far).rows.len(), 5_003);
    }

    #[test]
    fn lines_are_counted_as_a_spreadsheet_counts_its_own() {
        let sheet = Sheet::parse("A\r\n\r\n\"B\r\nb\"\tx\r\nC\rD");
        let lines: Vec<_> = sheet.rows.iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 3, 4, 5]);
    }

    #[test]
    fn cells_with_quotes_and_lines_stay_whole() {
        let sheet = Sheet::parse("\u{feff}\"A \"\"B\"\"\"\t\"one\ntwo\"\r\n\r\nC\td\r\n");
        let rows: Vec<_> = sheet.rows.iter().map(|(_, cells)| cells.join("|")).collect();
        assert_eq!(rows, ["A \"B\"|one\ntwo", "C|d"]);
    }
}
