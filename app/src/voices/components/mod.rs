//! What pages and islands draw alike. Nothing here holds a handler or a state: the forms work as they stand, without script,
//! and an island listens around them.

pub mod forms;
pub mod letter;
pub mod parts;
pub mod sharing;
pub mod thread;
pub mod topics;

pub use letter::{letter, topic};
