//! The screens of organizers for events: planning, guests, mailings.

pub mod copy;
pub mod download;
pub mod edit;
pub mod guest;
pub mod guests;
pub mod import;
pub mod kept;
pub mod list;
pub mod mailings;
pub mod overview;
pub mod parts;
pub mod print;
pub mod roles;
pub mod series;
pub mod today;
