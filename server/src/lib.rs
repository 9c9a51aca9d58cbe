//! The process around `app`: configuration, router, middleware, command line. It knows no rule of any domain.
//!
//! `main.rs` calls [`run`]; tests build a [`router::router`] over a context of their own. What must stay true: no
//! answer leaves without the headers of [`middleware::headers`], no log line holds an address, an agent, a body or
//! anything else of a person (tests `http`).
// A page's view is one type as deep as its elements; here its code is made.
#![recursion_limit = "512"]

mod api;
mod commands;
pub mod config;
pub mod database;
mod files;
mod health;
mod hex;
pub mod mailer;
mod maintenance;
pub mod middleware;
pub mod router;
mod serve;
mod start;
pub mod telemetry;
pub mod worker;

pub use commands::run;
pub use start::context;
