//! The answers as a workbook: sheets *answers*, *codebook* and *about*.
//!
//! What must stay true, held by the tests `questionnaires/workbook`: its rows are those of the CSV file; numbers are
//! numbers, days are dates and every text is a text, so that no cell is a formula; and however many answers there
//! are, one row at a time is in memory. The rows before it wait in a file without a name in the system's folder for
//! temporary files (`TMPDIR`), which nobody can open and which is gone with the process; nothing of it is ever in a
//! folder that is served.

use super::cell::{Cell, is_formula};
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use std::io::Write;

/// Rows of a sheet, its heads included; spreadsheets have no more.
const MOST_ROWS: u32 = 1_048_576;
/// The longest text of a cell, in UTF-16 units.
const MOST_UNITS: usize = 32_767;
/// The longest number of a cell: behind its fifteenth digit a spreadsheet knows only zeros.
const MOST_NUMBER: u64 = 999_999_999_999_999;
/// With more cells than this a sheet may pass four gigabytes before it is packed, which has to be said beforehand.
const MANY_CELLS: u64 = 60_000_000;

/// A workbook that is being written.
pub struct Book {
    book: Workbook,
    style: Style,
    heads: Vec<String>,
    /// The sheet of answers that is being written, from 1.
    sheet: usize,
    /// Its next row.
    row: u32,
    most_rows: u32,
    cells: u64,
    shortened: u64,
}

struct Style {
    head: Format,
    day: Format,
    /// Keeps a text a text also when somebody edits its cell.
    quoted: Format,
}

impl Book {
    /// One without answers so far, with these heads.
    ///
    /// # Errors
    /// When there is no room for temporary files, or there are more heads than a sheet has columns.
    pub fn begin(heads: Vec<String>) -> Result<Self, XlsxError> {
        Self::with_rows(heads, MOST_ROWS)
    }

    fn with_rows(heads: Vec<String>, most_rows: u32) -> Result<Self, XlsxError> {
        let style = Style {
            head: Format::new().set_bold().set_text_wrap(),
            day: Format::new().set_num_format("yyyy-mm-dd"),
            quoted: Format::new().set_quote_prefix(),
        };
        let book = Workbook::new();
        let mut book = Self { book, style, heads, sheet: 0, row: 0, most_rows, cells: 0, shortened: 0 };
        book.turn()?;
        Ok(book)
    }

    /// How many texts were longer than a cell can be.
    #[must_use]
    pub fn shortened(&self) -> u64 {
        self.shortened
    }

    /// Adds rows of answers; what has no room on a sheet goes to the next one.
    ///
    /// # Errors
    /// When the temporary file takes no more.
    pub fn add(&mut self, rows: Vec<Vec<Cell>>) -> Result<(), XlsxError> {
        for row in rows {
            if self.row == self.most_rows {
                self.turn()?;
            }
            let sheet = self.book.worksheet_from_index(self.sheet - 1)?;
            self.shortened += write_row(sheet, &self.style, self.row, row)?;
            self.cells += self.heads.len() as u64;
            self.row += 1;
        }
        Ok(())
    }

    /// Adds the other sheets and writes the file.
    ///
    /// # Errors
    /// When `out` takes no more.
    pub fn finish(
        mut self,
        codebook: Vec<Vec<Cell>>,
        about: Vec<Vec<Cell>>,
        out: impl Write + Send,
    ) -> Result<(), XlsxError> {
        for (name, rows, has_heads) in [("codebook", codebook, true), ("about", about, false)] {
            let sheet = self.book.add_worksheet_with_constant_memory()?;
            sheet.set_name(name)?;
            sheet.set_column_width(0, 24)?;
            if has_heads {
                sheet.set_freeze_panes(1, 1)?;
            }
            for (place, row) in (0..).zip(rows) {
                if has_heads && place == 0 {
                    write_heads(sheet, &self.style, row)?;
                } else {
                    write_row(sheet, &self.style, place, row)?;
                }
            }
        }
        self.book.use_zip_large_file(self.cells > MANY_CELLS);
        self.book.save_to_writer(out)
    }

    /// Begins a sheet of answers.
    fn turn(&mut self) -> Result<(), XlsxError> {
        self.sheet += 1;
        let name = if self.sheet == 1 { "answers".to_owned() } else { format!("answers {}", self.sheet) };
        let sheet = self.book.add_worksheet_with_constant_memory()?;
        sheet.set_name(name)?;
        sheet.set_freeze_panes(1, 0)?;
        sheet.set_column_width(0, 11)?;
        write_heads(sheet, &self.style, self.heads.iter().map(|head| Cell::text(head)).collect())?;
        self.row = 1;
        Ok(())
    }
}

fn write_heads(sheet: &mut Worksheet, style: &Style, heads: Vec<Cell>) -> Result<(), XlsxError> {
    for (column, head) in (0..).zip(heads) {
        if let Cell::Text(head) = head {
            sheet.write_string_with_format(0, column, shortened(&head).unwrap_or(head), &style.head)?;
        }
    }
    Ok(())
}

/// Writes a row; how many of its texts were shortened.
fn write_row(sheet: &mut Worksheet, style: &Style, row: u32, cells: Vec<Cell>) -> Result<u64, XlsxError> {
    let mut count = 0;
    for (column, cell) in (0..).zip(cells) {
        match cell {
            Cell::Empty => {}
            Cell::Number(number) => match exact(number) {
                Some(number) => drop(sheet.write_number(row, column, number)?),
                // A text with all its digits is better than a number with some.
                None => write_text(sheet, style, row, column, &number.to_string())?,
            },
            Cell::Decimal(decimal) => match decimal.to_string().parse::<f64>() {
                Ok(number) => drop(sheet.write_number(row, column, number)?),
                Err(_) => write_text(sheet, style, row, column, &decimal.to_string())?,
            },
            Cell::Day(day) => match date(day)? {
                Some(date) => drop(sheet.write_datetime_with_format(row, column, date, &style.day)?),
                None => write_text(sheet, style, row, column, &day.to_string())?,
            },
            Cell::Text(text) => {
                let short = shortened(&text);
                count += u64::from(short.is_some());
                write_text(sheet, style, row, column, short.as_deref().unwrap_or(&text))?;
            }
        }
    }
    Ok(count)
}

fn write_text(sheet: &mut Worksheet, style: &Style, row: u32, column: u16, text: &str) -> Result<(), XlsxError> {
    if is_formula(text) {
        sheet.write_string_with_format(row, column, text, &style.quoted)?;
    } else {
        sheet.write_string(row, column, text)?;
    }
    Ok(())
}

/// A number that a cell holds to its last digit.
#[allow(clippy::cast_precision_loss)]
fn exact(number: i64) -> Option<f64> {
    (number.unsigned_abs() <= MOST_NUMBER).then_some(number as f64)
}

/// A day as spreadsheets count days; `None` before March 1900, where they do not agree with each other.
fn date(day: form::Day) -> Result<Option<ExcelDateTime>, XlsxError> {
    let (year, month) = (u16::try_from(day.year()).unwrap_or_default(), day.month());
    if year < 1900 || (year == 1900 && month < 3) {
        return Ok(None);
    }
    ExcelDateTime::from_ymd(year, month, day.day()).map(Some)
}

/// The beginning of a text that is too long for a cell, and the sign that something is missing.
fn shortened(text: &str) -> Option<String> {
    if text.encode_utf16().count() <= MOST_UNITS {
        return None;
    }
    let mut units = 0;
    let fits = text.chars().take_while(|letter| {
        units += letter.len_utf16();
        units < MOST_UNITS
    });
    Some(fits.chain(['…']).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_shortened_only_where_a_cell_ends() {
        assert_eq!(shortened(&"a".repeat(MOST_UNITS)), None);
        let short = shortened(&"a".repeat(MOST_UNITS + 1)).unwrap();
        assert_eq!((short.chars().count(), short.ends_with("a…")), (MOST_UNITS, true));
        // Two units each: none is cut in half.
        let short = shortened(&"😀".repeat(MOST_UNITS)).unwrap();
        assert_eq!((short.encode_utf16().count(), short.chars().count()), (MOST_UNITS, MOST_UNITS / 2 + 1));
        let short = shortened(&["a", &"😀".repeat(MOST_UNITS)].concat()).unwrap();
        assert_eq!(short.encode_utf16().count(), MOST_UNITS - 1);
    }

    #[test]
    fn numbers_and_days_are_what_every_spreadsheet_reads() {
        assert_eq!(exact(-999_999_999_999_999), Some(-999_999_999_999_999.0));
        assert_eq!((exact(1_000_000_000_000_000), exact(i64::MIN)), (None, None));
        let day = |text| form::Day::parse(text).unwrap();
        assert!(date(day("1900-02-28")).unwrap().is_none() && date(day("1900-03-01")).unwrap().is_some());
        assert!(date(form::Day::LAST).unwrap().is_some());
    }

    #[test]
    fn rows_without_room_go_to_another_sheet() {
        let mut book = Book::with_rows(vec!["a".to_owned()], 3).unwrap();
        book.add((0..5).map(|number| vec![Cell::Number(number)]).collect()).unwrap();
        let names: Vec<String> = book.book.worksheets().iter().map(Worksheet::name).collect();
        assert_eq!(names, ["answers", "answers 2", "answers 3"]);
        let mut file = Vec::new();
        book.finish(Vec::new(), Vec::new(), &mut file).unwrap();
        assert!(file.starts_with(b"PK"));
    }
}
