//! Screens of guests.
