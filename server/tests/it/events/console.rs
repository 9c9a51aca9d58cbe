//! Screens of planning.
