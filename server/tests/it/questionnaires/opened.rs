//! Files as whoever takes them opens them: a table of texts, whichever kind of file it was.

use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use std::io::Cursor;

/// A workbook that is open.
pub struct Opened(Xlsx<Cursor<Vec<u8>>>);

impl Opened {
    pub fn of(bytes: &[u8]) -> Self {
        let book = open_workbook_from_rs(Cursor::new(bytes.to_vec()));
        Self(book.unwrap_or_else(|error: calamine::XlsxError| panic!("it does not open: {error}")))
    }

    pub fn names(&self) -> Vec<String> {
        self.0.sheet_names()
    }

    /// The cells of a sheet as they are typed; no formula is among them.
    pub fn cells(&mut self, sheet: &str) -> Vec<Vec<Data>> {
        let formulas = self.0.worksheet_formula(sheet).unwrap();
        assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()), "a cell is a formula");
        self.0.worksheet_range(sheet).unwrap().rows().map(<[Data]>::to_vec).collect()
    }

    /// The same as texts.
    pub fn texts(&mut self, sheet: &str) -> Vec<Vec<String>> {
        self.cells(sheet).iter().map(|row| row.iter().map(shown).collect()).collect()
    }
}

/// A cell as it is shown.
pub fn shown(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Float(number) => format!("{number:.0}"),
        Data::DateTime(day) => {
            let (year, month, date, hour, minute, second, milli) = day.to_ymd_hms_milli();
            assert_eq!((hour, minute, second, milli), (0, 0, 0, 0), "a day without a time");
            format!("{year:04}-{month:02}-{date:02}")
        }
        other => panic!("{other:?} is none of ours"),
    }
}

/// A CSV file as texts, without the apostrophes that keep texts from being formulas.
pub fn csv(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{feff}').expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(armed).collect()).collect()
}

fn armed(cell: &str) -> String {
    let is_defused = cell.strip_prefix('\'').is_some_and(|rest| rest.starts_with(FORMULA));
    if is_defused { cell[1..].to_owned() } else { cell.to_owned() }
}

/// What formulas begin with.
pub const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
