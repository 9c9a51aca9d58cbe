//! Sign-in and the console's frame, over the router.

pub mod browser;
mod console;
mod guard;
mod invitation;
pub mod phone;
mod second_factor;
mod second_step;
mod secrecy;
mod session;
mod sign_in;
mod throttle;
