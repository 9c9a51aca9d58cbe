//! What runs in browsers: the members' desk.

#[cfg(feature = "members")]
pub mod members;
