//! The organizers' shell: navigation around every console page, the first page, and the screens about organizers.
//!
//! A domain's console screen is a handler that takes an [`Organizer`](crate::auth::Organizer) and answers with
//! [`layout::screen`]; what a domain has to say on the first page it gives to [`today::routes`] as a
//! [`today::Part`]. So this module names no domain, and `routes` puts both together. What must stay true: no screen
//! is drawn without an organizer (test `auth/guard`).

pub mod account;
pub mod audit;
pub mod instant;
pub mod layout;
pub mod nav;
pub mod organizers;
mod queries;
pub mod refused;
pub mod second_factor;
pub mod today;

pub use layout::{Screen, screen};
pub use nav::Section;
