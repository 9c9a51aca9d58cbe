//! What a phone opens: the square's page, and the desk's own.

pub mod desk;
pub mod enter;
