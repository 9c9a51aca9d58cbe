//! The voice desk: what is written without a name, and what may be passed on.

mod canary;
mod consent;
mod door_a;
mod door_b;
mod drill;
mod late;
mod members;
mod ordering;
mod passing;
mod publishing;
pub mod sample;
mod structure;
