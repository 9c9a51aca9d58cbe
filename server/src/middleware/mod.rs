//! What stands around every address; `router.rs` says in which order and why.
//!
//! Each file is one layer with one reason. What must stay true: none of them writes anything of a person to the log
//! (test `nothing_personal_is_logged`), and none answers in prose: errors leave as a status, and [`error_pages`]
//! finds the words.

pub mod body;
pub mod build;
pub mod client;
pub mod error_pages;
pub mod headers;
pub mod log;
pub mod origin;
pub mod panic;
