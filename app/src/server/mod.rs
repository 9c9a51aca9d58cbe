//! What every domain's server half stands on: the context, the database, keys, clock, live bus, audit, rendering.
//!
//! Called by the domains' services and pages; the process around it is the crate `server`, which this crate never
//! names. What must stay true: `Context::write` is the only way to write (tests `storage`), and nothing in here
//! logs a body, an address, an agent or anybody's text (test `nothing_personal_is_logged`).

pub mod assets;
pub mod audit;
pub mod backup;
pub mod bus;
pub mod clock;
pub mod context;
pub mod db;
pub mod entities;
pub mod error;
pub mod error_page;
pub mod keys;
pub mod page;
pub mod parts;
pub mod query;
pub mod request;

pub use context::{Context, Site};
