//! What guests read and type, drawn: the form, the organizers' own questions in it, the personal page.
//!
//! Called by `events::pages` and by screens that need the same words. What must stay true: what a person typed is drawn
//! as text, never as markup; every sentence stands in `locales/*/registrations.json`.

pub mod entered;
pub mod fields;
pub mod notes;
pub mod own;
mod own_ways;
pub mod when;
