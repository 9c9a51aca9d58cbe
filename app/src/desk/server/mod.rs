//! Whose desk a call or a page is, what it listens to, and the service worker that keeps its page.

pub mod live;
pub mod phone;
pub mod worker;
