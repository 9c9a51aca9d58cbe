//! The demonstration content.
