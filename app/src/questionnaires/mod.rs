//! Questionnaires: definitions that never change, answers that come once, and what organizers see of them.
//!
//! The rules are in the core `form`; here are the pages, the island, the arrival and the tables. What must stay
//! true: nothing about a person is stored before *Send* (tests `questionnaires/way`), the same answers twice give
//! one row and the same code (`questionnaires/arrival`), and no row tells the minute (`storage/privacy`).

pub mod api;
#[cfg(feature = "outbox")]
pub mod beginning;
pub mod components;
#[cfg(feature = "outbox")]
pub mod delivery;
#[cfg(feature = "outbox")]
pub mod intake;
pub mod islands;
#[cfg(feature = "outbox")]
pub mod kept;
pub mod paths;
#[cfg(feature = "outbox")]
pub mod phone_beginning;
pub mod stage;
pub mod types;
pub mod walk;

#[cfg(feature = "ssr")]
pub mod console;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod server;
