//! The form and the personal link.
