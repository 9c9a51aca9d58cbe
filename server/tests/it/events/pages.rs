//! Public pages of events.
