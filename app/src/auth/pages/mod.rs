//! The door's pages: signing in and out, and the page behind an invitation's link. They work without script.
//!
//! Each form posts to its own address and is drawn again with 422 and what was typed, passphrases left out.

pub mod join;
pub mod passphrase_fields;
pub mod problems;
pub mod sign_in;
pub mod sign_out;

use super::server::guard::same_site;

/// Where to go after signing in: the console page that was asked for, or the first one.
fn after(to: &str) -> &str {
    same_site(to).unwrap_or("/console")
}
