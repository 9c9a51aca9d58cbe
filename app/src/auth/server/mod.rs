//! The door: sessions, invitations, passphrases, throttling. Rules in [`service`], SQL in [`queries`].

pub mod cookies;
pub mod entities;
pub mod guard;
pub mod passphrases;
mod queries;
pub mod service;
pub mod throttle;
pub mod token;
