//! The desk: a phone or a laptop at a reception that says who came, with or without a network.
//!
//! The rules are those of the crate `rollcall`; what the server holds is `events::server::attendance`. Here is what
//! stands between: the calls of a desk ([`api`]), its page and its service worker (`pages`, `server`), the program
//! in the browser ([`islands`]), and the organizers' screens (`console`). What must stay true, held by the tests
//! `events/desk` and `end2end/tests/desk/`: the page itself knows nobody's name, so that it may be kept; a desk's secret
//! is in a cookie that no script reads; what was said is kept on the device before it is told as done, and forgotten only
//! on a verdict; a desk that is over or was revoked takes the guests off the device when its page next runs.

// The macros make items that nobody could document.
#![allow(missing_docs)]

pub mod api;
pub mod components;
pub mod islands;
pub mod paths;

#[cfg(feature = "ssr")]
pub mod console;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod server;
