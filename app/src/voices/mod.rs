//! The voice desk: somebody tells what happened at work, without a name, and comes back with a receipt to read what the
//! desk answers. Nothing goes to anybody else without their yes to the exact words.
//!
//! Pure rules first ([`standing`], [`written`], [`letters`], [`people`], [`challenge`],
//! [`member`], [`worker`], [`work`], [`sharing`]); `pages/` are what people see without script,
//! [`islands`] what runs in browsers, [`api`] and [`door`] what these ask for, `server/` what is stored. What must stay true: no word
//! that somebody wrote is stored or logged in clear (tests `voices/canary`), and nothing is passed on without a grant
//! (tests `voices/consent`, triggers in the database).

// The macros make items that nobody could document.
#![allow(missing_docs)]

pub mod api;
pub mod challenge;
pub mod components;
pub mod door;
pub mod encoding;
pub mod islands;
pub mod letters;
pub mod member;
pub mod paths;
pub mod people;
pub mod sharing;
pub mod standing;
pub mod work;
pub mod worker;
pub mod written;

#[cfg(feature = "ssr")]
pub mod console;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
pub mod server;
