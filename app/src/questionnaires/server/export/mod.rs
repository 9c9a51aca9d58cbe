//! The answers to a questionnaire as a file, row after row, never all of them in memory.
//!
//! Used by the console's downloads and by `entaku export answers`. What must stay true, held by the tests
//! `questionnaires/export`: the ordinary file holds neither own words nor the most sensitive questions, a file has
//! as many rows as the screen counts, in the order of the random ids and never in that of arrival, and no cell is a
//! formula.

mod about;
mod binding;
mod cell;
pub mod cells;
pub mod codebook;
pub mod columns;
mod filter;
mod one;
mod rows;
mod workbook;

pub use cell::Cell;
pub use cells::Labels;
pub use codebook::Codebook;
pub use columns::{Column, Columns, Include};
pub use filter::{Channel, Filter, FilterText, NO_CHANNEL};
pub use one::One;
pub use rows::{Page, Row, Rows, misspelt};

use super::{
    catalogue::{self, Questionnaire},
    scope::Scope,
};
use crate::{
    error::AppError,
    server::{Context, error::internal},
};
use binding::Bound;
use form::Day;
use std::io::Write;

/// What Excel needs to see that a file is UTF-8.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For spreadsheets: UTF-8 with a byte order mark, lines end with CR LF.
    Csv,
    /// For programs: an array of `{definition, day, language, channel?, answers}`.
    Json,
    /// For spreadsheets: a workbook with numbers and dates, its codebook, and what it holds.
    Xlsx,
}

impl Format {
    /// What names end with.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Xlsx => "xlsx",
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Json => "application/json",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug)]
pub struct ExportOptions {
    /// Its form.
    pub format: Format,
    /// In what the cells of a CSV file or a workbook are written.
    pub labels: Labels,
    /// Which answers.
    pub filter: Filter,
    /// How much of them.
    pub scope: Scope,
}

/// A file on its way.
pub struct Export {
    rows: Rows,
    format: Format,
    labels: Labels,
    stage: Stage,
    written: u64,
    // What a workbook tells of itself.
    slug: String,
    include: Include,
    day: Day,
}

enum Stage {
    Head,
    Rows,
    /// A workbook is packed when all its rows are there.
    Bound(Bound),
    Done,
}

impl Export {
    /// Begins a file.
    ///
    /// # Errors
    /// [`AppError::NotFound`] for an unknown questionnaire, [`AppError::Malformed`] for labels in a language it does
    /// not have or a filter by a question that may not be seen.
    pub async fn begin(ctx: &Context, slug: &str, options: ExportOptions) -> Result<Self, AppError> {
        let questionnaire = catalogue::find_by_slug(ctx, slug).await?;
        Self::of(ctx, &questionnaire, options).await
    }

    /// The same for a questionnaire that was found.
    ///
    /// # Errors
    /// As [`Export::begin`].
    pub async fn of(ctx: &Context, questionnaire: &Questionnaire, options: ExportOptions) -> Result<Self, AppError> {
        let ExportOptions { format, labels, filter, scope } = options;
        if let Labels::In(language) = &labels
            && !questionnaire.current.definition().languages.contains(language)
        {
            return Err(AppError::Malformed);
        }
        let rows = Rows::of(ctx, questionnaire, filter, scope).await?;
        let (slug, include, day) = (questionnaire.slug.clone(), scope.include(), ctx.clock().today());
        Ok(Self { rows, format, labels, stage: Stage::Head, written: 0, slug, include, day })
    }

    /// The next bytes; `None` when the file is whole.
    ///
    /// # Errors
    /// When the database fails: the file is then not whole, and whoever takes it must be told so.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, AppError> {
        if self.format == Format::Xlsx && matches!(self.stage, Stage::Head) {
            self.stage = Stage::Bound(self.bind().await?);
        }
        match &mut self.stage {
            Stage::Done => Ok(None),
            Stage::Bound(bound) => bound.next().await,
            Stage::Head => {
                self.stage = Stage::Rows;
                Ok(Some(self.head()?))
            }
            Stage::Rows => {
                let rows = self.rows.next().await?;
                if rows.is_empty() {
                    self.stage = Stage::Done;
                    return Ok(Some(self.tail()));
                }
                Ok(Some(self.lines(&rows)?))
            }
        }
    }

    /// Rows so far.
    #[must_use]
    pub fn written(&self) -> u64 {
        self.written
    }

    fn head(&self) -> Result<Vec<u8>, AppError> {
        match self.format {
            Format::Json => Ok(b"[".to_vec()),
            Format::Csv => {
                let heads = cells::heads(self.rows.columns(), &self.labels).into_iter().map(Cell::Text);
                let mut bytes = BYTE_ORDER_MARK.to_vec();
                bytes.extend(records([heads.map(Cell::into_csv).collect()])?);
                Ok(bytes)
            }
            Format::Xlsx => Ok(Vec::new()),
        }
    }

    fn lines(&mut self, rows: &[Row]) -> Result<Vec<u8>, AppError> {
        let first = self.written;
        self.written += rows.len() as u64;
        match self.format {
            Format::Csv => records(rows.iter().map(|row| {
                let cells = cells::row(self.rows.columns(), &self.labels, row);
                cells.into_iter().map(Cell::into_csv).collect()
            })),
            Format::Json => {
                let mut bytes = Vec::new();
                for (place, row) in (first..).zip(rows) {
                    bytes.extend_from_slice(if place == 0 { b"\n" } else { b",\n" });
                    serde_json::to_writer(&mut bytes, row).map_err(|_| internal("an answer as JSON"))?;
                }
                Ok(bytes)
            }
            Format::Xlsx => Ok(Vec::new()),
        }
    }

    fn tail(&self) -> Vec<u8> {
        match self.format {
            Format::Csv | Format::Xlsx => Vec::new(),
            Format::Json => b"\n]\n".to_vec(),
        }
    }
}

/// A codebook as a file like the answers' own: CSV for spreadsheets.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be written.
pub fn codebook_csv(codebook: Codebook) -> Result<Vec<u8>, AppError> {
    Ok([BYTE_ORDER_MARK, &records(codebook.into_records())?].concat())
}

fn records(records: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>, AppError> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for record in records {
        writer.write_record(record).map_err(|_| internal("an answer as CSV"))?;
    }
    writer.into_inner().map_err(|_| internal("an answer as CSV"))
}

/// Writes a whole file and tells how many rows it has.
///
/// # Errors
/// As [`Export::begin`] and [`Export::next`]; [`AppError::Internal`] when `out` takes no more.
pub async fn write(ctx: &Context, slug: &str, options: ExportOptions, mut out: impl Write) -> Result<u64, AppError> {
    let mut export = Export::begin(ctx, slug, options).await?;
    while let Some(bytes) = export.next().await? {
        out.write_all(&bytes).map_err(|_| internal("the file cannot be written"))?;
    }
    out.flush().map_err(|_| internal("the file cannot be written"))?;
    Ok(export.written())
}
