//! The events that a new installation begins with.
