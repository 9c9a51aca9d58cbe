//! What the voice desk stores and finds. No text is stored but sealed; there is no branch that does.

pub mod agreeing;
pub mod at_rest;
pub mod attempt;
pub mod ceremony;
pub mod consent;
pub mod deletion;
pub mod demonstration;
pub mod door_a;
pub mod entities;
pub mod keys;
pub mod late;
pub mod letters;
pub mod members;
pub mod proposals;
pub mod published;
pub mod sealing;
pub mod store;
pub mod visit;

mod queries;
mod queue;

pub(super) use super::encoding::{from_hex, from_text, to_hex, to_text};
use crate::{
    error::AppError,
    server::{Context, error::internal},
};

/// Where a call came in.
///
/// # Errors
/// If there was none.
pub fn called() -> Result<Context, AppError> {
    leptos::prelude::use_context().ok_or_else(|| internal("a call without context"))
}

/// Fresh random bytes.
pub(super) fn random<const N: usize>() -> Result<[u8; N], AppError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| internal("no randomness"))?;
    Ok(bytes)
}
