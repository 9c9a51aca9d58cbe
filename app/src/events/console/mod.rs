//! The screens of organizers for events: planning, guests, mailings.

pub mod copy;
pub mod download;
pub mod edit;
pub mod guest;
pub mod guest_attendance;
mod guest_form;
pub mod guest_parts;
pub mod guests;
mod guests_table;
pub mod import;
mod import_preview;
pub mod kept;
pub mod list;
pub mod mailing;
pub mod mailings;
pub mod overview;
mod own_answers;
pub mod parts;
pub mod print;
pub mod roles;
pub mod series;
pub mod today;
