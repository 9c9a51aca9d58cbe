//! Calendar entries.
