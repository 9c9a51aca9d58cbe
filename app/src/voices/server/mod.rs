//! What the voice desk stores and finds. No text is stored but sealed; there is no branch that does.

pub mod at_rest;
pub mod attempt;
pub mod ceremony;
pub mod consent;
pub mod deletion;
pub mod demonstration;
pub mod entities;
pub mod keys;
pub mod letters;
pub mod sealing;
pub mod store;
pub mod visit;

mod queries;
mod queue;

use crate::{error::AppError, server::error::internal};

/// Fresh random bytes.
pub(super) fn random<const N: usize>() -> Result<[u8; N], AppError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|_| internal("no randomness"))?;
    Ok(bytes)
}

/// Bytes of a text of hexadecimal digits, if it has exactly so many.
pub(super) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?.try_into().ok()
}

/// As hexadecimal digits.
pub(super) fn to_hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

/// As base 64.
pub(super) fn to_text(bytes: &[u8]) -> String {
    data_encoding::BASE64_NOPAD.encode(bytes)
}

/// Bytes of a text of base 64, if it is one.
pub(super) fn from_text(text: &str) -> Option<Vec<u8>> {
    data_encoding::BASE64_NOPAD.decode(text.as_bytes()).ok()
}
