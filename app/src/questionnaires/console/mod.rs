//! The questionnaires of the organizers: counts that move, answers as a table and as files, what was kept aside.
//!
//! Handlers of the rows under `/console/questionnaires` in `routes`. What must stay true, held by the tests
//! `questionnaires/console` and `questionnaires/export`: own words and the most sensitive questions are on no page
//! and in no file without a coordinator's reason and its audit row; nothing tells in which order answers came.

pub mod answers;
mod answers_body;
pub mod codebook;
pub mod counts;
mod counts_body;
mod counts_tables;
pub mod download;
pub mod kept_aside;
pub mod list;
pub mod overview;
mod parts;
mod table;
pub mod today;
