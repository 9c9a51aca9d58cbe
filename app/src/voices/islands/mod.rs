//! What runs in browsers: the members' desk, and the door for who writes with script.

mod call;
#[cfg(feature = "members")]
pub mod members;
#[cfg(feature = "voice")]
pub mod worker;
