//! The server half of questionnaires: arrival of answers, queries, the draft in its cookie, what
//! organizers decide (publish, schedule, results, quarantine), what people take back (deletion), export.

pub mod answer_key;
pub mod arrival;
pub mod carried;
pub mod catalogue;
pub mod changes;
pub mod channels;
pub mod counts;
pub mod definition_file;
pub mod deletion;
pub mod draft;
pub mod effort;
pub mod entities;
pub mod export;
mod holding;
pub mod intake;
pub mod live;
pub mod manifest_file;
pub mod publish;
pub mod quarantine;
mod queries;
pub mod receipt;
pub mod results;
pub mod schedule;
pub mod scope;
pub mod seed;
pub mod service;
pub mod versions;
pub mod worker;
