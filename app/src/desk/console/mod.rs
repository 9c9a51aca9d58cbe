//! The organizers' screens: who is there, the desks, what has to be looked at, and the wall.

pub mod attendance;
pub mod display;
mod parts;
mod tray;
