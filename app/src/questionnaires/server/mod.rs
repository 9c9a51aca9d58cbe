//! The server half of questionnaires: arrival of answers, queries, the draft in its cookie, export, seed.

pub mod arrival;
pub mod catalogue;
pub mod counts;
pub mod definition_file;
pub mod draft;
pub mod effort;
pub mod entities;
pub mod export;
mod holding;
pub mod live;
pub mod quarantine;
mod queries;
pub mod receipt;
pub mod scope;
pub mod seed;
pub mod service;
