//! The voice desk: somebody tells what happened at work, without a name, and comes back with a receipt to read what the
//! desk answers. Nothing goes to anybody else without their yes to the exact words.
//!
//! Pure rules first ([`standing`], [`written`]); `pages/` are what people see without script, `server/` what is stored.
//! What must stay true: no word that somebody wrote is stored or logged in clear (tests `voices/canary`), and nothing is
//! passed on without a grant (tests `voices/consent`, triggers in the database).

pub mod standing;
pub mod written;

pub mod pages;
pub mod paths;
pub mod server;
