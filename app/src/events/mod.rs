//! Round tables and seminars: from the announcement to the guest list.
//!
//! An *event* is one date and theme with one or several *places*; a *series* is what events follow one another in.
//! Guests *register* for a place, without an account. Handlers of the rows under `/{lang}/events`, `/{lang}/series`,
//! `/{lang}/registrations` and `/console/events` in `routes`. What must stay true, held by the tests `events/seats`:
//! a place never has more seats taken than it has, whoever registers, moves or cancels at the same moment; and by
//! `events/retention`: when a guest's name is deleted, it is nowhere any more.

pub mod components;
pub mod console;
pub mod details;
pub mod guest;
pub mod pages;
pub mod paste;
pub mod paths;
pub mod seating;
pub mod server;
pub mod sheet;
pub mod standing;
pub mod telling;
pub mod words;
