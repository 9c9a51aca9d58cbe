//! The guest list as files.
