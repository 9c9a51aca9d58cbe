//! Names are deleted and nothing else.
