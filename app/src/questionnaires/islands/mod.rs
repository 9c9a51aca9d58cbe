//! What of questionnaires lives in the browser: one island per audience, each gated by its bundle's feature.

#[cfg(feature = "console")]
pub mod live_count;
#[cfg(feature = "worker")]
pub mod questionnaire;
