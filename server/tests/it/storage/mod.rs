//! Tables, transactions, backups and what the tables must not tell.

mod backup;
pub mod catalog;
mod connect;
mod event_sample;
mod migrations;
mod privacy;
mod relay;
mod sample;
mod schema;
mod voice_sample;
mod write;
