//! The guests of an event as organizers see them.
