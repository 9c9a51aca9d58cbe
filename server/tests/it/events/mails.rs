//! What guests are told.
