//! What of questionnaires lives in the browser: one island per audience, each gated by its bundle's feature.
// The macro `island` writes a struct of its own without a word of documentation.
#![allow(missing_docs)]

#[cfg(feature = "console")]
pub mod live_count;
#[cfg(feature = "worker")]
pub mod questionnaire;
