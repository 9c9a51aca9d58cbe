//! What of questionnaires lives in the browser: one island per audience, each gated by its bundle's feature, and what
//! two of them share (`outbox`, `exit`).
// The macro `island` writes a struct of its own without a word of documentation.
#![allow(missing_docs)]

#[cfg(feature = "outbox")]
pub mod exit;
#[cfg(feature = "console")]
pub mod live_count;
#[cfg(feature = "outbox")]
pub mod outbox;
#[cfg(feature = "phone")]
pub mod phone;
#[cfg(feature = "worker")]
pub mod questionnaire;
