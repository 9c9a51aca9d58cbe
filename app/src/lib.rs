//! Entaku's meaning: pages, rules, calls and tables, organised by domain.
//!
//! One wall: nothing under a folder named `server` (nor `pages` or `console` screens) reaches the browser. What is
//! under `browser` compiles for both, because islands do, and is called in browsers only. Who may name whom:
//! `routes → console → domains → {ui, auth} → {error, ids}` (held by `server/tests/it/invariants`).
#![recursion_limit = "256"]

pub mod browser;
pub mod error;
pub mod ids;
pub mod questionnaires;
pub mod ui;

#[cfg(feature = "ssr")]
pub mod auth;
#[cfg(feature = "ssr")]
pub mod console;
#[cfg(any(feature = "console", feature = "desk"))]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod events;
#[cfg(feature = "ssr")]
pub mod home;
#[cfg(feature = "ssr")]
pub mod routes;
#[cfg(feature = "ssr")]
pub mod server;
#[cfg(feature = "voices")]
pub mod voices;

/// The words of the interface, generated from `locales/` by `build.rs`.
#[allow(missing_docs, clippy::all, clippy::pedantic, clippy::unwrap_used, clippy::expect_used, clippy::panic)]
mod generated {
    include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));
}
pub use generated::i18n;
