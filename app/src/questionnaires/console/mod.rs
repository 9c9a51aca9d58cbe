//! The questionnaires of the organizers: counts that move, answers as a table, one by one and as files, what was kept
//! aside, versions, the days on which it is open, how far results are published.
//!
//! Handlers of the rows under `/console/questionnaires` and of `/console/take-in` in `routes`. What must stay true, held
//! by the tests `questionnaires/console` and `questionnaires/export`: own words and the most sensitive questions are on
//! no page and in no file without a coordinator's reason and its audit row; nothing tells in which order answers came.

pub mod answer;
mod answer_body;
pub mod answers;
mod answers_body;
pub mod codebook;
pub mod counts;
mod counts_body;
mod counts_tables;
mod day_form;
pub mod download;
mod filter_form;
pub mod kept_aside;
pub mod kept_aside_item;
pub mod lines;
pub mod list;
pub mod overview;
mod parts;
pub mod poster;
pub mod results_through;
pub mod schedule;
pub mod sharing;
mod sheet;
mod table;
pub mod take_in;
pub mod today;
pub mod versions;
mod wanted;

pub use table::lines as answer_lines;
