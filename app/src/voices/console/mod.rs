//! Organizers' screens of the voice desk: the members' desk, and what everybody reads.

pub mod desk;
pub mod published;
