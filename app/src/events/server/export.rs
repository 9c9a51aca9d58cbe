//! The list of guests as a file, for spreadsheets. What a guest typed is a text in it and never a formula.

use super::{access::Access, catalogue::Event};
use crate::{
    error::AppError,
    server::{Context, audit, error::internal},
};
use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::Response,
};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

/// The heads of the columns: what this reader calls them.
#[derive(Clone, Debug)]
pub struct Table {
    /// The heads.
    pub heads: Vec<String>,
    /// The rows, each as long as the heads.
    pub rows: Vec<Vec<String>>,
}

/// Notes that this many rows left the house.
///
/// # Errors
/// [`AppError::Forbidden`] for a role that may not take lists along.
pub async fn note_rows(ctx: &Context, access: &Access, event: &Event, rows: usize) -> Result<(), AppError> {
    access.require_organizer()?;
    let number = &rows.to_string();
    ctx.write(
        |tx| async move { audit::record(&tx, Some(access.organizer()), "guests.exported", &event.slug, number).await },
    )
    .await
}

/// The type of a CSV file.
pub const CSV: Kind = Kind { name: "text/csv; charset=utf-8", ending: "csv" };
/// The type of a workbook.
pub const XLSX: Kind =
    Kind { name: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ending: "xlsx" };

/// A kind of file.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    name: &'static str,
    ending: &'static str,
}

/// An answer that a browser keeps as a file, named after what it is and the day.
#[must_use]
pub fn attachment(ctx: &Context, what: &str, bytes: Vec<u8>, kind: Kind) -> Response {
    let name = [what, "-", &ctx.clock().today().to_string(), ".", kind.ending].concat();
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind.name));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(disposition) = HeaderValue::from_str(&["attachment; filename=\"", &name, "\""].concat()) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    response
}

/// As CSV with the mark by which spreadsheets know UTF-8.
///
/// # Errors
/// [`AppError::Internal`] if there is no memory for it.
pub fn csv(table: &Table) -> Result<Vec<u8>, AppError> {
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let fault = |_| internal("a list cannot be written");
    writer.write_record(&table.heads).map_err(fault)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|text| defused(text))).map_err(fault)?;
    }
    writer.into_inner().map_err(|_| internal("a list cannot be written"))
}

/// As a workbook.
///
/// # Errors
/// [`AppError::Internal`] if it cannot be packed.
pub fn xlsx(table: &Table) -> Result<Vec<u8>, AppError> {
    bound(table).map_err(|_| internal("a workbook cannot be written"))
}

fn bound(table: &Table) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (bold, quoted) = (Format::new().set_bold(), Format::new().set_quote_prefix());
    let sheet = book.add_worksheet();
    sheet.set_name("guests")?;
    sheet.set_freeze_panes(1, 1)?;
    for (column, head) in (0_u16..).zip(&table.heads) {
        sheet.set_column_width(column, 18)?;
        sheet.write_string_with_format(0, column, head, &bold)?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for (column, text) in (0_u16..).zip(row).filter(|(_, text)| !text.is_empty()) {
            if is_formula(text) {
                sheet.write_string_with_format(line, column, text, &quoted)?;
            } else {
                sheet.write_string(line, column, text)?;
            }
        }
    }
    book.save_to_buffer()
}

/// Whether a spreadsheet would take this for a formula; Japanese ones read wide signs too.
fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

fn defused(text: &str) -> String {
    if is_formula(text) { ["'", text].concat() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_typed_is_never_a_formula() {
        for text in ["=HYPERLINK(\"x\")", "+81", "-1", "@a", "\tx", "＝1"] {
            assert_eq!(defused(text), format!("'{text}"));
        }
        let table = Table { heads: vec!["氏名".into()], rows: vec![vec!["=1,\"2\"".into()]] };
        let file = String::from_utf8(csv(&table).unwrap()).unwrap();
        assert_eq!(file, "\u{feff}氏名\r\n\"'=1,\"\"2\"\"\"\r\n");
        assert!(xlsx(&table).unwrap().starts_with(b"PK"));
    }
}
