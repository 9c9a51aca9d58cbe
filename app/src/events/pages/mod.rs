//! Public pages of events and what guests do there: one file per address. Every one works without script.

pub mod again;
pub mod calendar;
pub mod correct;
pub mod event;
mod facts;
pub mod feed;
pub mod follow;
pub mod list;
mod parts;
pub mod register;
pub mod registration;
pub mod series;
