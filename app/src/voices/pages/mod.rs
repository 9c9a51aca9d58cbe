//! What people see without script: writing, the receipt, coming back, what was written and answered; and what
//! everybody may read.
//!
//! All pages have one title and addresses that tell nothing; what is a secret is posted, and answered by a page that no
//! cache keeps.

pub mod back;
pub mod letters;
mod parts;
mod posted;
pub mod public;
pub mod receipt;
pub mod write;
