//! Sign-in: who an organizer is, and the values that prove it.
//!
//! A service that is for organizers takes an [`Organizer`] (or a [`SensitiveReader`]) as a parameter; only the guard
//! makes them, from a session's cookie, so that an unguarded call does not compile. Called by every console screen
//! and by the command line (invitations). What must stay true, held by `server/tests/it/auth`: tokens and
//! passphrases are stored as keyed hashes only and never logged; nobody can lock an organizer out; an invitation is
//! good once; every act writes its audit row in its own transaction.
//!
//! Nobody but the guard makes a capability; this does not compile:
//!
//! ```compile_fail,E0451
//! let organizer: app::auth::Organizer = unreachable!();
//! let forged = app::auth::Organizer { role: app::auth::Role::Coordinator, ..organizer };
//! ```

pub mod pages;
pub mod second_factor;
pub mod server;
pub mod types;

pub use server::guard::{Organizer, SensitiveReader, SignInFirst, organizer_of_call};
pub use types::Role;
