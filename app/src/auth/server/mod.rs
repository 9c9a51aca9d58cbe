//! The door: sessions, invitations, passphrases, second factors, throttling. Rules in [`service`], SQL in [`queries`].

mod at_rest;
pub mod cookies;
pub mod entities;
pub mod guard;
pub mod half_open;
pub mod passphrases;
mod queries;
pub mod service;
pub mod throttle;
pub mod token;
