//! The organizers' screens: who is there, the desks, what has to be looked at, and the wall.

pub mod attendance;
mod desk_table;
pub mod display;
pub mod download;
mod parts;
mod tray;
