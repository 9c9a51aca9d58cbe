//! What islands ask of the browser: forms, focus, history, fetch. Thin, without a rule of its own.
//!
//! It compiles for the server too, because an island's handlers do, and is never called there: handlers and effects
//! run in browsers only.

pub mod http;
pub mod live;
pub mod page;
