//! Tables, transactions, backups and what the tables must not tell.

mod backup;
mod catalog;
mod connect;
mod event_sample;
mod migrations;
mod privacy;
mod relay;
mod sample;
mod schema;
mod write;
