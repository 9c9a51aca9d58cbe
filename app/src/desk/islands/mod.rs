//! What of desks lives in the browser: the desk itself, and the numbers on organizers' screens and walls.

#[cfg(feature = "console")]
pub mod board;
#[cfg(feature = "desk")]
pub mod desk;
