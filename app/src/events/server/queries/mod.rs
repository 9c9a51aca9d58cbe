//! All SQL of events and guests. Nothing here decides anything.

mod attendance;
mod events;
mod guests;
mod mails;
mod registrations;

pub use attendance::*;
pub use events::*;
pub use guests::*;
pub use mails::*;
pub use registrations::*;
