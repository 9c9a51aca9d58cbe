//! The parts of the design: no domain word in here. Each part serves pages and islands alike; all of them are shown
//! in every state at `/dev/ui` (development only), which the accessibility walk reads too.
//!
//! Text comes in as `&str` or `String` from `locales/` (`td_string!`) or a definition and is drawn by
//! [`Reader::rich`], which escapes it. `<textarea>` stands in [`textarea`] alone: its children are not escaped by
//! this version of leptos. No part takes a closure or keeps state: an island listens on its `<form>` and reads the
//! fields from there.
//!
//! | Part | Props (`?` may be left out) |
//! |---|---|
//! | [`Field`] (value) | `id label japanese? hint? hint_japanese? error? heading required` |
//! | [`Radios`], [`Checkboxes`] | `reader field name choices: Vec<ChoiceRow { value label japanese? hint? checked apart }>` |
//! | [`TextField`] | `reader field name value? kind? inputmode? autocomplete? unit? short?` |
//! | [`LongTextField`] | `reader field name value?` |
//! | [`DateFields`] | `reader field names: [_; 3] values?: [String; 3]` |
//! | [`ErrorSummary`] | `reader errors: Vec<(href, text)>`; [`errors::error_prefix`] for the title |
//! | [`Button`] / [`ButtonLink`] | `reader label weight? name? value? form?` / `reader href label weight?` |
//! | [`BackLink`] / [`BackButton`] | `reader href` / `reader name value form?` |
//! | [`html::Html`] | what the form parts write: `write(&mut html, reader, …)` beside each of them |
//! | [`Panel`] | `reader title code_label? code? children?` |
//! | [`SummaryList`] | `reader rows: Vec<SummaryRow { key japanese? value: Shown change? }>` |
//! | [`Notice`], [`StatusChip`] | `tone? children`, `reader label tone?` |
//! | [`DataTable`], [`Pagination`] | `reader id caption columns children`, `reader page pages base` |
//! | `bar::write`, `bar::percent` | `html part whole`: on the server, for tables of counts |
//! | [`Mark`], [`Ring`] | none, `seats taken` |
//! | [`dates::long_day`] | `(reader, Day) -> String`, a text for `rich` |

/// Where *Exit this page* leads: the weather, a page like any other.
pub const EXIT_ORIGIN: &str = "https://www.jma.go.jp";

#[cfg(feature = "ssr")]
pub mod bar;
pub mod button;
pub mod choices;
pub mod date_fields;
pub mod dates;
pub mod errors;
pub mod field;
pub mod html;
pub mod panel;
pub mod reader;
pub mod ring;
pub mod select;
pub mod summary_list;
pub mod switch;
pub mod table;
pub mod text_field;
pub mod textarea;

#[cfg(feature = "ssr")]
pub mod language_list;
pub mod lines;
#[cfg(feature = "phone")]
pub mod qr;
#[cfg(feature = "ssr")]
pub mod shell;

pub use button::{BackButton, BackLink, Button, ButtonLink, Weight};
pub use choices::{Checkboxes, ChoiceRow, Radios};
pub use date_fields::DateFields;
pub use errors::ErrorSummary;
pub use field::Field;
pub use panel::{Notice, Panel, StatusChip, Tone};
pub use reader::Reader;
pub use ring::{Mark, Ring};
pub use select::Select;
pub use summary_list::{Shown, SummaryList, SummaryRow};
pub use table::{DataTable, Pagination};
pub use text_field::{LongTextField, TextField};
